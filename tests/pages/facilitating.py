"""The facilitator's page as its tests open and use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.pages.rooms import HERS, Tab, Workshop
from tests.pages.test_workshop import HOSTILE

DECIDES = {"work_kind": "change", "product_stage": "growing"}
"""With the answers of ``talking`` the kind of work is what people disagree on, and it decides."""


def console(workshop: Workshop, browser: str | None = HERS, **address: str) -> Tab:
    tab = Tab(workshop.site, browser)
    tab.open("facilitate", **(address or {"room": workshop.id}))
    return tab


def button(tab: Tab, key: str) -> Any:
    return tab.at.button(key=key)


def bar(tab: Tab) -> str:
    """What stands over the bar of those who have finished."""
    return str(tab.at.get("progress")[0].proto.text).replace("\\", "")


def press(tab: Tab, key: str) -> Tab:
    button(tab, key).click()
    return tab.run()


def talking(workshop: Workshop) -> Workshop:
    """All have voted, and two of three on another kind of work."""
    workshop.led.open_round()
    for name, kind in (("Ana", "sustain"), ("Ben", "change"), ("Chloé", "change")):
        workshop.vote(name, {"work_kind": kind, "product_stage": "growing"}, reason=f"{name} says {HOSTILE}")
    workshop.led.reveal()
    return workshop


def hostile_before_and_after(workshop: Workshop, opened: Callable[[Workshop], Tab]) -> tuple[Tab, Tab]:
    """A page of a workshop of hostile people: before the vote, and while a question is talked about."""
    workshop.join(HOSTILE, "Ana", "Ben")
    before = opened(workshop)
    workshop.led.open_round()
    for name in workshop.tokens:
        workshop.vote(name, {"work_kind": "change" if name == HOSTILE else "sustain"}, reason=HOSTILE)
    workshop.led.reveal()
    workshop.led.focus("work_kind")
    return before, opened(workshop)


def checked(workshop: Workshop) -> Workshop:
    talking(workshop).led.agree(DECIDES, workshop.site.services.models.newest)
    workshop.led.open_check()
    for name, fingers in (("Ana", "1"), ("Ben", "4"), ("Chloé", "5")):
        workshop.show(name, fingers, reason=HOSTILE if name == "Ana" else "")
    workshop.led.reveal()
    return workshop
