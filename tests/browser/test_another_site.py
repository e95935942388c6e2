"""What the page of another site can do with ours, in real Chromium."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import Server

pytestmark = pytest.mark.browser

EVIL = """<!doctype html><title>evil</title><iframe src="TARGET/p/damaged" name="framed"></iframe>
<form method="post" action="TARGET/join" target="sent"><input name="code" value="22222222"></form>
<iframe name="sent"></iframe>"""

TRIES = """async target => {
  const opened = await new Promise(done => {
    const socket = new WebSocket(target.replace('http', 'ws') + '/_stcore/stream');
    socket.onopen = () => done(true); socket.onerror = () => done(false);
  });
  const fetched = (path, how) => fetch(target + path, how).then(() => true, () => false);
  const read = await fetched('/_stcore/host-config', {credentials: 'include'});
  const blind = await fetched('/favicon.png', {mode: 'no-cors'});
  const picture = await new Promise(done => {
    const image = new Image(); image.onload = () => done(true); image.onerror = () => done(false);
    image.src = target + '/favicon.png';
  });
  const script = await new Promise(done => {
    const element = document.createElement('script');
    element.onload = () => done(true); element.onerror = () => done(false);
    element.src = target + '/copy.js'; document.head.append(element);
  });
  return {opened, read, blind, picture, script};
}"""


@contextmanager
def another_site(target: str) -> Iterator[str]:
    """A page under another name of this machine, which is another site to a browser."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(EVIL.replace("TARGET", target).encode())

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the name of the base class
            del format

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{site.server_address[1]}"
        finally:
            site.shutdown()
            thread.join()


def is_refused_a_frame(page: Page) -> bool:
    """The frame has an error in the place of our page; until it has, it comes and goes: the browser moves it."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if any(frame.url.startswith("chrome-error:") for frame in page.frames):
            return True
        page.wait_for_timeout(50)
    return False


def test_a_page_of_another_site_can_do_nothing_but_link_to_us(chrome: Browser, server: Server) -> None:
    context = chrome.new_context()
    page = context.new_page()
    with another_site(server.url) as evil:
        page.goto(evil)
        assert is_refused_a_frame(page), "clickjacking needs a frame"
        assert page.evaluate(TRIES, server.url) == dict.fromkeys(
            ("opened", "read", "blind", "picture", "script"), False
        )
        with page.expect_response("**/join") as answer:
            page.evaluate("document.forms[0].submit()")
        assert answer.value.status == 400
        with context.expect_page() as opened:
            page.evaluate("target => { window.ours = window.open(target); }", f"{server.url}/join")
        opened.value.wait_for_load_state()
        assert page.evaluate("window.ours.closed"), "cut off from whoever opened it"
        assert opened.value.evaluate("window.opener") is None
    context.close()
