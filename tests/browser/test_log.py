"""Nothing that people write, choose or have the key to is in the log, whatever they do and whatever breaks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from okr_assistant.decision.model import Model
from okr_assistant.words import Words
from tests.browser.conftest import choose, open_page, press, settled
from tests.browser.people import Leader, Phone
from tests.serving import Server
from tests.web.guarded import NOBODYS, SECRET, guarded_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

MARKS = {
    name: f"QQ{name}QQ"
    for name in (
        "title", "notes", "remark", "remarker", "room", "about", "decider", "person", "reason", "imported",
        "objective", "keyresult", "typedcode",
    )
}  # fmt: skip
ANSWERS = {"work_kind": "change", "product_stage": "growing", "people_to_align": "many_teams"}
CHOSEN = "QQWRONGKEYQQ0000000000"
"""Has the form of a key, as somebody may make one up."""

TOKEN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{22}(?![0-9A-Za-z])")


@dataclass
class Seen:
    """Whatever went over the wire that must not be in the log, as it was used."""

    secrets: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path.startswith("/static/"):
            return
        self.secrets |= set(TOKEN.findall(request.url)) | {value for _, value in parse_qsl(parts.query)}
        if found := re.match(r"/p/([^/]+)", parts.path):
            self.secrets.add(found[1])

    def note_kept(self, context: BrowserContext) -> None:
        self.secrets |= {
            cookie["value"].split("|")[-2 if "|" in cookie["value"] else 0] for cookie in context.cookies()
        }

    def of_some_length(self) -> set[str]:
        """Without what stands in every log, such as "1" and "tsx"."""
        return {secret for secret in self.secrets if len(secret) >= 8}


@pytest.mark.parametrize("form", ["text", "json"])
def test_after_everything_was_used_the_log_has_none_of_it(
    chrome: Browser, words: Words, model: Model, tmp_path: Path, form: str
) -> None:
    seen = Seen()
    with guarded_server(tmp_path, {"OKR_ASSISTANT_LOG": form}) as server:
        context = chrome.new_context()
        context.set_default_timeout(15_000)
        seen.watch(context)
        page = context.new_page()
        links = share(page, server)
        remark(page, links[0])
        import_table(page, server, tmp_path)
        draft(page, server)
        meet(chrome, server, words, model, seen)
        break_things(page, server, links)
        seen.note_kept(context)
        context.close()
    log = server.output()
    was_logged(log, form)
    for secret in [*MARKS.values(), *seen.of_some_length(), *ANSWERS.values(), SECRET, CHOSEN]:
        assert secret not in log, secret
    assert "Traceback" not in log


def share(page: Page, server: Server) -> list[str]:
    """Share a result with its notes, and open all that comes of it; return the stored link and its owner's."""
    query = "&".join(f"{name}={value}" for name, value in ANSWERS.items())
    open_page(page, f"{server.url}/result?{query}&t={MARKS['title']}")
    press(page, "Share this result")
    page.get_by_role("textbox", name="Notes").fill(MARKS["notes"])
    page.get_by_text("Everything, with notes").click()
    settled(page)
    press(page, "Keep this result")
    press(page, "Make the link")
    expect(page.locator("[data-copy*='/o/']")).to_be_visible()
    made = [str(button.get_attribute("data-copy")) for button in page.locator("[data-copy]").all()]
    portable, stored, owner = (next(link for link in made if f"/{kind}/" in link) for kind in "pro")
    for address in (
        portable,
        f"{portable}/card.png",
        f"{portable}/record.pdf",
        stored,
        f"{stored}/record.md",
        owner,
    ):
        page.request.get(address)
    return [stored, owner]


def remark(page: Page, stored: str) -> None:
    page.goto(f"{stored}/remark?question=work_kind")
    page.locator("input[name=answer]").first.check()
    page.locator("textarea[name=reason]").fill(MARKS["remark"])
    page.locator("input[name=name]").fill(MARKS["remarker"])
    page.locator("button[type=submit]").click()
    assert "sent=1" in page.url


def import_table(page: Page, server: Server, folder: Path) -> None:
    table = folder / f"{MARKS['imported']}.csv"
    table.write_text(f"Summary,Team\n{MARKS['imported']},{MARKS['imported']}\n", encoding="utf-8")
    open_page(page, f"{server.url}/goal_map")
    page.locator("input[type=file]").set_input_files(table)
    press(page, f"Read {table.name}")
    press(page, "Take 1 row")
    expect(page.get_by_test_id("stText").filter(has_text=MARKS["imported"]).first).to_be_attached()


def draft(page: Page, server: Server) -> None:
    query = "&".join(f"{name}={value}" for name, value in ANSWERS.items())
    open_page(page, f"{server.url}/goal_draft?{query}&outcome_clarity=words&measurability=instrument")
    for question, mark in (
        ("What should be better, and for whom?", "objective"),
        ("What is measured?", "keyresult"),
    ):
        box = page.get_by_role("textbox", name=question).first
        box.fill(MARKS[mark])
        box.press("Tab")
        settled(page)


def meet(chrome: Browser, server: Server, words: Words, model: Model, seen: Seen) -> None:
    """A workshop with one participant, from making the room to deleting it."""
    leader, phone = Leader(chrome, words), Phone(chrome, words, model, MARKS["person"])
    for person in (leader, phone):
        seen.watch(person.context)
    open_page(leader.page, f"{server.url}/workshop")
    leader.field("workshop.name").fill(MARKS["room"])
    leader.field("workshop.about").fill(MARKS["about"])
    choose(leader.page, words("workshop.named"))
    leader.field("workshop.decider").fill(MARKS["decider"])
    press(leader.page, words("workshop.make"))
    leader.sees(words("facilitate.heading.welcome"))
    shown = leader.page.get_by_test_id("stMain").inner_html()
    seen.secrets |= set(TOKEN.findall(shown))
    (code, *_) = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", shown)
    seen.secrets |= {code, code.replace("-", ""), code.lower()}
    take_part(phone, server, code, leader)
    for person in (leader, phone):
        seen.note_kept(person.context)
        person.context.close()


def take_part(phone: Phone, server: Server, code: str, leader: Leader) -> None:
    page = phone.page
    page.goto(f"{server.url}/join")
    for typed in (MARKS["typedcode"], "2222-2222", code.lower()):
        phone.field("join.code").fill(typed)
        phone.press("join.find")
    phone.join()
    leader.press("facilitate.begin")
    phone.sees_question("work_kind")
    phone.choose("work_kind", "change", MARKS["reason"])
    phone.button("vote.next").or_(phone.button("vote.save")).click()
    phone.sees_question("product_stage")
    page.goto(f"{phone.room}?you")
    personal = page.locator("[data-copy]").get_attribute("data-copy")
    assert personal
    page.goto(personal)
    for wrong in (NOBODYS, CHOSEN):
        open_page(leader.page, f"{server.url}/facilitate?key={wrong}")


def break_things(page: Page, server: Server, links: list[str]) -> None:
    """An error in pages, in routes and outside of them; storage that cannot be used; and who is refused."""
    for how in ("bug", "full"):
        server.get(f"/test/store/{how}")
        for address in (*links, f"{server.url}/test/fails?a={SECRET}"):
            assert page.request.get(address).status >= 500
        open_page(page, f"{server.url}/results")
        server.get("/test/store/mended")
    for host in ("localhost", f"{SECRET}.example"):
        server.get(f"/p/{SECRET}?a={SECRET}", {"Host": host, "Referer": SECRET, "User-Agent": SECRET})


def was_logged(log: str, form: str) -> None:
    """Everything that was done left its lines, each of the one form."""
    lines = log.splitlines()
    for expected in ("/r/{token}", "/w/{room}/vote", "/goal_map", "RuntimeError at ", "storage_full", "room made"):
        assert any(expected in line for line in lines), expected
    if form == "text":
        assert all(
            re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (INFO|WARNING|ERROR) [\w.]+: ", line)
            for line in lines
        )
        return
    records: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert all(set(record) >= {"time", "level", "logger", "message"} for record in records)
    answered = [record for record in records if record["logger"] == "okr_assistant.web.request_log"]
    assert {"method", "route", "status", "ms", "request"} <= set(answered[0])
    failed = next(record for record in records if record["message"].startswith("A plain page failed"))
    assert failed["request"] in {record["request"] for record in answered if record["status"] == 500}
