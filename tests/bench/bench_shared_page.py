"""What a shared page costs somebody who opens a link, beside the same result as a page of the app.

    python -m tests.bench.bench_shared_page [--visits 15] [--json]

Every visit is a new Chromium context on a phone's viewport: no cache, no cookies. Taken is the first contentful
paint, the time until the verdict is there to read, and the bytes that came over the wire. Both pages are asked for
in turn, so that whatever else the machine does meets both. This is a measurement and no test; that the page stays
under 60 kB is tested.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from okr_assistant.decision.registry import Models
from okr_assistant.paths import MODELS
from okr_assistant.sharing.portable import portable_payload
from tests.browser.conftest import SCREENS
from tests.serving import chromium, sharing_server
from tests.web.site import SAMPLES, sample_record

_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_COLUMNS = ("first paint ms", "verdict ms", "kB", "requests")


@dataclass(frozen=True)
class Visit:
    """One visit; medians of several have the same form."""

    first_paint: float
    verdict: float
    kilobytes: float
    requests: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all pages, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=15, help="how many, for each page (15)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    models = Models(MODELS)
    payload = portable_payload(models, sample_record(models))
    paths = {"portable": f"/p/{payload}", "stored": f"/r/{SAMPLES['notes'].token}", "app": f"/result?a={payload}"}
    with TemporaryDirectory() as folder, sharing_server(Path(folder)) as server, chromium() as browser:
        found = _medians(browser, {name: f"{server.url}{path}" for name, path in paths.items()}, given.visits)
    print(
        json.dumps({name: asdict(visit) for name, visit in found.items()}, indent=2)
        if given.json
        else table(found)
    )


def table(found: Mapping[str, Visit]) -> str:
    """The medians as text: a line for each page, and the app as a multiple of the portable one."""
    lines = [f"{'':<12}" + "".join(f"{name:>16}" for name in _COLUMNS)]
    for name, visit in found.items():
        lines.append(f"{name:<12}" + "".join(f"{figure:>16.1f}" for figure in astuple(visit)))
    ratios = [app / plain for app, plain in zip(astuple(found["app"]), astuple(found["portable"]), strict=True)]
    lines.append(f"{'app/portable':<12}" + "".join(f"{ratio:>16.1f}" for ratio in ratios))
    return "\n".join(lines)


def _medians(browser: Browser, addresses: Mapping[str, str], visits: int) -> dict[str, Visit]:
    samples: dict[str, list[Visit]] = {name: [] for name in addresses}
    for _ in range(visits + 1):
        for name, address in addresses.items():
            samples[name].append(_visit(browser, address))
    return {
        name: Visit(*(statistics.median(column) for column in zip(*map(astuple, of[1:]), strict=True)))
        for name, of in samples.items()
    }


def _visit(browser: Browser, address: str) -> Visit:
    context = browser.new_context(**SCREENS["phone"])
    page = context.new_page()
    sizes: list[float] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.get_by_role("heading", level=1).wait_for()
    verdict = 1000 * (time.perf_counter() - begin)
    page.wait_for_load_state("networkidle")
    first_paint = page.evaluate(_FIRST_PAINT)
    context.close()
    return Visit(float(first_paint), verdict, sum(sizes) / 1000, float(len(sizes)))


if __name__ == "__main__":
    main()
