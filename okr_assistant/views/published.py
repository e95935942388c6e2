"""The page of published cases as data: the figures, each disagreement with why we keep it, all cases by source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okr_assistant.decision.agreement import Agreement, Figure, Judged
from okr_assistant.decision.assess import says_anything
from okr_assistant.decision.model import Model
from okr_assistant.views.cases import conclusion, source
from okr_assistant.views.parts import Citation
from okr_assistant.words import Words

_FIGURES = {
    "agreed": ("overall", "uncontested", "clear", "approach", "plain_okr"),
    "guessed": ("guess", "best_guess"),
    "sure": ("clear_share", "contested_flagged", "others_flagged"),
}
"""The figures by table, as a reader asks for them."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what is counted, in how many cases of how many, and their share."""

    label: str
    cases: str
    share: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that belong together, under a title."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class JudgedView:
    """A case with what its author and we conclude; ``kept`` is why we keep a difference, or empty."""

    id: str
    situation: str
    author: str
    why: str
    ours: str
    firmness: str
    agrees: bool
    contested: bool
    kept: str
    source: Citation


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Cases on which we differ, under a title."""

    title: str
    cases: tuple[JudgedView, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One publication with its cases."""

    title: str
    source: Citation
    cases: tuple[JudgedView, ...]


@dataclass(frozen=True, slots=True)
class PublishedView:
    """The whole page. Uncontested disagreements come first: there nobody else sides with us."""

    headline: str
    tables: tuple[FigureTable, ...]
    differ: str
    disagreements: tuple[Disagreements, ...]
    sources: tuple[SourceView, ...]


def published_view(model: Model, agreement: Agreement, kept: Mapping[str, str], words: Words) -> PublishedView:
    """Return what ``agreement`` found, in words; ``kept`` says why we keep a disagreement, by id of the case."""
    differ = agreement.disagreements
    side = sum(not found.side_agrees for found in differ)
    views = {found.case.id: _judged(model, found, kept, words) for found in agreement.judged}
    return PublishedView(
        headline=words(
            "cases.headline",
            cases=agreement.overall.of,
            model=agreement.model,
            ours=_of(agreement.uncontested, words),
            ours_share=_share(agreement.uncontested, words),
            guess=_of(agreement.best_guess, words),
            guess_share=_share(agreement.best_guess, words),
        ),
        tables=tuple(
            FigureTable(words(f"cases.figures.{title}"), tuple(_row(agreement, name, words) for name in names))
            for title, names in _FIGURES.items()
        ),
        differ=words("cases.differ", count=len(differ), side=side, approach=len(differ) - side),
        disagreements=tuple(
            Disagreements(words.counted(f"cases.{title}", len(cases)), cases)
            for title, contested in (("uncontested", False), ("contested", True))
            if (cases := tuple(views[found.case.id] for found in differ if found.case.contested is contested))
        ),
        sources=_by_source(views.values(), words),
    )


def _row(agreement: Agreement, name: str, words: Words) -> FigureRow:
    figure: Figure = getattr(agreement, name)
    return FigureRow(words(f"evaluate.figure.{name}"), _of(figure, words), _share(figure, words))


def _of(figure: Figure, words: Words) -> str:
    return words("cases.of", count=figure.count, of=figure.of)


def _share(figure: Figure, words: Words) -> str:
    return words("evaluate.no_share") if figure.share is None else words.percent(figure.share)


def _judged(model: Model, found: Judged, kept: Mapping[str, str], words: Words) -> JudgedView:
    case = found.case
    firmness = [words(f"cases.margin.{found.margin}")] if says_anything(found.result) else []
    if found.flagged:
        firmness.append(words("cases.flagged"))
    return JudgedView(
        id=case.id,
        situation=case.situation,
        author=conclusion(model, case, words),
        why=case.why,
        ours=_ours(model, found, words),
        firmness=" ".join(firmness),
        agrees=found.agrees,
        contested=case.contested,
        kept=kept.get(case.id, ""),
        source=source(case),
    )


def _ours(model: Model, found: Judged, words: Words) -> str:
    result = found.result
    if not says_anything(result):
        return words("cases.ours.nothing")
    names = [model.approaches_by_id[id_].phrase for id_ in result.outcome]
    verdict = words(f"cases.ours.{result.verdict}", approaches=words.listed(names))
    if result.verdict != "not_okr":
        return verdict
    return words("cases.instead", verdict=verdict, approaches=words("cases.or").join(names))


def _by_source(views: Iterable[JudgedView], words: Words) -> tuple[SourceView, ...]:
    grouped: dict[Citation, list[JudgedView]] = {}
    for view in views:
        grouped.setdefault(view.source, []).append(view)
    found = [
        SourceView(
            words.counted("cases.source", len(cases), source=source.text, title=source.title), source, tuple(cases)
        )
        for source, cases in grouped.items()
    ]
    return tuple(sorted(found, key=lambda view: view.title.casefold()))
