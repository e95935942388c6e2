"""Kleene's three values, against the truth tables."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from okr_assistant.decision.when import When, leaves

TRUE = {"question": "t", "in": ("yes",)}
FALSE = {"question": "f", "in": ("yes",)}
OPEN = {"question": "o", "in": ("yes",)}
ANSWERS = {"t": "yes", "f": "no", "u": "unsure"}


def truth(raw: dict[str, Any]) -> bool | None:
    value: bool | None = TypeAdapter(When).validate_python(raw).truth(ANSWERS)
    return value


def test_one_condition_is_unknown_only_while_its_question_is_open() -> None:
    assert (truth(TRUE), truth(FALSE), truth(OPEN)) == (True, False, None)


def test_unsure_is_false_unless_it_is_listed() -> None:
    assert truth({"question": "u", "in": ("yes",)}) is False
    assert truth({"question": "u", "in": ("yes", "unsure")}) is True


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((TRUE, TRUE), True, True),
        ((TRUE, FALSE), False, True),
        ((TRUE, OPEN), None, True),
        ((FALSE, FALSE), False, False),
        ((FALSE, OPEN), False, None),
        ((OPEN, OPEN), None, None),
    ],
)
def test_all_and_any(parts: tuple[Any, ...], every: bool | None, some: bool | None) -> None:
    for order in (parts, parts[::-1]):
        assert truth({"all": order}) is every
        assert truth({"any": order}) is some


def test_not() -> None:
    assert [truth({"not": part}) for part in (TRUE, FALSE, OPEN)] == [False, True, None]


@pytest.mark.parametrize(
    "raw",
    [{}, {"question": "t"}, {"in": ("yes",)}, {"question": "t", "in": ()}, {"all": ()}, {"every": (TRUE,)}, "t"],
)
def test_anything_else_is_refused(raw: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(When).validate_python(raw)


def test_leaves_are_found_in_file_order() -> None:
    when = TypeAdapter(When).validate_python({"all": (TRUE, {"any": (FALSE, {"not": OPEN})})})
    assert [leaf.question for leaf in leaves(when)] == ["t", "f", "o"]


def test_a_condition_is_written_as_it_was_read_and_read_again() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(When)
    raw = {"all": (TRUE, {"any": (FALSE, {"not": OPEN})})}
    when = adapter.validate_python(raw)
    assert adapter.dump_python(when, by_alias=True) == raw
    assert adapter.validate_python(when) is when
