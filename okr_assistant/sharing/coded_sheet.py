"""The coded sheet: all answers and the model version in a few letters and digits of an address.

From the low end of one large number: format (4 bits), model number (10 bits), check (16 bits), answers in mixed
radix (for each question in order: 0 is open, then its options, then ``unsure``), written in base 62 at the one
length that the model's questionnaire needs: 12 characters for 2026.1. The check is taken over format, the SHA-256
of the model and the answers, so that a sheet coded with an edited model is refused and never reinterpreted. It
protects from damage, not from people: whoever can edit an address can choose other answers.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import check_sheet
from okr_assistant.errors import PayloadError
from okr_assistant.sharing import base62

_FORMAT = 1
_FORMATS = 1 << 4
_MODELS = 1 << 10
_CHECKS = 1 << 16
_HEAD = _FORMATS * _MODELS * _CHECKS
_MAX_LENGTH = 64
_FIRST_YEAR = 2026
_PER_YEAR = 32


class CodedSheet(NamedTuple):
    """What an address holds: the model that the answers were given on, and the answers."""

    model: Model
    answers: dict[str, str]


def code_sheet(model: Model, answers: Mapping[str, str]) -> str:
    """Return the answers as the one canonical text for this model; ``SheetError`` for unknown ids."""
    check_sheet(model, answers)
    coded = 0
    for question in reversed(model.questions):
        answer = answers.get(question.id)
        digit = 0 if answer is None else 1 + question.choices.index(answer)
        coded = coded * _radix(len(question.choices)) + digit
    number = coded * _CHECKS + _check(model, coded)
    number = (number * _MODELS + _model_number(model.version)) * _FORMATS + _FORMAT
    return base62.encode(number, _length(model))


def read_coded_sheet(models: Models, text: str, place: str = "a") -> CodedSheet:
    """Return model and answers; ``PayloadError`` when the text is damaged or its model is not here."""
    if len(text) > _MAX_LENGTH or not re.fullmatch(r"[0-9A-Za-z]+", text):
        raise PayloadError(
            "not_a_coded_sheet", place=place, found=text, allowed=f"1 to {_MAX_LENGTH} of 0-9, A-Z, a-z"
        )
    number, format_ = divmod(base62.decode(text), _FORMATS)
    number, model_number = divmod(number, _MODELS)
    coded, check = divmod(number, _CHECKS)
    candidates = [version for version in models.versions if _model_number(version) == model_number]
    if format_ == _FORMAT:
        for version in candidates:
            model = models.get(version)
            if len(text) == _length(model) and coded < _sheets(model) and check == _check(model, coded):
                return CodedSheet(model, _answers(model, coded))
    raise PayloadError("damaged", place=place, found=text)


def _answers(model: Model, coded: int) -> dict[str, str]:
    answers = {}
    for question in model.questions:
        coded, digit = divmod(coded, _radix(len(question.choices)))
        if digit:
            answers[question.id] = question.choices[digit - 1]
    return answers


def _radix(choices: int) -> int:
    """Every choice, and open."""
    return choices + 1


def _sheets(model: Model) -> int:
    """How many different sheets there are."""
    return math.prod(_radix(len(question.choices)) for question in model.questions)


def _length(model: Model) -> int:
    """How many characters every number of this model fits into; every sheet is written at this length."""
    length, numbers = 1, _sheets(model) * _HEAD
    while len(base62.DIGITS) ** length < numbers:
        length += 1
    return length


def _check(model: Model, coded: int) -> int:
    data = f"{_FORMAT}\n{model.digest}\n{coded}".encode()
    return int.from_bytes(hashlib.sha256(data).digest()[:2])


def _model_number(version: str) -> int:
    """``2026.1`` is 1, ``2027.3`` is 35: 32 years of 31 models; a name after ``+`` does not count."""
    year, _, count = version.partition("+")[0].partition(".")
    return (int(year) - _FIRST_YEAR) * _PER_YEAR + int(count)
