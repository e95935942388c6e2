"""A workshop over HTTP: its facilitator acts in Python, its people through pages as a browser does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from okr_assistant.decision.model import Model
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.voting import Voting
from tests.web.asgi import Answer, Client, Page
from tests.web.site import ANSWERS, Site, a_site

JSON = {"accept": "application/json"}
TITLE = "Faster checkout in the app"
ABOUT = "Should this work have OKRs?"
ALL_ALIKE = dict(ANSWERS)
"""A choice for each question of the model."""


@dataclass
class Person:
    """A browser that keeps its cookies, for the paths they are for, and follows no redirects by itself."""

    client: Client
    path: str
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and value by path."""

    def headers(self, address: str) -> dict[str, str]:
        at = f"{urlsplit(address).path}/"
        fit = [pair for path, pair in self.cookies.items() if at.startswith(f"{path.rstrip('/')}/")]
        return {"cookie": "; ".join(f"{name}={value}" for name, value in fit)} if fit else {}

    def get(self, rest: str = "") -> Answer:
        address = f"{self.path}{rest}"
        return self._kept(self.client.get(address, self.headers(address)))

    def page(self, rest: str = "") -> Page:
        return Page(self.get(rest).text)

    def post(self, what: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        address = f"{self.path}/{what}"
        return self._kept(self.client.post(address, fields, self.headers(address) | dict(headers or {})))

    def _kept(self, answer: Answer) -> Answer:
        for name, morsel in SimpleCookie(answer.headers.get("set-cookie", "")).items():
            self.cookies[morsel["path"]] = (name, morsel.value)
            if morsel["max-age"] == "0":
                del self.cookies[morsel["path"]]
        return answer

    @property
    def seat(self) -> str:
        """The token of the seat; it must have one."""
        return self.cookies[self.path][1]

    def join(self, name: str = "Kim", **more: str) -> Answer:
        return self.post("join", self.page().hidden | {"name": name} | more)

    def vote(self, choices: Mapping[str, str], reasons: Mapping[str, str] | None = None) -> Answer:
        """Send these with the form of all questions."""
        return self.post("vote", self.form("?q=all") | sheet(choices, reasons))

    def form(self, rest: str = "") -> dict[str, str]:
        """The hidden fields of the form to vote, with the key of this one form."""
        return self.page(rest).hidden

    def tokens(self, rest: str) -> list[str]:
        """The tokens of all forms of a page, in their order."""
        return [e["value"] for e in self.page(rest).all("input") if e.get("name") == "token"]

    def chosen(self, rest: str) -> dict[str, str]:
        """What is ticked in the form."""
        inputs = self.page(rest).all("input")
        return {e["name"].removeprefix("choice."): e["value"] for e in inputs if "checked" in e}


def sheet(choices: Mapping[str, str], reasons: Mapping[str, str] | None = None) -> dict[str, str]:
    """Choices and reasons as fields of a form; a browser sends every reason, an empty one as well."""
    fields = {f"choice.{question}": choice for question, choice in choices.items()}
    return fields | {f"reason.{question}": (reasons or {}).get(question, "") for question in choices}


@dataclass
class Held:
    """A room on a site of its own."""

    site: Site
    client: Client
    facilitator: Facilitation
    key: str

    @property
    def path(self) -> str:
        return f"/w/{self.facilitator.room_id}"

    @property
    def voting(self) -> Voting:
        return self.site.services.workshops.voting(self.facilitator.room_id)

    @property
    def model(self) -> Model:
        return self.site.services.models.newest

    def person(self, name: str = "", **more: str) -> Person:
        """A browser at the room; who has a name has joined."""
        found = Person(self.client, self.path)
        if name:
            assert found.join(name, **more).status == 303
        return found


def hold(
    site: Site | None = None,
    public_url: str | None = None,
    *,
    title: str = TITLE,
    about: str = ABOUT,
    decider: str = "Dana",
    named: bool = False,
    smallest_group: int = 2,
) -> Held:
    """Make a room of all questions."""
    site = site or a_site()
    workshops = site.services.workshops
    new = workshops.make(
        site.services.models.newest,
        title=title,
        about=about,
        decider=decider,
        named=named,
        smallest_group=smallest_group,
    )
    facilitator = workshops.facilitation_by_key(new.facilitator_key)
    return Held(site, Client(site, public_url), facilitator, new.facilitator_key)


def all_answered(person: Person, **changed: str) -> None:
    """Have somebody answer every question of the first round."""
    assert person.vote(ALL_ALIKE | changed).status == 303
