"""The script beside a workshop: what to say, how long it takes, who speaks first, what to watch for.

Its words are in the catalogue. Private before public, a wide spread as information, and the ends before the middle
are planning poker; estimate, talk, estimate is from *Noise*; anonymous rounds that end are Delphi.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okr_assistant.decision.model import Model
from okr_assistant.views.parts import Citation
from okr_assistant.views.workshop.facilitation import PARTS, Part, Step
from okr_assistant.views.workshop.reveal import RevealedQuestion, RevealView, VoteBar
from okr_assistant.words import Words
from okr_assistant.workshop.room import Room

PLAN: dict[Part, dict[str, int]] = {
    "join": {"welcome": 5},
    "vote": {"vote": 8},
    "talk": {"reveal": 4, "discuss": 12, "vote_again": 3, "agree": 5},
    "check": {"fist": 4},
    "decide": {"decide": 4},
}
"""What is said in each part of a workshop, with minutes: 45 of them."""

_OTHERS = {"closed": 1, "find_out": 5, "done": 1}
"""Minutes for what is in no plan."""
_IN_THE_PLAN = {"find_out": "discuss"}
"""What of the plan that belongs to."""
_MINUTES = _OTHERS | {said: minutes for part in PLAN.values() for said, minutes in part.items()}

_SOURCES = (
    ("Retromat 99, Andreas Ratsch", "Planning Poker Voting", "https://retromat.org/en/?id=99"),
    ("Kahneman, Sibony, Sunstein 2021", "Noise", "https://readnoise.com/"),
    ("RAND", "Delphi Method", "https://www.rand.org/topics/delphi-method.html"),
    (
        "Five Whyz",
        "Repurposing the Fist of Five",
        "https://www.fivewhyz.com/post/when-consensus-fails-repurposing-the-fist-of-five-for-the-advice-process",
    ),
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A part of the 45 minutes; ``now`` for the one that the workshop is in.

    ``within`` are what a part consists of, where that is several things.
    """

    text: str
    now: bool
    within: tuple[PlanRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptView:
    """The script for the moment. ``first`` says who speaks first; names in it are texts that people typed."""

    title: str
    about: str
    say: str
    first: tuple[str, ...]
    watch: tuple[str, ...]
    plan: tuple[PlanRow, ...]
    sources: tuple[Citation, ...]


def script_view(room: Room, step: Step, view: RevealView | None, model: Model, words: Words) -> ScriptView:
    """Return the script for a room at this step."""
    part = _part(room, step)
    minutes = _MINUTES[part]
    return ScriptView(
        title=words(f"script.{part}.title"),
        about=words("script.about", minutes=words.counted("script.minutes", minutes)),
        say=words("script.quote", text=_say(room, part, words)),
        first=(_first(room, part, words), *_speakers(room, part, view, model, words)),
        watch=tuple(words(f"script.{part}.watch").split("\n")),
        plan=tuple(_row(each, step, part, words) for each in PLAN),
        sources=tuple(Citation(author, title, url) for author, title, url in _SOURCES),
    )


def _part(room: Room, step: Step) -> str:
    """The part of the script for a step: before the first talk, the room looks at the picture."""
    if step == "too_few":
        return "vote"
    if step == "check":
        return "fist"
    if step == "discuss" and not room.focus and not room.agreed and len(room.votes_shown) == 1:
        return "reveal"
    return step


def _row(part: Part, step: Step, now: str, words: Words) -> PlanRow:
    """A part under its name in the trail, so that both say the same."""
    said_now = _IN_THE_PLAN.get(now, now)

    def row(title: str, minutes: int) -> str:
        return words("script.row", title=title, minutes=words.counted("script.minutes", minutes))

    within = [PlanRow(row(words(f"script.{said}.title"), it), said == said_now) for said, it in PLAN[part].items()]
    return PlanRow(
        row(words(f"facilitate.trail.{part}"), sum(PLAN[part].values())),
        step in PARTS[part],
        tuple(within) if len(within) > 1 else (),
    )


def _say(room: Room, part: str, words: Words) -> str:
    """Without a date to look at it again there is none to remind of."""
    without_date = part == "done" and room.outcome is not None and room.outcome.review_on is None
    return words("script.done.say_without_date" if without_date else f"script.{part}.say")


def _first(room: Room, part: str, words: Words) -> str:
    """In a room without names nobody has to say that theirs were the fewest fingers."""
    without_names = part == "decide" and not room.setup.named
    return words("script.decide.who_anonymous" if without_names else f"script.{part}.who")


def _speakers(room: Room, part: str, view: RevealView | None, model: Model, words: Words) -> tuple[str, ...]:
    """Who speaks on the question in focus after the newest: those at the ends, by name where names are shown."""
    if part != "discuss" or view is None:
        return ()
    focus = next((question for question in view.questions if question.id == room.focus), None)
    return () if focus is None else _ends(focus, model, words)


def _ends(question: RevealedQuestion, model: Model, words: Words) -> tuple[str, ...]:
    asked = model.questions_by_id[question.id]
    options = {option.id for option in asked.options}
    chosen = [bar for bar in question.bars if bar.choice in options and bar.people]
    if len(chosen) < 2:
        return ()
    if asked.scale == "ordered":
        return _speaker("lowest", chosen[0], words), _speaker("highest", chosen[-1], words)
    sizes = {bar.people for bar in chosen}
    ends = {"fewest": min(sizes)} | ({"most": max(sizes)} if len(sizes) > 1 else {})
    level = {end: [bar for bar in chosen if bar.people == size] for end, size in ends.items()}
    return tuple(
        _speaker(end, bars[0], words) if len(bars) == 1 else _level(bars, words) for end, bars in level.items()
    )


def _level(bars: Sequence[VoteBar], words: Words) -> str:
    """Those who chose one of several answers that equally many chose: none of them goes before the others."""
    answers = words("reveal.or").join(words("reveal.choice", choice=bar.label) for bar in bars)
    if names := [name for bar in bars for name in bar.names]:
        return words("script.speaks.level_named", answers=answers, names=words.listed(names))
    return words("script.speaks.level", answers=answers)


def _speaker(end: str, bar: VoteBar, words: Words) -> str:
    if bar.names:
        return words(f"script.speaks.{end}_named", answer=bar.label, names=words.listed(list(bar.names)))
    return words(f"script.speaks.{end}", answer=bar.label)
