"""What nginx does with a request, by the configuration that ships: which replica, what passes, what is logged."""

from __future__ import annotations

import asyncio
import http.client
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import (
    generate_random_hex_string,
    generate_xsrf_token_string,
)

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.web.browser import COOKIE
from okr_assistant.web.routes import all_routes
from tests.bench.workshop_load import facilitators_tab
from tests.bench.workshop_room import rooms_in
from tests.replicas.people import Patient
from tests.replicas.site import Site
from tests.serving import Answer

pytestmark = pytest.mark.server

MEGABYTE = 1024 * 1024


def send(site: Site, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", site.proxy.port, timeout=20)
    try:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def asked(site: Site, page: str, headers: Mapping[str, str], times: int, path: str = "") -> Counter[int]:
    """Which replicas answer when the same thing is asked so many times, and how often."""
    begin = site.logged()
    for _ in range(times):
        assert site.proxy.get(path or page, headers).status in {200, 404}
    return site.answered(page, begin, times)


@pytest.mark.parametrize("cookie", [COOKIE, f"_streamlit_xsrf=a; __Host-{COOKIE}"], ids=["http", "https"])
def test_a_browser_stays_with_its_replica_and_browsers_are_spread(cookie: str, site: Site) -> None:
    tokens, places = SystemTokens(), set[int]()
    for _ in range(12):
        found = asked(site, "/_stcore/...", {"Cookie": f"{cookie}={tokens.token()}"}, 3, "/_stcore/health")
        assert list(found.values()) == [3]
        places |= set(found)
    assert places == {replica.port for replica in site.replicas}


def test_a_room_behind_one_address_is_spread_over_both(site: Site) -> None:
    """Not six and six: nginx counts connections, and one of an earlier test may still be closing."""
    found = asked(site, "/join", {}, 12)
    assert set(found) == {replica.port for replica in site.replicas}
    assert min(found.values()) >= 4


def test_the_answers_headers_are_the_apps_and_nginx_adds_none(site: Site) -> None:
    through, straight = site.proxy.get("/"), site.replicas[0].server
    assert straight is not None
    own = straight.get("/", {"Host": f"localhost:{site.proxy.port}"}).headers
    changed = {"date", "set-cookie", "server", "connection", "transfer-encoding", "content-length", "keep-alive"}
    assert {k: v for k, v in through.headers.items() if k not in changed} == {
        k: v for k, v in own.items() if k not in changed
    }
    assert through.headers["server"] == "nginx"
    assert "content-security-policy" in through.headers


def test_a_foreign_name_is_refused_by_the_app_behind_the_proxy(site: Site) -> None:
    assert site.proxy.get("/", {"Host": "evil.example"}).status == 403
    assert site.proxy.get("/", {"X-Forwarded-Host": "evil.example"}).status == 200


def test_a_page_and_its_websocket_work_with_either_replica_gone(site: Site, model: Model) -> None:
    async def drawn(room_id: str) -> None:
        with_room = next(room for room in rooms if room.id == room_id)
        async with facilitators_tab(site.proxy, with_room):
            pass

    with rooms_in(site.database, model) as rooms:
        for victim in site.replicas:
            victim.kill()
            assert site.proxy.get("/assess").status == 200
            asyncio.run(drawn(rooms[0].id))
            victim.start()


def test_both_gone_is_a_calm_sentence_and_not_cached(site: Site) -> None:
    for replica in site.replicas:
        replica.kill()
    answer = site.proxy.get("/join")
    assert answer.status == 503
    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["cache-control"] == "no-store"
    assert b"try again" in answer.body
    for replica in site.replicas:
        replica.start()


def test_what_a_form_or_a_file_may_weigh_is_the_apps_to_say(site: Site) -> None:
    """A form that nginx lets through is refused by the app in its own words; 20 MB of a file pass."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    large = send(site, "POST", "/join", form, b"code=" + b"A" * (512 * 1024))
    assert large.status == 413
    assert b"<h1" in large.body, "the app's page, not nginx's"
    begin = site.logged()
    assert send(site, "PUT", "/_stcore/upload_file/none/1", {}, b"A" * (20 * MEGABYTE)).status == 404
    assert site.lines("/_stcore/...", begin, 1)[0].endswith(": 404, 404"), "neither counts as failed"
    assert send(site, "PUT", "/_stcore/upload_file/none/1", {}, b"A" * (22 * MEGABYTE)).status == 413


def test_an_upload_finds_the_replica_that_has_its_session(site: Site) -> None:
    """The token against forged uploads is the same on both, and whoever has no such session passes it on."""
    xsrf = generate_xsrf_token_string(generate_random_hex_string(16).encode())
    cookies = f"{COOKIE}={SystemTokens().token()}; _streamlit_xsrf={xsrf}"
    begin = site.logged()
    answer = send(site, "PUT", "/_stcore/upload_file/none/1", {"Cookie": cookies, "X-Xsrftoken": xsrf}, b"A")
    assert answer.status == 404
    (line,) = site.lines("/_stcore/...", begin, 1)
    assert line.endswith(": 404, 404"), "both were asked"


def test_a_download_is_looked_for_on_both(site: Site) -> None:
    begin = site.logged()
    assert site.proxy.get("/media/0123.pdf").status == 404
    (line,) = site.lines("/media/...", begin, 1)
    assert line.endswith(": 404, 404")


def test_the_log_of_the_proxy_has_no_address_that_says_anything(site: Site, model: Model) -> None:
    secrets = ["Xq7marked", "?a=Xq7marked", "marked Name"]
    with rooms_in(site.database, model) as (room,):
        somebody = Patient(site.proxy.port, room.id, "marked Name")

        async def votes() -> None:
            await somebody.join()
            question = model.questions[0]
            await somebody.go_to(question.id)
            site.replicas[0].kill()
            await somebody.answer(question.id, question.choices[0])
            await somebody.close()

        asyncio.run(votes())
        site.replicas[0].start()
        for path in ("/?a=Xq7marked", "/assess?a=Xq7marked", "/p/Xq7marked", "/r/Xq7marked/remark", "/Xq7marked"):
            site.proxy.get(path, {"Referer": "http://Xq7marked/", "User-Agent": "Xq7marked"})
        secrets += [room.id, room.browser, room.facilitation.room().code]
    logged = "".join((site.folder / name).read_text("utf-8") for name in ("access.log", "error.log", "said.log"))
    assert "/w/... 200" in logged
    assert [secret for secret in secrets if secret in logged] == []
    assert "127.0.0.1 " not in logged, "whose address it was is nobody's business"


def test_every_page_of_the_app_has_a_name_in_the_log_and_a_place() -> None:
    """A new route or page is added to deploy/nginx, or its requests are logged as an unknown address."""
    shipped = (Path(__file__).parents[2] / "deploy/nginx/okr-assistant.conf").read_text(encoding="utf-8")
    found = re.search(r"map \$uri \$okr_page \{(.*?)\n\}", shipped, re.DOTALL)
    assert found
    known = [re.compile(rule.strip('"')) for rule in re.findall(r"^    ~(\S+) ", found[1], re.MULTILINE)]
    paths = [re.sub(r"\{[^}]*\}", "x", getattr(route, "path", "")) for route in all_routes()]
    names = [path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py") if path.stem != "start"]
    everything = [*paths, *(f"/{name}" for name in names), "/_stcore/stream", "/media/x", "/static/x"]
    assert [path for path in everything if not any(rule.search(path) for rule in known)] == []
