"""Agreement with published cases as Markdown, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType

from okr_assistant.decision.agreement import Agreement, Figure, Judged
from okr_assistant.words import Words

_NONE: Mapping[str, str] = MappingProxyType({})


def agreement_lines(agreement: Agreement, words: Words, kept: Mapping[str, str] = _NONE) -> Iterator[str]:
    """Yield the figures and every disagreement by id, line by line; ``kept`` says why we keep one, by id."""
    yield from (f"# {words('evaluate.title')}", "")
    yield words.counted("evaluate.about", agreement.overall.of, model=agreement.model)
    yield from ("", words("evaluate.header"), "|---|---|---|---|")
    for field in fields(agreement):
        figure = getattr(agreement, field.name)
        if isinstance(figure, Figure):
            share = words("evaluate.no_share") if figure.share is None else words.percent(figure.share, 1)
            label = words(f"evaluate.figure.{field.name}")
            yield words("evaluate.row", label=label, count=figure.count, of=figure.of, share=share)
    yield from ("", f"## {words('evaluate.disagreements')}", "")
    if not agreement.disagreements:
        yield words("evaluate.none")
    for found in agreement.disagreements:
        yield f"- {_disagreement(found, words)}"
        if found.case.id in kept:
            yield f"  {kept[found.case.id]}"


def _disagreement(found: Judged, words: Words) -> str:
    case, result = found.case, found.result
    author = words(
        "evaluate.author_instead" if case.instead not in ("none", "other") else "evaluate.author",
        verdict=case.verdict,
        instead=case.instead,
    )
    return words(
        "evaluate.line_contested" if case.contested else "evaluate.line",
        id=case.id,
        author=author,
        verdict=result.verdict,
        outcome=words.listed(list(result.outcome)),
        margin=found.margin,
    )
