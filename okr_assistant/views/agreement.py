"""Agreement with published cases as Markdown, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from okr_assistant.decision.agreement import Agreement, Figure, Judged
from okr_assistant.words import Words


def agreement_lines(agreement: Agreement, words: Words) -> Iterator[str]:
    """Yield the whole report line by line, its title first."""
    yield from (f"# {words('evaluate.title')}", "")
    yield from agreement_body(agreement, words)


def agreement_body(agreement: Agreement, words: Words) -> Iterator[str]:
    """Yield the report without its title: the figures, then every disagreement by id."""
    yield words("evaluate.about", cases=agreement.overall.of, model=agreement.model)
    yield from ("", words("evaluate.header"), "|---|---|---|---|")
    for field in fields(agreement):
        figure = getattr(agreement, field.name)
        if isinstance(figure, Figure):
            share = words("evaluate.no_share") if figure.share is None else f"{figure.share:.1%}"
            label = words(f"evaluate.figure.{field.name}")
            yield words("evaluate.row", label=label, count=figure.count, of=figure.of, share=share)
    yield from ("", f"## {words('evaluate.disagreements')}", "")
    if not agreement.disagreements:
        yield words("evaluate.none")
    yield from (f"- {_disagreement(found, words)}" for found in agreement.disagreements)


def _disagreement(found: Judged, words: Words) -> str:
    case = found.case
    author = words(
        "evaluate.author_instead" if case.instead not in ("none", "other") else "evaluate.author",
        verdict=case.verdict,
        instead=case.instead,
    )
    return words(
        "evaluate.line_contested" if case.contested else "evaluate.line",
        id=case.id,
        author=author,
        verdict=found.verdict,
        outcome=found.approach or words.listed(list(found.tied)),
        margin=found.margin,
    )
