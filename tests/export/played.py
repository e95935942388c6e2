"""Workshops played by the real steps: named, anonymous, with hostile texts, of one round and of several."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.export.workshop_formats import WorkshopExport, workshop_export
from okr_assistant.web.workshop.facilitator.result import record_of
from okr_assistant.words import Words
from okr_assistant.workshop import steps
from okr_assistant.workshop.room import FINGERS, FIST, Outcome, Participant, Room, Setup, Vote
from tests.export.samples import ADDRESS, HOSTILE

START = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
OUTCOME = Outcome("OKRs for two quarters", "Six teams.\nOne wish.", "Katherine Johnson", date(2026, 6, 2))
ABOUT = "Which way of setting goals the checkout work gets.\nNot who does it."

Ballot = Mapping[str, str | tuple[str, str]]
"""What one person sends: by question a choice, or a choice with a reason."""


@dataclass(frozen=True)
class Played:
    """A workshop with everything of it; ``votes`` are those that may be shown."""

    room: Room
    people: tuple[Participant, ...]
    votes: tuple[Vote, ...]

    def renamed(self) -> Played:
        """Everybody has another name."""
        people = [replace(person, name=f"Somebody {person.seat}") for person in self.people]
        return replace(self, people=tuple(people))

    def saying(self, typed: str) -> Played:
        """Whatever people typed is this."""
        setup = replace(self.room.setup, title=typed, about=typed, decider=typed)
        return replace(
            self,
            room=replace(self.room, setup=setup, outcome=Outcome(typed, typed, typed, None)),
            people=tuple(replace(person, name=typed) for person in self.people),
            votes=tuple(replace(vote, reason=vote.reason and typed) for vote in self.votes),
        )

    def permuted(self, dice: random.Random) -> Played:
        """Everybody has somebody else's seat; name and votes of each person stay together."""
        seats = [person.seat for person in self.people]
        to = dict(zip(seats, dice.sample(seats, len(seats)), strict=True))
        votes = [replace(vote, seat=to[vote.seat]) for vote in self.votes]
        people = [replace(person, seat=to[person.seat]) for person in self.people]
        return replace(
            self,
            people=tuple(sorted(people, key=lambda person: person.seat)),
            votes=tuple(sorted(votes, key=lambda vote: (vote.round, vote.seat, vote.question))),
        )


def play(
    model: Model,
    names: Sequence[str],
    rounds: Sequence[Mapping[int, Ballot]],
    *,
    agreed: Mapping[str, str],
    check: Mapping[int, str | tuple[str, str]] | None = None,
    named: bool = False,
    smallest_group: int = 3,
    title: str = "Faster checkout",
    about: str = ABOUT,
    decider: str = "Grace Hopper",
    questions: Sequence[str] = (),
    outcome: Outcome | None = OUTCOME,
    watching: Sequence[str] = (),
) -> Played:
    """Play a workshop: a round for each of ``rounds`` on what is voted on in it, then the check, then the end.

    In rounds and check people are known by their place in ``names``, from 1 on.
    """
    asked = tuple(id_ for id_ in model.questions_by_id if not questions or id_ in questions)
    setup = Setup(title, about, model.version, model.digest, asked, named, smallest_group, decider)
    room, now, votes = Room("R" * 22, "7K4M2WXD", setup, START), START, []
    for number, ballots in enumerate(rounds, start=1):
        voted_on = [id_ for id_ in asked if any(id_ in ballot for ballot in ballots.values())]
        now += timedelta(minutes=5)
        room = steps.open_round(room, voted_on or asked[:1], None, now)
        votes += [
            _vote(seat, number, id_, given, now)
            for seat, ballot in ballots.items()
            for id_, given in ballot.items()
        ]
        voters = Counter(id_ for ballot in ballots.values() for id_ in ballot)
        room = steps.reveal(room, voters, now := now + timedelta(minutes=5))
    room = steps.agree(room, agreed, model, now)
    if check is not None:
        number = len(rounds) + 1
        room = steps.open_check(room, None, now := now + timedelta(minutes=1))
        votes += [_vote(seat, number, FIST, given, now) for seat, given in check.items()]
        room = steps.reveal(room, {FIST: len(check)}, now := now + timedelta(minutes=1))
    if outcome:
        room = steps.finish(room, outcome, now + timedelta(minutes=1))
    people = [
        Participant(seat, name, seat > len(names), START) for seat, name in enumerate([*names, *watching], start=1)
    ]
    order = sorted(votes, key=lambda vote: (vote.round, vote.seat, vote.question))
    return Played(room, tuple(people), tuple(order))


def exported(played: Played, model: Model, words: Words, *, address: str = ADDRESS) -> WorkshopExport:
    record = record_of(played.room)
    found = assessment(model, record.sheet)
    return workshop_export(played.room, played.people, played.votes, found, record, words, address=address)


def _vote(seat: int, round_: int, question: str, given: str | tuple[str, str], at: datetime) -> Vote:
    choice, reason = (given, "") if isinstance(given, str) else given
    return Vote(seat, round_, question, choice, reason, at)


NAMES = ("Ada Lovelace", "Ben", "Chen", "Dana", "Emil", "Anna", "Аnna")
"""Two of them look the same, and are not."""


def all_of(people: int, ballot: Ballot) -> dict[int, Ballot]:
    """Everybody sends the same."""
    return dict.fromkeys(range(1, people + 1), ballot)


def two_rounds(model: Model, *, named: bool, hostile: bool = False) -> Played:
    """Seven people, of whom two watch the second round; one question is asked again, one was answered by two."""
    text = HOSTILE if hostile else "We counted it last week."
    names = (HOSTILE[:100], "=1+1", "@SUM(A1)", "Dana", "Emil", "Anna", "Аnna") if hostile else NAMES
    first: dict[int, Ballot] = {
        1: {"work_kind": ("change", text), "outcome_clarity": "number", "vision_stability": "steady"},
        2: {"work_kind": "change", "outcome_clarity": ("unknown", "Nobody has measured it.\nNobody can."),
            "vision_stability": "turned"},
        3: {"work_kind": ("sustain", "=1+1"), "outcome_clarity": "unsure", "people_to_align": "many_teams"},
        4: {"work_kind": "change", "outcome_clarity": ("number", ""), "people_to_align": "many_teams"},
        5: {"work_kind": "change", "outcome_clarity": ("unknown", "No baseline.")},
        6: {"work_kind": "change", "outcome_clarity": "number", "vision_stability": "adjusted"},
        7: {"work_kind": "sustain", "outcome_clarity": "unknown", "vision_stability": "steady"},
    }  # fmt: skip
    second: dict[int, Ballot] = {
        1: {"outcome_clarity": "number"},
        2: {"outcome_clarity": ("number", "Six teams said so.")},
        3: {"outcome_clarity": "number"},
        5: {"outcome_clarity": ("unknown", "Still no baseline.")},
        7: {"outcome_clarity": "number"},
    }
    return play(
        model,
        names,
        [first, second],
        agreed={"work_kind": "change", "outcome_clarity": "number", "vision_stability": "steady"},
        check={1: "5", 2: ("2", "I miss a baseline."), 3: "4", 4: "3", 5: ("1", "Not before March."), 6: "4"},
        named=named,
        title=HOSTILE if hostile else "Faster checkout",
        about=HOSTILE if hostile else ABOUT,
        decider="=Grace" if hostile else "Grace Hopper",
        outcome=Outcome(HOSTILE, f"{HOSTILE}\n# no", HOSTILE, date(2026, 6, 2)) if hostile else OUTCOME,
        watching=["A watcher"],
    )


def every_kind(model: Model) -> dict[str, Played]:
    """What records differ in: names, hostile and foreign texts, rounds, checks, and questions without votes."""
    everything = {
        id_: (question.options[0].id, f"Because {id_}.") for id_, question in model.questions_by_id.items()
    }
    agreed = {id_: question.options[0].id for id_, question in model.questions_by_id.items()}
    return {
        "named": two_rounds(model, named=True),
        "anonymous": two_rounds(model, named=False),
        "hostile": two_rounds(model, named=True, hostile=True),
        "hostile and anonymous": two_rounds(model, named=False, hostile=True),
        "all agree": play(model, NAMES[:4], [all_of(4, everything)], agreed=agreed),
        "two checks": twice_checked(model),
        "many rounds": play(
            model, NAMES[:4], [all_of(4, {"work_kind": kind}) for kind in ("learn", "change") * 4],
            agreed={"work_kind": "change"}, named=True,
        ),
        "nothing to show": play(
            model, NAMES[:2], [{1: {"work_kind": "change"}, 2: {"work_kind": ("sustain", "A secret.")}}],
            agreed={"work_kind": "unsure"}, check={1: ("0", "Another secret."), 2: "5"},
            about="", decider="", outcome=Outcome("Wait", "", "", None),
        ),
        "right to left": play(
            model, ["דנה (2)", "مريم (x)", "Ada (1)", "Zoë"],
            [{seat: {"work_kind": ("change" if seat > 1 else "learn", "סיבה: checkout")} for seat in range(1, 5)}],
            agreed={"work_kind": "change"}, named=True, title="שיפור תהליך (גרסה 2)", about="مرحبا بالعالم",
        ),
        "no shapes": play(
            model, ["中文", "🎉", "👨‍👩‍👧"], [all_of(3, {"work_kind": ("change", "ไทย 🎉")})],
            agreed={"work_kind": "change"}, named=True, title="中文标题 🎉",
        ),
        "long words": play(
            model, ["x" * 120, "W" * 120, "Donau" * 24],
            [all_of(3, {"work_kind": ("change", "Donau" * 100)})],
            agreed={"work_kind": "change"}, named=True, title="y" * 120, about="z" * 1000, decider="W" * 120,
        ),
    }  # fmt: skip


def twice_checked(model: Model) -> Played:
    """Three rounds on one question, with a check after the second and one after the third."""
    rounds = [all_of(4, {"work_kind": choice}) for choice in ("change", "sustain")]
    first = play(
        model,
        NAMES[:4],
        rounds[:2],
        agreed={"work_kind": "change"},
        check=dict.fromkeys(range(1, 5), "1"),
        outcome=None,
    )
    then = START + timedelta(hours=1)
    room = steps.reveal(steps.open_round(first.room, ["work_kind"], None, then), {}, then)
    room = steps.agree(room, first.room.agreed, model, then)  # voting again took it back
    room = steps.reveal(steps.open_check(room, None, then), {}, then)
    votes = [
        *first.votes,
        *(_vote(seat, 4, "work_kind", "change", then) for seat in range(1, 5)),
        *(_vote(seat, 5, FIST, "5", then) for seat in range(1, 5)),
    ]
    return replace(first, room=steps.finish(room, OUTCOME, then), votes=tuple(votes))


def random_workshop(model: Model, dice: random.Random, *, named: bool) -> Played:
    """Three to nine people who answer whatever they like, in one to three rounds."""
    names = [dice.choice(["Ada", "Ben", "Anna", "=1+1", "Zoë"]) for _ in range(dice.randint(3, 9))]
    asked = dice.sample(list(model.questions_by_id), dice.randint(1, 6))
    rounds = [
        {seat: _ballot(model, asked, dice) for seat in range(1, len(names) + 1) if dice.random() < 0.8}
        for _ in range(dice.randint(1, 3))
    ]
    agreed = {id_: dice.choice(model.questions_by_id[id_].choices) for id_ in asked[: dice.randint(1, len(asked))]}
    check = {seat: dice.choice(FINGERS) for seat in range(1, len(names) + 1) if dice.random() < 0.8}
    return play(
        model,
        names,
        rounds,
        agreed=agreed,
        check=dice.choice([None, check]),
        named=named,
        smallest_group=dice.choice([2, 3, 4]),
        questions=asked,
    )


def _ballot(model: Model, asked: Sequence[str], dice: random.Random) -> dict[str, str | tuple[str, str]]:
    reasons = ["", "", "Because.", "We counted.", "a\nb"]
    return {
        id_: (dice.choice(model.questions_by_id[id_].choices), dice.choice(reasons))
        for id_ in asked
        if dice.random() < 0.8
    }
