"""Portfolios as files: what was written is read by every later release, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.errors import OkrAssistantError
from okr_assistant.portfolio.items import MOST_ITEMS, Portfolio, WorkItem
from okr_assistant.portfolio.portfolio_file import FORMAT, MAX_BYTES, read_portfolio, write_portfolio
from okr_assistant.words import Words
from tests.conftest import random_sheets

GOLDEN = Path(__file__).parents[1] / "data" / "portfolio-0.1.0.json"
IN_GOLDEN = Portfolio(
    "Second quarter · 東京",
    "2026.1",
    (
        WorkItem(
            id="OPS-1",
            title="Faster checkout",
            answers={
                "work_kind": "change",
                "product_stage": "established",
                "outcome_clarity": "number",
                "measurability": "baseline",
            },
            level="company",
            team="Payments",
            result_for="More orders",
            today="okr",
            out_of_range=True,
        ),
        WorkItem(
            "OPS-2", "Pay the wages", {"work_kind": "sustain", "outcome_clarity": "unsure"}, today="health_metrics"
        ),
        WorkItem("=3", "'Größe', \"quoted\" <b>x</b> 👩‍🚀"),
    ),
)


def test_what_release_0_1_0_wrote_is_read(models: Models) -> None:
    """This file never changes, and never fails; a new form gets a file of its own beside it."""
    assert read_portfolio(GOLDEN.read_bytes(), models) == IN_GOLDEN


def test_what_is_written_is_the_same_to_the_byte() -> None:
    assert write_portfolio(IN_GOLDEN) == GOLDEN.read_bytes()


def test_every_sheet_comes_back(models: Models, model: Model) -> None:
    items = tuple(WorkItem(f"{n}", f"Item {n}", sheet) for n, sheet in enumerate(random_sheets(model, 200)))
    portfolio = Portfolio("", model.version, items)
    assert read_portfolio(write_portfolio(portfolio), models) == portfolio


def test_the_largest_portfolio_of_ordinary_texts_fits(models: Models, model: Model) -> None:
    answers = {question.id: question.options[0].id for question in model.questions}
    one = WorkItem("", "x" * 60, answers, team="Payments", result_for="y" * 60, today="health_metrics")
    items = tuple(
        WorkItem(f"OPS-{n}", one.title, answers, "company", one.team, one.result_for, one.today, True)
        for n in range(MOST_ITEMS)
    )
    written = write_portfolio(Portfolio("All", model.version, items))
    assert len(written) < MAX_BYTES
    assert len(read_portfolio(written, models).items) == MOST_ITEMS


def document(items: str = "[]", **changes: object) -> bytes:
    whole: dict[str, object] = {"format": FORMAT, "name": "Q2", "model": "2026.1"} | changes
    return f'{json.dumps(whole)[:-1]}, "items": {items}}}'.encode()


ONE = '{"id": "1", "title": "a"}'


@pytest.mark.robustness(40)
@pytest.mark.parametrize(
    ("sent", "place", "problem"),
    [
        (b"3", "p.json", "wrong_type"),
        (b"{}", "p.json: format", "missing_key"),
        (document(format="okr-assistant portfolio 2"), "p.json: format", "not_allowed"),
        (document(format=1), "p.json: format", "not_allowed"),
        (document(name=None), "p.json: name", "wrong_type"),
        (document(name="x" * 121), "p.json: name", "too_long"),
        (document(name=" x"), "p.json: name", "not_clean"),
        (document(model="1999.1"), "p.json: model", "unknown_model"),
        (document(owner="x"), "p.json", "unknown_key"),
        (document("{}"), "p.json: items", "wrong_type"),
        (document("[NaN]"), "p.json", "not_a_number"),
        (document("[1e999]"), "p.json: item 1", "wrong_type"),
        (document('[{"title": "a"}]'), "p.json: item 1: id", "missing_key"),
        (document('[{"id": 1, "title": "a"}]'), "p.json: item 1: id", "wrong_type"),
        (document('[{"id": "1", "title": true}]'), "p.json: item 1: title", "wrong_type"),
        (document('[{"id": "1", "id": "2", "title": "a"}]'), "p.json", "duplicate_key"),
        (document('[{"id": "1", "title": "a", "note": ""}]'), "p.json: item 1", "unknown_key"),
        (
            document('[{"id": "1", "title": "a", "out_of_range": 1}]'),
            "p.json: item 1: out_of_range",
            "wrong_type",
        ),
        (document('[{"id": "1", "title": "a", "level": "world"}]'), "p.json: item 1: level", "unknown_option"),
        (document('[{"id": "1", "title": "a", "today": "kpi"}]'), "p.json: item 1: today", "unknown_option"),
        (document('[{"id": "1", "title": "a", "answers": []}]'), "p.json: item 1: answers", "wrong_type"),
        (document('[{"id": "1", "title": "a", "answers": {"x": "y"}}]'), "p.json: item 1", "unknown_question"),
        (document('[{"id": "1", "title": "a\\u202eb"}]'), "p.json: item 1: title", "bad_character"),
        (document('[{"id": "1", "title": "\\ud800"}]'), "p.json: item 1: title", "bad_character"),
        (document('[{"id": "1", "title": ""}]'), "p.json: item 1: title", "untitled"),
        (document(f"[{ONE}, {ONE}]"), "p.json: item 2: id", "repeated_id"),
        (document(f"[{','.join([ONE] * (MOST_ITEMS + 1))}]"), "p.json", "too_many_items"),
        (document(f"[{'9' * 5000}]"), "p.json", "not_a_number"),
        (document("[" * 100_000), "p.json", "too_deep"),
        (b"\xef\xbb\xbf" + document(), "p.json", "byte_order_mark"),
        (document('["x"]').replace(b'"x"', b'"\xff"'), "p.json", "not_utf8"),
        (b" " * (MAX_BYTES + 1), "p.json", "too_large"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_anything_else_is_one_line_that_names_the_place(
    sent: bytes, place: str, problem: str, models: Models, words: Words
) -> None:
    with pytest.raises(OkrAssistantError) as refused:
        read_portfolio(sent, models, "p.json")
    assert (refused.value.place, refused.value.problem) == (place, problem)
    line = words.error_line(refused.value)
    assert line.isprintable()
    assert len(line) < 600


@given(data=st.binary(max_size=200) | st.text(st.sampled_from('{}[]":,ae1\\ '), max_size=60).map(str.encode))
def test_any_bytes_are_refused_with_our_own_error(data: bytes, models: Models) -> None:
    with pytest.raises(OkrAssistantError):
        read_portfolio(data, models)
