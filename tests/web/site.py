"""A store for tests of pages, which they can watch and let fail, and samples in it."""

from __future__ import annotations

import functools
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from okr_assistant.clock import TOKEN_LENGTH
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.paths import MODELS
from okr_assistant.portfolio.maps import Maps
from okr_assistant.sharing.links import Links, NewLink, token_of
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.results import Results
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.store import SqlStore, open_store
from okr_assistant.store.tables import metadata
from okr_assistant.web.context import Services
from okr_assistant.web.plain_pages import interface_words
from okr_assistant.web.workshop.pulses import Pulses
from okr_assistant.workshop.workshops import Workshops
from tests.still import CountedCodes
from tests.stores import put_empty_store

ANSWERS = {
    "work_kind": "change", "product_stage": "growing", "people_to_align": "many_teams",
    "stakeholder_involvement": "together", "vision_stability": "adjusted", "strategy_clarity": "guides",
    "outcome_clarity": "number", "measurability": "instrument", "known_lever": "hypothesis", "autonomy": "team",
    "commitment": "direction", "reactive_load": "some", "use_of_goals": "steer", "leadership_support": "lead",
    "review_rhythm": "unsure",
}  # fmt: skip
TITLE = "Faster checkout in the app"
NOTES = "The payment team is with us from March.\nLegal has not answered yet."
DECISION = Decision("Use OKRs, and fix the measuring first", "We cannot see the drop-outs.", "Dana", None)
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</title></textarea></style><!--",
    "**bold** [link](https://evil.example) ![x](https://evil.example/x.png) :red[x] $x^2$",
    "{{ 7 * 7 }} {% raw %} \\textbf{x} \" ' & &lt;",
    "👩‍👩‍👧 می‌خواهم Anna Аnna",
]
"""Texts that try to be more than text."""
START = datetime(2026, 10, 5, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@dataclass
class StillClock:
    """Stands still until it is moved."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time


@dataclass
class CountedTokens:
    """Tokens that a test knows beforehand: SECRETTOKEN00000000001, ...2, ..."""

    made: int = 0

    def token(self) -> str:
        self.made += 1
        return counted_token(self.made)


def counted_token(number: int) -> str:
    return f"SECRETTOKEN{number:0{TOKEN_LENGTH - len('SECRETTOKEN')}}"


class WatchedStore:
    """The real store in a folder of its own, which counts what is asked of it.

    ``fails`` is raised by whatever is asked next, until it is None again.
    """

    def __init__(self, folder: str | None = None) -> None:
        self.folder = folder or str(put_empty_store(Path(tempfile.mkdtemp(prefix="okr-assistant-"))))
        self.inner = open_store(Path(self.folder))
        weakref.finalize(self, _forget, self.inner, None if folder else self.folder)
        self.asked = 0
        self.fails: Exception | None = None

    def one_state(self) -> AbstractContextManager[None]:
        """Asks for nothing yet."""
        return self.inner.one_state()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.inner, name)
        if not callable(method):  # what it is, and not what it is asked for
            return method

        def watched(*args: Any, **more: Any) -> Any:
            self.asked += 1
            if self.fails:
                raise self.fails
            return method(*args, **more)

        return watched

    def everything(self) -> dict[str, list[Any]]:
        """All rows of all tables: equal when nothing was changed."""
        with self.inner.database.read() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(table.select())))
                for table in metadata.sorted_tables
            }


def _forget(store: SqlStore, folder: str | None) -> None:
    store.close()
    if folder:
        shutil.rmtree(folder)


@dataclass
class Site:
    """Services on a store of their own, with a clock that a test moves."""

    services: Services
    store: WatchedStore
    links: Links
    clock: StillClock

    def share(self, level: Level = "notes", record: Record | None = None, lifetime: timedelta = YEAR) -> NewLink:
        shared = record or sample_record(self.services.models)
        assert shared.sheet.model
        found = assessment(self.services.models.get(shared.sheet.model), shared.sheet)
        return self.links.make(found, shared, level, lifetime)


def sample_record(models: Models, title: str = TITLE, notes: str = NOTES) -> Record:
    return Record(AnswerSheet(ANSWERS, title, models.newest.version), notes, DECISION)


@functools.cache
def the_models() -> Models:
    """The models of the package, read once: nothing changes them."""
    return Models(MODELS)


def a_site(
    models: Models | None = None, clock: StillClock | None = None, store: WatchedStore | None = None
) -> Site:
    store, still = store or WatchedStore(), clock or StillClock()
    tokens = CountedTokens()
    store.secret()
    links = Links(store, still, tokens)
    services = Services(
        models=models or the_models(),
        words=interface_words(),
        cases=(),
        kept={},
        clock=still,
        store=store,
        links=links,
        results=Results(store, still, tokens),
        maps=Maps(store, still, tokens),
        workshops=Workshops(store, still, tokens, CountedCodes()),
        public_url=None,
    )
    # Tests change a room and look at once.
    vars(services)["pulses"] = Pulses(fresh=0)
    return Site(services, store, links, still)


def share_samples(site: Site, levels: Sequence[Level] = LEVELS) -> dict[Level, NewLink]:
    """One link for each level; their keys are counted in this order, from 1 on."""
    return {level: site.share(level) for level in levels}


SAMPLES: dict[Level, NewLink] = {
    level: NewLink(token_of(counted_token(number)), counted_token(number), START + YEAR)
    for number, level in enumerate(LEVELS, 1)
}
"""The keys that ``share_samples`` gives on a fresh site."""
