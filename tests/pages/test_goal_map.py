"""The page Goal map under AppTest: a table read, the map, editing, questions, what is kept, and quarters."""

from __future__ import annotations

import pytest

from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS
from okr_assistant.portfolio.portfolio_file import read_portfolio, write_portfolio
from okr_assistant.web.goal_map import begin, head, quarters, state
from okr_assistant.web.goal_map.state import Open
from tests.pages.rooms import HERS, HIS, Tab, browser_now
from tests.web.site import Site, a_site

TABLE = """Key\tSummary\tKind\tteam\nA-1\tPayroll\tkeep\tFinance\nA-2\tExport\tdeliver\tWeb\nA-3\t\tdeliver\tWeb
"""
ANSWERED = "title,work_kind,today\nPayroll,sustain,OKRs\nSearch,learn,\nNothing known,,\n"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr("okr_assistant.web.browser.browser", browser_now)
    for module in (begin, head, quarters, state):
        monkeypatch.setattr(module, "browser", browser_now)
    return a_site(Models(MODELS))


@pytest.fixture
def tab(site: Site) -> Tab:
    return goal_map(Tab(site))


def goal_map(tab: Tab, **address: str) -> Tab:
    tab.open("goal_map", **address)
    return tab


def paste(tab: Tab, table: str) -> Tab:
    tab.at.text_area(key="goal_map_pasted").set_value(table)
    tab.press("Read what was pasted")
    return tab


def taken(tab: Tab, table: str = ANSWERED) -> Tab:
    paste(tab, table)
    tab.at.button(key="take_rows").click()
    tab.run()
    return tab


def opened(tab: Tab) -> Open:
    found: Open = tab.at.session_state["_goal_map"]
    return found


def places(tab: Tab) -> dict[str, str]:
    return {placed.item.title: placed.place for placed in opened(tab).map.items}


def section(tab: Tab, name: str) -> Tab:
    tab.at.session_state["goal_map_section"] = name
    tab.run()
    return tab


def test_a_table_with_answers_becomes_a_map(tab: Tab) -> None:
    taken(tab)
    assert places(tab) == {"Payroll": "health_metrics", "Search": "discovery", "Nothing known": "not_placed"}
    assert "3 pieces of work" in tab.everything
    assert "Stop writing OKRs for this one" in tab.everything


def test_nothing_is_guessed_and_values_are_chosen_by_the_visitor(tab: Tab) -> None:
    paste(tab, TABLE)
    kind = tab.at.selectbox(key="meaning_2")
    assert kind.value == ""
    kind.set_value("work_kind")
    tab.run()
    known = [box.label for box in tab.at.selectbox if str(box.key).startswith("value_2_") and box.value is None]
    assert known == ["“keep”, in 1 row, stands for"]
    next(box for box in tab.at.selectbox if box.label == known[0]).set_value("sustain")
    tab.run()
    tab.at.button(key="take_rows").click()
    tab.run()
    assert places(tab) == {"Payroll": "health_metrics", "Export": "milestones"}
    assert [placed.item.id for placed in opened(tab).map.items] == ["A-1", "A-2"]


def test_a_bad_row_is_named_and_the_others_are_taken(tab: Tab) -> None:
    taken(tab, "title,team\nOne,A\n,B\nThree,C\n")
    assert list(places(tab)) == ["One", "Three"]
    assert "**Pieces of work: 2 new, 0 changed. 1 row was not taken:**" in tab.everything
    assert [text for text in tab.texts if "line 3" in text]
    tab.press("Close this list")
    assert "not taken" not in tab.everything


def test_a_value_that_says_nothing_is_listed_with_its_count(tab: Tab) -> None:
    taken(tab, "title,work_kind\nOne,banana\nTwo,banana\n")
    assert [text for text in tab.texts if "banana" in text and "2 rows" in text]


@pytest.mark.robustness(40)
@pytest.mark.parametrize("table", ["", "\n\n", "title\n"])
def test_what_is_no_table_is_said_and_stays_in_its_field(tab: Tab, table: str) -> None:
    paste(tab, table)
    assert tab.at.text_area(key="goal_map_pasted").value == table
    assert "take_rows" not in {button.key for button in tab.at.button}
    assert tab.at.text[0].value


@pytest.mark.robustness(34)
def test_hostile_titles_are_text(tab: Tab) -> None:
    hostile = "**bold** <b>x</b> :red[y] $z$ ![](http://a.b/c)"
    taken(tab, f"title,work_kind,today\n{hostile},deliver,okr\n")
    assert f"{hostile} → Roadmap, so far; not OKRs in any case" in tab.texts
    assert hostile not in "".join(str(element.value) for element in tab.at.markdown)


def test_the_next_question_is_asked_and_its_answer_places_the_item(tab: Tab) -> None:
    section(taken(tab, "title\nSomething\n"), "questions")
    assert "Nothing is answered yet." in tab.everything
    radio = tab.at.radio[0]
    radio.set_value("sustain" if "sustain" in radio.options else radio.options[0])
    tab.run()
    assert len(opened(tab).portfolio.items[0].answers) == 1
    assert places(tab) != {"Something": "not_placed"}


def test_skipping_asks_about_another_item(tab: Tab) -> None:
    section(taken(tab, "title\nFirst\nSecond\n"), "questions")
    assert "First" in tab.texts
    tab.press("Skip this one")
    assert "Second" in tab.texts


def test_it_is_kept_only_when_asked_then_with_every_change_and_after_a_reload(site: Site, tab: Tab) -> None:
    taken(tab, "title\nSomething\n")
    assert site.services.maps.all(HERS) == ()
    tab.press("Keep in this browser")
    (kept,) = site.services.maps.all(HERS)
    section(tab, "questions")
    tab.at.radio[0].set_value(tab.at.radio[0].options[0])
    tab.run()
    again = goal_map(Tab(site), map=kept.id)
    assert opened(again).portfolio == opened(tab).portfolio
    assert len(opened(again).portfolio.items[0].answers) == 1


def test_another_browser_cannot_open_it(site: Site, tab: Tab) -> None:
    taken(tab)
    tab.press("Keep in this browser")
    other = goal_map(Tab(site, HIS), map=site.services.maps.all(HERS)[0].id)
    assert "_goal_map" not in other.at.session_state
    assert "Payroll" not in "".join(other.dump())


def test_a_change_in_another_tab_is_not_overwritten(site: Site, tab: Tab) -> None:
    taken(tab, "title\nSomething\n")
    tab.press("Keep in this browser")
    (kept,) = site.services.maps.all(HERS)
    other = section(goal_map(Tab(site), map=kept.id), "questions")
    answer_first(other)
    answer_first(section(tab, "questions"))
    assert len(opened(tab).portfolio.items[0].answers) == 1, "what was typed here is still here"
    stored = site.services.maps.open(HERS, kept.id, site.services.models)[1]
    assert stored == opened(other).portfolio
    for _ in range(2):
        assert [text for text in tab.texts if "another tab" in text], "it is so until something is done about it"
        assert "Every change is saved" not in tab.everything
        answer_first(tab)


@pytest.mark.parametrize(
    ("step", "kept_then", "answers"), [("Keep as another map", 2, 1), ("Open what is saved", 1, 0)]
)
def test_a_map_that_was_changed_in_another_tab_has_two_ways_out(
    site: Site, tab: Tab, step: str, kept_then: int, answers: int
) -> None:
    taken(tab, "title\nSomething\n")
    tab.press("Keep in this browser")
    other = goal_map(Tab(site), map=site.services.maps.all(HERS)[0].id)
    other.at.text_input(key="goal_map_name").set_value("Renamed")
    other.run()
    answer_first(section(tab, "questions"))
    tab.press(step)
    assert not [text for text in tab.texts if "another tab" in text]
    assert "Every change is saved" in tab.everything
    assert len(site.services.maps.all(HERS)) == kept_then
    assert len(opened(tab).portfolio.items[0].answers) == answers
    assert opened(tab).portfolio.name == ("Renamed" if kept_then == 1 else "")
    answer_first(tab)
    assert "Every change is saved" in tab.everything


def test_closing_asks_first_only_where_work_would_be_gone(tab: Tab) -> None:
    taken(tab)
    assert "Close" not in tab.labels
    tab.press("Keep in this browser")
    tab.press("Close")
    assert "_goal_map" not in tab.at.session_state


def answer_first(tab: Tab) -> None:
    tab.at.radio[0].set_value(tab.at.radio[0].options[0])
    tab.run()


def test_a_frozen_quarter_shows_what_moved(site: Site, tab: Tab) -> None:
    section(taken(tab, "title,work_kind\nSomething,deliver\n"), "quarters")
    tab.press("Keep in this browser")
    tab.at.text_input(key="goal_map_quarter").set_value("2026 Q4")
    tab.press("Freeze it")
    taken_again = "id,title,work_kind\n2,Something,learn\n9,New one,sustain\n"
    section(tab, "items")
    taken(tab, taken_again)
    section(tab, "quarters")
    moved, new = (frame.value.to_dict("records") for frame in tab.at.dataframe)
    assert [(row["Piece of work"], row["Before"], row["Now"]) for row in moved] == [
        ("Something", "Roadmap", "Discovery")
    ]
    assert "What is this work mainly for?" in moved[0]["Because"]
    assert new == [{"Piece of work": "New one", "Now": "Health metrics"}]
    tall, plain = (frame.proto.row_height for frame in tab.at.dataframe)
    assert (tall, plain) == (16 + 19 * 2, 35), "all of the reason is in sight"
    (name,) = tab.at.session_state["_goal_map_frozen"][:1]
    assert name == tab.at.selectbox(key="goal_map_compared").value


def test_a_quarter_in_which_everything_moved_is_one_table_that_is_worked_out_once(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{number},Piece {number}" for number in range(1000)]
    section(taken(tab, "\n".join(["id,title,work_kind", *(f"{row},deliver" for row in rows)])), "quarters")
    tab.press("Keep in this browser")
    tab.at.text_input(key="goal_map_quarter").set_value("2026 Q4")
    tab.press("Freeze it")
    section(tab, "items")
    taken(tab, "\n".join(["id,title,work_kind", *(f"{row},learn" for row in rows)]))
    section(tab, "quarters")
    assert "1,000 moved" in tab.everything
    assert [len(frame.value) for frame in tab.at.dataframe] == [1000]
    assert len(list(tab.at.main)) < 60

    monkeypatch.setattr(quarters, "goal_map", None)
    monkeypatch.setattr(quarters, "difference_view", None)
    tab.run()
    assert "1,000 moved" in tab.everything


def test_a_quarter_needs_a_name_of_its_own(site: Site, tab: Tab) -> None:
    section(taken(tab), "quarters")
    tab.press("Keep in this browser")
    for name, expected in (("", "a name"), ("Q4", ""), ("Q4", "another name")):
        tab.at.text_input(key="goal_map_quarter").set_value(name)
        tab.press("Freeze it")
        assert bool([text for text in tab.texts if expected and expected in text]) is bool(expected)
    assert len(site.services.maps.frozen(HERS, site.services.maps.all(HERS)[0])) == 1


def test_work_of_several_kinds_opens_split(site: Site) -> None:
    app = Tab(site)
    app.open("result", t="Loyalty card", work_kind="mixed")
    app.press("Split it on the goal map")
    kinds = [item.answers["work_kind"] for item in opened(app).portfolio.items]
    assert kinds == ["change", "deliver", "sustain", "improve", "learn"]
    assert opened(app).portfolio.name == "Loyalty card"
    assert "split" not in app.address


def test_a_map_that_is_not_kept_is_not_replaced_by_another_one_unasked(site: Site, tab: Tab) -> None:
    taken(tab)
    before = opened(tab).portfolio
    for step in ("Stay with the open one", "Open the other instead"):
        tab.open("result", t="Loyalty card", work_kind="mixed")
        tab.press("Split it on the goal map")
        assert opened(tab).portfolio == before
        assert "“Loyalty card” with 5 pieces of work waits to be opened." in tab.texts
        tab.press(step)
        assert not [text for text in tab.texts if "waits to be opened" in text]
    assert opened(tab).portfolio.name == "Loyalty card"


def test_a_map_that_is_kept_makes_way_for_another_one(site: Site, tab: Tab) -> None:
    taken(tab)
    tab.press("Keep in this browser")
    tab.open("result", t="Loyalty card", work_kind="mixed")
    tab.press("Split it on the goal map")
    assert opened(tab).portfolio.name == "Loyalty card"
    assert len(site.services.maps.all(HERS)) == 1


def test_answers_of_the_whole_assessment_can_be_taken_into_the_map(tab: Tab) -> None:
    taken(tab, "title\nSomething\n")
    tab.open("assess", t="Something", work_kind="deliver")
    tab.open("goal_map", **tab.address)
    tab.press("Take them into the map")
    assert places(tab) == {"Something": "milestones"}
    assert "Take them into the map" not in tab.labels


def test_a_first_draft_leads_back_to_the_map_it_came_from(tab: Tab) -> None:
    tab.press("Look at the example").press("Keep in this browser")
    kept = tab.at.query_params["map"]
    tab.open("goal_draft", work_kind="sustain")
    back = next(link for link in tab.at.page_link if link.label == "Back to the goal map")
    assert f"map={kept[0]}" in back.query_string
    tab.open("goal_map", map=kept[0]).press("Close").open("goal_draft", work_kind="sustain")
    assert "Back to the goal map" not in [link.label for link in tab.at.page_link]


def test_the_example_and_an_empty_table_need_no_file(tab: Tab) -> None:
    tab.press("Look at the example")
    assert len(opened(tab).portfolio.items) == 30
    tab.press("Close it")
    tab.press("Start with an empty table")
    assert opened(tab).portfolio.items == ()


@pytest.mark.parametrize("name", ["map", "plot", "items", "questions", "teams", "quarters", "files"])
def test_every_part_is_there_for_an_empty_map_and_for_the_example(tab: Tab, name: str) -> None:
    for begin_with, end_with in (("Look at the example", "Close it"), ("Start with an empty table", "Close")):
        tab.press(begin_with)
        section(tab, name)
        tab.press(end_with)


def test_the_portfolio_file_opens_again(site: Site, tab: Tab) -> None:
    taken(tab)
    data = write_portfolio(opened(tab).portfolio)
    assert read_portfolio(data, site.services.models) == opened(tab).portfolio
