"""The PDF is given everything that the view says, draws all it is given, is tagged, and is the same every time."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
import typst

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.export.pdf import pdf, pdf_data
from okr_assistant.paths import RECORD_TEMPLATE
from okr_assistant.sharing.record import Record
from okr_assistant.views.model_text import Run, blocks
from okr_assistant.words import Words
from tests.export.samples import GOOD, SAMPLES, every_record, hidden_in, leaves, made, sentences


def compiled(data: dict[str, Any], **more: Any) -> bytes:
    compiler = typst.Compiler(RECORD_TEMPLATE, root=RECORD_TEMPLATE.parent, ignore_system_fonts=True)
    document, warnings = compiler.compile_with_warnings(
        sys_inputs={"record": json.dumps(data)}, timestamp=0, **more
    )
    assert warnings == []
    assert isinstance(document, bytes)
    return document


def count(data: dict[str, Any], selector: str) -> int:
    inputs = {"record": json.dumps(data)}
    found = typst.query(RECORD_TEMPLATE, selector, ignore_system_fonts=True, sys_inputs=inputs)
    return len(json.loads(found))


def one_blank(shown: str) -> str:
    return " ".join(shown.split())


def test_it_is_given_everything_that_the_view_says(model: Model, words: Words) -> None:
    for record in every_record(model):
        view = made(model, record, words).view
        data = pdf_data(view, words)
        given = one_blank(" ".join(value for _, value in leaves(data) if isinstance(value, str)))
        for path, sentence in sentences(view, hidden_in(view)):
            if path.endswith(".monday"):
                for block in blocks(sentence):
                    for run in block.runs:
                        assert one_blank(run.text) in given, path
            else:
                assert one_blank(sentence) in given, (path, sentence)


def test_the_bars_are_the_points(model: Model, words: Words) -> None:
    for record in every_record(model):
        view = made(model, record, words).view
        (bars,) = (part for part in pdf_data(view, words)["parts"] if part["kind"] == "bars")
        assert [(row["name"], row["value"]) for row in bars["rows"]] == [
            (e.name, e.points) for e in view.result.ranking
        ]


def marked(data: Any, place: str, path: str = "") -> Any:
    """The data with a mark in every text, number and switch at this place."""
    if isinstance(data, dict):
        return {key: marked(value, place, f"{path}.{key}") for key, value in data.items()}
    if isinstance(data, list):
        return [marked(value, place, f"{path}.*") for value in data]
    if path != place:
        return data
    if isinstance(data, bool):
        return not data
    if isinstance(data, int):
        return data + 1
    other = {"colour": "#123456", "language": "de"}
    return other.get(path.rpartition(".")[2], f"{data}/marked")


LEFT_TO_THE_READER = {".parts.*.kind", ".parts.*.numbered"}
"""Which layout a part has; with another one it would not be itself."""


def test_everything_it_is_given_is_drawn(model: Model, words: Words) -> None:
    """Whatever is changed in the data, the document changes, in one of these records at least."""
    names = ("good", "blocked", "contradicting")
    conditions = Record(AnswerSheet({"work_kind": "change", "measurability": "instrument"}, "T"))
    contested = Record(
        AnswerSheet({"work_kind": "change", "product_stage": "searching", "vision_stability": "turned"}, "T")
    )
    there: set[str] = set()
    drawn: set[str] = set()
    for record in (*(SAMPLES[name] for name in names), conditions, contested):
        data = json.loads(json.dumps(pdf_data(made(model, record, words).view, words) | {"no_shape": "x"}))
        before = compiled(data)
        places = {path for path, _ in leaves(data)} - LEFT_TO_THE_READER
        there |= places
        for place in sorted(places - drawn):
            changed = marked(copy.deepcopy(data), place) | ({"day": [2026, 3, 5]} if place == ".day.*" else {})
            if compiled(changed) != before:
                drawn.add(place)
    assert there == drawn
    assert {path.split(".")[3] for path in there if path.startswith(".parts.*.")} >= {
        "paths", "rows", "entries", "topics", "blocks", "items", "decided", "notes", "lead", "artefact",
    }  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_a_tagged_pdf_with_title_language_and_date(name: str, model: Model, words: Words) -> None:
    document = pdf(made(model, SAMPLES[name], words).view, words)
    assert document.startswith(b"%PDF-1.7")
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang(en)", b"2026-03-04T00:00:00Z"):
        assert sign in document, sign
    title = SAMPLES[name].sheet.title or words("record.untitled")
    found = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", document, re.DOTALL)
    assert found
    plain = (
        found[1].decode().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", '"')
    )
    assert plain == title
    for sign in (b"pdfuaid", b"/DisplayDocTitle true"):
        assert (sign in document) == (name != "no shapes"), "PDF/UA, where every letter has a shape"


def test_what_has_no_shape_is_said_in_the_record(model: Model, words: Words) -> None:
    view = made(model, SAMPLES["no shapes"], words).view
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        compiled(pdf_data(view, words), pdf_standards=["ua-1"])
    assert len(pdf(view, words)) != len(compiled(pdf_data(view, words))), "with the sentence"


@pytest.mark.robustness(34)
@pytest.mark.parametrize("name", ["hostile", "long words", "right to left"])
def test_what_people_typed_is_text(name: str, model: Model, words: Words) -> None:
    """Neither headings nor links, formulas, code, labels or pictures come from it."""
    record = SAMPLES[name]
    plain = Record(AnswerSheet(record.sheet.answers, "x"), "x", SAMPLES["good"].decision)
    data, twin = (pdf_data(made(model, each, words).view, words) for each in (record, plain))
    for kind in (
        "heading",
        "link",
        "math.equation",
        "raw",
        "image",
        "ref",
        "list",
        "enum",
        "table",
        "strong",
        "emph",
    ):
        assert count(data, kind) == count(twin, kind), kind


def test_the_same_record_gives_the_same_bytes(model: Model, words: Words) -> None:
    view = made(model, SAMPLES["good"], words).view
    assert pdf(view, words) == pdf(view, words)


def test_the_direction_is_that_of_the_first_strong_letter(model: Model, words: Words) -> None:
    for title, rtl in (("שיפור OKR", True), ("12 مرحبا", True), ("OKR שיפור", False), ("12", False), ("", False)):
        view = made(model, Record(AnswerSheet(GOOD, title)), words).view
        assert pdf_data(view, words)["heading"]["rtl"] is rtl, title


def test_the_words_of_approaches_become_runs() -> None:
    found = blocks("One *two* **three\nfour** [five](https://x.y)\n\n- six\n- `seven` <b>\n\n    code")
    assert [block.item for block in found] == [False, True, True, True][: len(found)]
    assert found[0].runs == (
        Run("One "), Run("two", emph=True), Run(" "), Run("three", strong=True), Run(" ", strong=True),
        Run("four", strong=True), Run(" "), Run("five", url="https://x.y"),
    )  # fmt: skip
    assert "".join(run.text for run in found[2].runs) == "seven <b>"


def test_all_words_of_all_approaches_arrive(model: Model) -> None:
    for text in model.texts.values():
        got = " ".join(run.text for block in blocks(text.monday) for run in block.runs)
        assert re.sub(r"\W+", "", got) == re.sub(r"\W+", "", text.monday)
