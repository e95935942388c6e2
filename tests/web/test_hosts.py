"""Which Host and Origin headers are welcome, and what is printed at start."""

from __future__ import annotations

import pytest

from okr_assistant.paths import LOCALES
from okr_assistant.web.hosts import address_lines, host_is_allowed, origin_is_allowed, own_names
from okr_assistant.words import read_words

NAMES = own_names("0.0.0.0", "https://okr.example.org")

WORDS = read_words(LOCALES)


@pytest.mark.parametrize(
    "header",
    [
        "localhost",
        "localhost:8501",
        "LOCALHOST:8501",
        "localhost.",
        "okr.localhost:80",
        "127.0.0.1:8501",
        "[::1]:8501",
        "192.168.1.20:8501",
        "okr.example.org",
        "OKR.example.org:443",
    ],
)
def test_own_names_and_bare_addresses_are_welcome(header: str) -> None:
    assert host_is_allowed(header, NAMES)


@pytest.mark.robustness(43)
@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "okr.example.org.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8501",
        "localhost:port",
        "localhost:99999",
        "user@localhost",
        "localhost/path",
        "localhost?query",
        "[::1",
        "evil.example#localhost",
    ],
)
def test_every_other_name_and_every_broken_header_is_refused(header: str) -> None:
    assert not host_is_allowed(header, NAMES)


def test_the_name_listened_on_is_welcome() -> None:
    assert host_is_allowed("desk.lan:8501", own_names("Desk.lan", None))
    assert not host_is_allowed("desk.lan:8501", own_names("127.0.0.1", None))


@pytest.mark.robustness(43)
@pytest.mark.parametrize(
    ("origin", "welcome"),
    [
        (None, True),
        ("http://localhost:8501", True),
        ("https://okr.example.org", True),
        ("http://localhost:9999", False),
        ("https://evil.example", False),
        ("http://okr.example.org.evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_our_own_pages_open_a_websocket(origin: str | None, welcome: bool) -> None:
    assert origin_is_allowed(origin, "localhost:8501", "https://okr.example.org") is welcome


def test_an_empty_origin_does_not_match_an_empty_host() -> None:
    assert not origin_is_allowed("", "", None)


def test_the_address_for_this_machine_is_called_localhost() -> None:
    assert address_lines("127.0.0.1", 8501, None, WORDS) == ["OKR Assistant is at http://localhost:8501"]
    assert address_lines("::1", 80, None, WORDS) == ["OKR Assistant is at http://localhost:80"]
    assert address_lines("fd00::5", 80, None, WORDS) == ["OKR Assistant is at http://[fd00::5]:80"]


def test_serving_the_local_network_prints_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okr_assistant.web.hosts.lan_address", lambda: "192.168.1.20")
    lines = address_lines("0.0.0.0", 8501, "https://okr.example.org", WORDS)
    assert lines == [
        "OKR Assistant is at http://localhost:8501",
        "On the local network: http://192.168.1.20:8501",
        "In links: https://okr.example.org",
    ]


def test_without_a_network_only_this_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okr_assistant.web.hosts.lan_address", lambda: None)
    assert address_lines("0.0.0.0", 8501, None, WORDS) == ["OKR Assistant is at http://localhost:8501"]
