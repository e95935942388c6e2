"""Files without end, sent to an open page by a program that has looked how a browser does it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request

from okr_assistant.web.uploads import MOST_OF_ONE
from tests.browser.conftest import open_page, settled
from tests.serving import Server
from tests.web.guarded import ask

pytestmark = pytest.mark.browser

_XSRF = f"2|00000000|{'ab' * 16}|1"
_TEN_MB = 10 * 1024 * 1024


def test_an_open_page_takes_some_files_and_not_any_number(chrome: Browser, server: Server, tmp_path: Path) -> None:
    page = chrome.new_context().new_page()
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request) if request.method == "PUT" else None)
    open_page(page, f"{server.url}/goal_map")
    table = tmp_path / "table.csv"
    table.write_text("Summary\nCheckout\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(table)
    settled(page)
    page.get_by_role("button", name="Read table.csv").wait_for()
    folder = urlsplit(seen[0].url).path.rpartition("/")[0]
    statuses = [put(server, f"{folder}/file-{number}") for number in range(MOST_OF_ONE // _TEN_MB + 2)]
    assert statuses == [204] * (MOST_OF_ONE // _TEN_MB) + [413] * 2
    page.context.close()


def put(server: Server, path: str) -> int:
    """Send a file of 10 MB, with a proof that it is no other site that sends it: a program can make one."""
    headers = {"Content-Type": "multipart/form-data; boundary=x", "X-Xsrftoken": _XSRF}
    headers["Cookie"] = f"_streamlit_xsrf={_XSRF}"
    begin = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    return ask(server, "PUT", path, headers, begin + b"a" * _TEN_MB + b"\r\n--x--\r\n").answer.status
