"""The commands about what is kept: what they say, and with which exit code."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from okr_assistant.cli import cli
from okr_assistant.store import FILE_NAME
from tests.command_line import run, without_room
from tests.postgres import PostgresServer, a_database
from tests.store.everything import full, named_place, rows_at
from tests.store.files import plain
from tests.store.test_file import BAD_FILES
from tests.store.test_migrations import in_the_first_form
from tests.stores import put_empty_store


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database that the settings name, with rows in every table."""
    folder = put_empty_store(tmp_path / "data")
    full(str(folder))
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(folder))
    return folder / FILE_NAME


@pytest.fixture
def server(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The server that the settings name, with a password that nobody is to see."""
    with a_database(postgres, empty=True) as url:
        monkeypatch.setenv("OKR_ASSISTANT_DATABASE_URL", url.replace(":@", ":my-password@"))
        yield url


def fine(result: Result) -> list[str]:
    assert (result.exit_code, result.stderr) == (0, "")
    assert "my-password" not in result.stdout
    return result.stdout.splitlines()


def refused(result: Result, code: int = 2) -> str:
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (code, "", 1)
    assert "my-password" not in result.stderr
    return result.stderr.rstrip("\n")


def test_upgrade_says_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("old", "empty"):
        (tmp_path / folder).mkdir()
    in_the_first_form(tmp_path / "old")
    for folder, said in (
        ("old", "brought from form 0001 to 0003."),
        ("old", "already in this release's form, 0003."),
        ("empty", "made, in form 0003."),
    ):
        monkeypatch.setenv("OKR_ASSISTANT_DATA", str(tmp_path / folder))
        assert fine(run("db", "upgrade")) == [f"{tmp_path / folder / FILE_NAME}: {said}"]


def test_check_says_what_there_is(file: Path) -> None:
    place, engine, form, rows, well = fine(run("db", "check"))
    assert place == f"Place: {file}"
    assert engine.startswith("Engine: SQLite 3.")
    assert engine.endswith(", journal wal")
    assert form == "Form: 0003"
    assert rows.startswith("Rows: facilitators 2, links 2, participants 2, portfolios 1, ")
    assert well.startswith("All is well")


def test_check_is_exit_code_1_when_something_is_wrong(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with plain(file.parent) as connection:
        connection.execute("UPDATE rooms SET state = '{}'")
    result = run("db", "check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines()[-1] == "Cannot be read by this release: 2 in rooms"
    with plain(file.parent) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM rooms")
    result = run("db", "check")
    assert result.exit_code == 1
    assert "Damaged: votes: 2 without participants" not in result.stdout
    assert "Damaged: participants: 2 without rooms" in result.stdout.splitlines()
    (tmp_path / "damaged").mkdir()
    BAD_FILES["damaged page"][0](tmp_path / "damaged")
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(tmp_path / "damaged"))
    assert "is damaged" in refused(run("db", "check"), 1)
    assert "not a backup" in refused(run("db", "check", tmp_path / "damaged" / FILE_NAME), 1)


def test_check_of_nothing_is_exit_code_2_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(tmp_path))
    assert refused(run("db", "check")).startswith(f"{tmp_path / FILE_NAME}: there is no database here")
    assert refused(run("db", "check", tmp_path / "b.db")).startswith(
        f"{tmp_path / 'b.db'}: cannot be read (No such"
    )
    assert list(tmp_path.iterdir()) == []


def test_backup_and_restore_by_their_commands(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = tmp_path / "b.db"
    said, private = fine(run("db", "backup", backup))
    assert said.startswith(f"{backup}: backed up. Rows: facilitators 2, links 2, ")
    assert "what people wrote and the secret" in private
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert "--force" in refused(run("db", "backup", backup))
    fine(run("db", "backup", backup, "--force"))
    assert fine(run("db", "check", backup))[0] == f"Place: {backup}"
    line = refused(run("db", "restore", backup))
    assert line.startswith(f"{file}: not restored: people keep something")
    assert line.endswith("--replace")
    fine(run("db", "restore", backup, "--replace"))
    (tmp_path / "new").mkdir()
    monkeypatch.setenv("OKR_ASSISTANT_DATA", str(tmp_path / "new"))
    (said,) = fine(run("db", "restore", backup))
    assert said.startswith(f"{tmp_path / 'new' / FILE_NAME}: restored. Rows: facilitators 2, ")
    assert rows_at(tmp_path / "new") == rows_at(file.parent)


def test_move_by_its_command(file: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (moved,) = fine(run("db", "move"))
    assert moved.startswith(f"Moved from {file} to {named_place(server)}. Rows: facilitators 2, ")
    assert rows_at(server) == rows_at(file.parent)
    (again,) = fine(run("db", "move"))
    assert again == f"Nothing to move: {file} is as it was when it was last moved to {named_place(server)}."
    other = put_empty_store(tmp_path / "other")
    full(str(other))
    line = refused(run("db", "move", "--from", other))
    assert line.startswith(f"{named_place(server)}: not moved: what is kept here (")
    fine(run("db", "move", "--from", other, "--replace"))
    assert rows_at(server) == rows_at(other)
    with without_room("stdout", monkeypatch), pytest.raises(SystemExit) as end:
        cli(["db", "move", "--replace"])
    assert end.value.code == 2


def test_move_needs_a_server(file: Path) -> None:
    line = refused(run("db", "move"))
    assert line.startswith("OKR_ASSISTANT_DATABASE_URL: this setting is missing")


def test_check_of_a_server_names_it_without_the_password(server: str) -> None:
    assert refused(run("db", "check")).startswith(f"{named_place(server)}: there is no database here")
    assert fine(run("db", "upgrade")) == [f"{named_place(server)}: made, in form 0003."]
    place, engine, *_ = fine(run("db", "check"))
    assert place == f"Place: {named_place(server)}"
    assert engine.startswith("Engine: PostgreSQL 18")
    assert "journal" not in engine
