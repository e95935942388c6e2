"""Who waits for what: forms for the database's writers and for their own room, pages for nobody."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from okr_assistant.paths import LOCALES
from okr_assistant.store.sqlite_database import SqliteDatabase
from okr_assistant.web.routes.guard import takes
from okr_assistant.words import languages
from tests.web.asgi import FORM, Answer, Client
from tests.web.people import JSON, hold, sheet
from tests.web.site import a_site


def test_a_page_does_not_wait_for_forms_that_wait_for_the_database() -> None:
    """Ten votes while somebody else writes: the page is there before the first of them is kept."""
    held = hold()
    held.facilitator.open_round()
    kim, store = held.person("Kim"), held.site.store
    votes = [urlencode(kim.form() | sheet({"work_kind": "deliver"})).encode() for _ in range(10)]
    address = f"{held.path}/vote"
    sent = {**kim.headers(address), **JSON, "content-type": FORM, "origin": "null"}

    async def all_at_once() -> tuple[Answer, bool, list[Answer]]:
        with store.change_room(held.facilitator.room_id):
            waiting = [asyncio.create_task(held.client.asked("POST", address, sent, vote)) for vote in votes]
            await asyncio.sleep(0)
            page = await asyncio.wait_for(held.client.asked("GET", held.path, kim.headers(held.path)), 30)
            any_kept = any(vote.done() for vote in waiting)
        return page, any_kept, list(await asyncio.gather(*waiting))

    page, any_kept, answers = asyncio.run(all_at_once())
    assert (page.status, any_kept) == (200, False)
    assert [answer.status for answer in answers] == [200] * 10


def test_a_room_that_is_held_up_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where several can write: five forms of one room wait, and that of another is done at once."""
    monkeypatch.setattr(SqliteDatabase, "writers", 4)
    let_go, held_up, begun = threading.Event(), threading.Event(), list[str]()

    def take(request: Request, _fields: Mapping[str, str]) -> Response:
        begun.append(request.path_params["room"])
        if request.path_params["room"] == "held":
            held_up.set()
            assert let_go.wait(30)
        return PlainTextResponse("done")

    client = Client(a_site(), routes=[takes("/w/{room}/vote", take, None)])
    headers = {"host": "localhost", "content-type": FORM}

    async def all_at_once() -> tuple[Answer, list[Answer]]:
        held = [asyncio.create_task(client.asked("POST", "/w/held/vote", headers, b"a=1")) for _ in range(5)]
        assert await asyncio.to_thread(held_up.wait, 30)
        other = await asyncio.wait_for(client.asked("POST", "/w/other/vote", headers, b"a=1"), 30)
        waiting = begun.count("held")
        let_go.set()
        assert waiting == 1
        return other, list(await asyncio.gather(*held))

    other, held = asyncio.run(all_at_once())
    assert [answer.status for answer in (other, *held)] == [200] * 6
    assert begun.count("held") == 5


def test_forms_of_every_language_wait_for_the_same_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or there would be as many threads for each language as the database lets write in all."""
    monkeypatch.setattr(SqliteDatabase, "writers", 3)
    site = a_site()
    german = site.services.speaking("de").writing
    assert {site.services.speaking(language).writing for language in languages(LOCALES)} == {german}
    assert site.services.writing is german
    assert german.total_tokens == site.store.writers == 3
