"""What one address may do, by the proxy that ships and by the app behind it."""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Iterator, Mapping

import pytest

from tests.replicas.proxy import SHIPPED, proxy
from tests.serving import OKR_ASSISTANT, Server, free_port, running

pytestmark = pytest.mark.server

PROXY = "127.0.0.10"
"""The proxy's own address, which no process believes unless it is told to: as on a machine of its own."""
FIRST, SECOND = "127.0.0.2", "127.0.0.3"
"""Where two clients are."""

_UPLOADS = r"limit_conn okr_uploads (\d+);"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """nginx before one process, which believes the proxy's address."""
    folder, app, port = tmp_path_factory.mktemp("site"), free_port(), free_port()
    environment = {"FORWARDED_ALLOW_IPS": PROXY}
    with (
        running([*OKR_ASSISTANT, "serve", "--port", str(app)], app, folder / "log", cwd=folder, env=environment),
        proxy(
            folder, port, (app, app), {"proxy_http_version 1.1;": f"proxy_http_version 1.1; proxy_bind {PROXY};"}
        ) as started,
    ):
        yield started


def batch(front: Server, address: str, headers: Mapping[str, str] | None = None) -> int:
    """Have 100 sheets worked out for who is at this address; the status."""
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=20, source_address=(address, 0))
    try:
        body = json.dumps({"sheets": [{"answers": {}}] * 100})
        sent = {"Content-Type": "application/json", **(headers or {})}
        connection.request("POST", "/api/v1/batch?brief=true", body, sent)
        return connection.getresponse().status
    finally:
        connection.close()


def test_each_client_of_the_proxy_has_a_budget_and_cannot_say_that_it_is_another(front: Server) -> None:
    assert [batch(front, FIRST) for _ in range(4)] == [200, 200, 200, 429]
    assert batch(front, FIRST, {"X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7"}) == 429
    assert batch(front, SECOND, {"X-Forwarded-For": FIRST}) == 200


class Upload:
    """A file on its way up from an address, of which nginx has the head and waits for the rest."""

    def __init__(self, front: Server, address: str) -> None:
        self._connection = socket.create_connection(("127.0.0.1", front.port), 20, source_address=(address, 0))
        self._answers = self._connection.makefile("rb")

    def begin(self) -> int:
        """Send the head; 100 when nginx wants the rest, else what it says instead."""
        self._connection.sendall(
            b"PUT /_stcore/upload_file/none/1 HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Length: 100\r\nExpect: 100-continue\r\n\r\n"
        )
        return self._status()

    def finish(self) -> int:
        self._connection.sendall(b"A" * 100)
        return self._status()

    def close(self) -> None:
        self._answers.close()
        self._connection.close()

    def _status(self) -> int:
        status = int(self._answers.readline().split()[1])
        length = 0
        while (line := self._answers.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self._answers.read(length)
        return status


def test_an_address_sends_some_files_at_once_and_no_more(front: Server) -> None:
    found = re.search(_UPLOADS, (SHIPPED / "locations.conf").read_text(encoding="utf-8"))
    assert found
    most = int(found[1])
    uploads = [Upload(front, FIRST) for _ in range(most)]
    beyond, others = Upload(front, FIRST), Upload(front, SECOND)
    try:
        assert [upload.begin() for upload in uploads] == [100] * most
        assert beyond.begin() == 429
        assert others.begin() == 100, "another address is not affected"
        assert front.get("/healthz").status == 200
        assert uploads[0].finish() == 404, "the app knows no such session"
        assert uploads[0].begin() == 100, "its place is free again"
    finally:
        for upload in (*uploads, beyond, others):
            upload.close()
