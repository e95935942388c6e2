"""The whole contract: everything that follows from a sheet, as plain JSON values, the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okr_assistant.decision.assess import assess
from okr_assistant.decision.changes import Change
from okr_assistant.decision.flips import flips
from okr_assistant.decision.foresight import foresee
from okr_assistant.decision.margin import firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.paths import Step, path_to_okr
from okr_assistant.decision.sheet import AnswerSheet


def full_result(model: Model, sheet: AnswerSheet) -> dict[str, Any]:
    """Return the contract of ``docs/decision.md`` in its order of keys, or raise ``SheetError``.

    Of the flips it carries those of one and two changes, and those of three when there are none smaller.
    """
    ahead = foresee(model, sheet)
    firm = firmness(model, sheet)
    found = flips(model, sheet)
    return assess(model, sheet).to_json() | {
        "settled": ahead.settled,
        "possible": list(ahead.possible),
        "shares": ahead.shares,
        "shares_exact": ahead.shares_exact,
        "margin": {"label": firm.margin.label, "points": firm.margin.points, "to": list(firm.margin.to)},
        "rests_on": list(firm.rests_on),
        "stands": firm.stands,
        "flips": [
            {
                "changes": _changes(flip.changes),
                "approach": flip.approach,
                "tied": list(flip.tied),
                "verdict": flip.verdict,
            }
            for flip in found.shortest
        ],
        "flips_total": {str(size): number for size, number in found.totals.items()},
        "path_to_okr": [
            {"changes": _changes(path.changes), "lead": path.lead, "verdict": path.verdict}
            for path in path_to_okr(model, sheet)
        ],
        "next_question": ahead.next_question,
    }


def _changes(changes: Sequence[Change | Step]) -> list[dict[str, str | None]]:
    # `from_`, because `from` is a word of the language
    return [{key.rstrip("_"): value for key, value in change._asdict().items()} for change in changes]
