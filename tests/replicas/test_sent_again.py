"""A replica dies after it has done what was asked, and before it says so: what nginx sends to the other one."""

from __future__ import annotations

import asyncio
import html
import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.sharing.links import Links, NewLink
from okr_assistant.store import SqlStore
from tests.bench.http_client import Browser, Reply
from tests.replicas.proxy import proxy
from tests.serving import OKR_ASSISTANT, free_port, running
from tests.store.samples import a_record
from tests.stores import open_at

pytestmark = pytest.mark.server

_OF_A_CONNECTION = {"connection", "content-length", "transfer-encoding"}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Dying(ThreadingHTTPServer):
    """Stands before the app at ``app``, and says nothing of the first answer to a POST: its connection ends.

    ``posts`` are the paths of all that were handed on; who shares this list dies once, all in all.
    """

    def __init__(self, app: int, posts: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _HandsOn)
        self.app, self.posts = app, posts


class _HandsOn(BaseHTTPRequestHandler):
    server: Dying

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.app, timeout=20)
        connection.request(self.command, self.path, body, dict(self.headers))
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        if self.command == "POST":
            self.server.posts.append(self.path)
            if len(self.server.posts) == 1:
                return
        self.send_response_only(response.status)
        for name, value in response.getheaders():
            if name.lower() not in _OF_A_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET  # noqa: N815 # the name is http.server's

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(dying: Dying) -> Iterator[int]:
    """Answer in a thread; the port."""
    thread = threading.Thread(target=dying.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield dying.server_address[1]
    finally:
        dying.shutdown()
        thread.join()
        dying.server_close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, SqlStore]]:
    """One process, its port and its store."""
    log, port = tmp_path_factory.mktemp("app") / "log", free_port()
    with running([*OKR_ASSISTANT, "serve", "--port", str(port)], port, log, cwd=log.parent):
        store = open_at(log.with_name("log.data"))
        yield port, store
        store.close()


@pytest.fixture
def site(app: tuple[int, SqlStore], tmp_path: Path) -> Iterator[tuple[Browser, list[str]]]:
    """A browser at nginx, behind which one of two replicas dies with the first thing that is sent."""
    posts: list[str] = []
    with ExitStack() as stack:
        first, second = (stack.enter_context(serving(Dying(app[0], posts))) for _ in range(2))
        front = stack.enter_context(proxy(tmp_path, free_port(), (first, second)))
        yield Browser(front.port), posts


def a_link(store: SqlStore, model: Model) -> NewLink:
    record = a_record()
    made = Links(store, store.clock, SystemTokens())
    return made.make(assessment(model, record.sheet), record, "notes", timedelta(days=1))


async def remark(browser: Browser, address: str) -> Reply:
    """Fill in the form for a remark, and send it."""
    form = await browser.get(f"{address}?question=work_kind")
    hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(form.text)}
    reply = await browser.post(address, hidden | {"answer": "deliver", "reason": "It was sold.", "name": "Kim"})
    browser.close()
    return reply


def test_a_remark_arrives_once(app: tuple[int, SqlStore], site: tuple[Browser, list[str]], model: Model) -> None:
    (_, store), (browser, posts) = app, site
    link = a_link(store, model)
    address = f"/r/{link.token}/remark"
    reply = asyncio.run(remark(browser, address))
    assert (reply.status, reply.location) == (303, f"{address}?sent=1")
    assert posts == [address] * 2, "the other one was asked as well"
    found = Links(store, store.clock, SystemTokens()).open(link.token)
    assert found
    assert [one.reason for one in store.remarks(found.token_hash)] == ["It was sold."]


def test_what_has_no_key_is_not_sent_a_second_time(site: tuple[Browser, list[str]]) -> None:
    browser, posts = site
    sent = json.dumps({"kind": "stored", "sheet": {"answers": {}}}).encode()

    async def make_a_link() -> Reply:
        reply = await browser.main.send("POST", "/api/v1/links", {"Content-Type": "application/json"}, sent)
        browser.close()
        return reply

    assert asyncio.run(make_a_link()).status == 503
    assert posts == ["/api/v1/links"]
