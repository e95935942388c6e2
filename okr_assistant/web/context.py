"""What the launcher hands to the pages: one ``Services`` object, the same for every visitor of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from anyio import CapacityLimiter

from okr_assistant.clock import Clock, SystemTokens
from okr_assistant.decision.agreement import Agreement, evaluate
from okr_assistant.decision.cases import Case
from okr_assistant.decision.loader import read_cases, read_kept
from okr_assistant.decision.registry import Models, TranslatedModels
from okr_assistant.export.workshop_formats import WorkshopExport
from okr_assistant.housekeeping import Store
from okr_assistant.paths import CASES, KEPT, LOCALES, MODELS
from okr_assistant.portfolio.maps import Maps
from okr_assistant.sharing.links import Links
from okr_assistant.sharing.results import Results
from okr_assistant.views.workshop.check import CheckView
from okr_assistant.views.workshop.movement import MovementView
from okr_assistant.views.workshop.reveal import RevealView
from okr_assistant.web import language
from okr_assistant.web.workshop.pulses import Pulses
from okr_assistant.web.workshop.reveals import Reveals
from okr_assistant.words import Words, languages, read_words
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.standing import Standing
from okr_assistant.workshop.workshops import Workshops


@dataclass(frozen=True)
class Services:
    """Everything a page may use that is not in its address or in the visitor's session."""

    models: Models
    words: Words
    cases: tuple[Case, ...]
    """Published cases, read against the newest model."""
    kept: Mapping[str, str]
    """Why the newest model keeps its disagreements with them, by id of the case."""
    clock: Clock
    store: Store
    links: Links
    """What can be done with stored links, on this store."""
    results: Results
    """What a browser can do with the results it keeps, on this store."""
    maps: Maps
    """What a browser can do with the goal maps it keeps, on this store."""
    workshops: Workshops
    """What can be done with workshops, on this store."""
    public_url: str | None
    """What links begin with; None where the address that the browser used is the one to share."""
    pulses: Pulses = field(default_factory=Pulses)
    """Whether anything changed in the workshops that somebody takes part in."""
    standing: Reveals[Mapping[str, Standing]] = field(default_factory=Reveals)
    """The votes of workshops that stand, by question."""
    first: Services | None = None
    """What this is in another language; None for the first one."""

    def speaking(self, language: str) -> Services:
        """Return the same services with models and words in a language; what is kept of words is its own."""
        if language == self.words.language:
            return self
        if language not in self._speaking:
            models = TranslatedModels(self.models, LOCALES / language / "models")
            made = replace(self, models=models, words=read_words(LOCALES, language), first=self)
            self._speaking.setdefault(language, made)
        return self._speaking[language]

    @cached_property
    def _speaking(self) -> dict[str, Services]:
        return {}

    @cached_property
    def agreement(self) -> Agreement:
        """How far the newest model agrees with the published cases; worked out when first asked for."""
        return evaluate(self.models.newest, self.cases)

    @cached_property
    def reveals(self) -> Reveals[RevealView]:
        """The reveals of workshops that were looked at last."""
        return Reveals()

    @cached_property
    def writing(self) -> CapacityLimiter:
        """The threads for forms: as many as can write at the same time, whatever the language."""
        return CapacityLimiter(self.store.writers) if self.first is None else self.first.writing

    @cached_property
    def checks(self) -> Reveals[tuple[CheckView, ...]]:
        """Likewise their fists of five, the first one first."""
        return Reveals()

    @cached_property
    def records(self) -> Reveals[WorkshopExport]:
        """Likewise the records of finished workshops, without an address."""
        return Reveals()

    @cached_property
    def movements(self) -> Reveals[MovementView]:
        """Likewise their rounds side by side."""
        return Reveals()


class NotConnectedError(RuntimeError):
    """A page runs without the launcher; there is nothing it could show."""


_connected: list[Services] = []


def build_services(store: Store, public_url: str | None = None) -> Services:
    """Read what the app needs from the package's own files, every language.

    ``ModelFileError`` or ``LanguageError`` stops the start.
    """
    models = Models(MODELS)
    models.check_released()
    cases = read_cases(CASES, models.newest)
    clock, tokens = store.clock, SystemTokens()
    store.secret()  # made now, so that reading never writes
    made = Services(
        models=models,
        words=read_words(LOCALES),
        cases=cases,
        kept=read_kept(KEPT, models.newest, cases),
        clock=clock,
        store=store,
        links=Links(store, clock, tokens),
        results=Results(store, clock, tokens),
        maps=Maps(store, clock, tokens),
        workshops=Workshops(store, clock, tokens, SystemCodes()),
        public_url=public_url,
    )
    for language_ in languages(LOCALES):
        in_language = made.speaking(language_).models
        for version in models.released:
            in_language.get(version)
    return made


def connect(services: Services) -> None:
    """Hand the services to the pages; a second call replaces them."""
    _connected[:] = [services]


def let_go() -> None:
    """Close the store of the services, if there are any; for the end of the process."""
    for connected in _connected:
        connected.store.close()


def services() -> Services:
    """Return what was handed over, in the language of whoever asks.

    ``NotConnectedError`` when the page was started without the launcher.
    """
    if not _connected:
        raise NotConnectedError
    return _connected[0].speaking(language.current().language)
