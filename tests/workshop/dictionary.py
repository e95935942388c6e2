"""What rooms have to be: a plain dictionary that does what is asked of them, or refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from okr_assistant.workshop.room import FIST, KEPT
from tests.workshop.meeting import HIDES, QUESTIONS

OPTIONS = {
    "work_kind": ("change", "learn"),
    "outcome_clarity": ("number", HIDES),
    "known_lever": ("proven", "unsure"),
    FIST: ("5", "2"),
}


class Refused(Exception):  # noqa: N818
    """What the dictionary does not do, by the name of the problem."""


@dataclass
class Person:
    seat: int
    name: str
    watches: bool
    votes: dict[int, dict[str, str]] = field(default_factory=dict)
    """By round and question."""
    received: dict[str, Any] = field(default_factory=dict)


@dataclass
class Voted:
    questions: tuple[str, ...]
    end: datetime | None
    check: bool = False
    closed: bool = False
    uncounted: tuple[str, ...] = ()
    revealed: bool = False


@dataclass
class Dictionary:
    """One room, in a few lines that know nothing of the real ones."""

    used: datetime
    named: bool
    people: dict[int, Person] = field(default_factory=dict)
    rounds: list[Voted] = field(default_factory=list)
    agreed: dict[str, str] = field(default_factory=dict)
    focus: str = ""
    nudged: bool = False
    seats: int = 0
    over: bool = False
    gone: bool = False

    def phase(self, now: datetime) -> str:
        if self.over or not self.rounds:
            return "finished" if self.over else "lobby"
        last = self.rounds[-1]
        if last.revealed:
            return "revealed"
        return "closed" if last.closed or (last.end and last.end <= now) else "voting"

    def over_at(self, now: datetime) -> bool:
        return self.gone or now >= self.used + KEPT

    def demand(self, now: datetime, *phases: str) -> None:
        if (phase := self.phase(now)) not in phases:
            raise Refused(f"is_{phase}")

    @property
    def stands(self) -> bool:
        return self.over or (bool(self.rounds) and self.rounds[-1].check)

    def open(self, questions: tuple[str, ...], end: datetime | None, now: datetime) -> None:
        self.demand(now, "lobby", "revealed")
        asked = tuple(q for q in QUESTIONS if q in questions) if self.rounds and questions else QUESTIONS
        self._begin(Voted(asked, end))
        for question in asked:
            self.agreed.pop(question, None)

    def check(self, end: datetime | None, now: datetime) -> None:
        if not self.agreed:
            raise Refused("nothing_agreed")
        self.demand(now, "lobby", "revealed")
        self._begin(Voted((FIST,), end, check=True))

    def _begin(self, round_: Voted) -> None:
        if len(self.rounds) == 20:
            raise Refused("too_many_rounds")
        self.rounds.append(round_)
        self.focus, self.nudged = "", False

    def close(self, now: datetime) -> None:
        self.demand(now, "voting", "closed")
        self.rounds[-1].closed = True

    def reopen(self, end: datetime | None, now: datetime) -> None:
        self.demand(now, "voting", "closed")
        self.rounds[-1].closed, self.rounds[-1].end = False, end

    def reveal(self, now: datetime) -> None:
        self.demand(now, "voting", "closed", "revealed")
        last, sheets = self.rounds[-1], [person.votes.get(len(self.rounds), {}) for person in self.people.values()]
        if not (last.revealed or last.check or self.named):
            last.uncounted = tuple(q for q in last.questions if sum(q in sheet for sheet in sheets) in (1, 2))
        last.closed = last.revealed = True

    def look_at(self, question: str, now: datetime) -> None:
        self.demand(now, "revealed")
        self.focus = question

    def agree(self, question: str, choice: str | None, now: datetime) -> None:
        self.demand(now, "revealed")
        if self.stands:
            raise Refused("answers_stand")
        self.agreed.pop(question, None)
        if choice:
            self.agreed[question] = choice

    def nudge(self, now: datetime) -> None:
        self.demand(now, "voting")
        self.nudged = True

    def finish(self, now: datetime) -> None:
        self.demand(now, "revealed")
        if not self.agreed:
            raise Refused("nothing_agreed")
        self.over, self.focus = True, ""

    def join(self, who: int, name: str, watches: bool, elsewhere: bool) -> int:
        if self.over:
            raise Refused("is_finished")
        if who in self.people:
            person = self.people[who]
            person.name, person.watches = name, watches and not any(person.votes.values())
        elif elsewhere:
            raise Refused("not_in_this_room")
        else:
            self.seats += 1
            self.people[who] = Person(self.seats, name, watches)
        return self.people[who].seat

    def vote(self, who: int, round_: int, answers: Mapping[str, str], key: str, now: datetime) -> str:
        if who not in self.people:
            raise Refused("not_in_this_room")
        person, sent = self.people[who], (round_, tuple(answers.items()))
        if key in person.received:
            if person.received[key] != sent:
                raise Refused("other_submission")
            return "already_received"
        if (phase := self.phase(now)) != "voting":
            raise Refused(f"late_{phase}" if phase in ("closed", "revealed") else f"is_{phase}")
        if round_ != len(self.rounds):
            raise Refused("other_round")
        if person.watches:
            raise Refused("spectators_watch")
        if not set(answers) <= set(self.rounds[-1].questions):
            raise Refused("other_question")
        person.votes.setdefault(round_, {}).update(answers)
        person.received[key] = sent
        return "saved"

    def leave(self, who: int) -> None:
        if who not in self.people:
            raise Refused("not_in_this_room")
        if self.stands:
            raise Refused("answers_stand")
        del self.people[who]

    def remove(self, seat: int) -> None:
        for who, person in self.people.items():
            if person.seat == seat:
                if any(person.votes.values()):
                    raise Refused("has_voted")
                del self.people[who]
                return

    def done(self, person: Person) -> bool:
        given_ = person.votes.get(len(self.rounds), {})
        return set(self.rounds[-1].questions) <= set(given_)

    def counts(self) -> tuple[int, int, int, int]:
        voters = [person for person in self.people.values() if not person.watches]
        begun = [person for person in voters if self.rounds and person.votes.get(len(self.rounds))]
        return len(voters), len(self.people) - len(voters), len(begun), len([p for p in begun if self.done(p)])
