"""Documents by Typst: tagged PDF, with title, language and date, and the same bytes for the same data.

A template is given data, as JSON, and never markup. Only the fonts inside Typst are used, whatever the machine
has: they hold Latin, Greek, Cyrillic, Hebrew, Arabic and Devanagari. Of other scripts and of most emoji they have
no shape; then boxes stand for it, the document says so, and the file, though still tagged, does not claim to be
PDF/UA.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeAlias

import typst

from okr_assistant.views.artefact import ArtefactView
from okr_assistant.views.parts import Citation
from okr_assistant.views.record import DecisionView
from okr_assistant.words import Words

Data: TypeAlias = dict[str, Any]
_STANDARD = "ua-1"


def typeset(template: Path, data: Data, made_on: date, words: Words) -> bytes:
    """Return the bytes of a PDF file; its template has a place for the sentence about letters without a shape."""
    try:
        return _compiled(template, data, made_on, [_STANDARD])
    except typst.TypstError:  # a letter that no font has a shape for
        return _compiled(template, data | {"no_shape": words("record.no_shape")}, made_on, [])


def _compiled(template: Path, data: Data, made_on: date, standards: list[Any]) -> bytes:
    compiler = typst.Compiler(template, root=template.parent, ignore_system_fonts=True)
    made_at = datetime.combine(made_on, time(), UTC)
    inputs = {"record": json.dumps(data)}
    made = compiler.compile(sys_inputs=inputs, pdf_standards=standards, timestamp=made_at, format="pdf")
    assert isinstance(made, bytes)  # noqa: S101 - one file, since a PDF has all pages
    return made


def typed(text: str) -> Data:
    """Return text that people typed, and whether its first strong letter runs from right to left."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return {"text": text, "rtl": next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"}


def head(kind: str, title: str, made_on: date, facts: Iterable[tuple[str, str]], words: Words) -> Data:
    """What every document begins with: of which kind it is, what it is called, and the facts beside that."""
    return {
        "language": words.language,
        "document_title": title,
        "day": [made_on.year, made_on.month, made_on.day],
        "kind": kind,
        "heading": typed(title),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "no_shape": "",
        "footer": f"{kind} · {words.date(made_on)}",
    }


def links(citations: Iterable[Citation]) -> list[Data]:
    """Sources, each as the text of a link."""
    return [{"text": citation.text, "url": citation.url} for citation in citations]


def strings(title: str, items: Iterable[str], lead: str = "", after: Iterable[str] = ()) -> Iterator[Data]:
    """A heading over a list, with sentences before and after it; nothing when there is nothing to list."""
    listed = list(items)
    if listed:
        following = [sentence for sentence in after if sentence]
        yield {"kind": "strings", "heading": title, "lead": lead, "items": listed, "after": following}


def decision_part(decision: DecisionView, words: Words) -> Data:
    """What people decided, in their own words."""
    parts = (
        (words("record.because"), decision.because),
        (words("record.owner"), decision.owner),
        (words("record.review_on"), decision.review_on),
    )
    return {
        "kind": "decision",
        "heading": words("record.decision"),
        "decided": typed(decision.decided),
        "parts": [{"label": label, "value": typed(value)} for label, value in parts if value],
        "note": decision.note,
    }


def goal_parts(view: ArtefactView) -> list[Data]:
    """What is written in each part of a first draft."""
    return [
        {"heading": part.name, "listed": part.listed, "items": [typed(sentence) for sentence in part.sentences]}
        for part in view.parts
    ]
