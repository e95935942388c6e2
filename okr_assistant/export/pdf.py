"""The decision record as a PDF, laid out by ``record.typ``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from okr_assistant.charts.palette import OTHER, colour
from okr_assistant.export.typeset import Data, decision_part, goal_parts, head, links, strings, typed, typeset
from okr_assistant.paths import RECORD_TEMPLATE
from okr_assistant.views.model_text import blocks
from okr_assistant.views.outlook import OutlookView
from okr_assistant.views.record import RecordView, SourceView
from okr_assistant.views.result import RankedView, ResultView, Statement
from okr_assistant.words import Words


def pdf(view: RecordView, words: Words) -> bytes:
    """Return the record as the bytes of a PDF file."""
    return typeset(RECORD_TEMPLATE, pdf_data(view, words), view.made_on, words)


def pdf_data(view: RecordView, words: Words) -> Data:
    """Return what the template is given: strings, numbers and lists of them, in reading order."""
    result = view.result
    return head(words("record.kind"), view.heading, view.made_on, view.facts, words) | {
        "colour": colour(result.advice[0].approach) if len(result.advice) == 1 else OTHER,
        "sentence": result.sentence,
        "lines": [line for line in (*_summary(view), result.form, result.split, result.still_open) if line],
        "parts": list(_parts(view, words)),
    }


def _summary(view: RecordView) -> Iterator[str]:
    if len(view.result.advice) == 1:
        yield view.result.advice[0].summary
    if view.outlook:
        yield view.outlook.margin
        yield view.outlook.ahead


def _parts(view: RecordView, words: Words) -> Iterator[Data]:
    result = view.result
    if view.decision:
        yield decision_part(view.decision, words)
    if view.goal:
        heading = words("goal_draft.heading", name=view.goal.name)
        yield {"kind": "goal", "heading": heading, "status": view.goal.status, "parts": goal_parts(view.goal)}
    yield from _statements(words("result.contradictions"), result.contradictions)
    yield from _statements(words("result.obstacles"), result.obstacles)
    conditions = words.counted("result.conditions", len(result.conditions))
    yield from _statements(conditions, result.conditions, numbered=True)
    for advice in result.advice:
        shown = [asdict(block) for block in blocks(advice.text.monday)]
        artefact = words("result.artefact", artefact=advice.artefact)
        heading = f"{words('result.monday')} ({advice.name})"
        yield {"kind": "monday", "heading": heading, "blocks": shown, "artefact": artefact}
    yield from strings(words("result.find_out"), result.find_out)
    yield _bars(result, words)
    if view.outlook:
        yield from _outlook(view.outlook, words)
    yield from _answers(view, words)
    yield _ranking(result.ranking, words)
    yield from _contested(result, words)
    if view.notes:
        yield {"kind": "notes", "heading": words("record.notes"), "notes": typed(view.notes)}
    yield _sources(view, words)


def _statements(title: str, found: tuple[Statement, ...], *, numbered: bool = False) -> Iterator[Data]:
    if found:
        yield {"kind": "statements", "heading": title, "numbered": numbered, "items": list(map(_statement, found))}


def _statement(found: Statement) -> Data:
    return {"text": found.text, "because": found.because, "citations": links(found.citations)}


def _bars(result: ResultView, words: Words) -> Data:
    rows = [
        {
            "name": entry.name,
            "standing": entry.standing_text,
            "points": entry.points_text,
            "value": entry.points,
            "colour": colour(entry.approach),
            "pale": entry.standing == "blocked",
        }
        for entry in result.ranking
    ]
    columns = [words("record.approach"), words("record.points")]
    return {"kind": "bars", "heading": words("result.ranking"), "columns": columns, "rows": rows}


def _outlook(outlook: OutlookView, words: Words) -> Iterator[Data]:
    if outlook.counter:
        counter = outlook.counter
        said = Statement(counter.said, "", ())
        yield from _statements(counter.title, (said, *counter.reasons))
    flips = outlook.flips or (words("outlook.nothing"),)
    yield from strings(words("outlook.title"), flips, after=(outlook.flips_total, outlook.stands))
    yield from strings(words("record.rests_on"), outlook.rests_on, lead=outlook.rests_on_lead)
    if outlook.paths:
        paths = [
            {"title": path.title, "steps": [{"change": change, "how": how} for change, how in path.steps]}
            for path in outlook.paths
        ]
        yield {"kind": "paths", "heading": words("outlook.path_title"), "paths": paths}
    if outlook.no_path:
        yield from strings(words("outlook.path_title"), (outlook.no_path,))


def _answers(view: RecordView, words: Words) -> Iterator[Data]:
    rows = [
        {"question": row.question, "answer": row.answer, "state": row.state, "given": row.kind != "open"}
        for row in (entry.row for entry in view.answers)
    ]
    columns = [words("record.question"), words("record.answer")]
    yield {"kind": "answers", "heading": words("result.answers"), "columns": columns, "rows": rows}
    if view.result.position.placed:
        yield from strings(words("result.position"), (view.result.position.described,))


def _ranking(ranking: tuple[RankedView, ...], words: Words) -> Data:
    entries = [
        {
            "heading": entry.heading,
            "blocks": [{"text": stop.text, "citations": links(stop.citations)} for stop in entry.blocks],
            "reasons": [
                {
                    "points": reason.points,
                    "because": reason.because,
                    "answer": words("record.from_answer", question=reason.question, answer=reason.answer),
                    "citations": links(reason.citations),
                }
                for reason in entry.reasons
            ],
            "total": entry.total,
        }
        for entry in ranking
    ]
    columns = [words("record.points"), words("record.reason"), words("record.source")]
    return {
        "kind": "ranking",
        "heading": words("record.all_points"),
        "blocked": words("result.blocked"),
        "columns": columns,
        "entries": entries,
    }


def _contested(result: ResultView, words: Words) -> Iterator[Data]:
    labels = (words("result.side_for"), words("result.side_against"))
    topics = [
        {
            "topic": topic.topic,
            "sides": [
                {"label": label, "text": side.text, "citations": links(side.citations)}
                for label, side in zip(labels, (topic.for_, topic.against), strict=True)
            ],
        }
        for topic in result.contested
    ]
    if topics:
        yield {"kind": "contested", "heading": words("result.contested"), "topics": topics}


def _sources(view: RecordView, words: Words) -> Data:
    """What it all comes from; the model first, so that no page is left with nothing but its name."""
    return {
        "kind": "sources",
        "heading": words("record.sources"),
        "lead": [view.result.model, words("record.digest", digest=view.digest)],
        "open_again": words("record.open_again"),
        "address": view.address,
        "items": [{"line": _source(source, words), "url": source.url} for source in view.sources],
    }


def _source(source: SourceView, words: Words) -> str:
    known = {"author": source.author, "title": source.title, "year": source.year}
    return words("record.source_line_year" if source.year else "record.source_line", **known)
