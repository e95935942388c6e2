"""Links that a program makes open on the real shared page, and show what they should and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.links import DAYS
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Record
from okr_assistant.views.result import result_view
from okr_assistant.words import Words
from tests.web.api.program import Program, problem_of
from tests.web.asgi import Client, Page
from tests.web.site import ANSWERS, NOTES, START, TITLE

SHEET = {"answers": ANSWERS, "title": TITLE}
DECISION = {"decided": "Use OKRs", "because": "Legal agreed.", "owner": "Dana", "review_on": "2027-01-15"}


@pytest.fixture
def program() -> Program:
    return Program()


def opened(program: Program, address: str) -> str:
    """The text of the page at this address, on all of the app's own routes."""
    answer = Client(program.site).get(urlsplit(address).path)
    assert answer.status == 200, answer.text
    return Page(answer.text).text


def sentence(model: Model, words: Words) -> str:
    found = assessment(model, AnswerSheet(ANSWERS))
    return result_view(model, found.result, words, settled=found.settled).sentence


def test_a_portable_link_is_the_one_of_the_command_line(program: Program, model: Model, words: Words) -> None:
    made = program.gets("links", {"kind": "portable", "sheet": SHEET})
    payload = portable_payload(program.site.services.models, Record(AnswerSheet(ANSWERS, TITLE)))
    assert made == {
        "kind": "portable",
        "address": f"http://localhost:8501/p/{payload}",
        "expires_at": None,
        "owner_address": None,
    }
    page = opened(program, made["address"])
    assert sentence(model, words) in page
    assert TITLE not in page
    assert program.site.store.everything()["links"] == [], "nothing is stored"


def test_text_is_in_a_portable_link_only_where_it_is_asked_for(program: Program) -> None:
    sent = {"kind": "portable", "sheet": SHEET, "notes": NOTES}
    without = program.gets("links", sent)["address"]
    assert without == program.gets("links", sent | {"with_text": False})["address"]
    page = opened(program, program.gets("links", sent | {"with_text": True})["address"])
    assert TITLE in page
    assert NOTES.splitlines()[0] in page


@pytest.mark.parametrize("level", ["verdict", "reasons", "notes"])
def test_a_stored_link_shows_what_its_level_allows(
    level: str, program: Program, model: Model, words: Words
) -> None:
    made = program.gets(
        "links", {"kind": "stored", "sheet": SHEET, "notes": NOTES, "decision": DECISION, "level": level}
    )
    page = opened(program, made["address"])
    assert TITLE in page
    assert (sentence(model, words) in page) is (level != "verdict")
    assert (model.questions_by_id["work_kind"].text in page) is (level != "verdict")
    assert (NOTES.splitlines()[0] in page) is (level == "notes")
    assert (DECISION["because"] in page) is (level == "notes")


@pytest.mark.parametrize("days", DAYS)
def test_a_stored_link_ends_when_it_says(days: int, program: Program) -> None:
    made = program.gets("links", {"kind": "stored", "sheet": SHEET, "days": days})
    assert made["expires_at"] == (START + timedelta(days=days)).isoformat().replace("+00:00", "Z")
    path = urlsplit(made["address"]).path
    program.site.clock.time = START + timedelta(days=days) - timedelta(seconds=1)
    assert Client(program.site).get(path).status == 200
    program.site.clock.time = START + timedelta(days=days)
    assert Client(program.site).get(path).status == 404


def test_the_page_share_s_choices_are_taken_where_none_is_made(program: Program) -> None:
    made = program.gets("links", {"kind": "stored", "sheet": SHEET})
    asked = {"kind": "stored", "sheet": SHEET, "level": "reasons", "days": 365}
    assert made["expires_at"] == program.gets("links", asked)["expires_at"]
    token = urlsplit(made["address"]).path.removeprefix("/r/")
    link = program.site.links.open(token)
    assert link
    assert link.snapshot.level == "reasons"


def test_the_owner_s_address_ends_the_link(program: Program) -> None:
    made = program.gets("links", {"kind": "stored", "sheet": SHEET})
    client = Client(program.site)
    owner = urlsplit(made["owner_address"]).path
    token = Page(client.get(owner).text).hidden["token"]
    ended = client.post(owner, {"token": token, "action": "revoke", "sure": "yes"})
    assert ended.status == 303
    assert client.get(urlsplit(made["address"]).path).status == 404


def test_links_begin_with_the_public_address() -> None:
    program = Program(public_url="https://okr.example.org")
    for kind in ("portable", "stored"):
        made = program.gets("links", {"kind": kind, "sheet": SHEET})
        assert made["address"].startswith("https://okr.example.org/")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (3, "link"),
        ({"kind": "portable"}, "link: sheet"),
        ({"sheet": SHEET}, "link: kind"),
        ({"kind": "both", "sheet": SHEET}, "link: kind"),
        ({"kind": ["stored"], "sheet": SHEET}, "link: kind"),
        ({"kind": "portable", "sheet": SHEET, "days": 30}, "link"),
        ({"kind": "portable", "sheet": SHEET, "decision": DECISION}, "link"),
        ({"kind": "stored", "sheet": SHEET, "with_text": True}, "link"),
        ({"kind": "portable", "sheet": SHEET, "with_text": 1}, "link: with_text"),
        ({"kind": "stored", "sheet": SHEET, "days": 31}, "link: days"),
        ({"kind": "stored", "sheet": SHEET, "days": True}, "link: days"),
        ({"kind": "stored", "sheet": SHEET, "level": "all"}, "link: level"),
        ({"kind": "stored", "sheet": SHEET, "decision": {"who": "x"}}, "link: decision"),
        ({"kind": "stored", "sheet": SHEET, "notes": 3}, "link: notes"),
        ({"kind": "stored", "sheet": {"answers": {"colour": "red"}}}, "link: sheet: answers"),
        ({"kind": "portable", "sheet": SHEET, "with_text": True, "notes": "%"}, "link"),
    ],
)
def test_what_cannot_be_a_link_is_refused_and_nothing_is_stored(body: Any, place: str, program: Program) -> None:
    if isinstance(body, dict) and body.get("notes") == "%":  # fits a note, and no address
        body = body | {"notes": "".join(chr(0x4E00 + 7 * number) for number in range(2000))}
    said = problem_of(program.sends("links", body), 422)
    assert said["place"] == place
    assert program.site.store.everything()["links"] == []
