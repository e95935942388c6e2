"""Whatever is done in whatever order, the store and a plain dictionary tell the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr_assistant.clock import Tokens, hashed
from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import Store
from okr_assistant.sharing.links import Links
from okr_assistant.sharing.ports import Remark, StoredLink
from tests.still import NOON, CountedTokens, StillClock
from tests.store.samples import a_remark, a_snapshot

MOST = 4
HOUR = timedelta(hours=1)
_number = st.integers(0, 3)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), _number, st.integers(1, 5)),
        st.tuples(st.just("open"), _number),
        st.tuples(st.just("revoke"), _number),
        st.tuples(st.just("wait"), st.integers(-2, 3)),
        st.tuples(st.just("remark"), _number, st.integers(0, 7)),
        st.tuples(st.just("unremark"), _number, st.integers(0, 7)),
        st.tuples(st.just("close"), _number, st.booleans()),
        st.tuples(st.just("delete"), _number),
        st.tuples(st.just("clean"), st.integers(0, 4)),
    ),
    max_size=40,
)


@dataclass
class Dictionary:
    """The same promises in a few lines: what is open is decided here by comparing, and by nothing else."""

    links: dict[bytes, StoredLink] = field(default_factory=dict)
    remarks: dict[bytes, dict[str, Remark]] = field(default_factory=dict)

    def open(self, key: bytes, now: datetime) -> StoredLink | None:
        link = self.links.get(key)
        if link and link.ended_at is None and now >= link.expires_at:
            self.links[key] = link = replace(link, ended_at=link.expires_at)
        return link if link and link.ended_at is None else None

    def remark(self, key: bytes, remark: Remark, since: datetime) -> bool | None:
        """Whether there is room for it; None where none is taken."""
        link = self.links.get(key)
        if link is None or link.ended_at is not None or not link.remarks_open:
            return None
        here = self.remarks.setdefault(key, {})
        if remark.id in here:
            return True
        if len(here) >= MOST or sum(1 for other in here.values() if other.made_at > since) >= 2:
            return False
        here[remark.id] = remark
        return True

    def delete(self, key: bytes) -> None:
        self.links.pop(key, None)
        self.remarks.pop(key, None)

    def clean(self, instant: datetime) -> int:
        over = [k for k, v in self.links.items() if min(v.ended_at or v.expires_at, v.expires_at) < instant]
        for key in over:
            self.delete(key)
        return len(over)


class Both:
    """The store and the dictionary, with one clock; every step is done to both, and both must agree."""

    def __init__(self, store: Store) -> None:
        self.store, self.model = store, Dictionary()
        self.clock = StillClock()
        tokens: Tokens = CountedTokens()
        self.tokens = [tokens.token() for _ in range(4)]
        self.service = Links(store, self.clock, tokens)

    def add(self, number: int, hours: int) -> None:
        key, now = hashed(self.tokens[number]), self.clock.now()
        link = StoredLink(key, hashed(f"owner {number}"), a_snapshot(), now, now + hours * HOUR)
        kept = self.model.links.setdefault(key, link)
        try:
            self.store.add_link(link)
        except StoreError:
            assert (kept.made_at, kept.expires_at) != (link.made_at, link.expires_at)

    def open(self, number: int) -> None:
        key = hashed(self.tokens[number])
        assert self.service.open(self.tokens[number]) == self.model.open(key, self.clock.now())

    def revoke(self, number: int) -> None:
        if link := self.service.open(self.tokens[number]):
            self.service.revoke(link)
        if self.model.open(key := hashed(self.tokens[number]), now := self.clock.now()):
            self.model.links[key] = replace(self.model.links[key], ended_at=now)

    def wait(self, hours: int) -> None:
        self.clock.move(hours * HOUR)

    def remark(self, number: int, which: int) -> None:
        key, now = hashed(self.tokens[number]), self.clock.now()
        remark = a_remark(which, now)
        expected = self.model.remark(key, remark, now - HOUR)
        try:
            kept = self.store.add_remark(key, remark, most=MOST, since=now - HOUR, most_since=2)
        except StoreError:
            assert expected is None
        else:
            assert kept is expected

    def unremark(self, number: int, which: int) -> None:
        key = hashed(self.tokens[number])
        self.store.delete_remark(key, a_remark(which).id)
        self.model.remarks.get(key, {}).pop(a_remark(which).id, None)

    def close(self, number: int, is_open: bool) -> None:
        key = hashed(self.tokens[number])
        self.store.set_remarks_open(key, is_open=is_open)
        if key in self.model.links:
            self.model.links[key] = replace(self.model.links[key], remarks_open=is_open)

    def delete(self, number: int) -> None:
        self.store.delete_link(hashed(self.tokens[number]))
        self.model.delete(hashed(self.tokens[number]))

    def clean(self, hours: int) -> None:
        instant = self.clock.now() - hours * HOUR
        assert self.store.delete_links_expired_before(instant) == self.model.clean(instant)

    def agree(self) -> None:
        for number, token in enumerate(self.tokens):
            key = hashed(token)
            assert self.store.link(key) == self.model.links.get(key)
            assert self.store.link_of_owner(hashed(f"owner {number}")) == self.model.links.get(key)
            expected = sorted(self.model.remarks.get(key, {}).values(), key=lambda r: (r.made_at, r.id))
            assert list(self.store.remarks(key)) == expected


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=_steps)
def test_a_store_is_a_dictionary_that_stays(any_store: Store, steps: list[tuple[str, int]]) -> None:
    any_store.delete_links_expired_before(NOON + timedelta(days=10**5))
    both = Both(any_store)
    for name, *arguments in steps:
        getattr(both, name)(*arguments)
    both.agree()
