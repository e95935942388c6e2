"""Somebody who uses a page with the keyboard alone, and looks at every stop whether its place is seen."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Locator, Page, expect

from tests.contrast import MARK, contrast

PAGES = {"light": "#FFFFFF", "dark": "#12181F"}
MOST_STOPS = 90

OUTLINE = """() => {
  const here = document.activeElement;
  const selectors = [":has(> [data-testid=stRadioOption])", "label", "[data-testid$=RootElement]", "[role=group]"];
  const holders = selectors.map((each) => here.closest(each));
  let ring = null, around = here;
  for (const each of [here, ...holders.filter(Boolean)]) {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
    if (ring || outlineStyle !== "solid" || parseFloat(outlineWidth) < 2) continue;
    [ring, around] = [outlineColor.match(/[\\d.]+/g).map(Number), each];
  }
  const { left, top, right, bottom } = around.getClientRects()[0];
  const [from, to] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const middle = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (from + to) / 2];
  const inSight = to - from >= Math.min(bottom - top, 24); // a line of it
  const onTop = around.contains(document.elementFromPoint(...middle));
  return { ring, inSight, onTop, html: here.outerHTML.slice(0, 200) };
}"""
"""The line around what has the focus, or around what holds it: a field's box, an option with its label."""


class Keyboard:
    """Somebody at a page without a mouse."""

    def __init__(self, page: Page, theme: str) -> None:
        self.page, self.theme = page, theme

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, wanted: Locator) -> None:
        """Go on with Tab until this has the focus; every stop on the way is seen."""
        for _ in range(MOST_STOPS):
            self.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                continue  # past the last stop, the browser's own are next
            self.sees_where_it_is()
            if wanted.evaluate_all("all => all.includes(document.activeElement)"):
                return
        raise AssertionError(f"Tab never comes to {wanted}")

    def sees_where_it_is(self) -> None:
        found = self.page.evaluate(OUTLINE)
        assert found["ring"], f"nothing shows that this has the focus: {found['html']}"
        assert found["inSight"], f"this has the focus out of sight: {found['html']}"
        assert found["onTop"], f"something lies on what has the focus: {found['html']}"
        assert found["ring"][3:] in ([], [1]), f"the line around this lets through what is behind: {found['html']}"
        ring = "#" + "".join(f"{part:02x}" for part in found["ring"][:3])
        assert contrast(ring, PAGES[self.theme]) >= MARK, f"the line around this is too pale: {found['html']}"

    def enter(self, role: Literal["button", "link"], name: str) -> None:
        """Go to the button or link with this name, and press it."""
        self.to(self.page.get_by_role(role, name=name, exact=True))
        self.press("Enter")

    def opens(self, name: str) -> Locator:
        """Go to the button of this popover and press it; what it opens is returned."""
        self.enter("button", name)
        opened = self.page.get_by_test_id("stPopoverBody")
        expect(opened).not_to_be_empty()
        expect(opened.get_by_test_id("stSkeleton")).to_have_count(0)
        return opened

    def is_at(self, heading: Locator) -> None:
        """Wait until what was drawn anew has the focus on this heading."""
        expect(heading).to_be_focused()
        self.sees_where_it_is()
