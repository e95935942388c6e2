"""What a first visit costs on a slow phone: taking part, answering alone, reading a shared result.

    python -m tests.bench.bench_slow_phone [--visits 3] [--json]

Beside them an empty page of Streamlit, compressed as ours are, in the same run. Every visit is a new Chromium
context on a phone's viewport: no cache, no cookies. The network is one of 400 kbit/s with 400 ms from a request
to its answer, the processor a quarter of this machine's. Taken is the time until the page can be used, and the
bytes of all that it asks for. Chromium does not slow down websockets, which is to the advantage of Streamlit's
pages. All pages are asked for in turn, so that whatever else the machine does meets all. This is a measurement and
no test; how large the pages of a workshop may be is tested in ``tests/web/test_room_sent.py``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from okr_assistant import load_model
from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS, ROOT
from okr_assistant.sharing.portable import portable_payload
from tests.browser.conftest import SCREENS
from tests.browser.workshop import running_house
from tests.serving import chromium, free_port, running
from tests.web.site import sample_record

KILOBITS, LATENCY_MS, SLOWER = 400, 400, 4
PATIENCE_MS = 180_000
_COLUMNS = ("usable s", "kB", "requests")

Visit = Callable[[Page], None]
"""Goes to a page, and returns when it can be used."""


@dataclass(frozen=True)
class Cost:
    """Of one visit; medians of several have the same form."""

    seconds: float
    kilobytes: float
    requests: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all visits, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=3, help="how many, for each page (3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder, _visits(Path(folder)) as visits, chromium() as browser:
        found = _medians(browser, visits, given.visits)
    costs = {name: asdict(cost) for name, cost in found.items()}
    print(json.dumps(costs, indent=2) if given.json else table(found))


def table(found: Mapping[str, Cost]) -> str:
    """The medians as text: a line for each visit."""
    lines = [f"{'':<36}" + "".join(f"{name:>12}" for name in _COLUMNS)]
    for name, cost in found.items():
        lines.append(f"{name:<36}" + "".join(f"{figure:>12.1f}" for figure in astuple(cost)))
    return "\n".join(lines)


@contextmanager
def _visits(folder: Path) -> Iterator[dict[str, Visit]]:
    """Start the servers, and yield the visits to them by name."""
    model, models, port = load_model(), Models(MODELS), free_port()
    command = [sys.executable, "-m", "tests.bench.empty_app", str(port)]
    with running_house(folder) as house, running(command, port, folder / "empty.log", cwd=ROOT) as empty:
        room = house.room(model, tuple(model.questions_by_id), named=False)
        room.led.open_round()
        shared = f"{house.url}/p/{portable_payload(models, sample_record(models))}"

        def joined(page: Page) -> None:
            _to(room.address, "#name")(page)
            page.locator("#name").fill("Kim")
            page.get_by_role("button").click(no_wait_after=True)
            page.locator("#ballot input[type=radio]").first.wait_for()

        yield {
            "link: the form to join": _to(room.address, "#name"),
            "link, join: the first question": joined,
            "code: the form to type it": _to(f"{house.url}/join", "#code"),
            "a shared result": _to(shared, "h1"),
            "answering alone: the first question": _to(f"{house.url}/assess", "[role=radiogroup] label"),
            "an empty page of Streamlit": _to(empty.url, "h1"),
        }


def _to(address: str, selector: str) -> Visit:
    def visit(page: Page) -> None:
        page.goto(address, wait_until="commit")
        page.locator(selector).first.wait_for()

    return visit


def _medians(browser: Browser, visits: Mapping[str, Visit], count: int) -> dict[str, Cost]:
    samples: dict[str, list[Cost]] = {name: [] for name in visits}
    for _ in range(count):
        for name, visit in visits.items():
            samples[name].append(_cost(browser, visit))
    return {
        name: Cost(*(statistics.median(column) for column in zip(*map(astuple, of), strict=True)))
        for name, of in samples.items()
    }


def _cost(browser: Browser, visit: Visit) -> Cost:
    context = browser.new_context(**SCREENS["phone"])
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    chrome = context.new_cdp_session(page)
    sizes: list[float] = []
    requests: list[str] = []
    chrome.send("Network.enable")
    chrome.on("Network.requestWillBeSent", lambda event: requests.append(event["requestId"]))
    chrome.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    chrome.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"])))
    bytes_a_second = KILOBITS * 1000 / 8
    chrome.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    chrome.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    begin = time.perf_counter()
    visit(page)
    seconds = time.perf_counter() - begin
    page.wait_for_load_state("networkidle")
    context.close()
    return Cost(seconds, sum(sizes) / 1000, float(len(requests)))


if __name__ == "__main__":
    main()
