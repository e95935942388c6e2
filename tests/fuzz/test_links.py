"""What stands in addresses, cookies and fields for a code: only our own errors, or nothing, whatever comes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from okr_assistant.clock import is_token
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import MODELS
from okr_assistant.sharing.coded_sheet import code_sheet, read_coded_sheet
from okr_assistant.sharing.portable import open_portable, portable_payload
from okr_assistant.web.browser import browser_of
from okr_assistant.web.context import connect
from okr_assistant.web.draft import Draft, _read_address
from okr_assistant.web.forms import form_name
from okr_assistant.web.hosts import host_is_allowed, origin_is_allowed
from okr_assistant.web.workshop.participant.seat import seat_token
from okr_assistant.workshop.codes import read_code
from tests.conftest import random_sheets
from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import ODD_TEXTS, damaged_text
from tests.still import NOON
from tests.store.samples import a_record
from tests.web.site import a_site

OURS = Models(MODELS)
MODEL: Model = OURS.newest
CODES = [code_sheet(MODEL, answers) for answers in random_sheets(MODEL, 10)]
PAYLOADS = [*CODES, portable_payload(OURS, a_record(), with_text=True)]
SERVICES = a_site().services
ODD = st.sampled_from(ODD_TEXTS)


@pytest.mark.robustness(26)
@fuzz(500)
@given(damaged_text(PAYLOADS) | st.text(max_size=80))
def test_any_payload_opens_or_is_damaged(payload: str) -> None:
    with bounded(), suppress(OkrAssistantError):
        found = open_portable(OURS, payload)
        again = portable_payload(OURS, found, with_text="-" in payload)
        assert again[:12] == payload[:12], "only the canonical form opens"


@fuzz(500)
@given(damaged_text(CODES) | st.text(max_size=20))
def test_any_coded_sheet_is_read_or_refused(code: str) -> None:
    with bounded(), suppress(OkrAssistantError):
        found = read_coded_sheet(OURS, code)
        assert code_sheet(found.model, found.answers) == code


ADDRESS = st.dictionaries(
    st.sampled_from([*MODEL.questions_by_id, "a", "t", "utm_source", ""]) | ODD,
    st.lists(st.sampled_from(["change", "unsure", "number", *CODES]) | damaged_text(CODES) | ODD, max_size=3).map(
        tuple
    ),
    max_size=4,
)


@pytest.mark.robustness(24, 25)
@fuzz(300)
@given(ADDRESS, st.booleans())
def test_any_address_of_a_page_gives_a_draft_and_says_what_is_wrong(
    address: dict[str, tuple[str, ...]], had_one: bool
) -> None:
    before = Draft(MODEL, {"work_kind": "learn"}, "Before")
    with bounded():
        found = _read_address(SERVICES, address, before if had_one else None)
    if had_one and found.problems:
        assert found == replace(before, problems=found.problems)
    assert all(SERVICES.words.error_line(problem).isprintable() for problem in found.problems)


def as_decoded(text: str) -> str:
    """Without half a surrogate pair, which no form can bring."""
    return text.encode("utf-8", "replace").decode()


@pytest.fixture(scope="module", autouse=True)
def _connected() -> None:
    """Cookies have other names by https, which the services know."""
    connect(a_site().services)


def request(cookie: str) -> Request:
    headers: Any = [(b"cookie", cookie.encode("latin-1", "replace"))]
    return Request({"type": "http", "headers": headers})


COOKIES = ["okr_browser=SECRETTOKEN00000000001; seat=SECRETTOKEN00000000001", 'okr_browser="a\\073b"; Path=/; x']


@pytest.mark.robustness(25)
@fuzz(300)
@given(damaged_text(COOKIES) | st.text(max_size=50))
def test_any_cookie_is_a_token_or_nothing(cookie: str) -> None:
    with bounded():
        found = browser_of(request(cookie)), seat_token(request(cookie))
    assert all(is_token(token) for token in found if token)


@pytest.mark.robustness(33)
@fuzz(500)
@given(damaged_text(["ACDE-0123", "acde 0123", "ＡＣＤＥ０１２３"]) | st.text(max_size=30))
def test_whatever_is_typed_is_a_code_in_one_form_or_none(typed: str) -> None:
    with bounded():
        code = read_code(typed)
    if code is not None:
        assert len(code) == 8
        assert read_code(code) == code


@fuzz(300)
@given((damaged_text(["key.0123456789abcdef", "."]) | st.text(max_size=30)).map(as_decoded))
def test_no_token_of_a_form_is_right_by_chance(token: str) -> None:
    with bounded():
        assert form_name(token, b"secret" * 6, "vote", "room", NOON) is None


HOSTS = ["localhost:8501", "[::1]:8501", "evil.example:80", "https://okr.example", "127.0.0.1", "user@localhost"]


@pytest.mark.robustness(43)
@fuzz(500)
@given(damaged_text(HOSTS) | st.text(max_size=30))
def test_any_host_and_origin_is_welcome_or_not(header: str) -> None:
    with bounded():
        assert host_is_allowed(header, {"localhost"}) in {True, False}
        assert origin_is_allowed(header, "localhost:8501", "https://okr.example") in {True, False}
