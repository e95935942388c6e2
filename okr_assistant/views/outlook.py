"""How firm a result is, what would change it, and what is still possible, in words."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.changes import Change, Flip
from okr_assistant.decision.flips import Flips
from okr_assistant.decision.foresight import Foresight
from okr_assistant.decision.margin import Firmness
from okr_assistant.decision.model import Model
from okr_assistant.decision.paths import Path, Step
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.views.parts import answer_label
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
class OutlookView:
    """What a result rests on. ``flips`` are the few that matter, ``more_flips`` the next ones."""

    margin: str
    stands: str
    rests_on: tuple[str, ...]
    flips: tuple[str, ...]
    more_flips: tuple[str, ...]
    flips_total: str
    paths: tuple[PathView, ...]
    no_path: str


def outlook_view(
    model: Model,
    result: Recommendation,
    firm: Firmness,
    found: Flips,
    paths: tuple[Path, ...],
    words: Words,
) -> OutlookView:
    """Return what there is to say about ``result``; all arguments must come from the same sheet."""
    told = tuple(_flip(model, flip, words) for flip in found.shortest[:_MANY])
    return OutlookView(
        margin=_margin(model, firm, words),
        # a tie does not stand: whatever is varied, one of its members is ahead
        stands="" if firm.margin.label == "tie" else words("outlook.stands", share=f"{firm.stands:.0%}"),
        rests_on=tuple(model.questions_by_id[id_].text for id_ in firm.rests_on),
        flips=told[:_FEW],
        more_flips=told[_FEW:],
        flips_total=words(
            "outlook.flips_total", **{name: found.totals.get(size, 0) for size, name in _SIZES.items()}
        ),
        paths=tuple(_path(model, path, words) for path in paths),
        no_path="" if paths or result.approach == "okr" else words("outlook.no_path"),
    )


def still_possible(model: Model, ahead: Foresight, words: Words) -> str:
    """Return what can still come out, or that nothing can change any more; for the questionnaire."""
    names = words.listed([model.approaches_by_id[id_].phrase for id_ in ahead.possible])
    if ahead.settled:
        return words("outlook.settled", approach=names)
    likely = max(ahead.possible, key=lambda id_: ahead.shares.get(id_, 0.0))
    share = ahead.shares.get(likely, 0.0)
    return words(
        "outlook.possible",
        approaches=names,
        likely=model.approaches_by_id[likely].phrase,
        share=f"{100 * share:.0f}",
    )


def _margin(model: Model, firm: Firmness, words: Words) -> str:
    margin = firm.margin
    to = words.listed([model.approaches_by_id[id_].phrase for id_ in margin.to]) if margin.to else ""
    if margin.label == "clear" and margin.points is None:
        return words("outlook.margin.alone")
    return words(f"outlook.margin.{margin.label}", points=margin.points, to=to)


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
