"""From the file of one machine to a server: everything, again and again, until the server is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from okr_assistant.errors import StoreError
from okr_assistant.store import FILE_NAME
from okr_assistant.store.backup import back_up
from okr_assistant.store.moving import move
from okr_assistant.store.restoring import restore
from tests.postgres import PostgresServer, a_database
from tests.postgres import plain as plain_server
from tests.still import NOON
from tests.store.everything import full, named_place, rows_at
from tests.store.files import plain
from tests.store.samples import a_link, a_result, a_room, browser, keys, token
from tests.store.test_migrations import in_the_first_form
from tests.stores import open_at, put_empty_store


@pytest.fixture
def server(postgres: PostgresServer) -> Iterator[str]:
    """The address of a database on a server, without any tables."""
    with a_database(postgres, empty=True) as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database that has rows in every table."""
    folder = put_empty_store(tmp_path / "data")
    full(str(folder))
    return folder


def refused(folder: Path, server: str) -> StoreError:
    with pytest.raises(StoreError) as refusal:
        move(folder, server)
    return refusal.value


def test_everything_is_moved_the_secret_too_and_the_file_stays_as_it_was(folder: Path, server: str) -> None:
    before = (folder / FILE_NAME).read_bytes()
    counted = move(folder, server)
    assert (folder / FILE_NAME).read_bytes() == before
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]
    there = rows_at(server)
    assert there == rows_at(folder)
    assert counted == {name: len(rows) for name, rows in there.items()}
    assert all(counted.values())


def test_moving_again_at_once_changes_nothing(folder: Path, server: str) -> None:
    move(folder, server)
    before = rows_at(server)
    assert move(folder, server) is None
    assert rows_at(server) == before


def test_what_is_new_changed_and_deleted_since_arrives(folder: Path, server: str) -> None:
    move(folder, server)
    with closing(open_at(folder)) as store:
        store.add_link(a_link(3))
        store.end_link(token(1), NOON)
        store.save(browser(1), a_result(1, title="Changed since"))
        store.delete(browser(1), "result-0002")
        store.delete_room(a_room(1).id)
        assert store.add_room(a_room(1), keys(1), browser(3)), "with the code of the one that went"
    counted = move(folder, server)
    assert counted
    assert (counted["links"], counted["results"], counted["rooms"], counted["votes"]) == (3, 1, 2, 0)
    assert rows_at(server) == rows_at(folder)


def test_a_server_that_was_started_once_is_empty_enough(folder: Path, server: str) -> None:
    with closing(open_at(server)) as store:
        store.secret()
    move(folder, server)
    assert rows_at(server) == rows_at(folder)


def test_once_the_server_is_used_nothing_there_is_touched(folder: Path, server: str) -> None:
    """Whatever the file holds by then: an ended link does not come back, and a deleted result does not either."""
    move(folder, server)
    with closing(open_at(server)) as store:
        store.end_link(token(1), NOON)
        store.delete(browser(1), "result-0001")
    used = rows_at(server)
    assert move(folder, server) is None, "the file has nothing that was not moved"
    assert rows_at(server) == used
    with closing(open_at(folder)) as store:
        store.add_link(a_link(3))
    error = refused(folder, server)
    expected = str(sum(len(rows) for name, rows in used.items() if name not in {"secrets", "wrong_codes"}))
    assert (error.problem, error.place, error.found) == ("target_is_used", named_place(server), expected)
    assert rows_at(server) == used
    move(folder, server, replace=True)
    assert rows_at(server) == rows_at(folder)


def test_a_server_that_keeps_something_else_is_left_alone(folder: Path, server: str) -> None:
    with closing(open_at(server)) as store:
        store.add_link(a_link(9))
    before = rows_at(server)
    error = refused(folder, server)
    assert (error.problem, error.found) == ("target_is_used", "1")
    assert rows_at(server) == before


def test_another_installation_is_not_moved_over_the_first(folder: Path, server: str, tmp_path: Path) -> None:
    """A wrong `--from`: nobody used the server yet, and still it is not what is wanted there."""
    move(folder, server)
    other = put_empty_store(tmp_path / "other")
    full(str(other))
    assert refused(other, server).problem == "target_is_used"
    assert rows_at(server) == rows_at(folder)


def test_what_was_restored_over_a_move_is_not_taken_for_it(folder: Path, server: str, tmp_path: Path) -> None:
    move(folder, server)
    back_up(tmp_path / "empty.db", put_empty_store(tmp_path / "empty"), None)
    restore(tmp_path / "empty.db", None, server, replace=True)
    assert move(folder, server) is not None
    assert rows_at(server) == rows_at(folder)


def test_a_file_of_an_older_form_is_moved_and_stays_as_it_is(server: str, tmp_path: Path) -> None:
    in_the_first_form(tmp_path)
    move(tmp_path, server)
    with plain(tmp_path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    with closing(open_at(server)) as store:
        assert store.link(token(1)) == a_link()


def test_a_folder_without_a_database_is_named_and_the_server_stays_empty(server: str, tmp_path: Path) -> None:
    error = refused(tmp_path, server)
    assert (error.problem, error.place) == ("no_database", str(tmp_path / FILE_NAME))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_not_moved(folder: Path, server: str) -> None:
    with plain(folder) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM links")
    error = refused(folder, server)
    assert (error.problem, error.place) == ("storage_damaged", str(folder / FILE_NAME))


def test_a_user_who_may_only_read_is_told_so(folder: Path, server: str) -> None:
    move(folder, server)
    before = rows_at(server)
    with closing(open_at(folder)) as store:
        store.add_link(a_link(3))
    name = f"reader_of_{make_url(server).database}"
    reader = make_url(server).set(username=name).render_as_string()
    with plain_server(server) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
        error = refused(folder, reader)
        connection.execute(f"DROP OWNED BY {name}")
        connection.execute(f"DROP ROLE {name}")
    assert (error.problem, error.place) == ("storage_refuses", named_place(server))
    assert rows_at(server) == before


def test_a_server_that_is_not_there_is_named_without_the_password(folder: Path) -> None:
    error = refused(folder, "postgresql://okr:my-password@127.0.0.1:1/goals")
    assert (error.problem, error.place) == ("database_away", "postgresql://127.0.0.1:1/goals")
    assert "my-password" not in repr(error)
