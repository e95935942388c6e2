"""The PDF of a workshop record is given all that the view says, draws it all, and takes no markup from anybody."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import typst

from okr_assistant.decision.model import Model
from okr_assistant.export.workshop_pdf import workshop_pdf, workshop_pdf_data
from okr_assistant.paths import WORKSHOP_TEMPLATE
from okr_assistant.words import Words
from tests.export.played import every_kind, exported
from tests.export.samples import leaves, sentences
from tests.export.test_pdf import marked, one_blank
from tests.export.test_workshop_markdown import KINDS, NOT_WORDS, tame


def data_of(name: str, model: Model, words: Words) -> dict[str, Any]:
    return workshop_pdf_data(exported(every_kind(model)[name], model, words).view, words)


def compiled(data: dict[str, Any]) -> bytes:
    compiler = typst.Compiler(WORKSHOP_TEMPLATE, root=WORKSHOP_TEMPLATE.parent, ignore_system_fonts=True)
    document, warnings = compiler.compile_with_warnings(sys_inputs={"record": json.dumps(data)}, timestamp=0)
    assert warnings == []
    assert isinstance(document, bytes)
    return document


@pytest.mark.parametrize("name", KINDS)
def test_it_is_given_everything_that_the_view_says(name: str, model: Model, words: Words) -> None:
    view = exported(every_kind(model)[name], model, words).view
    given = one_blank(
        " ".join(value for _, value in leaves(workshop_pdf_data(view, words)) if isinstance(value, str))
    )
    for path, sentence in sentences(view, NOT_WORDS):
        assert one_blank(sentence) in given, (path, sentence)


LEFT_TO_THE_READER = {".parts.*.kind", ".parts.*.rows.*.state"}
"""Which layout a part has; and what answers of results have, which is empty here."""


def test_everything_it_is_given_is_drawn(model: Model, words: Words) -> None:
    """Whatever is changed in the data, the document changes, in one of these records at least."""
    there: set[str] = set()
    drawn: set[str] = set()
    for name in ("named", "two checks", "nothing to show", "right to left", "many rounds"):
        data = json.loads(json.dumps(data_of(name, model, words) | {"no_shape": "x"}))
        before = compiled(data)
        places = {path for path, _ in leaves(data)} - LEFT_TO_THE_READER
        there |= places
        for place in sorted(places - drawn):
            changed = marked(copy.deepcopy(data), place) | ({"day": [2026, 3, 5]} if place == ".day.*" else {})
            if compiled(changed) != before:
                drawn.add(place)
    assert there == drawn


@pytest.mark.parametrize("name", KINDS)
def test_it_is_a_tagged_pdf_with_language_and_date(name: str, model: Model, words: Words) -> None:
    document = workshop_pdf(exported(every_kind(model)[name], model, words).view, words)
    assert document.startswith(b"%PDF-1.7")
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang(en)", b"2026-03-04T00:00:00Z"):
        assert sign in document, sign
    assert (b"pdfuaid" in document) == (name != "no shapes"), "PDF/UA, where every letter has a shape"


@pytest.mark.robustness(34)
@pytest.mark.parametrize("name", ["hostile", "hostile and anonymous", "long words", "right to left"])
def test_what_people_typed_is_text(name: str, model: Model, words: Words) -> None:
    """Neither headings nor links, formulas, code, labels or pictures come from it; robustness 34."""
    played = every_kind(model)[name]
    data, twin = (workshop_pdf_data(exported(each, model, words).view, words) for each in (played, tame(played)))
    for kind in ("heading", "link", "math.equation", "raw", "image", "ref", "list", "enum", "table", "emph"):
        assert count(data, kind) == count(twin, kind), kind


def count(data: dict[str, Any], selector: str) -> int:
    inputs = {"record": json.dumps(data)}
    found = typst.query(WORKSHOP_TEMPLATE, selector, ignore_system_fonts=True, sys_inputs=inputs)
    return len(json.loads(found))


def test_bars_are_as_long_as_people_are_many(model: Model, words: Words) -> None:
    """Of the largest, but for fingers: those are of everybody, so that two of twelve are no whole bar."""
    parts = data_of("named", model, words)["parts"]
    outcomes = next(part for part in parts if part["kind"] == "outcomes")
    asked, (check,) = (part["questions"] for part in parts if part["kind"] == "questions")
    for part in (*asked, outcomes, check):
        numbers = [int(row["counts"][-1]) for row in part["votes"]["rows"]]
        shares = [row["share"] for row in part["votes"]["rows"]]
        whole = sum(numbers) if part is check else max(numbers)
        assert shares == [round(100 * number / whole) for number in numbers]


def test_the_same_record_gives_the_same_bytes(model: Model, words: Words) -> None:
    view = exported(every_kind(model)["named"], model, words).view
    assert workshop_pdf(view, words) == workshop_pdf(view, words)
