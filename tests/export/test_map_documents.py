"""Markdown and PDF of a goal map say all that the report says, stay short, and take no markup from anybody."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import typst

from okr_assistant.decision.model import Model
from okr_assistant.export.map_formats import MAP_FORMATS, MapExport
from okr_assistant.export.map_markdown import map_markdown
from okr_assistant.export.map_pdf import map_pdf_data
from okr_assistant.paths import MAP_TEMPLATE
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.views.portfolio.report import GROUPS, LISTED, TEAMS
from okr_assistant.words import Words
from tests.export.samples import leaves, sentences
from tests.export.test_map_formats import hostile, made, two_quarters
from tests.export.test_markdown import one_blank, structure, words_in
from tests.export.test_pdf import marked
from tests.portfolio.samples import many, portfolio

NOT_WORDS = {
    # ids, and what the sections about single places and items say
    ".places.*.id", ".places.*.row", ".places.*.items", ".by_team.places",
    # of a source, whose it is stands in the text; its title and address are those of the link
    ".sources.*.title", ".advice.*.citations.*.title", ".sources.*.url", ".advice.*.citations.*.url",
}  # fmt: skip


def compiled(data: dict[str, Any], kind: str = "pdf") -> Any:
    compiler = typst.Compiler(MAP_TEMPLATE, root=MAP_TEMPLATE.parent, ignore_system_fonts=True)
    document, warnings = compiler.compile_with_warnings(
        sys_inputs={"record": json.dumps(data)}, timestamp=0, format=kind
    )
    assert warnings == []
    return document


def count(data: dict[str, Any], selector: str) -> int:
    inputs = {"record": json.dumps(data)}
    return len(json.loads(typst.query(MAP_TEMPLATE, selector, ignore_system_fonts=True, sys_inputs=inputs)))


@pytest.fixture(params=["two quarters", "hostile", "many", "empty"])
def export(request: pytest.FixtureRequest, model: Model, words: Words) -> MapExport:
    match request.param:
        case "two quarters":
            return two_quarters(model, words)
        case "hostile":
            return made(model, words, hostile(model))
        case "many":
            return made(model, words, many(model, 2_000), portfolio(model))
    return made(model, words, Portfolio("", model.version))


def hidden(export: MapExport) -> set[str]:
    """What a place is for is said where its items are; nothing is said of an empty one."""
    return NOT_WORDS | {".places.*.explains"}


def test_both_say_everything_that_the_report_says(export: MapExport, words: Words) -> None:
    report = export.report
    read = words_in(map_markdown(report, words))
    given = one_blank(
        " ".join(value for _, value in leaves(map_pdf_data(report, words)) if isinstance(value, str))
    )
    for path, sentence in sentences(report, hidden(export)):
        assert one_blank(sentence) in given, (path, sentence)
        if path != ".kind":  # which is the title, where there is no other
            assert one_blank(sentence) in read, (path, sentence)


def test_everything_the_pdf_is_given_is_drawn(model: Model, words: Words) -> None:
    """Whatever is changed in the data, the document changes, in one of these maps at least."""
    there: set[str] = set()
    drawn: set[str] = set()
    small = Portfolio("x", model.version, portfolio(model).items[:1])
    shown = (portfolio(model), many(model, 400), small, hostile(model))
    for export in (two_quarters(model, words), *(made(model, words, each) for each in shown)):
        data = json.loads(json.dumps(map_pdf_data(export.report, words) | {"no_shape": "x"}))
        before = compiled(data)
        places = {path for path, _ in leaves(data)} - {".parts.*.kind"}
        there |= places
        for place in sorted(places - drawn):
            changed = marked(copy.deepcopy(data), place) | ({"day": [2026, 3, 5]} if place == ".day.*" else {})
            if compiled(changed) != before:
                drawn.add(place)
    assert there == drawn


def test_a_map_of_thousands_is_a_document_that_can_be_read(model: Model, words: Words) -> None:
    export = made(model, words, many(model, 10_000), many(model, 9_000, seed=7))
    report = export.report
    assert all(len(listing.entries) <= LISTED for listing in (*report.advice, *report.changes, *report.listings))
    assert len(report.advice) <= GROUPS
    assert len(report.by_team.rows) <= TEAMS
    okr = export.view.place("okr").count
    (listed,) = [listing for listing in report.listings if listing.title == f"OKRs: {okr:,}"]
    assert listed.more == f"And {okr - LISTED:,} more, all in the tables."
    assert len(compiled(map_pdf_data(report, words), "png")) <= 30
    assert len(map_markdown(report, words)) < 150_000


@pytest.mark.robustness(34)
def test_what_people_typed_is_text_in_the_markdown(model: Model, words: Words) -> None:
    """Robustness 34: no heading, link, list or code comes from a title, a team or a result."""
    tame = hostile(model)
    items = tuple(
        item.__class__(item.id, f"T{n}", item.answers, team=f"T{n}", result_for=f"R{n}", today="okr",
                       out_of_range=item.out_of_range)
        for n, item in enumerate(tame.items)
    )  # fmt: skip
    twin = made(model, words, Portfolio("Plain", model.version, items))
    found = structure(map_markdown(made(model, words, tame).report, words))
    assert found == structure(map_markdown(twin.report, words))


def test_what_people_typed_is_text_in_the_pdf(model: Model, words: Words) -> None:
    typed = hostile(model)
    items = tuple(
        item.__class__(item.id, f"T{n}", item.answers, team=f"A{n}", result_for=f"R{n}", today="okr",
                       out_of_range=item.out_of_range)
        for n, item in enumerate(typed.items)
    )  # fmt: skip
    data, twin = (
        map_pdf_data(made(model, words, shown).report, words)
        for shown in (typed, Portfolio("x", model.version, items))
    )
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


def test_the_pdf_is_tagged_and_says_what_has_no_shape(model: Model, words: Words) -> None:
    plain = MAP_FORMATS["pdf"].write(two_quarters(model, words))
    for sign in (b"/StructTreeRoot", b"/Lang(en)", b"pdfuaid", b"2026-03-04T00:00:00Z"):
        assert sign in plain, sign
    odd = MAP_FORMATS["pdf"].write(made(model, words, hostile(model)))
    assert b"pdfuaid" not in odd
