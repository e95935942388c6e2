"""The pages of a workshop by phase: what everybody sees, how it is sent, and that people's texts stay texts."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.paths import COPY_SCRIPT, ROOM_SCRIPT
from okr_assistant.web.scripts import copy_script, room_script
from okr_assistant.web.workshop.participant.ballot_pages import EVERY
from okr_assistant.workshop.room import FIST
from tests.second_model import NEW, two_models
from tests.web.asgi import Answer, Client, Page
from tests.web.people import ALL_ALIKE, Held, Person, all_answered, hold, sheet
from tests.web.site import HOSTILE, a_site

MOST_BYTES = 20_000
"""Of a page with one question, with its style, not compressed."""
MOST_BYTES_OF_ALL = 40_000
"""Of the page with all questions, and of those on which all are revealed."""
TYPICAL_BYTES = 8_000
"""Of the same, compressed."""
SCRIPT_BYTES = 10_000
OURS = ([], [{"src": room_script(), "defer": ""}], [{"src": copy_script(), "defer": ""}])
"""The scripts that a page may have."""


def voted(held: Held, *people: Person) -> None:
    """A first round in which these vote, revealed."""
    held.facilitator.open_round()
    for number, person in enumerate(people):
        all_answered(person, work_kind="change" if number % 2 else "deliver")
    held.facilitator.reveal()


def finish(held: Held) -> None:
    if not held.facilitator.room().agreed:
        held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.finish("Use OKRs", "It has to move.", "Dana R.", date(2027, 3, 1))


FIX_FIRST = "Fix this first Measure where the result stands today before you set a target."
"""What the answers of ``ALL_ALIKE`` lead to is so once this is fixed."""


# phases


def test_from_the_lobby_to_the_end(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    assert "You are in" in kim.page().text
    assert "In the room: 2." in kim.page().text
    held.facilitator.open_round()
    assert "What is this work mainly for?" in kim.page().text
    all_answered(kim)
    assert "Finished: 1 of 2." in ada.page().text
    held.facilitator.close()
    said = kim.page().text
    assert "The voting is closed" in said
    assert "Change how something performs" in said
    assert kim.page().all("form") == []
    assert "Your answers What is this work mainly for? No answer" in ada.page().text
    held.facilitator.reveal()
    assert "The votes are revealed" in ada.page().text
    finish(held)
    assert "What was decided" in ada.page().text
    assert "Use OKRs Because It has to move." in ada.page().text


def test_the_reveal_marks_ones_own_answer_and_what_was_agreed(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    watcher = held.person("Watcher", watch="yes")
    voted(held, kim, ada)
    mine = "Deliver a specific thing your answer 1"
    assert mine in kim.page().text
    assert mine not in ada.page().text
    assert "Change how something performs your answer 1" in ada.page().text
    assert "your answer" not in watcher.page().text
    for person in (kim, ada, watcher):
        said = person.page().text
        assert "This decides. If the answer is: “Change how something performs” → OKRs" in said
        assert "Nobody chose: Keep something running as it is; Keep improving many small things;" in said
    held.facilitator.agree({"work_kind": "change"}, held.model)
    said = watcher.page().text
    assert "Change how something performs the group's answer 1" in said
    assert "What the group has agreed on" in said
    assert watcher.page().all("form") == []


def test_ones_own_answer_is_marked_where_it_is_counted() -> None:
    """When too few vote again it does not count; and of two checks it is the last one that is shown."""
    held = hold(smallest_group=3)
    kim, *others = (held.person(name) for name in ("Kim", "Ada", "Bo"))
    voted(held, kim, *others)
    counted = "Deliver a specific thing most common answer your answer"
    assert counted in kim.page().text
    held.facilitator.open_round(["work_kind"])
    kim.vote({"work_kind": "learn"})
    held.facilitator.reveal()
    said = kim.page().text
    assert counted in said
    assert said.count("your answer") == 15
    held.facilitator.agree(ALL_ALIKE, held.model)
    others.append(held.person("Cy"))
    for showing in ((kim, *others), others):
        held.facilitator.open_check()
        for person in showing:
            person.post("vote", person.form() | sheet({FIST: "4"}))
        held.facilitator.reveal()
    said = kim.page().text
    assert "4 fingers" in said
    assert "4 fingers your answer" not in said


def test_the_question_that_is_talked_about_comes_first(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    before = kim.page()
    assert "We are talking about this now" not in before.text
    held.facilitator.focus("review_rhythm")
    headings = re.findall(r"<h2>(.*?)</h2>", kim.get().text)
    assert headings[0] == "How often would you look at progress together?"
    assert headings.count(headings[0]) == 1
    assert "We are talking about this now" in kim.page().text


def test_a_named_room_shows_names_and_an_anonymous_one_none() -> None:
    for named in (True, False):
        held = hold(named=named)
        people = [held.person("QKIM"), held.person("QADA")]
        held.facilitator.open_round()
        for person in people:
            person.vote({"work_kind": "deliver"}, {"work_kind": "It was sold."})
        held.facilitator.reveal()
        said = held.person("Watcher", watch="yes").page().text
        assert ("QKIM" in said) == ("QADA : It was sold." in said) == named
        assert said.count("It was sold.") == 2


def test_people_of_one_name_are_told_apart_and_names_do_not_reorder_each_other() -> None:
    """Robustness 36."""
    held = hold(named=True)
    right_to_left = "\u05d3\u05e0\u05d4"
    voted(held, *(held.person(name) for name in ("Dana", "Ben", "Dana", "Ada", right_to_left)))
    names = f"<bdi>Dana (seat 1)</bdi>, <bdi>Dana (seat 3)</bdi>, <bdi>{right_to_left}</bdi>"
    assert names in held.person("Kim").get().text


def test_too_few_votes_are_shown_to_nobody() -> None:
    held = hold(smallest_group=3)
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    said = kim.page().text
    assert "2 people voted: too few to show (at least 3)." in said
    assert "Deliver a specific thing" not in said


def test_the_check_shows_fingers_and_who_is_asked_to_speak(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    voted(held, kim, ada)
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    kim.post("vote", kim.form() | sheet({FIST: "2"}, {FIST: "We cannot measure it."}))
    ada.post("vote", ada.form() | sheet({FIST: "5"}))
    held.facilitator.reveal()
    said = kim.page().text
    assert "Do we stand behind it?" in said
    assert "1 of 2 people show three fingers or more." in said
    assert "One person shows two fingers or fewer, and can say why if they want to." in said
    assert "2 fingers your answer 1" in said
    assert "We cannot measure it." in said
    assert "5 fingers your answer 1" in ada.page().text


def test_what_is_put_to_the_check_stands_above_the_fingers_and_stays_with_the_result(held: Held) -> None:
    """The advice, what has to be fixed before it, and the answers behind it; fingers from none to five."""
    kim, ada = held.person("Kim"), held.person("Ada")
    voted(held, kim, ada)
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    page = kim.page()
    assert page.text.index(FIX_FIRST) < page.text.rindex("Fist of five: how far do you stand behind")
    assert page.text.index("0 fingers") < page.text.index("5 fingers")
    for person in (kim, ada):
        person.post("vote", person.form() | sheet({FIST: "4"}))
    held.facilitator.reveal()
    said = kim.page().text
    assert FIX_FIRST in said
    assert said.index("0 fingers") < said.index("5 fingers")
    finish(held)
    assert FIX_FIRST in kim.page().text
    assert FIX_FIRST in kim.page("/record").text


def test_everybody_sees_what_their_own_answers_lead_to(held: Held) -> None:
    kim, ada, watcher = held.person("Kim"), held.person("Ada"), held.person("Watcher", watch="yes")
    voted(held, kim, ada)
    mine = [person.page().text for person in (kim, ada, watcher)]
    assert [text.count("Your own answers lead to ") for text in mine] == [1, 1, 0]
    assert "Your own answers lead to milestones." in mine[0]


def test_the_numbers_of_what_is_not_talked_about_are_folded_away(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    held.facilitator.focus("work_kind")
    folded = [each for each in kim.page().all("details") if each["id"].startswith("more_")]
    assert [each["id"] for each in folded if "open" in each] == ["more_work_kind"]
    assert len(folded) == 15


def test_where_too_few_voted_everybody_is_told_so(held: Held) -> None:
    kim = held.person("Kim")
    held.person("Ada")
    voted(held, kim)
    assert "Only one person voted, so nothing is shown: at least 2 have to" in kim.page().text


def test_the_end_leads_to_the_result_and_the_record(held: Held) -> None:
    kim, watcher = held.person("Kim"), held.person("Watcher", watch="yes")
    voted(held, kim, held.person("Ada"))
    finish(held)
    for person in (kim, watcher):
        page = person.page()
        links = [link["href"] for link in page.all("a")]
        result = next(link for link in links if link.startswith("/result?a="))
        assert result.endswith("&t=Faster+checkout+in+the+app")
        assert f"{held.path}/record" in links
        for text in ("Owner Dana R.", "To be looked at again on 1 March 2027", "All 15 answers"):
            assert text in page.text
        assert page.all("form") == []


def test_a_nudge_is_for_those_who_are_not_done(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    watcher = held.person("Watcher", watch="yes")
    held.facilitator.open_round()
    all_answered(kim)
    nudge = "asks you to finish"
    assert nudge not in ada.page().text
    held.facilitator.nudge()
    assert nudge in ada.page().text
    assert nudge not in kim.page().text
    assert nudge not in watcher.page().text
    held.facilitator.close()
    assert nudge not in ada.page().text


@pytest.mark.parametrize(
    ("lasts", "said", "seconds"),
    [
        (timedelta(minutes=5), "Closes in about 5 minutes (when this page was loaded).", "300"),
        (timedelta(seconds=70), "Closes in about a minute (when this page was loaded).", "70"),
        (timedelta(seconds=20), "Closes in less than a minute (when this page was loaded).", "20"),
        (timedelta(hours=2), "Closes in about 2 hours (when this page was loaded).", "7200"),
        (timedelta(hours=20), "Closes in about 20 hours (when this page was loaded).", None),
        (timedelta(days=3), "Open until 8 October 2026.", None),
        (None, "", None),
    ],
)
def test_the_time_that_is_left_is_said_and_counted_down(
    held: Held, lasts: timedelta | None, said: str, seconds: str | None
) -> None:
    kim = held.person("Kim")
    held.facilitator.open_round(lasts=lasts)
    page = kim.page()
    assert said in page.text
    shown = [e for e in page.all("span") if e.get("id") == "closes"]
    assert [e.get("data-seconds") for e in shown] == ([seconds] if lasts else [])
    if seconds:
        assert shown[0]["data-text"] == "Closes in {time}."


# what the script asks for


def now(person: Person) -> dict[str, object]:
    found: dict[str, object] = json.loads(person.get("/now").body)
    return found


def test_now_counts_without_spectators_and_names_nobody(held: Held) -> None:
    kim, stranger = held.person("Kim"), held.person()
    held.person("Watcher", watch="yes")
    held.facilitator.open_round()
    assert now(stranger) == {"version": "1", "joined": 1, "begun": 0, "done": 0}
    kim.vote({"work_kind": "deliver"})
    assert now(stranger) == {"version": "1", "joined": 1, "begun": 1, "done": 0}
    all_answered(kim)
    assert now(stranger) == {"version": "1", "joined": 1, "begun": 1, "done": 1}
    answer = stranger.get("/now")
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_the_version_is_that_of_the_page_and_changes_when_what_is_shown_does(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    steps = [
        lambda: held.facilitator.open_round(lasts=timedelta(minutes=5)),
        held.facilitator.nudge,
        lambda: move(held, timedelta(minutes=5)),
        lambda: held.facilitator.reopen(timedelta(minutes=5)),
        held.facilitator.close,
        held.facilitator.reveal,
        lambda: held.facilitator.focus("autonomy"),
        lambda: held.facilitator.agree({"autonomy": "team"}, held.model),
        lambda: ada.post("leave", {"token": ada.tokens("?you")[1], "sure": "yes"}),
        held.facilitator.open_check,
    ]
    seen = [now(kim)["version"]]
    for step in steps:
        step()
        version = now(kim)["version"]
        assert version not in seen
        assert version == kim.page().all("span")[0]["data-version"]
        seen.append(version)
    kim.post("vote", kim.form() | sheet({FIST: "5"}))
    held.person("Late")
    assert now(kim)["version"] == seen[-1], "others' votes and seats show in the counts"


def move(held: Held, by: timedelta) -> None:
    held.site.clock.time += by


def test_now_is_cheap(held: Held) -> None:
    """Neither a room nor its people and votes are read, whatever is in it."""
    kim = held.person("Kim")
    asked = held.site.store.asked
    kim.get("/now")
    assert held.site.store.asked == asked + 1, "the pulse"


def test_many_who_look_at_the_same_reveal_cost_one(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    services = held.site.services
    first = kim.get()
    known = services.reveals.get(held.facilitator.room_id, held.facilitator.room().revision, unmade)
    assert known.headline in Page(first.text).text
    assert kim.get().body == first.body


def unmade() -> None:
    raise AssertionError("it was made already")


# how pages are sent


def every_page(held: Held) -> list[Answer]:
    """One of each kind, on the way through a workshop in which everybody votes differently."""
    people = [held.person(f"Person {number}") for number in range(3)]
    kim, watcher = people[0], held.person("Watcher", watch="yes")
    found = [held.client.get("/join"), held.person().get(), kim.get(), kim.get("?you")]
    held.facilitator.open_round(lasts=timedelta(minutes=5))
    found += [kim.get(), kim.get(f"?q={EVERY}"), watcher.get()]
    for number, person in enumerate(people):
        choices = {question.id: question.choices[number % 3] for question in held.model.questions}
        person.vote(choices, dict.fromkeys(choices, "Because it is so."))
    found.append(kim.get())
    held.facilitator.close()
    found.append(kim.get())
    held.facilitator.reveal()
    found.append(kim.get())
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    found.append(kim.get())
    kim.post("vote", kim.form() | sheet({FIST: "2"}))
    held.facilitator.reveal()
    found.append(kim.get())
    finish(held)
    return [*found, kim.get(), kim.get("?you"), held.person().get()]


def test_every_page_is_private_and_loads_nothing_from_elsewhere(held: Held) -> None:
    for answer in every_page(held):
        page = Page(answer.text)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        assert page.all("html")[0]["lang"] == "en"
        assert [link["href"] for link in page.all("link")] == ["/favicon.png"]
        assert page.all("img") == []
        assert "style=" not in answer.text
        assert [tag for tag, _ in page.elements].count("h1") == 1
        ids = [e["id"] for _, e in page.elements if e.get("id")]
        assert len(ids) == len(set(ids))
        described = " ".join(e.get("aria-describedby", "") for _, e in page.elements).split()
        assert set(described) <= set(ids)


def test_only_our_own_script_may_run_and_only_where_there_is_one(held: Held) -> None:
    for answer in every_page(held):
        scripts = Page(answer.text).all("script")
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert ("script-src 'self'; connect-src 'self'; " in policy) == bool(scripts)
        assert scripts in OURS
    assert policy.endswith("img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")


def test_pages_are_small(held: Held) -> None:
    """For fifty phones on the Wi-Fi of a meeting room."""
    sizes: dict[str, int] = {}
    for answer in every_page(held):
        title = answer.text.partition("<title>")[2].partition(" · ")[0]
        sizes[title] = max(len(answer.body), sizes.get(title, 0))
    large = {"All questions", "The votes are revealed", "Do we stand behind it?", "What was decided"}
    assert large < set(sizes)
    assert {title for title, size in sizes.items() if size >= MOST_BYTES} <= large, sizes
    assert max(sizes.values()) < MOST_BYTES_OF_ALL, sizes
    held = hold()
    kim = held.person("Kim")
    held.facilitator.open_round()
    for rest in ("", f"?q={EVERY}"):
        address = f"{held.path}{rest}"
        zipped = held.client.get(address, kim.headers(address) | {"accept-encoding": "gzip"})
        assert len(zipped.body) < TYPICAL_BYTES


def test_the_script_is_small_kept_for_an_hour_and_needs_nobody_else(held: Held) -> None:
    answer = held.client.get(room_script())
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.body == ROOM_SCRIPT.read_bytes()
    assert len(answer.body) < SCRIPT_BYTES
    assert "//" not in re.sub(r"(^|\s)//.*", "", answer.text), "no address of anybody"
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(", answer.text)


@pytest.mark.parametrize(("address", "file"), [(room_script(), ROOM_SCRIPT), (copy_script(), COPY_SCRIPT)])
def test_a_script_that_has_changed_has_another_address(address: str, file: Path) -> None:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert address.startswith(f"/{file.name}?v=")
    assert digest.startswith(address.partition("=")[2])


def test_a_workshop_that_is_over_asks_less_often_and_only_whether_it_is_still_there(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    assert "data-slow" not in kim.page().all("span")[0]
    finish(held)
    for rest in ("", "/record"):
        page = kim.page(rest)
        (live,) = (each for _, each in page.elements if each.get("id") == "live")
        assert (live["data-slow"], live["data-deleted"]) == ("yes", "This workshop was deleted")
        assert page.all("script") == [{"src": room_script(), "defer": ""}]


def test_everything_works_without_the_script(held: Held) -> None:
    kim = held.person("Kim")
    waiting = kim.get().text
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in waiting
    held.facilitator.open_round()
    assert "http-equiv" not in kim.get().text, "what is being typed is not taken away"
    for question in held.model.questions:
        answer = kim.post("vote", kim.form() | sheet({question.id: question.choices[0]}))
        assert answer.status == 303
    assert "You have answered everything" in kim.page().text


def test_every_field_has_a_label(held: Held) -> None:
    kim = held.person("Kim")
    held.facilitator.open_round()
    for answer in (held.client.get("/join"), held.person().get(), kim.get(), kim.get("?q=all"), kim.get("?you")):
        page = Page(answer.text)
        labelled = {label.get("for") for label in page.all("label")}
        fields = [e for e in page.all("input") if e.get("type") == "text"] + page.all("textarea")
        assert {field["id"] for field in fields} <= labelled
        boxes = [e for e in page.all("input") if e.get("type") in {"radio", "checkbox"}]
        assert len(boxes) == len([label for label in page.all("label") if label.get("class") == "choice"])
    assert len(page.all("legend")) == len(page.all("fieldset"))


# texts of people


@pytest.mark.robustness(34)
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("named", [True, False])
def test_what_people_typed_is_shown_as_they_typed_it(text: str, named: bool) -> None:
    """Robustness 34: a title, a decider, names, reasons and the decision, on every page where they can be."""
    held = hold(title=text, about=f"{text}\n{text}", decider=text, named=named)
    kim, ada = held.person(text), held.person(text)
    shown = [held.person().get(), kim.get(), kim.get("?you"), ada.get(f"/me/{kim.seat}")]
    held.facilitator.open_round()
    reasons = {"work_kind": text, "autonomy": f"{text}\n{text}"}
    for person in (kim, ada):
        person.vote(ALL_ALIKE, reasons)
    shown += [kim.get(), kim.get("?q=work_kind"), kim.get("?q=all")]
    late = kim.form("?q=work_kind") | sheet({"work_kind": "learn"}, {"work_kind": text})
    held.facilitator.close()
    shown += [kim.get(), kim.post("vote", late), held.person().post("vote", late)]
    held.facilitator.reveal()
    shown.append(kim.get())
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    for person in (kim, ada):
        person.post("vote", person.form() | sheet({FIST: "0"}, {FIST: text}))
    held.facilitator.reveal()
    shown.append(kim.get())
    held.facilitator.finish(text, text, text)
    shown += [kim.get(), kim.get("?you")]
    for answer in shown:
        page = Page(answer.text)
        assert text in page.text
        assert page.all("img") == []
        assert page.all("script") in OURS
        assert "49" not in page.text
        assert all(re.match(r"/(?!/)|[?#]|$", link["href"]) for link in page.all("a"))


@pytest.mark.robustness(31)
def test_a_room_whose_model_is_gone_says_so(tmp_path_factory: pytest.TempPathFactory, model: Model) -> None:
    """Robustness 31, for rooms: a newer model changes nothing in a room; without its own it is not shown."""
    held = hold(a_site(two_models(tmp_path_factory.mktemp("models"))))
    assert held.facilitator.room().setup.model == NEW
    kim = held.person("Kim")
    held.facilitator.open_round()
    other = Client(a_site(store=held.site.store, clock=held.site.clock))
    answer = Person(other, held.path, kim.cookies).get()
    assert answer.status == 404
    assert "made with a model that this server does not have" in Page(answer.text).text
