"""A store in memory for tests of pages, and samples in it. The real one has tests of its own, and a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from okr_assistant.clock import TOKEN_LENGTH
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.sharing.links import Links, NewLink
from okr_assistant.sharing.ports import Remark, SavedResult, StoredLink
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.web.context import Services
from okr_assistant.words import read_words

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


@dataclass
class MemoryStore:
    """Everything in dictionaries. ``fails`` is raised by whatever is asked next, until it is None again."""

    links: dict[bytes, StoredLink] = field(default_factory=dict)
    kept: dict[bytes, list[Remark]] = field(default_factory=dict)
    asked: int = 0
    fails: Exception | None = None

    def _ask(self) -> None:
        self.asked += 1
        if self.fails:
            raise self.fails

    def add_link(self, link: StoredLink) -> None:
        self._ask()
        self.links[link.token_hash] = link

    def link(self, token_hash: bytes) -> StoredLink | None:
        self._ask()
        return self.links.get(token_hash)

    def link_of_owner(self, owner_hash: bytes) -> StoredLink | None:
        self._ask()
        return next((link for link in self.links.values() if link.owner_hash == owner_hash), None)

    def end_link(self, token_hash: bytes, at: datetime) -> None:
        link = self.links[token_hash]
        self.links[token_hash] = replace(link, ended_at=link.ended_at or at)

    def set_remarks_open(self, token_hash: bytes, *, is_open: bool) -> None:
        self.links[token_hash] = replace(self.links[token_hash], remarks_open=is_open)

    def add_remark(
        self, token_hash: bytes, remark: Remark, *, most: int, since: datetime, most_since: int
    ) -> bool:
        self._ask()
        there = self.kept.setdefault(token_hash, [])
        recent = [one for one in there if one.made_at > since]
        if len(there) >= most or len(recent) >= most_since:
            return False
        there.append(remark)
        return True

    def remarks(self, token_hash: bytes) -> tuple[Remark, ...]:
        return tuple(self.kept.get(token_hash, ()))

    def delete_remark(self, token_hash: bytes, remark_id: str) -> None:
        self.kept[token_hash] = [one for one in self.kept.get(token_hash, ()) if one.id != remark_id]

    def delete_link(self, token_hash: bytes) -> None:
        self.links.pop(token_hash, None)
        self.kept.pop(token_hash, None)

    def delete_links_expired_before(self, instant: datetime) -> int:
        raise NotImplementedError

    def save(self, browser_hash: bytes, result: SavedResult) -> None:
        raise NotImplementedError

    def results(self, browser_hash: bytes) -> tuple[SavedResult, ...]:
        raise NotImplementedError

    def delete(self, browser_hash: bytes, result_id: str) -> None:
        raise NotImplementedError

    def delete_all(self, browser_hash: bytes) -> int:
        raise NotImplementedError

    def visit(self, browser_hash: bytes, at: datetime) -> None:
        raise NotImplementedError

    def delete_results_not_visited_since(self, instant: datetime) -> int:
        raise NotImplementedError

    def secret(self) -> bytes:
        self._ask()
        return b"s" * 32

    def close(self) -> None:
        pass


@dataclass
class Site:
    """Services on a store in memory, with a clock that a test moves."""

    services: Services
    store: MemoryStore
    links: Links
    clock: StillClock

    def share(self, level: Level = "notes", record: Record | None = None, lifetime: timedelta = YEAR) -> NewLink:
        shared = record or sample_record(self.services.models)
        assert shared.sheet.model
        found = assessment(self.services.models.get(shared.sheet.model), shared.sheet)
        return self.links.make(found, shared, level, lifetime)


def sample_record(models: Models, title: str = TITLE, notes: str = NOTES) -> Record:
    return Record(AnswerSheet(ANSWERS, title, models.newest.version), notes, DECISION)


def a_site(
    models: Models | None = None, clock: StillClock | None = None, store: MemoryStore | None = None
) -> Site:
    store, still = store or MemoryStore(), clock or StillClock()
    links = Links(store, still, CountedTokens())
    services = Services(models or Models(MODELS), read_words(LOCALES), (), store=store, links=links)
    return Site(services, store, links, still)


def share_samples(site: Site, levels: Sequence[Level] = LEVELS) -> dict[Level, NewLink]:
    """One link for each level; their tokens and keys are counted in this order, from 1 on."""
    return {level: site.share(level) for level in levels}


SAMPLES: dict[Level, NewLink] = {
    level: NewLink(counted_token(2 * place + 1), counted_token(2 * place + 2))
    for place, level in enumerate(LEVELS)
}
"""The keys that ``share_samples`` gives on a fresh site."""
