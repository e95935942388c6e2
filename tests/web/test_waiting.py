"""Who waits for what: forms for the database's one writer, pages for nobody."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from tests.web.asgi import FORM, Answer
from tests.web.people import JSON, hold, sheet


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
