"""The pictures in the docs, of the real app: ``make pictures``, or ``python -m tests.docs.pictures [FOLDER]``.

The same data each time, and no date, code or address in view: a picture changes when the app does, or by a shade.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.paths import LOCALES, MODELS, ROOT
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Record
from okr_assistant.words import Words, read_words
from tests.browser.conftest import choose, open_page, press, settled
from tests.browser.workshop import TITLE, House, LedRoom, running_house
from tests.serving import chromium
from tests.web.site import ANSWERS

FOLDER = ROOT / "docs" / "pictures"
COLOURS = 256
"""In a picture: what a palette holds."""

DESK: dict[str, Any] = {"viewport": {"width": 1000, "height": 780}}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 930}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip

ASKED = ("work_kind", "people_to_align", "outcome_clarity", "review_rhythm")
TOGETHER = {"work_kind": "change", "people_to_align": "many_teams", "review_rhythm": "weekly"}
"""What all in the workshop answer."""
APART = {
    "Ada": "number", "Ben": "only_output", "Cleo": "number", "Dev": "only_output", "Eli": "number",
    "Fay": "number", "Gus": "only_output",
}  # fmt: skip
"""What they make of the outcome, and what decides."""


class Studio:
    """The running app with a browser in front of it."""

    def __init__(self, house: House, chrome: Browser, folder: Path) -> None:
        self.house, self.chrome, self.folder = house, chrome, folder
        self.models = Models(MODELS)
        self.model: Model = self.models.newest
        self.words: Words = read_words(LOCALES)

    def open(self, screen: dict[str, Any], path: str) -> Page:
        """Open a page of the app in a browser of its own."""
        page = self.plain(screen, "about:blank")
        open_page(page, f"{self.house.url}{path}")
        return page

    def plain(self, screen: dict[str, Any], address: str) -> Page:
        """Open a page without Streamlit in a browser of its own."""
        context = self.chrome.new_context(**screen, color_scheme="light", reduced_motion="reduce", locale="en-GB")
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(address)
        return page

    def room(self) -> LedRoom:
        """Make a workshop in which all but a few have voted, and one question decides."""
        room = self.house.room(self.model, ASKED, named=True)
        room.led.open_round()
        for name, outcome in APART.items():
            room.vote(name, TOGETHER | {"outcome_clarity": outcome})
        return room

    def take(self, name: str, page: Page) -> None:
        """Write what is in the window as a picture with few colours, and close the browser."""
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")  # no ring around what was chosen last
        page.evaluate("document.fonts.ready")
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
        # By coverage: a rare colour, such as the mark of an approach, stays what it is.
        few = shot.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)
        page.context.close()


def start(studio: Studio) -> Page:
    return studio.open(DESK, "/")


def question_phone(studio: Studio) -> Page:
    page = studio.open(PHONE, f"/assess?{urlencode({'q': 'outcome_clarity', 't': TITLE})}")
    choose(page, studio.model.questions_by_id["outcome_clarity"].options[0].label)
    page.get_by_test_id("stMain").evaluate("page => page.scrollTo(0, 0)")
    return page


def result(studio: Studio) -> Page:
    page = studio.open(DESK, f"/result?{urlencode(ANSWERS | {'t': TITLE})}")
    expect(page.get_by_role("heading", name=studio.words("outlook.title"), exact=True)).to_be_attached()
    return page


def shared_phone(studio: Studio) -> Page:
    payload = portable_payload(studio.models, Record(AnswerSheet(ANSWERS, TITLE)), with_text=True)
    return studio.plain(PHONE, f"{studio.house.url}/p/{payload}")


def workshop_phone(studio: Studio) -> Page:
    page = studio.plain(PHONE, studio.room().address)
    page.get_by_label(studio.words("join.name")).fill("Ida")
    page.get_by_role("button", name=studio.words("join.button"), exact=True).click()
    page.get_by_text(studio.model.questions_by_id["work_kind"].options[0].label).click()
    expect(page.locator(".saved").get_by_text(studio.words("vote.saved"), exact=True).first).to_be_visible()
    return page


def workshop_desk(studio: Studio) -> Page:
    room = studio.room()
    room.led.reveal()
    page = studio.open(WIDE, f"/facilitate?key={room.key}")
    expect(page.get_by_role("button", name=studio.words("facilitate.talk"), exact=True)).to_be_visible()
    return page


def goal_map(studio: Studio) -> Page:
    page = studio.open(WIDE, "/goal_map")
    press(page, studio.words("map_page.begin.example"))
    expect(page.locator("svg.marks").first).to_be_visible()
    settled(page)
    return page


PICTURES: dict[str, Callable[[Studio], Page]] = {
    "start": start,
    "question-phone": question_phone,
    "result": result,
    "shared-phone": shared_phone,
    "workshop-phone": workshop_phone,
    "workshop-desk": workshop_desk,
    "goal-map": goal_map,
}
"""Each picture by the name of its file, with how the page is brought to where it is taken."""


def take_pictures(folder: Path) -> None:
    """Write every picture into the folder, which must be there."""
    with tempfile.TemporaryDirectory() as data, running_house(Path(data)) as house, chromium() as chrome:
        studio = Studio(house, chrome, folder)
        for name, bring in PICTURES.items():
            studio.take(name, bring(studio))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    target.mkdir(parents=True, exist_ok=True)
    take_pictures(target)
