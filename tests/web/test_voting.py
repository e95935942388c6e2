"""Voting over HTTP: what is kept, what is refused, and that nothing typed is ever lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from okr_assistant.errors import StoreError
from okr_assistant.web.forms import form_token
from okr_assistant.workshop.room import FIST
from okr_assistant.workshop.voting import REASON_LIMIT
from tests.web.asgi import FORM, Answer, Page
from tests.web.people import ALL_ALIKE, JSON, Held, Person, all_answered, hold, sheet
from tests.web.site import counted_token

ONE = {"work_kind": "deliver"}
WHY = {"work_kind": "It was sold.\nLast year."}


@pytest.fixture
def held() -> Held:
    found = hold()
    found.facilitator.open_round()
    return found


@pytest.fixture
def kim(held: Held) -> Person:
    return held.person("Kim")


def kept(held: Held, seat: int = 1) -> dict[str, tuple[str, str]]:
    """Choice and reason of the latest round, by question."""
    votes = held.site.store.own_votes(held.facilitator.room_id, seat)
    return {vote.question: (vote.choice, vote.reason) for vote in votes}


def typed(answer: Answer) -> dict[str, str]:
    """What the page holds of what was typed: ticked choices and the reasons in its fields."""
    page = Page(answer.text)
    found = {e["name"]: e["value"] for e in page.all("input") if "checked" in e}
    for part in answer.text.split("<textarea ")[1:]:
        name = part.partition('name="')[2].partition('"')[0]
        found[name] = part.partition(">\n")[2].partition("</textarea>")[0]
    return {name: value for name, value in found.items() if value}


def said(answer: Answer) -> str:
    assert answer.headers["content-type"] == "application/json"
    problem: str = json.loads(answer.body)["problem"]
    return problem


# keeping


def test_a_vote_is_kept_and_the_next_question_comes(held: Held, kim: Person) -> None:
    answer = kim.post("vote", kim.form() | sheet(ONE, {"work_kind": "It was sold.\r\nLast year."}))
    assert (answer.status, answer.headers["location"]) == (303, f"{held.path}?after=work_kind")
    assert kept(held) == {"work_kind": ("deliver", WHY["work_kind"])}
    assert "Question 2 of 15 How far along" in kim.page("?after=work_kind").text


def test_a_script_is_told_that_it_is_kept(held: Held, kim: Person) -> None:
    answer = kim.post("vote", kim.form() | sheet(ONE), JSON)
    assert answer.status == 200
    assert json.loads(answer.body)["received"] == "saved"
    assert answer.headers["cache-control"] == "no-store"


def test_all_questions_can_be_sent_as_one_form(held: Held, kim: Person) -> None:
    page = kim.page("?q=all")
    assert len(page.all("fieldset")) == len(held.model.questions) == 15
    answer = kim.vote(ALL_ALIKE)
    assert (answer.status, answer.headers["location"]) == (303, held.path)
    assert {question: choice for question, (choice, _) in kept(held).items()} == ALL_ALIKE
    assert "You have answered everything" in kim.page().text


def test_a_whole_form_of_reasons_as_long_as_they_may_be_fits(held: Held, kim: Person) -> None:
    """In a script whose every character takes the most bytes of a form, and with lines."""
    for reason in ("😀" * REASON_LIMIT, "字\r\n" * (REASON_LIMIT // 2)):
        assert kim.vote(ALL_ALIKE, dict.fromkeys(ALL_ALIKE, reason)).status == 303
        assert {why for _, why in kept(held).values()} == {reason.replace("\r\n", "\n").strip()}


def test_some_questions_of_the_whole_form_can_be_left_open(held: Held, kim: Person) -> None:
    some = {"work_kind": "deliver", "autonomy": "unsure"}
    fields = sheet(some) | {"reason.commitment": ""}
    assert kim.post("vote", kim.form("?q=all") | fields).status == 303
    assert set(kept(held)) == set(some)
    assert "Question 2 of 15" in kim.page().text


def test_i_do_not_know_is_an_answer(held: Held, kim: Person) -> None:
    choices = [e["value"] for e in kim.page().all("input") if e.get("type") == "radio"]
    assert choices == [*(option.id for option in held.model.questions[0].options), "unsure"]
    kim.vote({"work_kind": "unsure"})
    assert kept(held) == {"work_kind": ("unsure", "")}


def test_a_later_answer_takes_the_place_of_the_one_before(held: Held, kim: Person) -> None:
    kim.vote(ONE, WHY)
    kim.vote({"work_kind": "learn"})
    assert kept(held) == {"work_kind": ("learn", "")}
    assert kim.chosen("?q=work_kind") == {"work_kind": "learn"}


# once


@pytest.mark.robustness(17, 18)
def test_a_double_click_and_a_replay_are_one_submission(held: Held, kim: Person) -> None:
    """Robustness 17 and 18: also when it was closed meanwhile."""
    sent = kim.form() | sheet(ONE, WHY)
    for _ in range(2):
        assert kim.post("vote", sent).status == 303
    before = held.site.store.everything()
    assert json.loads(kim.post("vote", sent, JSON).body)["received"] == "already_received"
    held.facilitator.close()
    assert json.loads(kim.post("vote", sent, JSON).body)["received"] == "already_received"
    assert kim.post("vote", sent).status == 303
    after = held.site.store.everything()
    assert after["votes"] == before["votes"]
    assert after["receipts"] == before["receipts"]


@pytest.mark.robustness(13)
def test_something_else_under_the_same_key_is_refused_and_said_so(held: Held, kim: Person) -> None:
    """Robustness 13; the form that comes back has a key of its own, so that it can be sent."""
    sent = kim.form() | sheet(ONE)
    kim.post("vote", sent)
    other = sent | sheet({"work_kind": "learn"}, WHY)
    assert "something else was received under the same key" in said(kim.post("vote", other, JSON))
    again = kim.post("vote", other)
    assert again.status == 409
    assert kept(held) == {"work_kind": ("deliver", "")}
    assert typed(again) == {"choice.work_kind": "learn", "reason.work_kind": WHY["work_kind"]}
    assert kim.post("vote", Page(again.text).hidden | sheet({"work_kind": "learn"}, WHY)).status == 303
    assert kept(held) == {"work_kind": ("learn", WHY["work_kind"])}


@pytest.mark.parametrize("key", ["", "x", "é", "0" * 5000])
def test_without_a_key_nothing_is_kept(held: Held, kim: Person, key: str) -> None:
    answer = kim.post("vote", kim.form() | sheet(ONE) | {"key": key})
    assert answer.status == 409
    assert kept(held) == {}
    assert typed(answer) == {"choice.work_kind": "deliver"}


# refused, and nothing lost


@pytest.mark.robustness(37)
@pytest.mark.parametrize(
    ("choices", "reasons", "problem"),
    [
        ({"work_kind": ""}, {}, "Choose an answer."),
        ({"work_kind": ""}, WHY, "Choose an answer as well; the reason is kept with it."),
        ({"work_kind": "nonsense"}, {}, "Unknown answer nonsense"),
        (ONE, {"work_kind": "x" * 501}, "501 characters; allowed: at most 500 characters."),
        (ONE, {"work_kind": "line\n" * 10_000}, "49999 characters; allowed: at most 500 characters."),
        (ONE, {"work_kind": "left\u202eright"}, "hides or reorders text (U+202E)"),
        (ONE, {"work_kind": "a\u200bb"}, "hides or reorders text (U+200B)"),
        (ONE, {"work_kind": "e" + "\u0301" * 100}, "More than 8 combining marks in a row"),
        (ONE, {"work_kind": "\u2800"}, "hides or reorders text"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_question_and_nothing_typed_is_lost(
    held: Held, kim: Person, choices: Mapping[str, str], reasons: Mapping[str, str], problem: str
) -> None:
    """Robustness 35 and 37."""
    sent = sheet(choices, reasons)
    answer = kim.post("vote", kim.form() | sent)
    page = Page(answer.text)
    assert answer.status == 400
    assert "Nothing was saved yet" in page.text
    assert problem in page.text
    assert 'id="problem_work_kind"' in answer.text
    wanted = {name: value for name, value in sent.items() if value not in {"", "nonsense"}}
    assert {name: value.strip() for name, value in typed(answer).items()} == {
        name: value.strip() for name, value in wanted.items()
    }
    assert kept(held) == {}
    assert said(kim.post("vote", kim.form() | sent, JSON)).startswith("Not saved. ")


def test_every_problem_of_the_whole_form_is_said_at_once_and_nothing_is_kept(held: Held, kim: Person) -> None:
    reasons = {"autonomy": "x" * 501, "commitment": "a\u200bb", "work_kind": "fine"}
    choices = ALL_ALIKE | {"commitment": ""}
    answer = kim.vote(choices, reasons)
    assert answer.status == 400
    assert sorted(e["id"] for _, e in Page(answer.text).elements if e.get("id", "").startswith("problem_")) == [
        "problem_autonomy",
        "problem_commitment",
    ]
    assert typed(answer) == {
        **{f"choice.{question}": choice for question, choice in choices.items() if choice},
        **{f"reason.{question}": reason for question, reason in reasons.items()},
    }
    assert kept(held) == {}


@pytest.mark.robustness(20)
@pytest.mark.parametrize(
    ("step", "shown", "problem"),
    [
        ("close", "The voting is closed", "Not saved: the voting is closed; your words are still here."),
        ("reveal", "The votes are revealed", "Not saved: the votes are revealed; your words are still here."),
        ("time", "The voting is closed", "Not saved: the voting is closed; your words are still here."),
    ],
)
def test_what_comes_too_late_is_refused_with_the_reason_and_stays_on_the_screen(
    step: str, shown: str, problem: str
) -> None:
    """Robustness 20."""
    held = hold()
    held.facilitator.open_round(lasts=timedelta(minutes=5))
    kim = held.person("Kim")
    sent = kim.form("?q=work_kind") | sheet(ONE, {"work_kind": "It <was> sold."})
    if step == "time":
        held.site.clock.time += timedelta(minutes=5)
    else:
        getattr(held.facilitator, step)()
    answer = kim.post("vote", sent)
    page = Page(answer.text)
    assert answer.status == 409
    for text in (shown, problem, "This was not saved", "Deliver a specific thing", "It <was> sold."):
        assert text in page.text
    assert said(kim.post("vote", sent, JSON)) == problem
    assert kept(held) == {}


def test_a_vote_for_the_round_before_is_refused_and_stays_beside_the_new_form(held: Held, kim: Person) -> None:
    sent = kim.form("?q=work_kind") | sheet(ONE, WHY)
    held.facilitator.reveal()
    held.facilitator.open_round(["autonomy"])
    answer = kim.post("vote", sent)
    page = Page(answer.text)
    assert answer.status == 409
    assert "Not saved: another round has begun; your words are still here." in page.text
    assert "It was sold. Last year." in page.text
    assert page.hidden["round"] == "2"
    assert kept(held) == {}
    sent |= {"round": "2"}
    assert "allowed: autonomy" in said(kim.post("vote", sent, JSON)), "a question that is not asked again"


def test_before_the_voting_begins_nothing_is_kept() -> None:
    held = hold()
    kim, site = held.person("Kim"), held.site
    token = form_token(site.store.secret(), "vote", held.facilitator.room_id, site.clock.now())
    sent = {"token": token, "key": counted_token(9999), "round": "1", **sheet(ONE, WHY)}
    assert said(kim.post("vote", sent, JSON)) == "Not saved. The voting has not begun."
    answer = kim.post("vote", sent)
    assert answer.status == 409
    assert "It was sold. Last year." in Page(answer.text).text
    assert kept(held) == {}


def test_spectators_votes_are_refused(held: Held, kim: Person) -> None:
    sent = kim.form() | sheet(ONE)
    watcher = held.person("Watcher", watch="yes")
    answer = watcher.post("vote", sent)
    assert answer.status == 409
    assert "Not saved: you are here to watch; join again to vote." in Page(answer.text).text
    assert held.site.store.everything()["votes"] == []


def test_without_a_seat_nothing_is_kept_and_what_was_typed_is_there(held: Held, kim: Person) -> None:
    """The cookie was deleted meanwhile, or somebody pressed "Leave" in another tab."""
    sent = kim.form() | sheet(ONE, WHY)
    answer = held.person().post("vote", sent)
    page = Page(answer.text)
    assert answer.status == 403
    assert "you have not joined this workshop here; join it first" in page.text
    assert "It was sold. Last year." in page.text
    assert page.all("form")[0]["action"] == f"{held.path}/join"


def test_a_form_of_another_page_hour_or_room_is_not_taken_and_nothing_is_lost(held: Held, kim: Person) -> None:
    good = kim.form() | sheet(ONE, WHY)
    other = hold(held.site)
    other.facilitator.open_round()
    tokens = ["", "x", "é", good["token"][:-1], other.person("Ada").form()["token"], kim.tokens("?you")[0]]
    for token in tokens:
        answer = kim.post("vote", good | {"token": token})
        assert answer.status == 400
        assert "the page was open for a long time" in Page(answer.text).text
        assert typed(answer) == {"choice.work_kind": "deliver", "reason.work_kind": WHY["work_kind"]}
    held.site.clock.time += timedelta(hours=2)
    late = kim.post("vote", good)
    assert late.status == 400
    assert kim.post("vote", Page(late.text).hidden | sheet(ONE, WHY)).status == 303


def test_a_script_whose_page_was_open_for_long_gets_a_new_token_and_goes_on(held: Held, kim: Person) -> None:
    sent = kim.form() | sheet(ONE)
    held.site.clock.time += timedelta(days=2)
    refused = kim.post("vote", sent, JSON)
    assert refused.status == 400
    assert "the page was open for a long time" in said(refused)
    again = kim.post("vote", sent | {"token": json.loads(refused.body)["token"]}, JSON)
    assert json.loads(again.body)["received"] == "saved"


@pytest.mark.robustness(43)
@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_forms_that_another_site_sends_are_refused(held: Held, kim: Person, headers: dict[str, str]) -> None:
    before = held.site.store.everything()
    good = kim.form() | sheet(ONE)
    assert kim.post("vote", good, headers).status == 400
    assert kim.post("vote", good, headers | JSON).status == 400
    join = {"token": held.person().page().hidden["token"], "name": "Mallory"}
    assert held.person().post("join", join, headers).status == 400
    leave = {"token": kim.tokens("?you")[1], "sure": "yes"}
    assert kim.post("leave", leave, headers).status == 400
    assert held.client.post("/join", {"code": "00000009"}, headers).status == 400
    assert held.site.store.everything() == before


@pytest.mark.parametrize(
    ("body", "type_", "status"),
    [
        (b"", FORM, 400),
        (b"\xff\xfe", FORM, 400),
        (b"round=1&round=1&choice.work_kind=deliver", FORM, 400),
        (b"round=1", FORM, 400),
        (b"round=x&choice.work_kind=deliver", FORM, 400),
        ("round=²&choice.work_kind=deliver".encode(), FORM, 400),
        (b"round=" + b"9" * 5000 + b"&choice.work_kind=deliver", FORM, 400),
        (b"round=1&choice.work_kind=deliver&extra=1", FORM, 400),
        (b"&".join(b"choice.q%d=1" % number for number in range(200)), FORM, 400),
        (b'{"round": 1}', "application/json", 400),
        (b"reason.work_kind=" + b"x" * 400_000, FORM, 413),
    ],
)
def test_what_is_no_form_of_ours_changes_nothing(
    held: Held, kim: Person, body: bytes, type_: str, status: int
) -> None:
    address = f"{held.path}/vote"
    headers = kim.headers(address) | {"content-type": type_}
    page = held.client.send(address, body, headers)
    script = held.client.send(address, body, headers | JSON)
    assert (page.status, script.status) == (status, status)
    assert "Nothing was changed" in Page(page.text).text
    assert set(json.loads(script.body)) == {"problem"}
    assert kept(held) == {}


# the store


@pytest.mark.robustness(3)
def test_full_storage_is_said_the_answers_stay_and_sending_again_works(held: Held, kim: Person) -> None:
    """Robustness 3, with SQLite's own limit and its own error."""
    reasons = dict.fromkeys(ALL_ALIKE, "字" * REASON_LIMIT)
    sent = kim.form("?q=all") | sheet(ALL_ALIKE, reasons)
    limit_pages(held, 1)
    answer = kim.post("vote", sent)
    assert answer.status == 503
    assert "Not saved: storage is full; make room and try again." in Page(answer.text).text
    assert typed(answer) == {name: value for name, value in sheet(ALL_ALIKE, reasons).items() if value}
    script = kim.post("vote", sent, JSON)
    assert (script.status, said(script)) == (503, "Not saved: storage is full; make room and try again.")
    assert kept(held) == {}
    limit_pages(held, 2**30)
    assert json.loads(kim.post("vote", sent, JSON).body)["received"] == "saved"
    assert len(kept(held)) == 15


def limit_pages(held: Held, pages: int) -> None:
    """Connections from now on have room for so many pages, or for as many as there are."""
    engine = held.site.store.inner.database.engine
    engine.dispose()

    def set_limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", set_limit)


def test_a_store_that_does_not_answer_at_all_is_a_page_and_a_sentence(held: Held, kim: Person) -> None:
    sent = kim.form() | sheet(ONE)
    held.site.store.fails = StoreError("storage_busy", place="storage")
    answer, script, now = kim.post("vote", sent), kim.post("vote", sent, JSON), kim.get("/now")
    held.site.store.fails = None
    assert answer.status == script.status == now.status == 503
    assert "The storage does not answer. Nothing was changed" in Page(answer.text).text
    assert said(script).startswith("Not saved yet: the storage does not answer.")
    assert kim.post("vote", sent).status == 303


# questions and their order


def test_going_back_and_forth(held: Held, kim: Person) -> None:
    first, second = (Page(kim.get(f"?q={id_}").text) for id_ in ("work_kind", "product_stage"))
    assert f"{held.path}?q=product_stage" in [link["href"] for link in first.all("a")], "skip for now"
    assert f"{held.path}?q=work_kind" in [link["href"] for link in second.all("a")], "back"
    kim.post("vote", kim.form("?q=product_stage") | sheet({"product_stage": "growing"}))
    assert "Question 3 of 15" in kim.page("?after=product_stage").text, "what was skipped does not come at once"
    assert "Question 1 of 15" in kim.page().text
    assert "Question 1 of 15" in kim.page("?after=review_rhythm").text, "from the top again"


@pytest.mark.parametrize("rest", ["?q=", "?q=nothing", "?q=%00", f"?q={FIST}", "?q=a&q=b", "?after=x", "?x=y"])
def test_whatever_else_is_asked_for_the_next_open_question_comes(held: Held, kim: Person, rest: str) -> None:
    assert "Question 1 of 15" in kim.page(rest).text


NOT_COUNTED = "With your other answers this question does not count for your own result."


def test_questions_that_ones_own_answers_hide_are_asked_and_say_so(held: Held, kim: Person) -> None:
    hidden = {"measurability", "known_lever"}
    answer = kim.post("vote", kim.form() | sheet({"outcome_clarity": "unknown"}), JSON)
    assert json.loads(answer.body) == {"received": "saved"}
    assert "Question 1 of 15" in kim.page().text
    assert {id_ for id_ in ALL_ALIKE if NOT_COUNTED in kim.page(f"?q={id_}").text} == hidden
    assert len(kim.page("?q=all").all("fieldset")) == 15
    kim.vote({id_: choice for id_, choice in ALL_ALIKE.items() if id_ not in {*hidden, "outcome_clarity"}})
    assert "Could you see that result in your data" in kim.page().text
    kim.vote({id_: ALL_ALIKE[id_] for id_ in hidden})
    assert "You have answered everything" in kim.page().text
    kim.vote({"outcome_clarity": "number"})
    assert "You have answered everything" in kim.page().text, "as before"
    assert NOT_COUNTED not in kim.page("?q=known_lever").text


def test_in_a_later_round_earlier_answers_count_for_what_does_not(held: Held, kim: Person) -> None:
    all_answered(kim, outcome_clarity="only_output")
    held.facilitator.reveal()
    held.facilitator.open_round(["known_lever"])
    page = kim.page()
    assert NOT_COUNTED in page.text
    assert "Last time you answered" in page.text


def test_who_is_done_sees_their_answers_and_can_change_them(held: Held, kim: Person) -> None:
    all_answered(kim)
    held.person("Ada")
    page = kim.page()
    assert "Finished: 1 of 2." in page.text
    changes = [link["href"] for link in page.all("a") if "?q=" in link["href"]]
    assert changes == [f"{held.path}?q={question.id}" for question in held.model.questions]
    answer = kim.post("vote", kim.form("?q=autonomy") | sheet({"autonomy": "unsure"}))
    assert answer.headers["location"] == f"{held.path}?after=autonomy"
    assert "You have answered everything" in kim.page("?after=autonomy").text
    assert kept(held)["autonomy"] == ("unsure", "")


def test_a_later_round_asks_only_what_was_chosen_and_says_what_one_answered(held: Held, kim: Person) -> None:
    all_answered(kim)
    held.facilitator.reveal()
    held.facilitator.open_round(["autonomy", "commitment"])
    page = kim.page()
    assert "We vote on this once more." in page.text
    assert "Question 1 of 2 Who decides how the result is reached?" in page.text
    assert "Last time you answered: The team." in page.text
    assert kim.chosen("") == {}
    assert len(kim.page("?q=all").all("fieldset")) == 2
    late = held.person("Late")
    assert "Last time" not in late.page().text


def test_the_check_asks_for_fingers(held: Held, kim: Person) -> None:
    held.facilitator.reveal()
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    page = kim.page()
    for text in (
        "Fist of five: how far do you stand behind what was agreed?",
        "0 fingers A fist: I cannot live with it.",
        "5 fingers It is just right, and I will help to make it happen.",
        "What you are asked about Use OKRs, once this is fixed.",
        "What is this work mainly for? Change how something performs",
    ):
        assert text in page.text
    assert [e["value"] for e in page.all("input") if e.get("type") == "radio"] == list("012345")
    kim.post("vote", kim.form() | sheet({FIST: "2"}, {FIST: "We cannot measure it."}))
    assert held.site.store.own_votes(held.facilitator.room_id, 1)[-1].choice == "2"
    assert "2 fingers" in kim.page().text
    six = kim.post("vote", kim.form(f"?q={FIST}") | sheet({FIST: "6"}), JSON)
    assert said(six) == "Not saved. Unknown answer 6; allowed: 0, 1, 2, 3, 4, 5."
