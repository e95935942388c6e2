"""Shared results through the real server: routes in order, both middlewares, a card by plain HTTP, and the log."""

from __future__ import annotations

import gzip
import http.client
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from okr_assistant.decision.registry import Models
from okr_assistant.sharing.portable import portable_payload
from tests.serving import Answer, Server, free_port, running, sharing_server
from tests.web.asgi import FORM, Page
from tests.web.site import ANSWERS, DECISION, NOTES, SAMPLES, TITLE, sample_record

pytestmark = pytest.mark.server

TOKEN, KEY = SAMPLES["notes"].token, SAMPLES["notes"].owner_key
PROMISED = {
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-robots-tag",
}


def portable(models: Models, *, with_text: bool = True) -> str:
    return f"/p/{portable_payload(models, sample_record(models), with_text=with_text)}"


def post(server: Server, path: str, fields: Mapping[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("POST", path, urlencode(fields), {"Content-Type": FORM, "Origin": "null"})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def test_every_route_of_ours_comes_before_streamlits_catch_all(shared_server: Server, models: Models) -> None:
    pages = {
        portable(models): 200,
        f"/r/{TOKEN}": 200,
        f"/r/{TOKEN}/remark": 200,
        f"/r/{TOKEN}/remark?question=work_kind": 200,
        f"/o/{KEY}": 200,
        "/o/ended": 200,
        "/p/damaged": 404,
        "/p/": 404,
        "/r/": 404,
        "/o/": 404,
        f"/r/{TOKEN}/else/where": 404,
    }
    for path, status in pages.items():
        answer = shared_server.get(path)
        assert answer.status == status, path
        assert b"<script" not in answer.body, "not Streamlit's page"
        assert set(answer.headers) >= PROMISED
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert b"<script" in shared_server.get("/assess").body


def test_pages_come_compressed(shared_server: Server, models: Models) -> None:
    plain = shared_server.get(portable(models))
    small = shared_server.get(portable(models), {"Accept-Encoding": "gzip"})
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 3
    assert set(small.headers) >= PROMISED


def test_a_plain_http_client_gets_the_card_of_the_address_in_the_page(
    shared_server: Server, models: Models
) -> None:
    for path in (portable(models), f"/r/{TOKEN}"):
        page = Page(shared_server.get(path, {"User-Agent": "Slackbot-LinkExpanding 1.0"}).body.decode())
        image = page.meta("og:image")
        base = f"http://127.0.0.1:{shared_server.port}"
        assert image == f"{base}{path}/card.png"
        card = shared_server.get(image.removeprefix(base))
        assert (card.status, card.headers["content-type"]) == (200, "image/png")
        assert card.body[:4] == b"\x89PNG"
        head = shared_server.get(image.removeprefix(base), method="HEAD")
        assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(card.body)))


def test_the_public_address_is_in_the_preview(tmp_path: Path, models: Models) -> None:
    with sharing_server(tmp_path, {"OKR_ASSISTANT_PUBLIC_URL": "https://okr.example.org"}) as server:
        page = Page(server.get(portable(models)).body.decode())
    assert page.meta("og:url").startswith("https://okr.example.org/p/")


@pytest.mark.robustness(43)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/r/{'A' * 1_000_000}", {400, 404, 414}),
        (f"/p/{'A' * 1_000_000}", {400, 404, 414}),
        (f"/r/{TOKEN}%00", {400, 404}),
        ("/r/%00", {400}),
        ("/p/%ED%A0%80", {400, 404}),
        (f"/r/{TOKEN}=", {404}),
        (f"/r/{TOKEN}%C3%A9", {404}),
        ("/r/../o/x", {400, 404}),
    ],
)
def test_addresses_that_are_none_are_refused(shared_server: Server, path: str, status: set[int]) -> None:
    try:
        answer = shared_server.get(path)
    except (ConnectionError, http.client.HTTPException):
        assert len(path) > 100_000, "the server hangs up in the middle of a megabyte"
        return
    assert answer.status in status
    assert b"Traceback" not in answer.body
    assert TOKEN.encode() not in answer.body


def test_a_form_of_too_many_bytes_is_refused(shared_server: Server) -> None:
    answer = post(shared_server, f"/r/{TOKEN}/remark", {"reason": "x" * 100_000})
    assert answer.status == 413


@pytest.mark.robustness(44)
def test_a_whole_run_leaves_nothing_private_in_the_log(tmp_path: Path, models: Models) -> None:
    """Every address of every kind, a remark, the owner's buttons, damaged ones, and uvicorn's access log on."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.web.shared_asgi:app", "--port", str(port), "--access-log"]
    with running(command, port, tmp_path / "log", cwd=Path(__file__).parents[2]) as server:
        addresses = [portable(models), f"/r/{TOKEN}", f"/r/{SAMPLES['verdict'].token}"]
        for path in addresses:
            for more in ("", "/card.png", "/today", f"?title={TITLE[:6]}", "x"):
                server.get(f"{path}{more}")
        form = Page(server.get(f"/r/{TOKEN}/remark?question=work_kind").body.decode()).hidden
        sent = form | {"answer": "deliver", "reason": "REASONMARK", "name": "NAMEMARK"}
        assert post(server, f"/r/{TOKEN}/remark", sent).status == 303
        assert post(server, f"/r/{TOKEN}/remark", sent | {"name": "NAMEMARK" * 50}).status == 400
        owner = Page(server.get(f"/o/{KEY}").body.decode())
        assert "REASONMARK" in owner.text
        assert post(server, f"/o/{KEY}", {"token": owner.hidden["token"], "action": "close"}).status == 303
        assert server.get("/r/FAIL0000000000000000FF").status == 500
        for private in (TOKEN, KEY, portable(models), form["token"], "REASONMARK", "NAMEMARK", "FAIL0000"):
            assert private not in server.output()
        for text in (
            TITLE,
            NOTES.splitlines()[0],
            DECISION.decided,
            *{f"={answer}" for answer in ANSWERS.values()},
        ):
            assert text not in server.output()
        assert "GET /r/…" in server.output(), "the access log was on"
        assert "POST /o/…" in server.output()
        assert "RuntimeError at tests.web.shared_asgi:" in server.output()
        assert "Traceback" not in server.output()
