"""Votes that cannot be kept: said why, and nothing that somebody typed is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from okr_assistant.errors import StoreError
from okr_assistant.web.forms import form_token
from okr_assistant.workshop.voting import REASON_LIMIT
from tests.web.asgi import FORM, Page
from tests.web.ballots import ONE, WHY, kept, said, typed
from tests.web.people import ALL_ALIKE, JSON, Held, Person, hold, sheet
from tests.web.site import counted_token

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
    in_vote: Held, kim: Person, choices: Mapping[str, str], reasons: Mapping[str, str], problem: str
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
    assert kept(in_vote) == {}
    assert said(kim.post("vote", kim.form() | sent, JSON)).startswith("Not saved. ")


def test_every_problem_of_the_whole_form_is_said_at_once_and_nothing_is_kept(in_vote: Held, kim: Person) -> None:
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
    assert kept(in_vote) == {}


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
    in_vote = hold()
    in_vote.facilitator.open_round(lasts=timedelta(minutes=5))
    kim = in_vote.person("Kim")
    sent = kim.form("?q=work_kind") | sheet(ONE, {"work_kind": "It <was> sold."})
    if step == "time":
        in_vote.site.clock.time += timedelta(minutes=5)
    else:
        getattr(in_vote.facilitator, step)()
    answer = kim.post("vote", sent)
    page = Page(answer.text)
    assert answer.status == 409
    for text in (shown, problem, "This was not saved", "Deliver a specific thing", "It <was> sold."):
        assert text in page.text
    assert said(kim.post("vote", sent, JSON)) == problem
    assert kept(in_vote) == {}


def test_a_vote_for_the_round_before_is_refused_and_stays_beside_the_new_form(in_vote: Held, kim: Person) -> None:
    sent = kim.form("?q=work_kind") | sheet(ONE, WHY)
    in_vote.facilitator.reveal()
    in_vote.facilitator.open_round(["autonomy"])
    answer = kim.post("vote", sent)
    page = Page(answer.text)
    assert answer.status == 409
    assert "Not saved: another round has begun; your words are still here." in page.text
    assert "It was sold. Last year." in page.text
    assert page.hidden["round"] == "2"
    assert kept(in_vote) == {}
    sent |= {"round": "2"}
    assert "allowed: autonomy" in said(kim.post("vote", sent, JSON)), "a question that is not asked again"


def test_before_the_voting_begins_nothing_is_kept() -> None:
    in_vote = hold()
    kim, site = in_vote.person("Kim"), in_vote.site
    token = form_token(site.store.secret(), "vote", in_vote.facilitator.room_id, site.clock.now())
    sent = {"token": token, "key": counted_token(9999), "round": "1", **sheet(ONE, WHY)}
    assert said(kim.post("vote", sent, JSON)) == "Not saved. The voting has not begun."
    answer = kim.post("vote", sent)
    assert answer.status == 409
    assert "It was sold. Last year." in Page(answer.text).text
    assert kept(in_vote) == {}


def test_spectators_votes_are_refused(in_vote: Held, kim: Person) -> None:
    sent = kim.form() | sheet(ONE)
    watcher = in_vote.person("Watcher", watch="yes")
    answer = watcher.post("vote", sent)
    assert answer.status == 409
    assert "Not saved: you are here to watch; join again to vote." in Page(answer.text).text
    assert in_vote.site.store.everything()["votes"] == []


def test_without_a_seat_nothing_is_kept_and_what_was_typed_is_there(in_vote: Held, kim: Person) -> None:
    """The cookie was deleted meanwhile, or somebody pressed "Leave" in another tab."""
    sent = kim.form() | sheet(ONE, WHY)
    answer = in_vote.person().post("vote", sent)
    page = Page(answer.text)
    assert answer.status == 403
    assert "you have not joined this workshop here; join it first" in page.text
    assert "It was sold. Last year." in page.text
    assert page.all("form")[0]["action"] == f"{in_vote.path}/join"


def test_a_form_of_another_page_hour_or_room_is_not_taken_and_nothing_is_lost(in_vote: Held, kim: Person) -> None:
    good = kim.form() | sheet(ONE, WHY)
    other = hold(in_vote.site)
    other.facilitator.open_round()
    tokens = ["", "x", "é", good["token"][:-1], other.person("Ada").form()["token"], kim.tokens("?you")[0]]
    for token in tokens:
        answer = kim.post("vote", good | {"token": token})
        assert answer.status == 400
        assert "the page was open for a long time" in Page(answer.text).text
        assert typed(answer) == {"choice.work_kind": "deliver", "reason.work_kind": WHY["work_kind"]}
    in_vote.site.clock.time += timedelta(hours=2)
    late = kim.post("vote", good)
    assert late.status == 400
    assert kim.post("vote", Page(late.text).hidden | sheet(ONE, WHY)).status == 303


def test_a_script_whose_page_was_open_for_long_gets_a_new_token_and_goes_on(in_vote: Held, kim: Person) -> None:
    sent = kim.form() | sheet(ONE)
    in_vote.site.clock.time += timedelta(days=2)
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
def test_forms_that_another_site_sends_are_refused(in_vote: Held, kim: Person, headers: dict[str, str]) -> None:
    before = in_vote.site.store.everything()
    good = kim.form() | sheet(ONE)
    assert kim.post("vote", good, headers).status == 400
    assert kim.post("vote", good, headers | JSON).status == 400
    join = {"token": in_vote.person().page().hidden["token"], "name": "Mallory"}
    assert in_vote.person().post("join", join, headers).status == 400
    leave = {"token": kim.tokens("?you")[1], "sure": "yes"}
    assert kim.post("leave", leave, headers).status == 400
    assert in_vote.client.post("/join", {"code": "00000009"}, headers).status == 400
    assert in_vote.site.store.everything() == before


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
    in_vote: Held, kim: Person, body: bytes, type_: str, status: int
) -> None:
    address = f"{in_vote.path}/vote"
    headers = kim.headers(address) | {"content-type": type_}
    page = in_vote.client.send(address, body, headers)
    script = in_vote.client.send(address, body, headers | JSON)
    assert (page.status, script.status) == (status, status)
    assert "Nothing was changed" in Page(page.text).text
    assert set(json.loads(script.body)) == {"problem"}
    assert kept(in_vote) == {}


# the store


@pytest.mark.robustness(3)
def test_full_storage_is_said_the_answers_stay_and_sending_again_works(in_vote: Held, kim: Person) -> None:
    """Robustness 3, with SQLite's own limit and its own error."""
    reasons = dict.fromkeys(ALL_ALIKE, "字" * REASON_LIMIT)
    sent = kim.form("?q=all") | sheet(ALL_ALIKE, reasons)
    limit_pages(in_vote, 1)
    answer = kim.post("vote", sent)
    assert answer.status == 503
    assert "Not saved: storage is full; make room and try again." in Page(answer.text).text
    assert typed(answer) == {name: value for name, value in sheet(ALL_ALIKE, reasons).items() if value}
    script = kim.post("vote", sent, JSON)
    assert (script.status, said(script)) == (503, "Not saved: storage is full; make room and try again.")
    assert kept(in_vote) == {}
    limit_pages(in_vote, 2**30)
    assert json.loads(kim.post("vote", sent, JSON).body)["received"] == "saved"
    assert len(kept(in_vote)) == 15


def limit_pages(in_vote: Held, pages: int) -> None:
    """Connections from now on have room for so many pages, or for as many as there are."""
    engine = in_vote.site.store.inner.database.engine
    engine.dispose()

    def set_limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", set_limit)


def test_a_store_that_does_not_answer_at_all_is_a_page_and_a_sentence(in_vote: Held, kim: Person) -> None:
    sent = kim.form() | sheet(ONE)
    in_vote.site.store.fails = StoreError("storage_busy", place="storage")
    answer, script, now = kim.post("vote", sent), kim.post("vote", sent, JSON), kim.get("/now")
    in_vote.site.store.fails = None
    assert answer.status == script.status == now.status == 503
    assert "The storage does not answer. Nothing was changed" in Page(answer.text).text
    assert said(script).startswith("Not saved yet: the storage does not answer.")
    assert kim.post("vote", sent).status == 303
