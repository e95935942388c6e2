"""What the launcher hands to the pages: one ``Services`` object, the same for every visitor."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.decision.cases import Case
from okr_assistant.decision.loader import read_cases
from okr_assistant.decision.registry import Models
from okr_assistant.paths import CASES, LOCALES, MODELS
from okr_assistant.sharing.links import Links
from okr_assistant.sharing.ports import Store
from okr_assistant.words import Words, read_words


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a page may use that is not in its address or in the visitor's session."""

    models: Models
    words: Words
    cases: tuple[Case, ...]
    """Published cases, read against the newest model."""
    store: Store | None = None
    links: Links | None = None
    """What can be done with stored links, on this store."""


class NotConnectedError(RuntimeError):
    """A page runs without the launcher; there is nothing it could show."""


_connected: list[Services] = []


def build_services() -> Services:
    """Read what the app needs from the package's own files; ``ModelFileError`` stops the start."""
    models = Models(MODELS)
    models.check_released()
    cases = read_cases(CASES, models.newest)
    return Services(models=models, words=read_words(LOCALES), cases=cases)


def connect(services: Services) -> None:
    """Hand the services to the pages; a second call replaces them."""
    _connected[:] = [services]


def services() -> Services:
    """Return what was handed over; ``NotConnectedError`` when the page was started without the launcher."""
    if not _connected:
        raise NotConnectedError
    return _connected[0]
