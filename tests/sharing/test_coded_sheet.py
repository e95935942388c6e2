"""The coded sheet: twelve characters, one form, nothing reinterpreted."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.errors import PayloadError, SheetError
from okr_assistant.paths import MODELS
from okr_assistant.sharing.coded_sheet import code_sheet, read_coded_sheet
from tests.conftest import random_sheets

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def opens(models: Models, text: str) -> bool:
    try:
        read_coded_sheet(models, text)
    except PayloadError:
        return False
    return True


def test_what_is_coded_is_read_again(models: Models, model: Model) -> None:
    for answers in random_sheets(model, 2000):
        text = code_sheet(model, answers)
        assert len(text) == 12
        assert read_coded_sheet(models, text) == (model, answers)


def test_hidden_answers_are_carried(models: Models, model: Model) -> None:
    answers = {"outcome_clarity": "unknown", "measurability": "baseline"}
    assert read_coded_sheet(models, code_sheet(model, answers)).answers == answers


@pytest.mark.robustness(26)
def test_every_single_damaged_character_is_noticed(models: Models, model: Model) -> None:
    """300 sheets, every place, three other characters each; fewer than 1 in 20,000 may slip through."""
    dice = random.Random(5)
    tries = accepted = 0
    for answers in random_sheets(model, 300, seed=5):
        text = code_sheet(model, answers)
        for place in range(len(text)):
            for other in dice.sample(ALPHABET, 3):
                if other != text[place]:
                    tries += 1
                    accepted += opens(models, text[:place] + other + text[place + 1 :])
    assert tries > 10_000
    assert accepted / tries < 1 / 20_000


@pytest.mark.robustness(26)
def test_random_payloads_do_not_open(models: Models) -> None:
    dice = random.Random(6)
    opened = sum(opens(models, "".join(dice.choices(ALPHABET, k=12))) for _ in range(10_000))
    assert opened == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0" * 11,
        "0" * 13,
        "0" * 1_000_000,
        "é" * 12,
        "000000000000=",
        "٠" * 12,
        "000 00000000",
        "\x00" * 12,
    ],
)
def test_what_is_no_coded_sheet_is_refused(models: Models, text: str) -> None:
    with pytest.raises(PayloadError) as caught:
        read_coded_sheet(models, text)
    assert caught.value.problem in {"not_a_coded_sheet", "damaged"}


def test_only_the_canonical_length_opens(models: Models, model: Model) -> None:
    text = code_sheet(model, {})
    assert text.startswith("0")
    assert not opens(models, text.lstrip("0"))
    assert not opens(models, "0" + text)


def test_a_sheet_of_an_edited_model_is_refused_and_not_reinterpreted(
    models: Models, model: Model, tmp_path: Path
) -> None:
    shutil.copytree(MODELS, tmp_path / "models")
    file = tmp_path / "models" / model.version / "model.toml"
    file.write_text(file.read_text("utf-8").replace("points = 6", "points = 5"), "utf-8")
    edited = Models(tmp_path / "models")
    refused = sum(not opens(edited, code_sheet(model, answers)) for answers in random_sheets(model, 200, seed=7))
    assert refused >= 199
    assert opens(models, code_sheet(model, {}))


def test_each_version_opens_its_own_sheets_beside_others_of_the_same_number(model: Model, tmp_path: Path) -> None:
    shutil.copytree(MODELS, tmp_path / "models")
    own, named = tmp_path / "models" / model.version, tmp_path / "models" / f"{model.version}+acme"
    shutil.copytree(own, named)
    file = named / "model.toml"
    file.write_text(file.read_text("utf-8").replace(f'"{model.version}"', f'"{model.version}+acme"'), "utf-8")
    models = Models(tmp_path / "models")
    for version in models.versions:
        coded = code_sheet(models.get(version), {"work_kind": "change"})
        assert read_coded_sheet(models, coded).model.version == version


def test_unknown_answers_cannot_be_coded(model: Model) -> None:
    with pytest.raises(SheetError):
        code_sheet(model, {"work_kind": "something"})
