"""What each operation does: from a request that was read to its answer. The contract is the library's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from okr_assistant.decision.assessment import assessment, contract
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import read_sheet, sheet_from_json
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import OkrAssistantError, SheetError, UnknownModelError
from okr_assistant.export.programs.answers import fault, model_json
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.web.context import Services, services
from okr_assistant.web.plain_pages import interface_words
from okr_assistant.web.routes.api.answers import LinkAnswer
from okr_assistant.web.routes.api.endpoint import Call
from okr_assistant.web.routes.api.link_request import LinkRequest, read_link_request
from okr_assistant.web.routes.api.problems import RequestError
from okr_assistant.web.routes.api.responses import as_bytes, kept, once
from okr_assistant.web.routes.opening import base

MOST_SHEETS = 100
BATCH_BYTES = 1024 * 1024


def assess(call: Call) -> Response:
    """Answer with what follows from one sheet, as `okr-assistant assess --json` prints it."""
    brief = _brief(call)
    models = services().models
    sheet = read_sheet(call.body)
    return once(contract(models.for_sheet(sheet), sheet, brief=brief))


def batch(call: Call) -> Response:
    """Answer with one result for each sheet, in order; a wrong one has its error in its place."""
    brief = _brief(call)
    sheets = _sheets(read_json(call.body, "batch", most=BATCH_BYTES))
    call.gate.sheets.take(call.client, max(0, len(sheets) - 1))  # one was taken when it came
    models = services().models
    return once({"results": [result_of(models, raw, at, brief=brief) for at, raw in enumerate(sheets, 1)]})


def _sheets(raw: Any) -> list[Any]:
    if not isinstance(raw, dict):
        raise SheetError("wrong_type", place="batch", found=raw, allowed='a table with "sheets"')
    for key in raw:
        if key != "sheets":
            raise SheetError("unknown_key", place="batch", found=key, allowed="sheets")
    if "sheets" not in raw:
        raise SheetError("missing_key", place="batch: sheets")
    sheets = raw["sheets"]
    if not isinstance(sheets, list):
        raise SheetError("wrong_type", place="batch: sheets", found=sheets, allowed="a list of sheets")
    if len(sheets) > MOST_SHEETS:
        found = f"{len(sheets)} sheets"
        raise SheetError("too_many", place="batch: sheets", found=found, allowed=f"at most {MOST_SHEETS}")
    return sheets


def result_of(models: Models, raw: Any, number: int, *, brief: bool) -> dict[str, Any]:
    """Return the result of a sheet of a batch, the first being number 1, or what is wrong with it."""
    place = f"batch: sheets.{number}"
    try:
        sheet = sheet_from_json(raw, place)
        return contract(models.for_sheet(sheet, place), sheet, brief=brief)
    except OkrAssistantError as error:
        return {"error": fault(error, interface_words())}


def model(call: Call) -> Response:
    """Answer with a model for programs; 304 when the client has it already."""
    known = services()
    version = call.query.get("version")
    try:
        found = known.models.newest if version is None else known.models.get(version)
    except UnknownModelError as error:
        allowed = known.models.versions
        raise RequestError(
            "unknown_model", 404, place="address: version", found=version, allowed=allowed
        ) from error
    return kept(call, as_bytes(model_json(found, known.words)), found.digest)


@dataclass(frozen=True, slots=True)
class LinkMaker:
    """Makes links as the page *Share* does; they begin with ``public_url``, else with the host that was asked."""

    public_url: str | None

    def __call__(self, call: Call) -> Response:
        """Answer with the new link; only a stored one is written down, and has a limit of its own."""
        wanted = read_link_request(read_json(call.body, "link"))
        known = services()
        found = known.models.for_sheet(wanted.record.sheet, "link: sheet")
        begin = base(call.request, self.public_url)
        if wanted.kind == "portable":
            payload = portable_payload(known.models, wanted.record, with_text=wanted.with_text)
            made = LinkAnswer(kind="portable", address=f"{begin}/p/{payload}", expires_at=None, owner_address=None)
        else:
            call.gate.links.take(call.client)
            made = _stored(known, found, wanted, begin)
        return once(made.model_dump(mode="json"), 201)


def _stored(known: Services, model: Model, wanted: LinkRequest, begin: str) -> LinkAnswer:
    lifetime = timedelta(days=wanted.days)
    new = known.links.make(assessment(model, wanted.record.sheet), wanted.record, wanted.level, lifetime)
    return LinkAnswer(
        kind="stored",
        address=f"{begin}/r/{new.token}",
        expires_at=new.expires_at,
        owner_address=f"{begin}/o/{new.owner_key}",
    )


def _brief(call: Call) -> bool:
    brief = call.query.get("brief", "false")
    if brief not in ("true", "false"):
        raise RequestError("not_allowed", 422, place="address: brief", found=brief, allowed="true, false")
    return brief == "true"
