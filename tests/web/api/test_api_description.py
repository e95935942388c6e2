"""The description of the API (OpenAPI) is true: of its examples, of its types, and of the real routes."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from okr_assistant.decision.model import Model
from okr_assistant.paths import ROOT
from okr_assistant.web.context import connect
from okr_assistant.web.routes.api.routes import operations
from tests.conftest import random_sheets
from tests.second_model import NEW, OLD, OTHER_OPTION, two_models
from tests.web.api.program import Program
from tests.web.site import a_site

OPERATIONS = [operation.id for operation in operations()]


@cache
def program() -> Program:
    return Program()


@cache
def described() -> dict[str, Any]:
    return read(program())


def read(asked: Program) -> dict[str, Any]:
    answer = asked.get("/api/v1/openapi.json")
    assert answer.status == 200, answer.text
    assert asked.get("/api/v1/openapi.json", {"if-none-match": answer.headers["etag"]}).status == 304
    found: dict[str, Any] = json.loads(answer.body)
    return found


def operation(id_: str) -> tuple[str, str, dict[str, Any]]:
    """Path, method and description of an operation."""
    return next(
        (path, method, entry)
        for path, methods in described()["paths"].items()
        for method, entry in methods.items()
        if entry["operationId"] == id_
    )


def content(bodies: dict[str, Any]) -> dict[str, Any]:
    """The one kind of content that a request or an answer has."""
    (found,) = bodies["content"].values()
    assert isinstance(found, dict)
    return found


def validator(schema: Any, components: dict[str, Any] | None = None) -> OAS31Validator:
    return OAS31Validator({"components": components or described()["components"]} | schema)


def test_it_is_valid_openapi() -> None:
    validate(described())


def test_every_operation_is_in_it_and_nothing_else() -> None:
    known = {(each.path, each.method.lower(), each.id) for each in operations()}
    found = {
        (path, method, entry["operationId"])
        for path, methods in described()["paths"].items()
        for method, entry in methods.items()
    }
    assert found == known


@pytest.mark.parametrize("id_", OPERATIONS)
def test_every_answer_and_every_refusal_has_a_schema(id_: str) -> None:
    _, method, entry = operation(id_)
    refusals = {"422", "429", "500", "503"} | ({"400", "408", "413", "415"} if method == "post" else set())
    assert refusals <= set(entry["responses"])
    for status, answer in entry["responses"].items():
        if status == "304":
            continue
        assert content(answer)["schema"]
        assert ("application/problem+json" in answer["content"]) is (int(status) >= 400)
    assert ("requestBody" in entry) is (method == "post")


@pytest.mark.parametrize("id_", [id_ for id_ in OPERATIONS if id_ != "openapi"])
def test_the_example_of_an_operation_is_what_happens(id_: str) -> None:
    """The description is no example of itself."""
    path, method, entry = operation(id_)
    (status,) = (status for status in entry["responses"] if status.startswith("20"))
    expected = content(entry["responses"][status])
    if method == "post":
        sent = content(entry["requestBody"])
        validator(sent["schema"]).validate(sent["example"])
        asked = Program(public_url="https://okr.example.org")
        answer = asked.sends(path.removeprefix("/api/v1/"), sent["example"])
    else:
        answer = program().get(path)
    assert answer.status == int(status)
    assert json.loads(answer.body) == expected["example"]
    validator(expected["schema"]).validate(expected["example"])


def closed(value: Any) -> Any:
    """The schemas with no key allowed that is not described; those joined by ``allOf`` as one."""
    if isinstance(value, list):
        return [closed(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "properties" in value and value.get("type") == "object":
        value = {"additionalProperties": False} | value
    return {key: closed(part) for key, part in value.items()}


def test_a_result_has_exactly_the_keys_that_are_described(model: Model) -> None:
    """The types let a later release add keys; this one has no others, and all of these."""
    components = closed(described()["components"])
    schemas = components["schemas"]
    whole = {"type": "object", "additionalProperties": False, "properties": {}, "required": []}
    for part in ("Recommendation", "Outlook"):
        whole["properties"] |= schemas[part]["properties"]
        whole["required"] += schemas[part]["required"]
    full = validator(whole, components)
    brief = validator({"$ref": "#/components/schemas/Recommendation"}, components)
    for answers in random_sheets(model, 60, seed=7):
        result = program().gets("assess", {"answers": answers})
        full.validate(result)
        brief.validate(program().gets("assess?brief=true", {"answers": answers}))
        assert not brief.is_valid(result), "it would accept anything"


def test_the_answers_of_every_model_are_described(tmp_path: Path) -> None:
    found = read(Program(a_site(two_models(tmp_path, OTHER_OPTION))))
    validate(found)
    schema = content(found["paths"]["/api/v1/assess"]["post"]["requestBody"])["schema"]
    sheets = validator(schema, found["components"])
    assert sheets.is_valid({"answers": {"measurability": "instrumented"}})
    assert sheets.is_valid({"answers": {"measurability": "instrumented"}, "model": NEW})
    assert sheets.is_valid({"answers": {"measurability": "instrument"}, "model": OLD})
    assert not sheets.is_valid({"answers": {"measurability": "instrument"}})
    assert not sheets.is_valid({"answers": {"measurability": "instrumented"}, "model": OLD})


# against the real routes, with what a program makes up from the description

_LETTERS = st.sampled_from("abcäßзם字🙂 -:'\"<&%{}()")
schemathesis.openapi.format("title", st.text(_LETTERS, max_size=40))
schemathesis.openapi.format("note", st.text(_LETTERS, max_size=60))

_CONFIG = schemathesis.Config.from_dict(
    {
        "generation": {"max-examples": 25, "deterministic": True, "database": "none"},
        "phases": {"stateful": {"enabled": False}},
    }
)
schema = schemathesis.openapi.from_dict(described(), config=_CONFIG)
schema.app = program().app


@schema.parametrize()
@settings(max_examples=25, derandomize=True, database=None)
def test_the_routes_do_what_is_described(case: schemathesis.Case) -> None:
    """Right requests are done, wrong ones refused as described, and none is an error of ours."""
    connect(program().site.services)
    case.headers = {**case.headers, "Host": "localhost"}
    answer = case.call_and_validate()
    assert answer.status_code < 500


def test_the_manual_names_every_address_and_every_status() -> None:
    manual = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path, methods in described()["paths"].items():
        for method, entry in methods.items():
            assert f"`{method.upper()} {path}`" in manual
            for status in entry["responses"]:
                assert re.search(rf"\b{status}\b", manual), status
