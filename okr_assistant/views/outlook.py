"""How firm a result is, what would change it, and what is still possible, in words."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.changes import Change, Flip
from okr_assistant.decision.counter import Counter
from okr_assistant.decision.margin import Firmness
from okr_assistant.decision.model import OKR, Model
from okr_assistant.decision.paths import Path, Step
from okr_assistant.decision.recommendation import Contribution
from okr_assistant.views.parts import answer_label, citations, signed
from okr_assistant.views.result import Statement
from okr_assistant.views.short_path import still_possible
from okr_assistant.words import Words

_FEW = 4
_MANY = 60
_SIZES = {1: "one", 2: "two", 3: "three"}


@dataclass(frozen=True, slots=True)
class PathView:
    """One way to OKRs: what to change, and how to bring each change about."""

    title: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CounterView:
    """The strongest argument against a recommendation: what was answered, and what that says."""

    title: str
    said: str
    reasons: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class OutlookView:
    """What a result rests on. ``flips`` are the few that matter, ``more_flips`` the next ones."""

    counter: CounterView | None
    ahead: str
    """What can still come out; empty when no open question can change the advice."""
    margin: str
    stands: str
    rests_on: tuple[str, ...]
    rests_on_lead: str
    """What stands above ``rests_on``, in the form that fits their number; empty above none."""
    flips: tuple[str, ...]
    more_flips: tuple[str, ...]
    flips_total: str
    paths: tuple[PathView, ...]
    no_path: str


def outlook_view(found: Assessment, words: Words) -> OutlookView:
    """Return what there is to say beside the result itself."""
    model, firm, paths = found.model, found.firm, found.paths
    margin = _margin(model, firm, words)
    told = tuple(_flip(model, flip, words) for flip in found.flips.shortest[:_MANY])
    totals = {name: found.flips.totals.get(size, 0) for size, name in _SIZES.items()}
    return OutlookView(
        counter=_counter(model, found.counter, words) if found.counter else None,
        ahead="" if found.final else still_possible(model, found.result, found.ahead, words),
        margin=margin if found.final else words("outlook.so_far", margin=margin),
        # a tie does not stand: whatever is varied, one of its members is ahead
        stands="" if firm.margin.label == "tie" else words("outlook.stands", share=words.percent(firm.stands)),
        rests_on=tuple(model.questions_by_id[id_].text for id_ in firm.rests_on),
        rests_on_lead=words.counted("outlook.rests_on", len(firm.rests_on)) if firm.rests_on else "",
        flips=told[:_FEW],
        more_flips=told[_FEW:],
        flips_total=" ".join(
            (words("outlook.flips_total", **totals), _not_listed(sum(totals.values()) - len(told), words))
        ).strip(),
        paths=tuple(_path(model, path, words) for path in paths),
        no_path="" if paths or found.result.approach == OKR else words("outlook.no_path"),
    )


def _not_listed(count: int, words: Words) -> str:
    return words.counted("outlook.not_listed", count) if count else ""


def _counter(model: Model, counter: Counter, words: Words) -> CounterView:
    given = ((counter.approach, counter.against), (counter.rival, counter.for_))
    return CounterView(
        title=words(
            "outlook.counter",
            approach=model.approaches_by_id[counter.approach].phrase,
            rival=model.approaches_by_id[counter.rival].phrase,
        ),
        said=words(
            "outlook.said",
            question=model.questions_by_id[counter.question].text,
            answer=answer_label(model, words, counter.question, counter.option),
        ),
        reasons=tuple(
            Statement(_points_for(model, approach, part, words), part.because, citations(model, part.sources))
            for approach, part in given
            if part is not None
        ),
    )


def _points_for(model: Model, approach: str, part: Contribution, words: Words) -> str:
    return words(
        "outlook.points_for", points=signed(part.points), approach=model.approaches_by_id[approach].phrase
    )


def _margin(model: Model, firm: Firmness, words: Words) -> str:
    margin = firm.margin
    to = words("cases.or").join(model.approaches_by_id[id_].phrase for id_ in margin.to)
    if margin.label == "tie":
        return words("outlook.margin.tie")
    if margin.points is None:
        return words("outlook.margin.alone")
    return words.counted(f"outlook.margin.{margin.label}", margin.points, to=to)


def _flip(model: Model, flip: Flip, words: Words) -> str:
    changes = words("outlook.and").join(
        _changed(model, "outlook.change", change, words) for change in flip.changes
    )
    outcome = (flip.approach,) if flip.approach else flip.tied
    names = words.listed([model.approaches_by_id[id_].phrase for id_ in outcome])
    key = "outlook.flip" if flip.approach else "outlook.flip_tie"
    return words(key, changes=changes, approaches=names)


def _changed(model: Model, key: str, change: Change | Step, words: Words) -> str:
    question = model.questions_by_id[change.question].text
    return words(key, question=question, to=answer_label(model, words, change.question, change.to))


def _path(model: Model, path: Path, words: Words) -> PathView:
    return PathView(
        title=words.counted("outlook.path", len(path.changes)),
        steps=tuple((_changed(model, "outlook.step", step, words), step.how) for step in path.changes),
    )
