"""What every answer carries, over every route of ours and of Streamlit's, refusals and failures among them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

from okr_assistant.web.routes import all_routes
from tests.serving import Server
from tests.web.guarded import SECRET, Asked, ask, every_answer, filled, guarded_server

pytestmark = [pytest.mark.server, pytest.mark.long]

HEADERS = {
    "content-security-policy": "default-src '(self|none)'; .*frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": r"accelerometer=\(\), camera=\(\), .*microphone=\(\).*",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store|no-cache|private, .*|public, .*|max-age=86400",
}
SAME_FOR_EVERYBODY = re.compile(
    r"/(api/v1/(model|openapi\.json)|copy\.js|focus\.js|page\.js|room\.js|favicon\.png|robots\.txt|static/.*|_stcore/(health|host-config)|component/.*)"
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with guarded_server(tmp_path_factory.mktemp("guarded")) as server:
        yield server


@pytest.fixture(scope="module")
def answers(guarded: Server) -> list[Asked]:
    return every_answer(guarded)


def test_every_route_and_every_kind_of_refusal_is_among_them(answers: list[Asked]) -> None:
    asked = {each.path for each in answers}
    assert {filled(route.path) for route in all_routes()} <= asked  # type: ignore[attr-defined]
    assert {"/media/0123456789abcdefghijAB", "/_stcore/host-config"} <= asked, "of Streamlit"
    assert {each.answer.status for each in answers} >= {200, 204, 400, 403, 404, 405, 413, 500, 503}
    assert len(answers) > 300


@pytest.mark.parametrize("name", HEADERS)
def test_every_answer_has_the_header(answers: list[Asked], name: str) -> None:
    for each in answers:
        found = each.answer.headers.get(name, "")
        assert re.fullmatch(HEADERS[name], found), f"{each}: {found}"


def test_nothing_is_kept_but_what_is_the_same_for_everybody(answers: list[Asked]) -> None:
    """Streamlit's empty page is so too, as long as it gives nobody their id."""
    empty = {b"", (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()}
    kept = [each for each in answers if each.answer.headers["cache-control"] != "no-store"]
    for each in kept:
        assert SAME_FOR_EVERYBODY.fullmatch(each.path) or each.answer.body in empty, each
        assert "okr_" not in each.answer.headers.get("set-cookie", ""), each
    assert {"/copy.js", "/favicon.png"} <= {each.path for each in kept}


def test_no_answer_says_what_went_wrong_inside(answers: list[Asked]) -> None:
    failed = [each for each in answers if each.answer.status >= 500]
    assert {each.answer.status for each in failed} == {500, 503}
    for each in answers:
        for told in (SECRET, "Traceback", "RuntimeError", "site-packages", "/somewhere", "storage_full"):
            assert told.encode() not in each.answer.body, each


def test_a_failure_outside_every_route_is_our_own_page(guarded: Server) -> None:
    answer = ask(guarded, "GET", "/test/fails").answer
    assert (answer.status, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert b"<h1" in answer.body


FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
    "X-Real-IP": "203.0.113.9",
    "X-Original-URL": "/o/x",
    "X-Rewrite-URL": "/o/x",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
}


def test_nothing_believes_what_a_proxy_is_said_to_have_forwarded(guarded: Server) -> None:
    """Whoever asks from this machine could say so; uvicorn would believe the first."""
    token = json.loads(guarded.get("/test/share").body)[0]
    for path in ("/", f"/r/{token}", f"/r/{token}/remark", "/join", "/p/damaged", "/healthz/", "/auth/login"):
        plain, forwarded = (ask(guarded, "GET", path, headers).answer for headers in ({}, FORWARDED))
        assert plain.status == forwarded.status
        assert b"evil" not in forwarded.body
        assert "evil" not in str(forwarded.headers)
        assert b"https://127.0.0.1" not in forwarded.body
        assert "Secure" not in forwarded.headers.get("set-cookie", "")
        if path.startswith("/r/") and not path.endswith("remark"):
            assert plain.body == forwarded.body
            assert b"http://127.0.0.1" in plain.body, "an address with a scheme"
