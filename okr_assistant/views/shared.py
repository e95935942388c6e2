"""What somebody sees who is sent a result: the verdict in a minute, and as much behind it as was shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.model import Model
from okr_assistant.sharing.record import Decision
from okr_assistant.sharing.snapshot import Level, Snapshot
from okr_assistant.views.model_text import Block, blocks
from okr_assistant.views.outlook import OutlookView, outlook_view
from okr_assistant.views.result import RankedView, ResultView, result_view
from okr_assistant.views.verdict import verdict_alone_sentence
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class AdviceView:
    """A recommended (or tied) approach: what it is in a line, what to do on Monday, and what it ends in."""

    approach: str
    name: str
    summary: str
    monday: tuple[Block, ...]
    artefact: str


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar between ``start`` and ``start + width``, in hundredths of the room; points are counted from zero."""

    entry: RankedView
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class DetailView:
    """What is shared besides the verdict. It tells the answers; ``notes`` and ``decision`` are people's own text.

    ``outlook`` is None while there is no advice to look out from. ``zero`` is where the bars begin.
    """

    result: ResultView
    outlook: OutlookView | None
    bars: tuple[BarView, ...]
    zero: float
    notes: str
    decision: Decision
    review_on: str


@dataclass(frozen=True, slots=True)
class SharedView:
    """A shared result. ``title`` is text that somebody typed; without ``detail`` nothing here tells an answer."""

    level: Level
    title: str
    sentence: str
    form: str
    margin: str
    advice: tuple[AdviceView, ...]
    made_on: str
    model: str
    detail: DetailView | None


def whole_view(
    found: Assessment,
    words: Words,
    *,
    notes: str = "",
    decision: Decision | None = None,
    made_on: date | None = None,
) -> SharedView:
    """Return a result with its reasons, and with the texts that are given."""
    result = result_view(found.model, found.result, words, settled=found.settled)
    outlook = outlook_view(found, words) if result.advice else None
    review_on = decision.review_on if decision else None
    return SharedView(
        level="notes" if notes or decision else "reasons",
        title=found.sheet.title,
        sentence=result.sentence,
        form=result.form,
        margin=outlook.margin if outlook else "",
        advice=_advice(found.model, [advice.approach for advice in result.advice]),
        made_on=_made_on(made_on, words),
        model=result.model,
        detail=DetailView(
            result=result,
            outlook=outlook,
            bars=_bars(result.ranking),
            zero=_zero(result.ranking),
            notes=notes,
            decision=decision or Decision(),
            review_on=words.date(review_on) if review_on else "",
        ),
    )


def verdict_view(model: Model, snapshot: Snapshot, words: Words) -> SharedView:
    """Return the verdict of a snapshot and nothing behind it; ``model`` is the one that it was made with."""
    alone = snapshot.alone
    outcome = (alone.approach,) if alone.approach else alone.tied
    return SharedView(
        level="verdict",
        title=snapshot.title,
        sentence=verdict_alone_sentence(model, alone, words),
        form=words("result.form", variant=model.variant_called(alone.variant)) if alone.variant else "",
        margin=words(f"shared.margin.{alone.margin}") if alone.known else "",
        advice=_advice(model, outcome) if alone.known else (),
        made_on=_made_on(snapshot.made_on, words),
        model=words("result.model", version=snapshot.model),
        detail=None,
    )


def _made_on(day: date | None, words: Words) -> str:
    return words("shared.made_on", date=words.date(day)) if day else ""


def _advice(model: Model, outcome: Sequence[str]) -> tuple[AdviceView, ...]:
    return tuple(
        AdviceView(id_, approach.name, approach.summary, blocks(model.texts[id_].monday), approach.artefact)
        for id_ in outcome
        for approach in [model.approaches_by_id[id_]]
    )


def _bars(ranking: Sequence[RankedView]) -> tuple[BarView, ...]:
    lowest, room = _room(ranking)
    return tuple(
        BarView(
            entry,
            start=round(100 * (min(entry.points, 0) - lowest) / room, 2),
            width=round(100 * abs(entry.points) / room, 2),
        )
        for entry in ranking
    )


def _zero(ranking: Sequence[RankedView]) -> float:
    lowest, room = _room(ranking)
    return round(-100 * lowest / room, 2)


def _room(ranking: Sequence[RankedView]) -> tuple[int, int]:
    """The lowest points, zero at most, and how far it is from there to the highest, zero at least."""
    points = [entry.points for entry in ranking]
    lowest = min(0, *points)
    return lowest, max(0, *points) - lowest or 1
