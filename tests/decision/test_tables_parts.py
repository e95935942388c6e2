"""The parts of the integer-coded model that others build on, where a sheet as a whole would not show them."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter

from okr_assistant.decision.tables import _Same, mask_type, tables_of
from okr_assistant.decision.when import When
from tests.decision.test_assess import small_model


def test_points_are_one_table_for_each_question() -> None:
    """A row for each choice and one for *open*, which gives nothing; a column for each approach."""
    tables = tables_of(small_model())
    first, second = tables.points
    assert [table.dtype for table in tables.points] == [np.int16, np.int16]
    assert first.tolist() == [[2, 1, 0], [0, 3, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert second.tolist() == [[3, 0, -1], [-4, 0, 2], [0, 0, 1], [0, 0, 0]]


def test_the_questions_that_rules_look_at_are_known() -> None:
    rule = {"id": "r", "kind": "blocker", "approach": "okr", "because": "x", "sources": ("s",)}
    when = {"any": ({"question": "b", "in": ("low",)}, {"not": {"question": "b", "in": ("high",)}})}
    tables = tables_of(small_model(rules=({**rule, "when": when},)))
    assert (tables.gated, tables.gates, tables.blocking) == ((1,), (0,), (1,))


def test_a_model_is_known_by_being_the_same_object() -> None:
    one, other = small_model(), small_model()
    assert _Same(one) == _Same(one)
    assert hash(_Same(one)) == hash(_Same(one)) != hash(_Same(other))
    assert _Same(one) != _Same(other)
    assert _Same(one) != one


def test_what_is_hidden_is_told_for_each_gated_question() -> None:
    tables = tables_of(small_model())
    rows = np.stack(
        [tables.encode(answers) for answers in ({"a": "no"}, {"a": "yes"}, {}, {"a": "no", "b": "low"})]
    )
    hidden = tables.hidden(rows)
    assert hidden.dtype == np.bool_
    assert hidden.tolist() == [[True], [False], [False], [True]]


def test_without_gated_questions_nothing_is_hidden() -> None:
    """An array all the same, with a row for each sheet and no column."""
    plain = small_model()
    asked = tuple(question.model_dump(by_alias=True, exclude={"ask_if"}) for question in plain.questions)
    tables = tables_of(small_model(questions=asked))
    hidden = tables.hidden(np.stack([tables.encode({})] * 3))
    assert (hidden.shape, hidden.dtype) == ((3, 0), np.bool_)


def test_a_condition_is_judged_on_rows() -> None:
    tables = tables_of(small_model())
    judge = tables.judge(TypeAdapter(When).validate_python({"question": "a", "in": ("yes", "unsure")}))
    true, false = judge(np.stack([tables.encode({"a": answer}) for answer in ("yes", "no", "so", "unsure")]))
    assert (true.tolist(), false.tolist()) == ([True, False, False, True], [False, True, True, False])
    assert [bool(values[0]) for values in judge(tables.encode({})[np.newaxis])] == [False, False]


def test_points_are_small_whole_numbers() -> None:
    tables = tables_of(small_model())
    points = tables.totals(tables.encode({"a": "yes", "b": "low"})[np.newaxis])
    assert (points.dtype, points.tolist()) == (np.int16, [[-2], [1], [2]])


@pytest.mark.parametrize(
    ("approaches", "bytes_"), [(1, 1), (8, 1), (9, 2), (16, 2), (17, 4), (32, 4), (33, 8), (64, 8)]
)
def test_sets_of_approaches_are_as_small_as_they_can_be(approaches: int, bytes_: int) -> None:
    assert mask_type(approaches) == np.dtype(f"u{bytes_}")


def test_sixty_four_approaches_can_be_counted_at_once_and_no_more() -> None:
    plain = small_model()
    first = [approach.model_dump() for approach in plain.approaches]
    more = [{**first[0], "id": f"more_{number}"} for number in range(61)]
    tables = tables_of(small_model(approaches=(*first, *more)))
    everyone = tables.outcomes(tables.encode({})[np.newaxis])
    assert tables.names(int(everyone[0])) == tables.approaches
    with pytest.raises(ValueError, match=r"^65 approaches; at most 64 can be counted at once$"):
        tables_of(small_model(approaches=(*first, *more, {**first[0], "id": "one_more"})))
