"""Every page under AppTest: what a visitor does and what stays."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.paths import MAIN_SCRIPT
from okr_assistant.sharing.coded_sheet import code_sheet
from okr_assistant.store import SqlStore
from okr_assistant.web import context
from tests.conftest import complete_sheets
from tests.pages.app import OurApp, draft_of
from tests.pages.rooms import protos

SETTLED = {
    "work_kind": "deliver", "commitment": "date", "autonomy": "fixed", "outcome_clarity": "only_output",
    "product_stage": "established", "people_to_align": "many_teams", "vision_stability": "steady",
    "strategy_clarity": "understood",
}  # fmt: skip


@pytest.fixture
def app(store: SqlStore) -> OurApp:
    return OurApp(store)


def test_start_offers_four_ways_in(app: OurApp) -> None:
    assert app.heading == "Should this work have OKRs?"
    assert len(app.at.header) == 4
    assert [link.label for link in app.at.page_link][:4] == ["OKR Assistant", "Assess", "Result", "My results"]


def test_from_the_first_answer_to_the_result(app: OurApp, model: Model) -> None:
    app.open("assess")
    answers = {
        "work_kind": "sustain", "product_stage": "established", "people_to_align": "one_team",
        "stakeholder_involvement": "consulted", "vision_stability": "steady", "strategy_clarity": "understood",
        "outcome_clarity": "only_output", "autonomy": "fixed", "commitment": "direction",
        "reactive_load": "some", "use_of_goals": "report", "leadership_support": "allow",
        "review_rhythm": "monthly", "measurability": "judgement", "known_lever": "proven",
    }  # fmt: skip
    while app.at.progress[0].value < 100:
        asked = "".join(str(radio.key) for radio in app.at.radio)
        ahead = foresee(model, AnswerSheet(dict(draft_of(app).answers)))
        assert ahead.settled or asked == ahead.next_question
        app.answer(asked, answers[asked])
        assert app.address["a"] == code_sheet(model, dict(draft_of(app).answers))
        if app.at.progress[0].value < 100:
            labels = [button.label for button in app.at.button]
            app.press("Next" if "Next" in labels else "Go on with the rest")
    assert "2 questions dropped out" in app.at.progress[0].text
    app.press("See the result")
    assert app.heading == "Use health metrics for this work, not OKRs"
    assert app.address == {"a": code_sheet(model, dict(draft_of(app).answers))}


def test_an_answer_stays_in_front_until_next_is_pressed(app: OurApp) -> None:
    app.open("assess").answer("work_kind", "change")
    assert app.at.radio[0].key == "work_kind"
    app.press("Next")
    assert app.at.radio[0].key != "work_kind"
    app.press("Back")
    assert (app.at.radio[0].key, app.at.radio[0].value) == ("work_kind", "change")


def test_a_question_can_be_skipped_and_an_answer_withdrawn(app: OurApp) -> None:
    app.open("assess").press("Skip for now")
    assert app.at.radio[0].key == "product_stage"
    app.answer("product_stage", "unsure").press("Clear my answer")
    assert dict(draft_of(app).answers) == {}
    assert app.at.radio[0].value is None
    assert app.address == {"q": "product_stage"}


def test_one_answer_is_changed_without_redoing_the_others(app: OurApp) -> None:
    app.open("assess", work_kind="change", product_stage="growing", autonomy="team", q="autonomy")
    app.answer("autonomy", "fixed")
    assert dict(draft_of(app).answers) == {"work_kind": "change", "product_stage": "growing", "autonomy": "fixed"}


def test_all_questions_on_one_page(app: OurApp) -> None:
    app.open("assess", q="all")
    assert len(app.at.radio) == 15
    app.answer("outcome_clarity", "unknown")
    assert len(app.at.radio) == 13, "two dropped out"
    app.answer("outcome_clarity", "number")
    assert len(app.at.radio) == 15
    app.press("Show one question at a time")
    assert len(app.at.radio) == 1


def test_an_answer_to_a_question_that_comes_back_is_still_there(app: OurApp) -> None:
    app.open("assess", q="all").answer("measurability", "baseline").answer("outcome_clarity", "unknown")
    assert "measurability" not in [radio.key for radio in app.at.radio]
    app.answer("outcome_clarity", "number")
    assert app.at.radio(key="measurability").value == "baseline"


def test_the_address_opens_the_same_answers_in_a_new_session_on_every_page(store: SqlStore, model: Model) -> None:
    for answers in complete_sheets(model, 3, seed=12):
        for page in ("start", "assess", "result", "method"):
            visitor = OurApp(store).open(page, a=code_sheet(model, answers), t="Payroll")
            assert dict(draft_of(visitor).answers) == answers
            assert draft_of(visitor).title == "Payroll"


def test_every_link_to_a_page_carries_the_draft(app: OurApp, model: Model) -> None:
    answers = {"work_kind": "change", "autonomy": "unsure"}
    code = code_sheet(model, answers)
    for page in ("start", "assess", "result", "method"):
        app.open(page, a=code, t="Two words")
        examples = 3 if page == "start" else 0
        own = list(app.at.page_link)[: len(app.at.page_link) - examples]
        for link in own:
            if link.label == "Assess another piece of work":
                assert link.proto.query_string == ""
                continue
            assert f"a={code}" in link.proto.query_string, link.label
            assert "t=Two+words" in link.proto.query_string, link.label


def test_going_back_in_the_browser_shows_what_the_address_says(app: OurApp, model: Model) -> None:
    app.open("assess").answer("work_kind", "change").press("Next").answer("commitment", "date")
    app.open("assess", a=code_sheet(model, {"work_kind": "change"}), q="product_stage")
    assert dict(draft_of(app).answers) == {"work_kind": "change"}
    assert app.at.radio[0].value is None


def test_prefilling_is_replaced_by_the_coded_sheet(app: OurApp, model: Model) -> None:
    app.open("result", work_kind="change", product_stage="growing", t="Checkout")
    assert app.address == {
        "a": code_sheet(model, {"work_kind": "change", "product_stage": "growing"}),
        "t": "Checkout",
    }
    assert app.heading == "So far: use OKRs for this work"


def test_a_title_is_kept_in_the_address_and_shown_as_text(app: OurApp) -> None:
    hostile = "*b* <i>i</i> $x$ :red[r] :smile: www.example.org"
    app.open("assess").at.text_input(key="title").set_value(hostile)
    app.run()
    assert app.address["t"] == hostile
    app.open("result", **app.address)
    assert app.at.text[0].value == hostile
    assert all(hostile not in str(element.value) for element in app.at.markdown)


def test_a_title_that_cannot_be_kept_stays_in_the_field_with_what_is_allowed(app: OurApp) -> None:
    app.open("assess", t="Before").at.text_input(key="title").set_value("a\u202eb")
    app.run()
    assert draft_of(app).title == "Before"
    assert app.at.text_input(key="title").value == "a\u202eb"
    assert "U+202E" in app.at.text[0].value
    app.at.text_input(key="title").set_value("After")
    app.run()
    assert (draft_of(app).title, len(app.at.text)) == ("After", 0)


def test_the_result_of_nothing_gives_no_advice(app: OurApp) -> None:
    app.open("result")
    assert app.heading == "So far: nothing speaks for any approach yet"
    assert "15 questions are still open." in app.everything
    assert len(app.at.expander) == 0


def test_nothing_is_advised_for_monday_when_nothing_is_known(app: OurApp) -> None:
    """Regression: a heading with nothing under it stood there after "I don't know" alone."""
    app.open("result", autonomy="unsure")
    assert app.heading.endswith("find these things out first")
    assert "What to do on Monday" not in [header.value for header in app.at.header]


def test_the_result_shows_every_part(app: OurApp, model: Model) -> None:
    answers = {
        "work_kind": "change", "product_stage": "searching", "people_to_align": "many_teams",
        "outcome_clarity": "number", "measurability": "instrument", "vision_stability": "churning",
        "strategy_clarity": "guides", "autonomy": "unsure", "stakeholder_involvement": "together",
    }  # fmt: skip
    app.open("result", **answers)
    assert "Two answers that do not go together" in app.at.container(key="contradictions").markdown[0].value
    assert [header.value for header in app.at.header] == [
        "Fix these first", "What to do on Monday",
        "How the approaches compare", "The strongest argument against OKRs, and for hypotheses",
        "What would change this", "What if",
        "Experts disagree here", "Published cases like this one", "Where this work lies", "Find out", "About OKRs",
        "Your answers",
    ]  # fmt: skip
    ranking = assess(model, AnswerSheet(answers)).ranking
    labels = [expander.label for expander in app.at.expander]
    for entry, label in zip(ranking, labels, strict=False):
        assert label.startswith(f"{model.approaches_by_id[entry.approach].name}: ")


def test_an_example_is_one_click_away(app: OurApp) -> None:
    link = next(link for link in app.at.page_link if link.label == "Paying the wages")
    assert link.proto.page == "result"
    assert "a=" in link.proto.query_string


def test_start_again_forgets(app: OurApp) -> None:
    app.open("start", work_kind="change", t="Old").press("Start again")
    assert dict(draft_of(app).answers) == {}
    assert app.address == {}


def test_the_method_page_shows_the_model_of_the_draft(app: OurApp, model: Model) -> None:
    app.open("method")
    assert model.digest in app.everything
    assert len(app.at.expander) == 15 + 5 + 7
    for question in model.questions:
        assert any(question.text in expander.label.replace("\\", "") for expander in app.at.expander)


def test_a_page_without_the_launcher_says_how_to_start_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_connected", [])
    at = AppTest.from_file(str(MAIN_SCRIPT)).run()
    assert not at.exception
    assert at.title[0].value == "The app is not running completely"
    assert "make run" in at.markdown[0].value


def test_the_questionnaire_says_what_is_still_possible_and_when_nothing_can_change(app: OurApp) -> None:
    app.open("assess", work_kind="change")
    assert "Still possible: " in app.everything
    app.open("assess", **SETTLED)
    assert "Nothing you could still answer would change this: milestones." in app.everything


def test_when_settled_the_result_is_the_next_step_and_going_on_is_possible(app: OurApp) -> None:
    app.open("assess", **SETTLED)
    assert len(app.at.radio) == 0
    assert "See the result" in [link.label for link in app.at.page_link]
    app.press("Go on with the rest")
    assert len(app.at.radio) == 1
    app.open("result", **SETTLED)
    assert app.heading == "Use milestones for this work, not OKRs", "not So far"
    assert "Their answers cannot change the approach" in app.everything


def test_the_result_says_how_firm_it_is_and_how_to_get_to_okrs(app: OurApp) -> None:
    app.open("result", work_kind="sustain", product_stage="established", outcome_clarity="only_output")
    assert "Margin: clear" in app.everything
    assert "The cheapest path to OKRs" in [header.value for header in app.at.header]
    app.open("result", work_kind="change", product_stage="growing", people_to_align="many_teams")
    assert "The cheapest path to OKRs" not in [header.value for header in app.at.header]


def test_the_result_shows_published_cases_like_it(app: OurApp) -> None:
    app.open("result", work_kind="sustain", product_stage="established", outcome_clarity="only_output")
    case = app.at.container(key="case_svorstol-payroll")
    assert "would not use OKRs" in case.markdown[0].value
    assert "health metrics" in case.markdown[0].value


def test_the_cases_page_shows_every_figure_every_disagreement_and_every_case(app: OurApp) -> None:
    app.open("cases")
    agreement = context.services().agreement
    assert app.heading == "Agreement with published cases"
    assert sum(len(table.value) for table in app.at.table) == 10
    for found in agreement.disagreements:
        block = app.at.container(key=f"differ_{found.case.id}").markdown[0].value
        assert "Why we keep it." in block, found.case.id
        assert found.case.url in block
        assert ("Experts disagree" in block) == found.case.contested
    sources = {(found.case.author, found.case.year, found.case.title) for found in agreement.judged}
    assert len(app.at.expander) == len(sources)
    in_sources = [markdown for expander in app.at.expander for markdown in expander.markdown]
    assert sum("We agree on OKRs or not." in markdown.value for markdown in in_sources) == 91 - len(
        agreement.disagreements
    )
    assert [found.case.id for found in agreement.judged if found.case.id in app.everything] == []


def test_what_if_moves_the_ranking_and_not_the_answers(app: OurApp) -> None:
    app.open("result", work_kind="change", product_stage="growing")
    address = app.address
    app.at.selectbox(key="what_if_question").set_value("work_kind")
    app.run()
    app.at.radio(key="what_if_work_kind").set_value("sustain")
    app.run()
    assert "So far: use health metrics for this work, not OKRs" in app.everything
    assert app.heading == "So far: use OKRs for this work"
    assert app.address == address


ENOUGH = {
    "work_kind": "improve", "measurability": "judgement", "reactive_load": "nearly_all",
    "use_of_goals": "appraise", "leadership_support": "mandate",
}  # fmt: skip
"""Nearly every way of answering the rest leads to the same, and not every one."""


@pytest.mark.parametrize(
    ("answers", "step"), [({"work_kind": "change"}, "go_on"), (ENOUGH, "goal_draft"), (SETTLED, "goal_draft")]
)
def test_where_one_may_stop_the_draft_is_the_next_step_on_the_result_too(
    app: OurApp, answers: dict[str, str], step: str
) -> None:
    """Regression: Assess said "You can stop here", and the result's main button was to answer the rest."""
    app.open("assess", **answers)
    assert ("You can stop here" in app.everything) == (step == "goal_draft")
    app.open("result", **answers)
    assert re.findall(r"main_step_(\w+)", "".join(protos(app.at.main))) == [step]
