"""How much is read, how often one may ask, and that nobody who asks for much stops the others."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator

import pytest
from starlette.types import Message

from okr_assistant.web import bodies
from okr_assistant.web.routes.api import operations
from okr_assistant.web.routes.api.limits import Buckets, Limits, Rate, client_of
from okr_assistant.web.routes.api.problems import RequestError
from tests.web.api.program import ENOUGH, Program, Seconds, problem_of

LEARN = {"answers": {"work_kind": "learn"}}
STORED = {"kind": "stored", "sheet": LEARN}


def taken(buckets: Buckets, client: str, most: int) -> int:
    """How often the client gets one."""
    for count in range(most):
        try:
            buckets.take(client)
        except RequestError:
            return count
    return most


# buckets


def test_a_bucket_empties_and_fills_again_and_never_beyond_its_size() -> None:
    seconds = Seconds()
    buckets = Buckets(Rate(60, 60), seconds)
    assert taken(buckets, "a", 100) == 60
    seconds.now += 10
    assert taken(buckets, "a", 100) == 10
    seconds.now += 10_000
    assert taken(buckets, "a", 100) == 60


def test_clients_have_buckets_of_their_own() -> None:
    buckets = Buckets(Rate(3, 60), Seconds())
    assert [taken(buckets, client, 9) for client in ("a", "b", "a")] == [3, 3, 0]


def test_what_is_refused_takes_nothing_and_says_when_it_will_be_there() -> None:
    seconds = Seconds()
    buckets = Buckets(Rate(60, 60), seconds)
    buckets.take("a", 50)
    with pytest.raises(RequestError) as refused:
        buckets.take("a", 40)
    assert refused.value.headers == {"Retry-After": "30"}
    seconds.now += 30
    buckets.take("a", 40)


def test_a_crowd_of_clients_takes_no_more_memory() -> None:
    buckets = Buckets(Rate(3, 60), Seconds(), most_clients=100)
    for number in range(10_000):
        buckets.take(str(number))
    assert len(buckets._left) == 100
    assert taken(buckets, "9999", 9) == 2, "the latest is remembered"


def test_one_network_of_ipv6_is_one_client() -> None:
    assert client_of("2001:db8:1:2::7") == client_of("2001:db8:1:2:ffff::1")
    assert client_of("2001:db8:1:2::7") != client_of("2001:db8:1:3::7")
    assert client_of("192.0.2.1") != client_of("192.0.2.2")
    assert client_of("::ffff:192.0.2.1") == client_of("192.0.2.1")
    assert (client_of(None), client_of("testclient")) == ("", "testclient")


# over the API


def test_too_many_requests_are_429_until_time_has_passed() -> None:
    seconds = Seconds()
    program = Program(limits=Limits(sheets=Rate(4, 60)), seconds=seconds)
    assert [program.sends("assess", LEARN).status for _ in range(6)] == [200] * 4 + [429] * 2
    answer = program.get("/api/v1/model")
    said = problem_of(answer, 429)
    assert (said["problem"], said["allowed"]) == ("too_many_requests", "4 a minute")
    assert answer.headers["retry-after"] == "15"
    program.address = "192.0.2.9"
    assert program.sends("assess", LEARN).status == 200, "somebody else"
    program.address = "127.0.0.1"
    seconds.now += 15
    assert [program.sends("assess", LEARN).status for _ in range(2)] == [200, 429]


def test_a_batch_costs_as_much_as_its_sheets() -> None:
    program = Program(limits=Limits(sheets=Rate(10, 60)))
    assert program.sends("batch", {"sheets": [LEARN] * 7}).status == 200
    assert program.sends("batch", {"sheets": [LEARN] * 4}).status == 429
    assert program.sends("batch", {"sheets": [LEARN] * 2}).status == 200


def test_stored_links_have_a_limit_of_their_own_and_wrong_ones_do_not_count() -> None:
    program = Program(limits=Limits(links=Rate(2, 3600)))
    assert program.sends("links", STORED | {"days": 7}).status == 422
    assert [program.sends("links", STORED).status for _ in range(3)] == [201, 201, 429]
    assert problem_of(program.sends("links", STORED), 429)["allowed"] == "2 in 60 minutes"
    assert program.sends("links", STORED | {"kind": "portable"}).status == 201, "which stores nothing"
    assert len(program.site.store.everything()["links"]) == 2


def test_the_limits_of_the_app_are_finite_and_links_have_the_lower_one() -> None:
    usual = Limits()
    assert operations.MOST_SHEETS <= usual.sheets.most <= 1000
    assert usual.links.most / usual.links.seconds < usual.sheets.most / usual.sheets.seconds / 100


@pytest.mark.parametrize(
    ("operation", "most"), [("assess", 64 * 1024), ("links", 64 * 1024), ("batch", 1024 * 1024)]
)
def test_a_body_is_read_up_to_its_limit_whatever_is_announced(operation: str, most: int) -> None:
    """It never ends, and says that it is short: no more is taken than shows that it is too large."""
    program, read = Program(), 0
    sent: list[Message] = []
    chunk = b" " * 4096

    async def receive() -> Message:
        nonlocal read
        read += len(chunk)
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(program.app(posted(operation), receive, send))
    assert sent[0]["status"] == 413
    assert most < read <= most + len(chunk)


def posted(operation: str) -> dict[str, object]:
    headers = {"host": "localhost", "content-type": "application/json", "content-length": "10"}
    return {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": f"/api/v1/{operation}",
        "raw_path": b"", "root_path": "", "query_string": b"", "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip


def test_a_body_that_does_not_arrive_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Message] = []

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    monkeypatch.setattr(bodies, "BODY_WITHIN", 0.01)
    asyncio.run(Program().app(posted("assess"), never, send))
    assert sent[0]["status"] == 408


def test_a_body_that_is_announced_as_too_large_is_not_read_at_all() -> None:
    headers = {"content-type": "application/json", "content-length": str(10**12)}
    said = problem_of(Program().ask("POST", "/api/v1/assess", headers, b"{}"), 413)
    assert said["detail"] == "sheet: too large; allowed: at most 64 KiB"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Whatever is worked out waits until this is set."""
    go, contract = threading.Event(), operations.contract

    def waits(*args: object, **more: bool) -> object:
        assert go.wait(30)
        return contract(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(operations, "contract", waits)
    yield go
    go.set()


def test_who_comes_while_too_many_wait_is_asked_to_come_again(held: threading.Event) -> None:
    program = Program(limits=ENOUGH)
    body = json.dumps(LEARN).encode()

    async def many() -> list[int]:
        async def one() -> int:
            answer = await program.asked("POST", "/api/v1/assess", {"content-type": "application/json"}, body)
            if answer.status == 503:
                assert answer.headers["retry-after"] == "60"
                assert problem_of(answer, 503)["problem"] == "busy"
                held.set()
            return answer.status

        return await asyncio.gather(*(one() for _ in range(30)))

    statuses = asyncio.run(many())
    assert sorted(statuses) == [200] * 22 + [503] * 8
