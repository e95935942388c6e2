"""The whole space of complete sheets: who is advised what, what can be reached, and which questions matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np

from okr_assistant.decision.batch import VERDICTS, Batch
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.rules import Condition, Variant
from okr_assistant.decision.space import Space
from okr_assistant.decision.structure import Rise, dead_questions, interchangeable_questions, orders, rises
from okr_assistant.decision.tables import Bools, Codes, Masks, tables_of
from okr_assistant.decision.walk import Progress, Tally, tally_of, walk

Answers: TypeAlias = dict[str, str]

_CHUNK, _SEED = 1 << 16, 2026


@dataclass(frozen=True, slots=True)
class Sweep:
    """What was found. Shares are of the sheets counted: all of them, or a sample from a fixed seed.

    Distinct complete sheets are counted: no ``unsure``, and a hidden question has no answer. Of what can be
    reached a sheet is given that reaches it; None means that no sheet does (of a sample: none that was drawn).
    """

    model: str
    digest: str
    sheets: int
    counted: int
    approaches: dict[str, float]
    """The share of sheets that each approach is recommended for."""
    tie: float
    ties: tuple[tuple[tuple[str, ...], float], ...]
    """The ties by members, most frequent first."""
    verdicts: dict[str, float]
    reached: dict[str, dict[str, Answers | None]]
    """By kind (``approach``, ``verdict``, ``rule``) and id; a rule is reached when it shows in a result."""
    dead: tuple[str, ...]
    interchangeable: tuple[tuple[str, str], ...]
    orders: tuple[str, ...]
    """The questions whose declared order was checked: those of 2026.1 that the model has, too."""
    rises: tuple[Rise, ...]

    @property
    def exact(self) -> bool:
        """Whether every sheet was counted."""
        return self.counted == self.sheets

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return asdict(self) | {"exact": self.exact}


def sweep(model: Model, *, sample: int | None = None, progress: Progress = lambda _done, _of: None) -> Sweep:
    """Walk all complete sheets of the model, or ``sample`` of them from a fixed seed."""
    space = Space(model)
    if sample is None or sample >= space.total:
        tally = walk(model, space, progress)
    else:
        tally = tally_of(model, _drawn(space, sample), sample, progress)
    exact = tally.sheets == space.total
    approaches = list(model.approaches_by_id)
    alone = {id_: tally.outcomes.get(1 << place, 0) / tally.sheets for place, id_ in enumerate(approaches)}
    tied = {mask: count for mask, count in tally.outcomes.items() if mask.bit_count() > 1}
    ordered = sorted(tied, key=lambda mask: (-tied[mask], mask))
    return Sweep(
        model=model.version,
        digest=model.digest,
        sheets=space.total,
        counted=tally.sheets,
        approaches=alone,
        tie=sum(tied.values()) / tally.sheets,
        ties=tuple((tables_of(model).names(mask), tied[mask] / tally.sheets) for mask in ordered),
        verdicts=_verdicts(tally, 1 << approaches.index(OKR)),
        reached=_reached(model, space, exact=exact),
        dead=dead_questions(model),
        interchangeable=interchangeable_questions(model),
        orders=tuple(orders(model)),
        rises=rises(model),
    )


def _drawn(space: Space, count: int) -> Iterator[Codes]:
    for number, start in enumerate(range(0, count, _CHUNK)):
        yield space.sample(min(_CHUNK, count - start), _SEED + number)


def _verdicts(tally: Tally, okr: int) -> dict[str, float]:
    alone = tally.outcomes.get(okr, 0)
    undecided = sum(count for mask, count in tally.outcomes.items() if mask & okr) - alone
    counts = (tally.plain_okr, alone - tally.plain_okr, tally.sheets - alone - undecided, undecided)
    return {verdict: count / tally.sheets for verdict, count in zip(VERDICTS, counts, strict=True)}


def _reached(model: Model, space: Space, *, exact: bool) -> dict[str, dict[str, Answers | None]]:
    """A sheet for each approach, verdict and rule: from a sample, and where that has none, from all sheets."""
    found: dict[str, dict[str, Answers | None]] = {
        "approach": dict.fromkeys(model.approaches_by_id),
        "verdict": dict.fromkeys(VERDICTS),
        "rule": dict.fromkeys(rule.id for rule in model.rules),
    }
    batch = Batch(model)

    def look(rows: Codes) -> bool:
        for kind, id_, here in _events(model, batch, rows):
            if found[kind][id_] is None and here.any():
                found[kind][id_] = tables_of(model).decode(rows[int(here.argmax())])
        return all(sheet is not None for sheets in found.values() for sheet in sheets.values())

    if not look(space.sample(_CHUNK, _SEED)) and exact:
        any(look(rows) for rows in space.chunks(_CHUNK))  # stops at the first chunk that completes it
    return found


def _events(model: Model, batch: Batch, rows: Codes) -> Iterator[tuple[str, str, Bools]]:
    """Kind, id, and on which of the rows it shows."""
    tables = tables_of(model)
    outcomes, verdicts = batch.outcomes(rows), batch.verdicts(rows)
    bits = {id_: outcomes.dtype.type(1 << place) for place, id_ in enumerate(tables.approaches)}
    for id_, bit in bits.items():
        yield "approach", id_, outcomes == bit
    for number, verdict in enumerate(VERDICTS):
        yield "verdict", verdict, verdicts == number
    seen = tables.seen(rows)
    taken: dict[str, Bools] = {}
    for rule in model.rules:
        here = tables.judge(rule.when)(seen)[0]
        if isinstance(rule, Condition):
            here = here & _contains(outcomes, bits[rule.approach])
        if isinstance(rule, Variant):
            earlier = taken.get(rule.approach, np.zeros(len(rows), np.bool_))
            taken[rule.approach] = earlier | here
            here = here & ~earlier & (outcomes == bits[rule.approach])
        yield "rule", rule.id, here


def _contains(outcomes: Masks, bit: Any) -> Bools:
    contained: Bools = (outcomes & bit) != 0
    return contained
