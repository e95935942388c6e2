"""PostgreSQL is stopped and started again in the middle of a workshop over two replicas."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import uuid
from collections.abc import Sequence

import pytest
from starlette.responses import Response

from okr_assistant.decision.model import Model
from okr_assistant.errors import StoreError
from okr_assistant.web.plain_pages import NO_STORAGE, notice_json, notice_page
from okr_assistant.words import Words
from tests.bench.workshop_load import close_all
from tests.bench.workshop_room import Loss, WorkshopRoom, compare, rooms_in, sheets
from tests.postgres import PostgresServer, start_server
from tests.replicas.people import Patient
from tests.replicas.site import Site

pytestmark = [pytest.mark.server, pytest.mark.long]

PEOPLE = 6
RESTARTS = 3
SEED = 20262


@pytest.fixture(scope="module")
def database_server() -> PostgresServer:
    """A server of its own: others' tests go on while it is down."""
    return start_server(f"restarted-{uuid.uuid4().hex[:8]}")


def text_of(answer: Response) -> str:
    return bytes(answer.body).decode()


def stop(server: PostgresServer) -> None:
    """Stop it as an operator does: fast, which ends every connection."""
    process = server.get_postmaster_info().process
    assert process is not None
    os.kill(process.pid, signal.SIGINT)
    process.wait(20)


async def restarted_again_and_again(server: PostgresServer, crowd: Sequence[Patient], dice: random.Random) -> None:
    for _ in range(RESTARTS):
        await asyncio.sleep(dice.uniform(0, 1))
        before = [person.retries for person in crowd]
        await asyncio.to_thread(stop, server)
        async with asyncio.timeout(30):  # it stays away until each of them has met it
            while any(person.retries == number for person, number in zip(crowd, before, strict=True)):
                await asyncio.sleep(0.02)
        await asyncio.to_thread(server.ensure_postgres_running)


async def workshop(server: PostgresServer, model: Model, room: WorkshopRoom, crowd: Sequence[Patient]) -> None:
    await asyncio.gather(*(person.join() for person in crowd))
    restarting = asyncio.create_task(restarted_again_and_again(server, crowd, random.Random(SEED)))
    await asyncio.gather(
        *(person.go_on(model, random.Random(f"{SEED} {person.name}"), restarting.done) for person in crowd)
    )
    await restarting
    assert compare(room, crowd) == Loss(0, 0, 0, 0), "before anything is sent again"
    given = sheets(model, len(crowd))
    await asyncio.gather(*(person.answer_each(given[person.name]) for person in crowd))
    await close_all(crowd)


def test_everybody_is_told_and_nothing_is_lost(
    site: Site, database_server: PostgresServer, model: Model, words: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    with rooms_in(site.database, model) as (room,):
        crowd = [Patient(site.proxy.port, room.id, f"Participant {number}") for number in range(1, PEOPLE + 1)]
        asyncio.run(workshop(database_server, model, room, crowd))
        assert compare(room, crowd) == Loss(0, 0, 0, 0)
        assert all(len(kept) == len(model.questions) for kept in room.kept().values())
    told = {text for person in crowd for text in person.told}
    notices = {text_of(notice_page(NO_STORAGE)), text_of(notice_json(NO_STORAGE))}
    # Met between two statements of one request, which a form says beside what was sent.
    beside = words.error_sentence(StoreError("storage_away", place="storage"))
    assert {text for text in told - notices if beside[1:] not in text} == set()
    assert told
    assert all(replica.server and replica.server.process.poll() is None for replica in site.replicas)
    with capsys.disabled():
        sent, again = sum(person.sent for person in crowd), sum(person.retries for person in crowd)
        print(f"\n{RESTARTS} restarts of PostgreSQL, {PEOPLE} people, {sent} answers, {again} sent again")
