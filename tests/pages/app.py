"""The real app under Streamlit's AppTest: the launcher's hand-over, the main script, every page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from okr_assistant.housekeeping import Store
from okr_assistant.paths import MAIN_SCRIPT, PAGES
from okr_assistant.web.context import build_services, connect
from okr_assistant.web.draft import Draft


class OurApp:
    """One visitor's session, over this store."""

    def __init__(self, store: Store) -> None:
        connect(build_services(store))
        self.at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=20)
        self.at.run()

    def open(self, page: str = "start", **address: str | list[str]) -> OurApp:
        """Go to a page with this address, as a link in the same tab does."""
        for key in list(self.at.query_params):
            del self.at.query_params[key]
        for key, value in address.items():
            self.at.query_params[key] = value
        self.at.switch_page(str(PAGES / f"{page}.py"))
        return self.run()

    def run(self) -> OurApp:
        """Run the script; nothing may go wrong."""
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    def press(self, label: str) -> OurApp:
        """Press the button with this label, or follow the link."""
        for button in self.at.button:
            if button.label == label:
                button.click()
                return self.run()
        return self.follow(next(link for link in self.at.page_link if link.label == label))

    def follow(self, link: Any) -> OurApp:
        """Go where this link goes, with the address it carries."""
        return self.open(link.proto.page or "start", **parse_qs(link.proto.query_string))

    def answer(self, question: str, choice: str) -> OurApp:
        """Answer the question as a click on the option does."""
        self.at.radio(key=question).set_value(choice)
        return self.run()

    @property
    def address(self) -> dict[str, Any]:
        """The parameters of the address now."""
        return {key: value[0] if isinstance(value, list) else value for key, value in self.at.query_params.items()}

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return str(self.at.title[0].value)

    @property
    def everything(self) -> str:
        """All words on the page that are text or Markdown."""
        kinds = (self.at.title, self.at.header, self.at.subheader, self.at.markdown, self.at.text, self.at.caption)
        return "\n".join(str(element.value) for kind in kinds for element in kind)


def draft_of(app: OurApp) -> Draft:
    """Return what the session holds."""
    draft: Draft = app.at.session_state["_draft"]
    return draft


def problem_lines(app: OurApp) -> list[str]:
    """Return the lines about what the address said that could not be used."""
    return [text.value for text in app.at.text]
