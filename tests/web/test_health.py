"""Alive and ready, with a store that fails, hangs, is locked and comes back."""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import closing
from pathlib import Path

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.store import open_store
from okr_assistant.web import context
from okr_assistant.web.routes.health import ALIVE, READY, StoreProbe
from tests.serving import OKR_ASSISTANT, Server, free_port, running
from tests.store.conftest import AFFECTED
from tests.store.files import plain
from tests.stores import put_empty_store
from tests.web.asgi import Client
from tests.web.site import a_site

NOT_READY = b'{"status":"not ready","missing":["store"]}'


def test_a_store_that_fails_is_not_ready_and_one_that_is_back_is() -> None:
    site = a_site()
    client = Client(site)
    assert client.get(READY).body == b'{"status":"ready"}'
    for failure in (StoreError("storage_failed", place="SECRET"), RuntimeError("SECRET")):
        site.store.fails = failure
        answer = client.get(READY)
        assert (answer.status, answer.body, answer.headers["cache-control"]) == (503, NOT_READY, "no-store")
        site.store.fails = None
        assert client.get(READY).status == 200


def test_alive_touches_nothing() -> None:
    site = a_site()
    client = Client(site)
    site.store.fails = RuntimeError("SECRET")
    before = site.store.asked
    assert (client.get(ALIVE).status, client.get(ALIVE).body) == (200, b'{"status":"ok"}')
    assert site.store.asked == before


def test_started_without_the_launcher_nothing_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(a_site())
    monkeypatch.setattr(context, "_connected", [])
    assert client.get(READY).body == b'{"status":"not ready","missing":["model","store"]}'


@pytest.mark.parametrize("path", [ALIVE, READY])
def test_both_answer_under_any_name_and_to_head(path: str) -> None:
    client = Client(a_site())
    assert client.get(path, {"host": "10.1.2.3.evil.example"}).status == 200
    assert client.get(path, method="HEAD").status == 200
    assert client.get("/join", {"host": "10.1.2.3.evil.example"}).status == 403


def test_however_often_a_hanging_store_is_asked_about_one_thread_waits_and_nobody_for_long() -> None:
    asked, goes_on = [], threading.Event()

    def hang() -> None:
        asked.append(1)
        goes_on.wait()

    async def meanwhile() -> None:
        probe = StoreProbe(hang, patience=0.01)
        assert await asyncio.gather(*(probe.is_readable() for _ in range(50))) == [False] * 50
        assert [await probe.is_readable() for _ in range(3)] == [False] * 3
        assert len(asked) == 1
        goes_on.set()
        patient = StoreProbe(lambda: None, patience=60)
        assert await patient.is_readable()
        probe._patience = 60
        assert await probe.is_readable(), "it is back"

    asyncio.run(meanwhile())


def test_a_locked_database_is_not_ready_until_it_is_free(tmp_path: Path) -> None:
    """With a rollback journal, where somebody who writes keeps readers out."""
    put_empty_store(tmp_path)
    with closing(open_store(tmp_path, driver=AFFECTED, patience=0.05)) as store, plain(tmp_path) as other:
        probe = StoreProbe(store.check, patience=60)
        assert asyncio.run(probe.is_readable())
        other.execute("BEGIN EXCLUSIVE")
        assert not asyncio.run(probe.is_readable())
        other.execute("COMMIT")
        assert asyncio.run(probe.is_readable())


@pytest.mark.server
def test_the_real_server_is_ready_and_says_so_without_details(server: Server) -> None:
    answer = server.get(READY, {"Host": "evil.example"})
    assert (answer.status, answer.body) == (200, b'{"status":"ready"}')


@pytest.mark.server
def test_whoever_is_stopping_is_not_ready(tmp_path: Path) -> None:
    """It takes no new connections from the moment that it is told; what it answers is no readiness."""
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with running(command, port, tmp_path / "log", cwd=tmp_path) as server:
        assert server.get(READY).status == 200
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(15)
        with pytest.raises(ConnectionRefusedError):
            server.get(READY)
