"""Findings of the linter, and how often it is right, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okr_assistant.drafting.accuracy import Accuracy
from okr_assistant.drafting.lines import Draft
from okr_assistant.drafting.lint import Finding, Findings
from okr_assistant.drafting.rules import Source
from okr_assistant.errors import shown
from okr_assistant.words import Words

_LONGEST_TEXT = 200
_PARTS = ("development", "held_out", "other_words", "last")
"""Of the lines that ship."""


def draft_lines(draft: Draft, findings: Findings, words: Words) -> Iterator[str]:
    """Yield a draft and what was found in it, a few lines a finding; control signs in texts are shown as such."""
    yield words("lint.title", id=shown(draft.id), text=_quoted(draft.texts[0], words))
    if not findings:
        yield words("lint.nothing")
    for finding in findings:
        yield _what(finding, words)
        yield words("lint.why", why=finding.rule.why)
        yield words("lint.fix", fix=finding.rule.fix)
        yield from (_source(source, words) for source in finding.rule.sources)


def _what(finding: Finding, words: Words) -> str:
    if finding.item == "set":
        return words("lint.finding_set", says=finding.rule.says)
    kind, _, number = finding.item.partition(" ")
    item = words("lint.item.key_result_number", number=number) if number else words(f"lint.item.{kind}")
    return words("lint.finding", says=finding.rule.says, item=item, saw=_quoted(finding.saw, words))


def _quoted(text: str, words: Words) -> str:
    return words("lint.quoted", text=shown(" ".join(text.split()), _LONGEST_TEXT))


def _source(source: Source, words: Words) -> str:
    key = "lint.source_year" if source.year else "lint.source"
    return words(key, author=source.author, title=source.title, year=source.year, url=source.url)


def accuracy_lines(found: Mapping[str, tuple[Accuracy, ...]], words: Words) -> Iterator[str]:
    """Yield a table for each part of the labelled lines."""
    for part, rows in found.items():
        name = words(f"lint.report.name.{part}") if part in _PARTS else shown(part) or words("lint.report.all")
        yield words("lint.report.part", part=name)
        yield from ("", words("lint.report.header"), "|---|---|---|---|---|")
        for row in rows:
            precision, recall = (
                words("lint.report.none") if share is None else words.number(share, 2)
                for share in (row.precision, row.recall)
            )
            yield words(
                "lint.report.row",
                rule=row.rule,
                positives=row.positives,
                negatives=row.negatives,
                precision=precision,
                recall=recall,
            )
        yield ""
