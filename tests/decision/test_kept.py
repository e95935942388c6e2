"""Why we keep a disagreement: each has its reason and no reason is left over; a file that is wrong is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okr_assistant.decision.agreement import evaluate
from okr_assistant.decision.cases import Case
from okr_assistant.decision.loader import read_cases, read_kept
from okr_assistant.decision.model import Model
from okr_assistant.errors import ModelFileError
from okr_assistant.paths import CASES, KEPT
from okr_assistant.words import Words


@pytest.fixture(scope="module")
def cases(model: Model) -> tuple[Case, ...]:
    return read_cases(CASES, model)


def test_every_disagreement_says_why_we_keep_it_and_no_reason_is_left_over(
    model: Model, cases: tuple[Case, ...]
) -> None:
    disagreements = [found.case.id for found in evaluate(model, cases).disagreements]
    assert list(read_kept(KEPT, model, cases)) == disagreements


def test_the_reasons_are_a_sentence_or_two_and_calm(model: Model, cases: tuple[Case, ...]) -> None:
    for id_, why in read_kept(KEPT, model, cases).items():
        assert re.fullmatch(r"[A-Z][^.!?]+\.( [A-Z][^.!?]+\.)?", why), id_


def test_reasons_of_another_model_are_not_shown(model: Model, cases: tuple[Case, ...], tmp_path: Path) -> None:
    file = tmp_path / "kept.toml"
    file.write_text(f'[why."2026.31"]\n{cases[0].id} = "We differ."\n', encoding="utf-8")
    assert read_kept(file, model, cases) == {}


BAD = {
    "unknown key": ('colour = 1\n[why."2026.1"]\n', "unknown_key", ": colour"),
    "nothing at all": ("", "missing_key", ": why"),
    "no version": ('[why.newest]\na = "b"\n', "not_allowed", ": why.newest"),
    "no table": ('[why]\n"2026.1" = "b"\n', "not_allowed", ": why.2026.1"),
    "a number": ('[why."2026.1"]\nsvorstol-payroll = 1\n', "not_allowed", ": why.2026.1.svorstol-payroll"),
    "no words": ('[why."2026.1"]\nsvorstol-payroll = ""\n', "not_allowed", ": why.2026.1.svorstol-payroll"),
    "no case": ('[why."2026.1"]\nnobody = "Why."\n', "unknown_id", ": why.2026.1"),
    "no case, of another model": ('[why."2026.2"]\nnobody = "Why."\n', "unknown_id", ": why.2026.2"),
    "the same case twice": ('[why."2026.1"]\na = "Why."\na = "Why."\n', "not_toml", "kept.toml"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_file_is_refused_with_file_and_key(
    name: str, model: Model, cases: tuple[Case, ...], words: Words, tmp_path: Path
) -> None:
    text, problem, place = BAD[name]
    file = tmp_path / "kept.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelFileError) as error:
        read_kept(file, model, cases)
    assert error.value.problem == problem
    assert error.value.place.startswith(str(file))
    assert place in error.value.place
    assert "\n" not in words.error_line(error.value)
