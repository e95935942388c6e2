"""How much may be uploaded; that the real app takes a file and refuses a heap of them is seen in a browser."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from starlette.types import Message, Receive, Scope, Send

from okr_assistant.web.uploads import MOST_AT_ONCE, MOST_OF_ALL, MOST_OF_ONE, UploadLimits

FILE = "/_stcore/upload_file/{}/file"


@dataclass
class Uploads:
    """An app that takes files when it is told to, and what it keeps of them."""

    kept: dict[str, int] = field(default_factory=dict)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.goes_on.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def status(self, app: UploadLimits, session: str = "a", method: str = "PUT", path: str = FILE) -> int:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            raise AssertionError

        await app({"type": "http", "method": method, "path": path.format(session)}, receive, send)
        return int(sent[0]["status"])


def at_once(uploads: Uploads, *sessions: str, **how: str) -> list[int]:
    async def play() -> list[int]:
        app = UploadLimits(uploads, lambda: uploads.kept)
        uploads.goes_on.set()
        return [await uploads.status(app, session, **how) for session in sessions]

    return asyncio.run(play())


def test_a_page_that_has_uploaded_enough_is_refused_and_others_are_not() -> None:
    uploads = Uploads(kept={"a": MOST_OF_ONE, "b": MOST_OF_ONE - 1})
    assert at_once(uploads, "a", "b", "c") == [413, 204, 204]


def test_all_together_have_a_limit_too() -> None:
    assert at_once(Uploads(kept={str(n): MOST_OF_ALL // 10 for n in range(10)}), "new") == [503]


@pytest.mark.parametrize(("method", "path"), [("DELETE", FILE), ("PUT", "/other"), ("GET", FILE)])
def test_nothing_but_files_is_counted(method: str, path: str) -> None:
    assert at_once(Uploads(kept={"a": MOST_OF_ALL}), "a", method=method, path=path) == [204]


def test_many_at_once_are_asked_to_come_again_and_do() -> None:
    async def play() -> None:
        uploads = Uploads()
        app = UploadLimits(uploads, lambda: uploads.kept)
        coming = [asyncio.create_task(uploads.status(app, str(n))) for n in range(MOST_AT_ONCE)]
        await asyncio.sleep(0)
        assert await uploads.status(app, "one more") == 503
        uploads.goes_on.set()
        assert await asyncio.gather(*coming) == [204] * MOST_AT_ONCE
        assert await uploads.status(app, "one more") == 204

    asyncio.run(play())


def test_a_file_that_does_not_arrive_is_given_up_and_leaves_its_place() -> None:
    async def play() -> None:
        uploads = Uploads()
        app = UploadLimits(uploads, lambda: uploads.kept, within=0.01)
        for _ in range(MOST_AT_ONCE + 1):
            assert await uploads.status(app) == 408

    asyncio.run(play())
