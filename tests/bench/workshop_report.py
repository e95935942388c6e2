"""What ``bench_workshop.py`` found, as tables of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.bench.measured import Spread
from tests.bench.workshop_live import Live
from tests.bench.workshop_load import Answered


@dataclass(frozen=True)
class Otree:
    """So many people in oTree: twelve questions on three pages; ``all_in`` in seconds."""

    people: int
    all_in: float
    page: Spread


@dataclass(frozen=True)
class Pace:
    """One app: how long an answer took people who think, and people who all answer at the same moment.

    ``processor`` is the share of one core that the server took while people thought.
    """

    app: str
    paced: Spread
    processor: float
    together: Spread


@dataclass
class Found:
    """All that was measured; what was not asked for is empty.

    ``others`` is the share of one core that everything else on the machine took meanwhile, by part.
    """

    answered: list[Answered] = field(default_factory=list)
    otree: list[Otree] = field(default_factory=list)
    pace: list[Pace] = field(default_factory=list)
    live: list[Live] = field(default_factory=list)
    others: dict[str, float] = field(default_factory=dict)


def tables(found: Found) -> str:
    """A table for each part that was measured; p50/p95/max are in milliseconds."""
    parts = [
        _table("Everybody at once", _ANSWERED, map(_answered, found.answered)),
        _table("oTree, everybody at once", _OTREE, map(_otree, found.otree)),
        _table("An answer, with time to think and all at once", _PACE, map(_pace, found.pace)),
        _table("Live", _LIVE, map(_live, found.live)),
        *(f"{part}: everything else took {share:.0%} of one core" for part, share in found.others.items()),
    ]
    return "\n\n".join(filter(None, parts))


_ANSWERED = (
    "people",
    "way",
    "all joined s",
    "all in s",
    "screen s",
    "joined",
    "saved",
    "saved and next",
    "polled",
    "wrong",
    "kB each",
    "server",
    "client",
)
_OTREE = ("people", "all in s", "page")
_PACE = ("app", "time to think", "server", "at once")
_LIVE = ("people", "told", "shown", "screens s", "idle, voting", "idle, revealed")


def _answered(row: Answered) -> Sequence[str]:
    return (
        str(row.people),
        row.way,
        f"{row.all_joined:.2f}",
        f"{row.all_in:.2f}",
        f"{row.screen:.2f}",
        _spread(row.joined),
        _spread(row.saved),
        _spread(row.answered),
        _spread(row.polled) if row.polled else "-",
        "/".join(map(str, (row.loss.lost, row.loss.other, row.loss.doubled, row.loss.seats))),
        f"{row.kilobytes_each:.0f}",
        f"{row.processor:.0%}",
        f"{row.client:.0%}",
    )


def _otree(row: Otree) -> Sequence[str]:
    return str(row.people), f"{row.all_in:.2f}", _spread(row.page)


def _pace(row: Pace) -> Sequence[str]:
    return row.app, _spread(row.paced), f"{row.processor:.0%}", _spread(row.together)


def _live(row: Live) -> Sequence[str]:
    return (
        str(row.people),
        _spread(row.told),
        _spread(row.shown),
        f"{row.screens:.2f}",
        f"{row.voting:.0%}",
        f"{row.revealed:.0%}",
    )


def _spread(times: Spread) -> str:
    return f"{times.p50:.0f}/{times.p95:.0f}/{times.max:.0f}"


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, *rows]
    if len(lines) == 1:
        return ""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = ("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join((f"{title} (p50/p95/max in ms)", *shown))
