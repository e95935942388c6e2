"""The result as plain lines of text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from okr_assistant.views.outlook import OutlookView
from okr_assistant.views.parts import Citation
from okr_assistant.views.result import ResultView, Statement
from okr_assistant.words import Words


def result_lines(view: ResultView, outlook: OutlookView | None, title: str, words: Words) -> Iterator[str]:
    """Yield the result line by line: verdict, what to do, what would change it, and all approaches with reasons.

    Without ``outlook`` it says nothing of margins and of what would change it.
    """
    if title:
        yield title
    yield from _statements(words("result.contradictions"), view.contradictions)
    yield view.sentence
    yield from (line for line in (view.form, view.split, view.still_open) if line)
    if outlook and view.advice:
        yield from (line for line in (outlook.margin, outlook.ahead) if line)
    yield from _statements(words("result.obstacles"), view.obstacles)
    yield from _statements(words.counted("result.conditions", len(view.conditions)), view.conditions)
    for advice in view.advice:
        yield from (
            "",
            f"{words('result.monday')} ({advice.name})",
            f"  {' '.join(advice.text.monday.split())}",
        )
    if outlook and view.advice:
        yield from _outlook(outlook, words)
    for entry in view.ranking:
        yield from ("", entry.heading)
        yield from (f"  {words('result.blocked')} {block.text}" for block in entry.blocks)
        for reason in entry.reasons:
            yield f"  {reason.points:>3} {reason.because} ({_cited(reason.citations)})"
            yield f"      {reason.question} {reason.answer}"
        yield f"  {entry.total}"
    for topic in view.contested:
        yield from ("", f"{words('result.contested')}: {topic.topic}")
        yield f"  {words('result.side_for')}: {topic.for_.text} ({_cited(topic.for_.citations)})"
        yield f"  {words('result.side_against')}: {topic.against.text} ({_cited(topic.against.citations)})"
    if view.find_out:
        yield from ("", words("result.find_out"))
        yield from (f"  - {question}" for question in view.find_out)
    yield from ("", view.model)


def _outlook(outlook: OutlookView, words: Words) -> Iterator[str]:
    if outlook.counter:
        yield from ("", outlook.counter.title, f"  {outlook.counter.said}")
        yield from _stated(outlook.counter.reasons)
    yield from ("", words("outlook.title"))
    yield from (f"  - {flip}" for flip in outlook.flips or (words("outlook.nothing"),))
    if outlook.rests_on:
        yield from ("", outlook.rests_on_lead, *(f"  - {question}" for question in outlook.rests_on))
    if outlook.stands:
        yield from ("", outlook.stands)
    if outlook.paths or outlook.no_path:
        yield from ("", words("outlook.path_title"))
    if outlook.no_path:
        yield f"  {outlook.no_path}"
    for path in outlook.paths:
        yield f"  {path.title}"
        yield from (f"    - {change} {how}" for change, how in path.steps)


def _statements(title: str, found: tuple[Statement, ...]) -> Iterator[str]:
    if found:
        yield from ("", title, *_stated(found))


def _stated(found: tuple[Statement, ...]) -> Iterator[str]:
    for statement in found:
        yield f"  - {statement.text} {statement.because} ({_cited(statement.citations)})".replace("  (", " (")


def _cited(citations: tuple[Citation, ...]) -> str:
    return ", ".join(citation.text for citation in citations)
