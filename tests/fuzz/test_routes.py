"""Every route of ours, asked for anything and sent anything: a page of ours, and nothing went wrong inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.sharing.portable import portable_payload
from tests.export.played import two_rounds
from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import ODD_TEXTS, damaged_bytes, damaged_text
from tests.web.asgi import Answer, Client, Page
from tests.web.people import Held, hold, sheet
from tests.web.site import a_site, sample_record
from tests.web.test_workshop_record import held as played_room

EXPECTED = {200, 303, 307, 308, 400, 403, 404, 405, 409, 410, 413, 415, 429}
ODD = st.sampled_from(ODD_TEXTS)
PLAIN = ("/join?code=00000001", "/healthz", "/robots.txt", "/room.js")
METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "x"])


@dataclass(frozen=True)
class Form:
    """Where a form is sent, as what, and by whom."""

    address: str
    fields: dict[str, str]
    cookie: str


@dataclass(frozen=True)
class World:
    """A site with a link, a room, somebody in it, and everything that they could ask for and send."""

    held: Held
    client: Client
    asked: list[tuple[str, str]]
    """Addresses, each with the cookie of whoever may see it."""
    forms: list[Form]


@pytest.fixture(scope="module")
def world() -> World:
    held = hold(a_site(), named=True)
    site, client = held.site, held.client
    new = site.share("notes", lifetime=timedelta(days=9))
    payload = portable_payload(site.services.models, sample_record(site.services.models), with_text=True)
    kim, guest = held.person("Kim"), held.person()
    held.facilitator.open_round()
    finished = played_room(site, two_rounds(held.model, named=True))
    room, link, owner, back = held.path, f"/r/{new.token}", f"/o/{new.owner_key}", f"{held.path}/me/{kim.seat}"
    seat, past = kim.headers(room)["cookie"], f"okr_seat={finished.seats[1]}"
    remark = f"{link}/remark?question=work_kind"
    forms = [
        Form(remark, hidden_of(client, remark) | {"answer": "deliver", "reason": "x", "name": "Ann"}, ""),
        Form(owner, hidden_of(client, owner) | {"action": "close", "remark": "1", "sure": "yes"}, ""),
        Form("/join", hidden_of(client, "/join") | {"code": "00000001"}, ""),
        Form(f"{room}/join", guest.form() | {"name": "Ben"}, ""),
        Form(f"{room}/vote", kim.form("?q=all") | sheet({"work_kind": "change"}, {"work_kind": "why"}), seat),
        Form(back, hidden_of(client, back), ""),
        Form(f"{room}/leave", {"token": kim.tokens("?you")[1], "sure": "yes"}, seat),
    ]
    asked = [(address, "") for address in (link, f"{link}/card.png", f"/p/{payload}", *PLAIN, remark, owner, back)]
    asked += [(f"{link}/record.json", ""), (f"/p/{payload}/record.csv", ""), (f"{link}/today", "")]
    asked += [(f"{room}{rest}", seat) for rest in ("", "/now", "?q=work_kind", "?you")]
    asked += [(f"{finished.path}{ending}", past) for ending in ("", ".json", ".md")]
    return World(held, client, asked, forms)


def hidden_of(client: Client, address: str) -> dict[str, str]:
    return Page(client.get(address).text).hidden


@pytest.fixture(autouse=True)
def _nothing_fails_inside(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert "A plain page failed" not in caplog.text


def fine(answer: Answer) -> None:
    assert answer.status in EXPECTED
    assert b"Traceback" not in answer.body
    assert "content-security-policy" in answer.headers


def cookie(text: str) -> dict[str, str]:
    return {"cookie": text} if text else {}


def accepted(script: bool) -> dict[str, str]:
    return {"accept": "application/json"} if script else {}


def escaped(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="/?&=%.-")


def test_what_is_damaged_here_is_right_before(world: World) -> None:
    answers = {address: world.client.get(address, cookie(seat)).status for address, seat in world.asked}
    assert {address for address, status in answers.items() if status not in {200, 303, 307}} == set()
    for form in world.forms:
        assert world.client.post(form.address, form.fields, cookie(form.cookie)).status == 303, form.address


@pytest.mark.robustness(24, 25, 44)
def test_any_address_is_a_page_of_ours(world: World) -> None:
    @fuzz(200)
    @given(st.data(), st.sampled_from(world.asked), METHODS, st.booleans())
    def run(data: st.DataObject, asked: tuple[str, str], method: str, script: bool) -> None:
        address = data.draw(damaged_text([asked[0]]))
        seat = (
            asked[1] and data.draw(st.just(asked[1]) | damaged_text([asked[1]])).encode("ascii", "ignore").decode()
        )
        with bounded():
            answer = world.client.ask(
                method, escaped(f"/{address.lstrip('/')}"), cookie(seat) | accepted(script), b""
            )
        fine(answer)

    run()


@st.composite
def damaged_fields(draw: st.DrawFn, form: Form) -> dict[str, str]:
    """The fields of a form: some renamed, damaged, left out or added, so that some forms are almost right."""
    fields = dict(form.fields)
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from([*form.fields, "round", "choice.work_kind", "reason.x", "key", "token"]))
        match draw(st.sampled_from(("value", "odd", "name", "delete", "add"))):
            case "value" if fields.get(name):
                fields[name] = draw(damaged_text([fields[name]]))
            case "odd":
                fields[name] = draw(ODD)
            case "name":
                fields[draw(ODD)] = fields.pop(name, "")
            case "delete":
                fields.pop(name, None)
            case _:
                fields[f"choice.{draw(ODD)}"] = draw(ODD)
    return fields


@pytest.mark.robustness(40, 44)
def test_any_form_is_taken_or_refused_with_a_page_of_ours(world: World) -> None:
    @fuzz(250)
    @given(st.data(), st.sampled_from(world.forms), st.booleans())
    def run(data: st.DataObject, form: Form, script: bool) -> None:
        fields = data.draw(damaged_fields(form))
        body = urlencode(fields, errors="surrogatepass").encode()
        with bounded():
            answer = world.client.send(form.address, body, cookie(form.cookie) | accepted(script))
        fine(answer)
        if answer.headers.get("content-type") == "application/json":
            json.loads(answer.body)

    run()


def test_any_body_is_refused_or_taken_with_a_page_of_ours(world: World) -> None:
    bodies = [urlencode(form.fields).encode() for form in world.forms]
    types = [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "",
        "\u00e9",
    ]

    @fuzz(150)
    @given(
        st.sampled_from(world.forms), damaged_bytes(bodies) | st.binary(max_size=60), st.sampled_from(types), ODD
    )
    def run(form: Form, body: bytes, kind: str, length: str) -> None:
        declared = {"content-length": length} if length.isascii() and length.isprintable() else {}
        with bounded():
            fine(world.client.send(form.address, body, {"content-type": kind} | cookie(form.cookie) | declared))

    run()
