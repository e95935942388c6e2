"""Many at once gives exactly what one by one gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pytest

from okr_assistant.decision import batch as batch_module
from okr_assistant.decision.assess import assess
from okr_assistant.decision.batch import VERDICTS, Batch, code_sheets
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.tables import tables_of
from okr_assistant.errors import SheetError
from tests.conftest import random_sheets
from tests.decision.random_models import every_sheet, random_model


def same_as_assess(model: Model, sheets: Iterable[Mapping[str, str]]) -> None:
    sheets = list(sheets)
    batch, codes, tables = Batch(model), code_sheets(model, sheets), tables_of(model)
    for answers, mask, verdict in zip(sheets, batch.outcomes(codes), batch.verdicts(codes), strict=True):
        result = assess(model, AnswerSheet(answers))
        assert tables.names(int(mask)) == result.outcome, answers
        assert VERDICTS[verdict] == result.verdict, answers


@pytest.mark.long
def test_random_sheets_of_the_real_model(model: Model) -> None:
    """With open, unsure and hidden answers among them."""
    same_as_assess(model, random_sheets(model, 100_000, seed=7))


@pytest.mark.parametrize("seed", range(40))
def test_every_sheet_of_a_small_model(seed: int) -> None:
    model = random_model(seed)
    same_as_assess(model, every_sheet(model))


@pytest.mark.parametrize("approaches", [2, 8, 9, 17])
def test_any_number_of_approaches(approaches: int) -> None:
    model = random_model(approaches, approaches=approaches)
    same_as_assess(model, every_sheet(model))


@pytest.mark.parametrize("approaches", [3, 5, 9])
def test_sums_that_need_wider_lanes(approaches: int) -> None:
    model = random_model(approaches, questions=40, approaches=approaches)
    same_as_assess(model, random_sheets(model, 2000))


@pytest.mark.parametrize("seed", range(20))
def test_rules_that_do_not_fit_into_a_table(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_module, "_ENTRIES", 6)
    model = random_model(seed)
    same_as_assess(model, every_sheet(model))


def test_every_sheet_of_every_chunk_is_answered(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = code_sheets(model, random_sheets(model, 1000))
    expected = Batch(model).outcomes(codes)
    monkeypatch.setattr(batch_module, "_CHUNK", 77)
    assert (Batch(model).outcomes(codes) == expected).all()
    assert (Batch(model).outcomes(np.asfortranarray(codes)) == expected).all(), (
        "in whichever order they lie in memory"
    )


def test_no_sheets(model: Model) -> None:
    codes = code_sheets(model, [])
    assert codes.shape == (0, len(model.questions))
    assert (len(Batch(model).outcomes(codes)), len(Batch(model).verdicts(codes))) == (0, 0)


def test_an_unknown_answer_is_refused(model: Model) -> None:
    with pytest.raises(SheetError) as error:
        code_sheets(model, [{}, {"work_kind": "changes"}])
    assert error.value.problem == "unknown_option"


def test_wrong_codes_are_refused(model: Model) -> None:
    codes = code_sheets(model, [{}, {}])
    wrong = codes.copy()
    wrong[1, 0] += 1
    with pytest.raises(ValueError, match="work_kind"):
        Batch(model).outcomes(wrong)
    for shape in (codes[0], codes[:, 1:], codes.astype(np.int64)):
        with pytest.raises(ValueError, match="one row a sheet"):
            Batch(model).outcomes(shape)
