"""Settings: what is taken, what is refused, and that all are described."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okr_assistant.errors import SettingsError
from okr_assistant.settings import PREFIX, Settings, read_settings, variable

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


def test_nothing_has_to_be_set() -> None:
    assert read_settings() == Settings(public_url=None, full_tracebacks=False)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://okr.example.org", "https://okr.example.org"),
        ("https://okr.example.org/", "https://okr.example.org"),
        (" http://192.168.1.20:8501 ", "http://192.168.1.20:8501"),
        ("HTTPS://OKR.Example.org:443", "https://okr.example.org"),
        ("https://größe.example", "https://xn--gre-6ka8i.example"),
        ("http://[::1]:8501", "http://[::1]:8501"),
        ("", None),
    ],
)
def test_a_public_address_is_used_without_its_last_slash(
    given: str, used: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_PUBLIC_URL", given)
    assert read_settings().public_url == used


@pytest.mark.parametrize(
    "given",
    [
        "okr.example.org",
        "ftp://okr.example.org",
        "https://",
        "https://okr.example.org/path",
        "https://okr.example.org?a=1",
        "https://okr.example.org#a",
        "https://user:word@okr.example.org",
        "https://okr.example.org:port",
        "https://okr.example.org:99999",
        "javascript:alert(1)",
        "https://okr example.org",
    ],
)
def test_any_other_public_address_is_refused_by_name(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_PUBLIC_URL", given)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert refusal.value.problem == "not_allowed"
    assert refusal.value.place == "OKR_ASSISTANT_PUBLIC_URL"
    assert "https://okr.example.org" in refusal.value.allowed


@pytest.mark.parametrize(
    ("given", "used"),
    [("/var/lib/okr", Path("/var/lib/okr")), ("data", Path("data")), ("~/okr", Path.home() / "okr"), ("", None)],
)
def test_the_data_folder_is_a_path(given: str, used: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATA", given)
    assert read_settings().data == used


def test_the_home_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATA", "~nobody-of-this-name/okr")
    with pytest.raises(SettingsError, match=r"OKR_ASSISTANT_DATA.*a folder"):
        read_settings()


def test_a_wrong_switch_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_FULL_TRACEBACKS", "perhaps")
    with pytest.raises(SettingsError, match=r"OKR_ASSISTANT_FULL_TRACEBACKS.*perhaps.*true or false"):
        read_settings()


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://okr:my-password@db.example.org/goals",
        "postgres://okr@/goals?host=/run/postgresql",
        "postgresql://[::1]:5433/goals?sslmode=verify-full",
    ],
)
def test_a_database_has_an_address(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATABASE_URL", given)
    assert read_settings().database_url == given
    assert "my-password" not in repr(read_settings())


@pytest.mark.parametrize(
    "given",
    [
        "mysql://okr:my-password@db/goals",
        "postgresql+asyncpg://okr:my-password@db/goals",
        "postgresql://okr:my-password@db",
        "postgresql://okr:my-password@db/",
        "postgresql://okr:my-password@db:port/goals",
        "postgresql://okr:my-password@[db/goals",
        "postgresql://okr:an@my-password@db/goals",
        "my-password",
    ],
)
def test_an_address_of_a_database_that_cannot_be_used_is_never_quoted(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATABASE_URL", given)
    with pytest.raises(SettingsError, match=r"DATABASE_URL.*postgresql://USER:PASSWORD@HOST/DATABASE") as refusal:
        read_settings()
    assert "my-password" not in str(refusal.value) + repr(refusal.value)


@pytest.mark.parametrize("name", ["OKR_ASSISTANT_PUBLIC_ADDRESS", "OKR_ASSISTANT_", "okr_assistant_publicurl"])
def test_a_mistyped_name_is_not_ignored(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "https://okr.example.org")
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert refusal.value.problem == "unknown_key"
    assert refusal.value.found == name
    assert "OKR_ASSISTANT_PUBLIC_URL" in refusal.value.allowed


def test_every_setting_is_described_with_what_is_allowed() -> None:
    described = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert described == [f"## `{variable(field)}`" for field in Settings.model_fields]
    assert all(field.description for field in Settings.model_fields.values())
