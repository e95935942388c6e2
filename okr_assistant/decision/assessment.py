"""An assessment: a sheet on its model, and everything that follows from the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okr_assistant.decision.assess import assess
from okr_assistant.decision.counter import Counter, strongest_argument_against
from okr_assistant.decision.flips import Flips, flips
from okr_assistant.decision.foresight import Foresight, foresee
from okr_assistant.decision.margin import Firmness, firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.outlook import ChangeEntry, FlipEntry, Outlook, PathEntry, StepEntry
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
        """The contract of ``docs/decision.md`` as plain JSON values, in its order of keys."""
        return self.as_released.to_json() | self._outlook.to_json()

    @property
    def as_released(self) -> Recommendation:
        """The result in the words of the model's own files, as it is stored and read by programs."""
        released = self.model.as_released
        return self.result if released is self.model else assess(released, self.sheet)

    @property
    def _outlook(self) -> Outlook:
        return Outlook(
            settled=self.ahead.settled,
            possible=self.ahead.possible,
            shares=self.ahead.shares,
            shares_exact=self.ahead.shares_exact,
            margin=self.firm.margin,
            rests_on=self.firm.rests_on,
            stands=self.firm.stands,
            flips=tuple(
                FlipEntry(tuple(ChangeEntry(*change) for change in flip.changes), *flip[1:])
                for flip in self.flips.shortest
            ),
            flips_total=self.flips.totals,
            path_to_okr=tuple(
                PathEntry(tuple(self._step(step) for step in path.changes), path.lead, path.verdict)
                for path in self.paths
            ),
            next_question=self.ahead.next_question,
        )

    def _step(self, step: Step) -> StepEntry:
        option = self.model.as_released.questions_by_id[step.question].option(step.to)
        assert option is not None  # noqa: S101 - nobody changes to "I don't know"
        return StepEntry(step.question, step.from_, step.to, option.how or "")


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


def contract(model: Model, sheet: AnswerSheet, *, brief: bool) -> dict[str, Any]:
    """Return what follows from the sheet as plain JSON values; ``brief`` leaves out foresight and flips.

    This is what every program gets: from the command line and from the API. ``SheetError`` as in ``assess``.
    """
    return assess(model, sheet).to_json() if brief else assessment(model, sheet).to_json()
