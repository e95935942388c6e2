"""The description of the API (OpenAPI 3.1), made from its operations and the types of their bodies."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from okr_assistant.decision.outlook import Outlook
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.registry import Models
from okr_assistant.export.programs.answers import ModelAnswer
from okr_assistant.export.programs.sheets import sheet_type
from okr_assistant.web.context import Services
from okr_assistant.web.routes.api.answers import FaultyResult, LinkAnswer, Problem
from okr_assistant.web.routes.api.endpoint import JSON, Operation
from okr_assistant.web.routes.api.examples import Example, examples
from okr_assistant.web.routes.api.problems import MEDIA_TYPE
from okr_assistant.web.routes.api.requests import batch_type, link_types

_Json: TypeAlias = dict[str, Any]

_POSTED = (400, 413, 415, 422)
_ALWAYS = (422, 429, 500, 503)
_REF = "#/components/schemas/"


def description(known: Services, operations: Iterable[Operation]) -> _Json:
    """Return the description of these operations, for an installation with these models."""
    schemas, components = _schemas(known.models)
    shown = examples(known)
    parameters = _parameters(known.models)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OKR Assistant",
            "version": "1",
            "summary": "Should this piece of work have OKRs, and if not, what should it have instead?",
            "description": "The same decision as on the screen and on the command line.",
        },
        "servers": [{"url": "/"}],
        "security": [],
        "paths": {
            operation.path: {operation.method.lower(): _operation(operation, schemas, parameters, shown)}
            for operation in operations
        },
        "components": {"schemas": components},
    }


def _schemas(models: Models) -> tuple[_Json, _Json]:
    """The schema of each body by the name that operations give it, and the components that they refer to."""
    sheet = sheet_type(models)
    sent = {"sheet": sheet, "batch": batch_type(sheet), "link": link_types(sheet)}
    answered = {
        "brief": Recommendation,
        "outlook": Outlook,
        "faulty": FaultyResult,
        "model": ModelAnswer,
        "made": LinkAnswer,
        "problem": Problem,
    }
    inputs: list[Any] = [(name, "validation", TypeAdapter(type_)) for name, type_ in sent.items()]
    inputs += [(name, "serialization", TypeAdapter(type_)) for name, type_ in answered.items()]
    found, rest = TypeAdapter.json_schemas(inputs, ref_template=f"{_REF}{{model}}")
    schemas: _Json = {name: schema for (name, _), schema in found.items()}
    result = {"$ref": f"{_REF}Result"}
    schemas["result"] = {"anyOf": [result, schemas["brief"]]}
    schemas["results"] = _closed({"results": [result, schemas["brief"], schemas["faulty"]]})
    schemas["description"] = {"type": "object"}
    whole = {"description": "All that follows from a sheet.", "allOf": [schemas["brief"], schemas["outlook"]]}
    return schemas, rest["$defs"] | {"Result": whole}


def _closed(lists: dict[str, list[_Json]]) -> _Json:
    """A table of lists, each of entries of these kinds."""
    properties = {name: {"type": "array", "items": {"anyOf": kinds}} for name, kinds in lists.items()}
    return {"type": "object", "properties": properties, "required": list(lists), "additionalProperties": False}


def _parameters(models: Models) -> _Json:
    brief = {"type": "boolean", "default": False, "description": "Leave out what needs foresight or flips."}
    version = {"type": "string", "enum": list(models.versions), "description": "The newest, if it is not there."}
    return {
        name: {"name": name, "in": "query", "description": schema.pop("description"), "schema": schema}
        for name, schema in (("brief", brief), ("version", version))
    }


def _operation(operation: Operation, schemas: _Json, parameters: _Json, shown: dict[str, Example]) -> _Json:
    example = shown.get(operation.id)
    sent, answer = ({"example": part} for part in example) if example else ({}, {})
    found: _Json = {
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": [parameters[name] for name in operation.query],
        "responses": {
            str(operation.status): _response(
                operation.status, JSON, {"schema": schemas[operation.answer]} | answer
            )
        },
    }
    if operation.method == "GET":
        found["responses"]["304"] = {"description": HTTPStatus(304).phrase}
    else:
        body = {"schema": schemas[operation.sent]} | sent
        found["requestBody"] = {"required": True, "content": {JSON: body}}
    for status in sorted({*_ALWAYS, *operation.refusals, *(_POSTED if operation.sent else ())}):
        found["responses"][str(status)] = _response(status, MEDIA_TYPE, {"schema": schemas["problem"]})
    return found


def _response(status: int, media_type: str, content: _Json) -> _Json:
    found: _Json = {"description": HTTPStatus(status).phrase, "content": {media_type: content}}
    if status in (429, 503):
        seconds = {"schema": {"type": "integer"}, "description": "Seconds after which to try again."}
        found["headers"] = {"Retry-After": seconds}
    return found
