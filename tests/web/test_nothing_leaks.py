"""Nobody learns anything of anybody's vote before it is revealed: not from a page, a header, a refusal or a count.

The same workshop is played twice: the same people do the same things at the same moments (the clock stands, tokens
are counted), and only what two of them choose, and why, is different. Whatever everybody else can read must be the
same bytes until the votes are revealed; then it must differ, or the test would see nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from starlette.routing import Route

from okr_assistant.decision.model import Model
from okr_assistant.export.votes import votes_csv
from okr_assistant.views.workshop.check import check_view
from okr_assistant.views.workshop.facilitation import step_of, step_view
from okr_assistant.views.workshop.movement import movement_view
from okr_assistant.views.workshop.progress import counted, progress
from okr_assistant.web.routes import all_routes
from okr_assistant.web.workshop.revealed import revealed
from okr_assistant.workshop.room import FINGERS, FIST
from tests.web.asgi import FORM, Answer, Page
from tests.web.people import ALL_ALIKE, JSON, Held, Person, hold, sheet
from tests.web.site import a_site, counted_token

Sheet = Mapping[str, tuple[str, str]]
"""Choice and reason by question."""

AGAIN = ("work_kind", "autonomy", "outcome_clarity", "known_lever")
"""What is voted on in the second round, in this order; an answer to the third hides the last."""

LASTS = timedelta(minutes=5)

READ: dict[str, tuple[str, ...]] = {
    "/join": ("",),
    "/w/{room}": ("", "?q=all", "?q=work_kind", f"?q={FIST}", "?after=autonomy", "?you", "?joined=1", "?left=1"),
    "/w/{room}/now": ("/now",),
    "/w/{room}/me/{token}": ("/me/{seat}", "/me/{ada}", f"/me/{counted_token(999)}"),
    "/w/{room}/record": ("/record",),
    "/w/{room}/record.{ending}": ("/record.md", "/record.pdf", "/record.json", "/record.csv"),
    "/w/{room}/join": ("/join",),
    "/w/{room}/vote": ("/vote",),
    "/w/{room}/leave": ("/leave",),
    "/w/{rest:path}": ("/votes", "/now/"),
}
"""What is read of every route that has to do with rooms, below the address of the room."""

OF_NO_ROOM = (
    "/api/",
    "/p/",
    "/r/",
    "/o/",
    "/copy.js",
    "/focus.js",
    "/page.js",
    "/room.js",
    "/healthz",
    "/favicon.png",
    "/robots.txt",
)
"""Routes that never look at a room."""


def test_every_route_is_read_here() -> None:
    """A new route of rooms has to be put into ``READ``."""
    routes = [route for route in all_routes() if isinstance(route, Route)]
    assert len(routes) == len(all_routes())
    of_rooms = {route.path for route in routes if not route.path.startswith(OF_NO_ROOM)}
    assert of_rooms == set(READ)


# what everybody else can read


@dataclass
class Play:
    """A workshop on its way. Kim and Bo have secrets; Ada always votes alike; the others do not vote."""

    held: Held
    before: list[object] = field(default_factory=list)
    """What everybody but those two could read before the reveal, in order."""

    def __post_init__(self) -> None:
        self.kim, self.bo, self.ada, self.late = (self.held.person(name) for name in ("Kim", "Bo", "Ada", "Late"))
        self.watcher = self.held.person("Watcher", watch="yes")
        self.stranger = self.held.person()
        self.leader = self.held.person()
        browser = counted_token(997)
        self.held.site.services.workshops.let_in(self.held.key, browser)
        self.leader.cookies["/"] = ("okr_browser", browser)

    def look(self) -> None:
        """Read everything there is to read, as everybody who has no business with the secrets."""
        self.before += asyncio.run(self._read())
        self.before += led(self.held)

    async def _read(self) -> list[object]:
        people = (self.ada, self.late, self.watcher, self.stranger, self.leader)
        answers = [
            answer for person in people for way in (reads, sends) async for answer in way(person, self.ada.seat)
        ]
        assert max(answer.status for answer in answers) < 500
        return [(answer.status, sorted(answer.headers.items()), answer.body) for answer in answers]


async def reads(person: Person, ada: str) -> AsyncIterator[Answer]:
    seat = person.cookies.get(person.path, ("", "x"))[1]
    for path, rests in READ.items():
        for rest in rests:
            address = path if path == "/join" else person.path + rest.replace("{seat}", seat).replace("{ada}", ada)
            for method in ("GET", "HEAD") if not rest else ("GET",):
                yield await person.client.asked(method, address, person.headers(address))


async def sends(person: Person, ada: str) -> AsyncIterator[Answer]:
    """What is refused, and how."""

    async def send(what: str, fields: Mapping[str, str], **headers: str) -> Answer:
        address = what if what == "/join" else f"{person.path}/{what}"
        given = person.headers(address) | {"content-type": FORM, "origin": "null"} | headers
        return await person.client.asked("POST", address, given, urlencode(fields).encode())

    page = await person.client.asked("GET", f"{person.path}?q=all", person.headers(person.path))
    known = Page(page.text).hidden
    form = {"token": known["token"], "key": counted_token(998), "round": known.get("round", "1")} if known else {}
    for number in (form.get("round", "1"), "99"):
        for choice in ("nonsense", ""):
            fields = form | {"round": number} | sheet({"work_kind": choice}, {"work_kind": "x" * 501})
            yield await send("vote", fields)
            yield await send("vote", fields, **JSON)
    yield await send("join", {"token": "x", "name": "Kim"})
    yield await send("leave", {"token": "x", "sure": "yes"})
    for seat in (ada, counted_token(999)):
        yield await send(f"me/{seat}", {"token": "x"})
    yield await send("/join", {"code": "00000001"})


def led(held: Held) -> list[object]:
    """What the pages of whoever leads, of the projector and of the files are made from."""
    it, words, now = held.facilitator, held.site.services.words, held.site.clock.now()
    room, people, votes, pulse = it.room(), it.people(), it.votes(), it.pulse()
    view = revealed(room, held.model, it)
    return [
        (room, people, votes, pulse, held.voting.votes(), view),
        step_view(room, step_of(room, room.phase(now), view), words),
        (progress(room, people, words), counted(pulse, words)),
        (check_view(room, people, votes, words), movement_view(room, votes, held.model, words)),
        votes_csv(room, people, votes, held.model, words),
    ]


# the two plays


def secrets(model: Model, seed: int, questions: tuple[str, ...]) -> tuple[Sheet, Sheet]:
    """What Kim and Bo choose in a round: anything at all, with reasons as different as can be.

    The answer of one of them hides other questions, and that of the other does not.
    """
    dice = random.Random(seed)
    reasons = ["", "Yes.", "字" * 500, "It was sold.\nLast year, to two of them.", f"<b>{seed}</b>"]

    def some() -> dict[str, tuple[str, str]]:
        choices = {id_: FINGERS if id_ == FIST else model.questions_by_id[id_].choices for id_ in questions}
        return {id_: (dice.choice(choices[id_]), dice.choice(reasons)) for id_ in questions}

    kim, bo = some(), some()
    if "outcome_clarity" in questions:
        hides, other = ("only_output", ""), ("number", "")
        kim["outcome_clarity"], bo["outcome_clarity"] = (hides, other) if seed % 2 else (other, hides)
    return kim, bo


def held_still(named: bool) -> Held:
    """A room on a site whose secret is known too: forms carry a code made with it."""
    site = a_site()
    site.store.secret = lambda: b"0" * 32  # type: ignore[attr-defined]
    return hold(site, named=named)


def play(held: Held, stage: str, secret: tuple[Sheet, Sheet]) -> tuple[list[object], list[object]]:
    """Play until the votes of a stage are revealed: what could be read before, and what after."""
    it, lead, model = Play(held), held.facilitator, held.model
    every = tuple(model.questions_by_id)
    begin: dict[str, tuple[tuple[str, ...], Callable[[timedelta], None]]] = {
        "first": (every, lambda lasts: lead.open_round(lasts=lasts)),
        "second": (AGAIN, partial(lead.open_round, AGAIN)),
        "check": ((FIST,), lead.open_check),
    }
    for name, (questions, open_) in begin.items():
        if name == "check":
            lead.agree(ALL_ALIKE, model)
        open_(LASTS)
        ada: Sheet = {id_: (ALL_ALIKE.get(id_, "3"), "As always.") for id_ in questions}
        if name != stage:
            kim, bo = secrets(model, 0, questions)
            for who, chosen in ((it.kim, kim), (it.bo, bo), (it.ada, ada)):
                vote(it, who, chosen)
            lead.reveal()
            continue
        in_play(it, secret, ada)
        before = list(it.before)
        lead.reveal()
        it.look()
        return before, it.before[len(before) :]
    raise AssertionError(stage)


def in_play(it: Play, secret: tuple[Sheet, Sheet], ada: Sheet) -> None:
    """The stage that is watched: while people vote, when all are done, and when it has closed by itself."""
    kim, bo = secret
    most = max(1, len(kim) - 1)
    vote(it, it.kim, dict(list(kim.items())[:most]))
    it.look()
    vote(it, it.kim, dict(list(kim.items())[most:]))
    vote(it, it.ada, ada)
    it.held.facilitator.nudge()
    vote(it, it.bo, bo)
    vote(it, it.kim, bo)  # which changes whether other questions are hidden
    it.look()
    vote(it, it.kim, dict(reversed(kim.items())))
    it.look()
    it.held.site.clock.time += LASTS
    it.look()


def vote(it: Play, who: Person, chosen: Sheet) -> None:
    """One question after the other, as the script sends them."""
    form = who.form("?q=all")
    for id_, (choice, reason) in chosen.items():
        key = {"key": it.held.site.services.workshops.tokens.token()}
        assert who.post("vote", form | key | sheet({id_: choice}, {id_: reason}), JSON).status == 200


@pytest.mark.parametrize(("stage", "named"), [("first", False), ("second", True), ("check", False)])
def test_before_the_reveal_everybody_else_reads_the_same_bytes_whatever_is_voted(
    model: Model, stage: str, named: bool
) -> None:
    questions = {"first": tuple(model.questions_by_id), "second": AGAIN, "check": (FIST,)}[stage]
    one, other = (secrets(model, seed, questions) for seed in (1, 2))
    assert one != other
    (before, after), (again, now) = (play(held_still(named), stage, secret) for secret in (one, other))
    assert len(before) == len(again) > 200
    assert before == again
    assert after != now, "nothing would have been seen"
