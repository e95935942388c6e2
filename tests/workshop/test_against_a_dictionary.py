"""Whatever is done in whatever order, rooms and a plain dictionary tell the same, every time somebody looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr_assistant.clock import SystemTokens
from okr_assistant.errors import OkrAssistantError
from okr_assistant.housekeeping import Store
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.room import FIST, KEPT
from okr_assistant.workshop.voting import Choice, Voting
from okr_assistant.workshop.workshops import NewRoom, Workshops
from tests.still import NOON, StillClock
from tests.workshop.dictionary import OPTIONS, Dictionary, Refused
from tests.workshop.meeting import QUESTIONS, newest_model

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Both:
    """Two rooms and two dictionaries with one clock; every step is done to both, and both must agree."""

    workshops: Workshops
    clock: StillClock
    done: Counter[str]
    new: dict[int, NewRoom] = field(default_factory=dict)
    model: dict[int, Dictionary] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens = [self.workshops.tokens.token() for _ in range(4)]
        self.last: dict[tuple[int, int], tuple[int, dict[str, str], str]] = {}
        for room in (0, 1):
            self.make(room)

    def make(self, room: int) -> None:
        """Make a room in the place of one that is gone."""
        if room not in self.model or self.model[room].gone:
            named = room == 1
            self.new[room] = self.workshops.make(newest_model(), title="Goals", questions=QUESTIONS, named=named)
            self.model[room] = Dictionary(self.clock.now(), named)

    def agree_on(self, room: int, name: str, act: Callable[[], Any], expect: Callable[[], Any]) -> None:
        """Both do it, or both refuse it for the same reason; whoever does it uses the room."""
        model = self.model[room]
        try:
            found: Any = act()
        except OkrAssistantError as error:
            found = Refused, error.problem
        try:
            expected: Any = (Refused, "no_room") if model.over_at(self.clock.now()) else expect()
        except Refused as refused:
            expected = Refused, str(refused)
        else:
            if expected not in ("already_received", (Refused, "no_room")):
                model.used = max(model.used, self.clock.now())
        assert found == expected, name
        self.done[f"{name}: {expected[1] if isinstance(expected, tuple) else expected}"] += 1

    def step(self, room: int, name: str, *arguments: Any) -> None:
        """A step of the facilitator, by its name here and there."""
        there = {"open": "open_round", "check": "open_check", "look_at": "focus"}.get(name, name)

        def act() -> None:
            facilitation = self.workshops.facilitation_by_key(self.new[room].facilitator_key)
            if name == "agree":
                facilitation.agree({arguments[0]: arguments[1]}, newest_model())
            else:
                getattr(facilitation, there)(*(("OKRs",) if name == "finish" else arguments))

        now = self.clock.now()
        timed = name in {"open", "check", "reopen"}
        ends = (*arguments[:-1], arguments[-1] and now + arguments[-1]) if timed else arguments
        self.agree_on(room, name, act, lambda: getattr(self.model[room], name)(*ends, now))

    def go_on(self, room: int, way: int) -> None:
        """What a facilitator would do next: random steps alone rarely come to the end of a workshop."""
        ways: dict[str, tuple[tuple[Any, ...], ...]] = {
            "lobby": (("open", (), None),),
            "voting": (("reveal",), ("close",), ("nudge",), ("nudge",)),
            "closed": (("reveal",),),
            "revealed": (
                ("agree", "work_kind", "learn"), ("agree", "known_lever", "proven"), ("open", QUESTIONS[1:], None),
                ("open", QUESTIONS, 3 * HOUR), ("open", (), HOUR), ("check", HOUR), ("check", None), ("finish",),
            ),
            "finished": (("finish",),),
        }  # fmt: skip
        possible = ways[self.model[room].phase(self.clock.now())]
        self.step(room, *possible[way % len(possible)])

    def join(self, room: int, who: int, name: str, watches: bool) -> None:
        elsewhere = not self.model[1 - room].gone and who in self.model[1 - room].people

        def act() -> int:
            return self.workshops.voting(self.new[room].id).join(self.tokens[who], name, spectator=watches).seat

        self.agree_on(room, "join", act, lambda: self.model[room].join(who, name, watches, elsewhere))

    def vote(self, room: int, who: int, answers: dict[str, str], key: int, early: int) -> None:
        self._vote(room, who, len(self.model[room].rounds) + early, answers, f"{key:022}")

    def vote_all(self, room: int, who: int, number: int) -> None:
        rounds = self.model[room].rounds
        asked = rounds[-1].questions if rounds else QUESTIONS
        self._vote(room, who, len(rounds), {q: OPTIONS[q][number] for q in asked}, self.workshops.tokens.token())

    def vote_again(self, room: int, who: int) -> None:
        if sent := self.last.get((room, who)):
            self._vote(room, who, *sent)

    def _vote(self, room: int, who: int, round_: int, answers: dict[str, str], key: str) -> None:
        self.last[room, who] = round_, answers, key
        choices = [Choice(question, choice, choice * 2) for question, choice in answers.items()]

        def act() -> str:
            voting = self.workshops.voting(self.new[room].id)
            return voting.vote(self.tokens[who], round_, choices, key, newest_model())

        now = self.clock.now()
        self.agree_on(room, "vote", act, lambda: self.model[room].vote(who, round_, answers, key, now))

    def leave(self, room: int, who: int) -> None:
        def act() -> None:
            self.workshops.voting(self.new[room].id).leave(self.tokens[who])

        self.agree_on(room, "leave", act, lambda: self.model[room].leave(who))

    def remove(self, room: int, seat: int) -> None:
        def act() -> None:
            self.workshops.facilitation_by_key(self.new[room].facilitator_key).remove(seat)

        self.agree_on(room, "remove", act, lambda: self.model[room].remove(seat))

    def wait(self, by: timedelta) -> None:
        self.clock.move(by)

    def delete(self, room: int) -> None:
        self.workshops.store.delete_room(self.new[room].id)
        self.model[room].gone = True

    def clean(self) -> None:
        over = [m for m in self.model.values() if not m.gone and self.clock.now() - m.used > KEPT]
        assert self.workshops.store.delete_rooms_not_used_since(self.clock.now() - KEPT) == len(over)
        for model in over:
            model.gone = True

    def look(self, which: int, who: int) -> None:
        """What anybody can read is what the dictionary says; of votes, those of revealed rounds."""
        model, now = self.model[which], self.clock.now()
        if model.over_at(now):
            return
        voting = self.workshops.voting(self.new[which].id)
        room = voting.room()
        assert room.phase(now) == model.phase(now)
        assert (room.agreed, room.focus, bool(room.nudged_at)) == (model.agreed, model.focus, model.nudged)
        assert [(r.questions, r.closes_at) for r in room.rounds] == [(r.questions, r.end) for r in model.rounds]
        assert [r.uncounted for r in room.rounds] == [r.uncounted for r in model.rounds]
        pulse = voting.pulse()
        assert (pulse.joined, pulse.watching, pulse.begun, pulse.done) == model.counts()
        people = sorted((p.seat, p.name, p.watches) for p in model.people.values())
        assert [(p.seat, p.name, p.spectator) for p in voting.people()] == people
        self._look_at_votes(voting, model)
        me, person = voting.me(self.tokens[who]), model.people.get(who)
        assert (me and me.seat) == (person and person.seat)
        if me and person:
            mine = {(v.round, v.question): (v.choice, v.reason) for v in voting.my_votes(me)}
            assert mine == {(n, q): (c, c * 2) for n, said in person.votes.items() for q, c in said.items()}

    def _look_at_votes(self, voting: Voting, model: Dictionary) -> None:
        shown = {
            (number, person.seat, question): choice
            for number, round_ in enumerate(model.rounds, 1)
            if round_.revealed
            for person in model.people.values()
            for question, choice in person.votes.get(number, {}).items()
        }
        assert {(v.round, v.seat, v.question): v.choice for v in voting.votes()} == shown


STEPS = {
    "vote": 7, "vote_all": 7, "vote_again": 3, "join": 4, "leave": 1, "remove": 1, "go_on": 7, "step": 6,
    "wait": 2, "clean": 1, "make": 1, "delete": 0.3,
}  # fmt: skip

FACILITATOR = ("open", "close", "reopen", "reveal", "look_at", "agree", "check", "nudge", "finish")

WAITS = (timedelta(0), HOUR / 2, HOUR, HOUR, -HOUR / 2, 50 * DAY)


def decoded(number: int) -> tuple[Any, ...]:
    """A step that anybody may do. From a number of its own: a walk that fails is shortened step by step."""
    dice = Random(number)
    room, who = dice.choice([0, 0, 0, 0, 0, 1]), dice.randrange(4)
    match dice.choices([*STEPS], [*STEPS.values()])[0]:
        case "vote":
            asked = dice.sample([*QUESTIONS, FIST] if dice.random() < 0.3 else QUESTIONS, dice.randrange(3))
            answers = {question: dice.choice(OPTIONS[question]) for question in asked}
            return "vote", room, who, answers, dice.randrange(4), dice.choice([0, 0, 0, 0, -1, 1])
        case "join":
            return "join", room, who, dice.choice(["Ann", "Анна"]), dice.random() < 0.2
        case "step":
            name = dice.choice(FACILITATOR)
            question, end = dice.choice(QUESTIONS), dice.choice([None, HOUR, 30 * DAY])
            more: dict[str, tuple[Any, ...]] = {
                "open": (dice.choice([(), QUESTIONS[:1], QUESTIONS[1:]]), end),
                "reopen": (end,),
                "check": (end,),
                "look_at": (dice.choice(["", question]),),
                "agree": (question, dice.choice([None, *OPTIONS[question]])),
            }
            return "step", room, name, *more.get(name, ())
        case "vote_all" | "vote_again" | "leave" as name:
            return name, room, who, *((dice.randrange(2),) if name == "vote_all" else ())
        case "remove":
            return "remove", room, dice.randrange(1, 7)
        case "go_on":
            return "go_on", room, dice.randrange(8)
        case "wait":
            return "wait", dice.choice(WAITS)
        case name:
            return (name,) if name == "clean" else (name, room)


BEGUN = [*(("join", 0, who, f"Name {who}", False) for who in range(4)), ("step", 0, "open", (), None)]
"""Else half of every walk is spent on coming there."""


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.sampled_from([BEGUN, BEGUN, []]),
    steps=st.lists(st.integers(0, 2**32).map(decoded), min_size=30, max_size=60),
)
def _walk(store: Store, done: Counter[str], before: list[tuple[Any, ...]], steps: list[tuple[Any, ...]]) -> None:
    store.delete_rooms_not_used_since(NOON + 10**4 * DAY)  # those of the walk before
    clock = StillClock()
    both = Both(Workshops(store, clock, SystemTokens(), SystemCodes()), clock, done)
    for number, (name, *arguments) in enumerate(before + steps):
        getattr(both, name)(*arguments)
        both.look(0, number % 4)
    for who in range(4):
        both.look(0, who)
        both.look(1, who)


def test_rooms_are_dictionaries_that_stay(any_store: Store) -> None:
    done: Counter[str] = Counter()
    _walk(any_store, done)
    for common in (
        "join: 1",
        "open: None",
        "vote: saved",
        "vote: already_received",
        "close: None",
        "reveal: None",
    ):
        assert done[common], "the walks went somewhere"
