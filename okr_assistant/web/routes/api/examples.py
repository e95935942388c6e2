"""One example of each operation: what is sent is written here, what is answered is worked out."""

from __future__ import annotations

from typing import Any, NamedTuple

from okr_assistant.decision.assessment import contract
from okr_assistant.decision.sheet import sheet_from_json
from okr_assistant.export.programs.answers import model_json
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.web.context import Services
from okr_assistant.web.routes.api.link_request import read_link_request
from okr_assistant.web.routes.api.operations import result_of

HOST = "https://okr.example.org"
_SHEET = {"answers": {"work_kind": "sustain", "outcome_clarity": "only_output"}, "title": "Payroll"}
_BATCH = [{"answers": {"work_kind": "learn"}}, {"answers": {"work_kind": "paint"}}]
_LINK = {"kind": "portable", "sheet": _SHEET, "with_text": True}


class Example(NamedTuple):
    """``sent`` is None where nothing is posted."""

    sent: Any
    answer: Any


def examples(known: Services) -> dict[str, Example]:
    """Return the examples by id of their operation."""
    models = known.models
    sheet = sheet_from_json(_SHEET)
    payload = portable_payload(models, read_link_request(_LINK).record, with_text=True)
    made = {"kind": "portable", "address": f"{HOST}/p/{payload}", "expires_at": None, "owner_address": None}
    results = [result_of(models, raw, number, brief=False) for number, raw in enumerate(_BATCH, start=1)]
    return {
        "assess": Example(_SHEET, contract(models.for_sheet(sheet), sheet, brief=False)),
        "batch": Example({"sheets": _BATCH}, {"results": results}),
        "links": Example(_LINK, made),
        "model": Example(None, model_json(models.newest, known.words)),
    }
