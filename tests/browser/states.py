"""Every state of the pages one person uses, for pictures and for what is asserted of how they look.

A state is an address and what is done there. Whatever it shows comes from here or from the real model.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.assess import assess
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.coded_sheet import code_sheet
from okr_assistant.sharing.links import Links
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.snapshot import LEVELS
from okr_assistant.store import open_store
from tests.browser.conftest import open_page, press, settled
from tests.conftest import complete_sheets
from tests.web.site import ANSWERS, DECISION, NOTES, TITLE

HOSTILE = "<b>Donaudampfschifffahrt</b> *and* [a](http://x.y) :red[now] $y$ " + "W" * 40 + " שלום"
"""A title with markup, without spaces where there should be some, and in two directions."""
SECTIONS = ("The map", "Vision and outcome", "Pieces of work", "Next questions", "By team", "Quarters", "Files")
LONG_NOTE = "\n".join([HOSTILE, "W" * 300, "A line like any other, with words in it."] * 3)


@dataclass(frozen=True)
class State:
    """One state of one page: ``act`` brings what is opened at ``address`` into it. ``plain``: ours alone."""

    name: str
    address: str
    act: Callable[[Page], None] | None = None
    plain: bool = False

    def open(self, page: Page, url: str) -> None:
        """Bring a page into this state."""
        if self.plain:
            page.goto(f"{url}{self.address}")
        else:
            open_page(page, f"{url}{self.address}")
        if self.act:
            self.act(page)


def at(path: str, answers: dict[str, str] | None = None, title: str = "", **more: str) -> str:
    """An address of the app with a draft in it."""
    return f"{path}?{urlencode({**(answers or {}), **({'t': title} if title else {}), **more})}"


def all_states(model: Model, models: Models, data: Path) -> Iterator[State]:
    """Every state; ``data`` is the folder of the store that the app runs on."""
    yield from questionnaire(model)
    yield from results(model)
    yield from sharing(model)
    yield from reference()
    yield from goal_map(model)
    yield from drafts(model)
    yield from plain(model, models, data)
    yield from languages(model, models)


def questionnaire(model: Model) -> Iterator[State]:
    first = dict(list(ANSWERS.items())[:6])
    yield State("start", "/")
    yield State("start-continue", at("/", first, TITLE))
    yield State("assess-empty", "/assess")
    yield State("assess-typical", at("/assess", first, TITLE))
    yield State("assess-answered", at("/assess", first, TITLE, q="vision_stability"))
    yield State("assess-done", at("/assess", ANSWERS, TITLE))
    yield State("assess-hostile", at("/assess", first, HOSTILE))
    yield State("assess-all-empty", at("/assess", q="all"))
    yield State("assess-all-full", at("/assess", ANSWERS, TITLE, q="all"))
    yield State("assess-error", at("/assess", {"work_kind": "W" * 80}))


def results(model: Model) -> Iterator[State]:
    for name, answers in outcomes(model).items():
        yield State(f"result-{name}", at("/result", answers, TITLE))
    yield State("result-empty", "/result")
    yield State("result-little", at("/result", {"work_kind": "change"}, TITLE))
    yield State("result-hostile", at("/result", ANSWERS, HOSTILE))
    yield State("result-open", at("/result", ANSWERS, TITLE), _open_all)
    yield State("result-what-if", at("/result", ANSWERS, TITLE), _what_if)
    yield State("result-error", "/result?a=damaged")


def sharing(model: Model) -> Iterator[State]:
    yield State("share-empty", "/share")
    yield State("share", at("/share", ANSWERS, TITLE))
    yield State("share-full", at("/share", ANSWERS, HOSTILE), _share_full)
    yield State("results-empty", "/results")
    yield State("results-full", at("/share", ANSWERS, HOSTILE), _keep_three)
    yield State("recheck", at("/recheck", ANSWERS | {"work_kind": "sustain"}, TITLE, b=code_sheet(model, ANSWERS)))


def reference() -> Iterator[State]:
    yield State("cases", "/cases")
    yield State("cases-open", "/cases", _open_first)
    yield State("method", "/method")
    yield State("method-open", "/method", _open_first)
    yield State("unknown-page", "/nothing-of-the-kind")


def goal_map(model: Model) -> Iterator[State]:
    yield State("map-begin", "/goal_map")
    yield State("map-empty", "/goal_map", lambda page: press(page, "Start with an empty table"))
    yield State("map-columns", "/goal_map", partial(paste, table(model, 40)))
    for name in SECTIONS:
        yield State(f"map-example-{name.split()[-1].lower()}", "/goal_map", partial(_example, name))
    yield State("map-example-place", "/goal_map", _looked_at)
    yield State("map-report", "/goal_map", partial(_taken, table(model, 40), ""))
    for name in SECTIONS:
        yield State(
            f"map-full-{name.split()[-1].lower()}", "/goal_map", partial(_taken, table(model, 10_000), name)
        )


def drafts(model: Model) -> Iterator[State]:
    yield State("draft-nothing", "/goal_draft")
    for name, answers in outcomes(model).items():
        yield State(f"draft-{name}", at("/goal_draft", answers, TITLE))
    yield State("draft-written", at("/goal_draft", ANSWERS, HOSTILE), _write)


def plain(model: Model, models: Models, data: Path) -> Iterator[State]:
    record = Record(AnswerSheet(ANSWERS, TITLE, model.version), NOTES, DECISION)
    long = Record(
        AnswerSheet(ANSWERS, HOSTILE, model.version), LONG_NOTE, Decision(HOSTILE, LONG_NOTE, HOSTILE, None)
    )
    for name, answers in outcomes(model).items():
        sheet = AnswerSheet(answers, "", model.version)
        yield State(f"shared-portable-{name}", f"/p/{portable_payload(models, Record(sheet))}", plain=True)
    with closing(open_store(data)) as store:
        links = Links(store, SystemClock(), SystemTokens())
        found = assessment(model, record.sheet)
        made = {level: links.make(found, record, level, timedelta(days=365)) for level in LEVELS}
        hostile = links.make(assessment(model, long.sheet), long, "notes", timedelta(days=365))
    for level, link in made.items():
        yield State(f"shared-stored-{level}", f"/r/{link.token}", plain=True)
    yield State("shared-stored-hostile", f"/r/{hostile.token}", plain=True)
    yield State("remark-questions", f"/r/{hostile.token}/remark", plain=True)
    yield State("remark", f"/r/{hostile.token}/remark?question=work_kind", plain=True)
    yield State("remark-error", f"/r/{hostile.token}/remark?question=work_kind", _send_nothing, plain=True)
    yield State("owner", f"/o/{made['notes'].owner_key}", plain=True)
    yield State("owner-hostile", f"/o/{hostile.owner_key}", plain=True)
    yield State("not-here", "/r/not-here", plain=True)
    yield State("damaged", "/p/damaged", plain=True)


def languages(model: Model, models: Models) -> Iterator[State]:
    record = Record(AnswerSheet(ANSWERS, TITLE, model.version))
    for lang in ("de", "es"):
        yield State(f"{lang}-start", at("/", lang=lang))
        yield State(f"{lang}-assess", at("/assess", dict(list(ANSWERS.items())[:6]), TITLE, lang=lang))
        yield State(f"{lang}-result", at("/result", ANSWERS, TITLE, lang=lang))
        yield State(f"{lang}-share", at("/share", ANSWERS, TITLE, lang=lang))
        yield State(f"{lang}-draft", at("/goal_draft", ANSWERS, TITLE, lang=lang))
        yield State(f"{lang}-results", at("/results", lang=lang))
        yield State(f"{lang}-join", f"/join?lang={lang}", plain=True)
        payload = portable_payload(models, record, with_text=True)
        yield State(f"{lang}-shared", f"/p/{payload}?lang={lang}", plain=True)


def outcomes(model: Model) -> dict[str, dict[str, str]]:
    """A sheet for each kind of outcome: each verdict and approach, a tie, and a leader that is blocked."""
    found: dict[str, dict[str, str]] = {}
    for answers in complete_sheets(model, 3000, seed=1):
        found.setdefault(kind_of(assess(model, AnswerSheet(answers))), answers)
    return dict(sorted(found.items()))


def kind_of(result: Recommendation) -> str:
    """The kind of an outcome, as a name for a file."""
    if result.blocked_leader:
        return "blocked"
    if result.approach is None:
        return f"tie-{result.verdict}"
    return result.verdict if result.approach == "okr" else result.approach


def table(model: Model, rows: int) -> str:
    """A tracker's table as it is pasted; some rows without a title, some titles long."""
    dice = random.Random(7)
    lines = [["id", "title", "team", "today", *model.questions_by_id]]
    for number in range(rows):
        title = {7: "", 9: HOSTILE}.get(number % 500, f"Piece of work {number}")
        answers = [dice.choice([*question.choices, "", ""]) for question in model.questions]
        today = dice.choice(["okr", "", "flow"])
        lines.append([f"{number}", title, f"Team {number % 40}", today, *answers])
    return "\n".join("\t".join(line) for line in lines)


def section(page: Page, name: str) -> None:
    """Look at a part of the goal map."""
    page.get_by_role("radio", name=name, exact=True).click()
    settled(page)


def _example(name: str, page: Page) -> None:
    press(page, "Look at the example")
    section(page, name)


def paste(table: str, page: Page) -> None:
    """Read a table that was copied."""
    box = page.get_by_role("textbox", name="Or paste cells")
    box.fill(table)
    box.press("Tab")
    settled(page)
    press(page, "Read what was pasted")


def _taken(pasted: str, name: str, page: Page) -> None:
    paste(pasted, page)
    page.get_by_role("button", name="Take ").click()
    page.get_by_role("button", name="Close", exact=True).wait_for(timeout=120_000)
    settled(page)
    if name:
        section(page, name)


def _looked_at(page: Page) -> None:
    press(page, "Look at the example")
    page.get_by_role("combobox", name="Look at one of them").last.click()
    page.get_by_role("option").first.click()
    settled(page)


def _share_full(page: Page) -> None:
    page.get_by_role("textbox", name="Notes").fill(LONG_NOTE)
    page.get_by_role("textbox", name="Notes").press("Tab")
    settled(page)
    press(page, "Make the link")


def _keep_three(page: Page) -> None:
    press(page, "Keep this result")
    for answers in ({"work_kind": "deliver"}, ANSWERS):
        page.goto(at(page.url.partition("?")[0], answers, TITLE))
        settled(page)
        press(page, "Keep this result")
    page.get_by_test_id("stMain").get_by_role("link", name="My results").last.click()
    settled(page)


def _open_all(page: Page) -> None:
    for summary in page.locator("details:not([open]) > summary").all():
        summary.click()
    settled(page)


def _open_first(page: Page) -> None:
    for summary in page.locator("details:not([open]) > summary").all()[:3]:
        summary.click()
    settled(page)


def _what_if(page: Page) -> None:
    page.get_by_role("combobox").last.click()
    page.get_by_role("option").first.click()
    settled(page)


def _write(page: Page) -> None:
    for box in page.get_by_test_id("stMain").get_by_role("textbox").all()[1:5]:
        if box.is_visible() and box.is_enabled():
            box.fill(f"Launch the new app by May {HOSTILE}")
            box.press("Tab")
            settled(page)


def _send_nothing(page: Page) -> None:
    page.get_by_role("button", name="Send").click()
