"""An assessment: a sheet on its model, and everything that follows from the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from okr_assistant.decision.assess import assess
from okr_assistant.decision.changes import Change
from okr_assistant.decision.counter import Counter, strongest_argument_against
from okr_assistant.decision.flips import Flips, flips
from okr_assistant.decision.foresight import Foresight, foresee
from okr_assistant.decision.margin import Firmness, firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.paths import Path, Step, path_to_okr
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.sheet import AnswerSheet


@dataclass(frozen=True, slots=True)
class Assessment:
    """What every screen, link and export is drawn from; the parts say what they mean."""

    model: Model
    sheet: AnswerSheet
    result: Recommendation
    ahead: Foresight
    firm: Firmness
    flips: Flips
    paths: tuple[Path, ...]
    counter: Counter | None

    @property
    def settled(self) -> bool:
        """What is recommended now is what every way of answering the open questions leads to."""
        return is_settled(self.result, self.ahead)

    @property
    def final(self) -> bool:
        """No open question can change the approach, or none is open."""
        return self.settled or not self.result.open

    def to_json(self) -> dict[str, Any]:
        """The contract of ``docs/decision.md`` as plain JSON values, in its order of keys.

        Of the flips it carries those of one and two changes, and those of three when there are none smaller.
        """
        margin = self.firm.margin
        return self.result.to_json() | {
            "settled": self.ahead.settled,
            "possible": list(self.ahead.possible),
            "shares": self.ahead.shares,
            "shares_exact": self.ahead.shares_exact,
            "margin": {"label": margin.label, "points": margin.points, "to": list(margin.to)},
            "rests_on": list(self.firm.rests_on),
            "stands": self.firm.stands,
            "flips": [
                {
                    "changes": _changes(flip.changes),
                    "approach": flip.approach,
                    "tied": list(flip.tied),
                    "verdict": flip.verdict,
                }
                for flip in self.flips.shortest
            ],
            "flips_total": {str(size): number for size, number in self.flips.totals.items()},
            "path_to_okr": [
                {"changes": _changes(path.changes), "lead": path.lead, "verdict": path.verdict}
                for path in self.paths
            ],
            "next_question": self.ahead.next_question,
        }


def is_settled(result: Recommendation, ahead: Foresight) -> bool:
    """Tell whether what is recommended now is what every way of answering the open questions leads to."""
    return ahead.settled and ahead.possible == (result.approach,)


def assessment(model: Model, sheet: AnswerSheet) -> Assessment:
    """Work out everything that follows from a sheet; ``SheetError`` when it does not fit the model."""
    result = assess(model, sheet)
    return Assessment(
        model=model,
        sheet=sheet,
        result=result,
        ahead=foresee(model, sheet),
        firm=firmness(model, sheet),
        flips=flips(model, sheet),
        paths=path_to_okr(model, sheet),
        counter=strongest_argument_against(result),
    )


def _changes(changes: Sequence[Change | Step]) -> list[dict[str, str | None]]:
    # `from_`, because `from` is a word of the language
    return [{key.rstrip("_"): value for key, value in change._asdict().items()} for change in changes]
