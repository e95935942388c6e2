"""How far a model agrees with published cases, reported honestly: a tie is a miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from okr_assistant.decision.assess import assess
from okr_assistant.decision.cases import Case
from okr_assistant.decision.margin import Label, firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.sheet import AnswerSheet


@dataclass(frozen=True, slots=True)
class Figure:
    """``count`` of ``of`` cases."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when there is no case to count."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the model says of its answers."""

    case: Case
    result: Recommendation
    margin: Label

    @property
    def flagged(self) -> bool:
        """Whether the model says that experts disagree here."""
        return bool(self.result.contested)

    @property
    def side_agrees(self) -> bool:
        """OKR or not: ``okr`` and ``okr_with_conditions`` are one side; a tie agrees with nobody."""
        return self.result.approach is not None and (self.result.verdict != "not_okr") == self.case.for_okr

    @property
    def approach_agrees(self) -> bool | None:
        """Whether the approach, and no tie, is what the author names instead of OKRs; None when none is named."""
        return self.result.approach in self.case.approaches if self.case.approaches else None

    @property
    def agrees(self) -> bool:
        """Whether the side agrees, and the approach where one is named."""
        return self.side_agrees and self.approach_agrees is not False


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures over a set of cases. Where nothing else is said, they count agreement on "OKR or not"."""

    model: str
    overall: Figure
    uncontested: Figure
    clear: Figure
    """Of the uncontested cases whose margin is clear."""
    clear_share: Figure
    """How many of the uncontested cases have a clear margin."""
    approach: Figure
    """Of the cases whose author says ``not_okr`` and names something else: the same approach."""
    plain_okr: Figure
    """Of the cases that their author answers with ``okr``: the verdict ``okr``, without conditions."""
    contested_flagged: Figure
    others_flagged: Figure
    guess: Figure
    """Uncontested cases, guessed from the kind of work alone: ``change`` means OKRs, all else does not."""
    best_guess: Figure
    """The same with the best guess for each kind, made with the authors' verdicts known. No rule that looks at
    nothing but the kind of work (or that nobody stated it) does better on these cases."""
    judged: tuple[Judged, ...]
    """Every case, in the order given."""

    @property
    def disagreements(self) -> tuple[Judged, ...]:
        """The cases on whose side or approach the model differs from the author."""
        return tuple(found for found in self.judged if not found.agrees)

    def to_json(self) -> dict[str, Any]:
        """The figures as plain JSON values, with every disagreement by id."""
        figures = {
            key: asdict(value) | {"share": value.share}
            for key in self.__slots__
            if isinstance(value := getattr(self, key), Figure)
        }
        return {"model": self.model, **figures, "disagreements": [_plain(found) for found in self.disagreements]}


def evaluate(model: Model, cases: Iterable[Case]) -> Agreement:
    """Compare what the model says of each case with what its author concluded."""
    judged = tuple(_judged(model, case) for case in cases)
    uncontested = [found for found in judged if not found.case.contested]
    clear = [found for found in uncontested if found.margin == "clear"]
    named = [found for found in judged if found.approach_agrees is not None]
    plain = [found for found in judged if found.case.verdict == "okr"]
    return Agreement(
        model=model.version,
        overall=_counted([found.side_agrees for found in judged]),
        uncontested=_counted([found.side_agrees for found in uncontested]),
        clear=_counted([found.side_agrees for found in clear]),
        clear_share=Figure(len(clear), len(uncontested)),
        approach=_counted([found.approach_agrees is True for found in named]),
        plain_okr=_counted([found.result.verdict == "okr" for found in plain]),
        contested_flagged=_counted([found.flagged for found in judged if found.case.contested]),
        others_flagged=_counted([found.flagged for found in uncontested]),
        guess=_counted([(_kind(found) == "change") == found.case.for_okr for found in uncontested]),
        best_guess=_best_guess(uncontested),
        judged=judged,
    )


def _judged(model: Model, case: Case) -> Judged:
    sheet = AnswerSheet(case.answers)
    return Judged(case=case, result=assess(model, sheet), margin=firmness(model, sheet).margin.label)


def _counted(agreed: Sequence[bool]) -> Figure:
    return Figure(sum(agreed), len(agreed))


def _kind(found: Judged) -> str | None:
    return found.case.answers.get("work_kind")


def _best_guess(judged: Sequence[Judged]) -> Figure:
    sides = Counter((_kind(found), found.case.for_okr) for found in judged)
    kinds = {kind for kind, _ in sides}
    return Figure(sum(max(sides[kind, True], sides[kind, False]) for kind in kinds), len(judged))


def _plain(found: Judged) -> dict[str, Any]:
    case, result = found.case, found.result
    return {
        "id": case.id,
        "contested": case.contested,
        "author": {"verdict": case.verdict, "instead": case.instead},
        "model": {"verdict": result.verdict, "approach": result.approach, "tied": list(result.tied)},
        "margin": found.margin,
        "side_agrees": found.side_agrees,
        "approach_agrees": found.approach_agrees,
    }
