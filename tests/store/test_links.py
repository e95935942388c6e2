"""Stored links over a real store: clocks that jump, the very instant, and tokens that are none (21 to 25)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from okr_assistant.clock import SystemClock, SystemTokens, hashed, is_token
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.errors import SheetError, StoreError, TextError
from okr_assistant.housekeeping import Store
from okr_assistant.sharing.links import MOST_REMARKS, LinkError, Links, NewLink
from okr_assistant.sharing.ports import StoredLink
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import Level
from okr_assistant.store import SqlStore
from tests.still import NOON, CountedTokens, StillClock
from tests.store.contents import all_values
from tests.store.samples import a_record

DAY = timedelta(days=1)
TINY = timedelta(microseconds=1)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def links(any_store: Store, clock: StillClock) -> Links:
    return Links(any_store, clock, CountedTokens())


@pytest.fixture
def make(links: Links, model: Model) -> Callable[..., NewLink]:
    def made(lifetime: timedelta = 30 * DAY, level: Level = "notes", record: Record | None = None) -> NewLink:
        kept = record or a_record()
        return links.make(assessment(model, kept.sheet), kept, level, lifetime)

    return made


def test_a_token_opens_a_link_and_its_key_manages_it(links: Links, make: Callable[..., NewLink]) -> None:
    new = make()
    opened = links.open(new.token)
    assert opened
    assert opened.snapshot.record == a_record()
    assert links.owned(new.owner_key) == opened
    assert links.open(new.owner_key) is None
    assert links.owned(new.token) is None


@pytest.mark.robustness(21)
@pytest.mark.parametrize("jump", [timedelta(seconds=90), timedelta(seconds=-90), -DAY, DAY])
def test_a_live_link_survives_a_jump_of_the_clock(
    jump: timedelta, links: Links, clock: StillClock, make: Callable[..., NewLink]
) -> None:
    new = make()
    clock.move(jump)
    assert links.open(new.token)


@pytest.mark.robustness(21)
@pytest.mark.parametrize("back", [timedelta(seconds=90), DAY, 400 * DAY])
def test_an_expired_link_stays_expired_when_the_clock_is_set_back(
    back: timedelta, links: Links, clock: StillClock, make: Callable[..., NewLink]
) -> None:
    new = make(DAY)
    clock.move(DAY)
    assert links.open(new.token) is None
    clock.move(-back)
    assert links.open(new.token) is None
    assert links.owned(new.owner_key) is None


@pytest.mark.robustness(22)
def test_at_the_very_instant_of_its_expiry_a_link_is_expired(
    links: Links, clock: StillClock, make: Callable[..., NewLink]
) -> None:
    new = make(DAY)
    clock.move(DAY - TINY)
    assert links.open(new.token)
    clock.move(TINY)
    assert links.open(new.token) is None


@pytest.mark.robustness(22)
def test_a_day_is_24_hours_when_clocks_are_put_forward(
    links: Links, clock: StillClock, make: Callable[..., NewLink]
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    clock.time = datetime(2026, 3, 28, 12, tzinfo=berlin).astimezone(UTC)
    new = make(DAY)
    clock.time = datetime(2026, 3, 29, 12, 30, tzinfo=berlin).astimezone(UTC)
    assert links.open(new.token), "23.5 hours later"
    clock.time = datetime(2026, 3, 29, 13, 0, tzinfo=berlin).astimezone(UTC)
    assert links.open(new.token) is None


@pytest.mark.robustness(23)
def test_unknown_expired_revoked_and_deleted_are_alike(
    links: Links, clock: StillClock, make: Callable[..., NewLink]
) -> None:
    expired, revoked, deleted = make(DAY), make(), make()
    for number, key in enumerate((revoked, deleted)):
        link = links.owned(key.owner_key)
        assert link
        (links.revoke if number == 0 else lambda it: links.store.delete_link(it.token_hash))(link)
    clock.move(DAY)
    unknown = NewLink(SystemTokens().token(), SystemTokens().token(), NOON)
    for new in (expired, revoked, deleted, unknown):
        assert links.open(new.token) is None
        assert links.owned(new.owner_key) is None


def test_an_expired_link_is_none_even_where_that_cannot_be_kept(
    links: Links, clock: StillClock, make: Callable[..., NewLink], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a full disk an expired link said so, which an unknown one did not."""
    new = make(DAY)
    clock.move(DAY)

    def full(*_arguments: object) -> None:
        raise StoreError("storage_full", place="storage")

    monkeypatch.setattr(type(links.store), "end_link", full)
    assert links.open(new.token) is None


NEARLY = {
    "truncated": lambda token: token[:-1],
    "one more": lambda token: token + "0",
    "padded": lambda token: token + "=",
    "accented": lambda token: token + "é",
    "case flipped": str.swapcase,
    "one off": lambda token: ("A" if token[0] != "A" else "B") + token[1:],
    "full width": lambda token: chr(ord("０") + 1) + token[1:],
    "line end": lambda token: token + "\n",
    "blank": lambda token: f" {token[:-1]}",
}


@pytest.mark.robustness(24)
@pytest.mark.parametrize("change", NEARLY.values(), ids=NEARLY)
def test_a_token_that_is_nearly_right_is_unknown(
    change: Callable[[str], str], any_store: Store, model: Model
) -> None:
    links = Links(any_store, SystemClock(), SystemTokens())
    record = a_record()
    new = links.make(assessment(model, record.sheet), record, "notes", DAY)
    assert links.open(change(new.token)) is None
    assert links.owned(change(new.owner_key)) is None


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self._store, self.asked = store, 0

    def __getattr__(self, name: str) -> object:
        self.asked += 1
        return getattr(self._store, name)


NO_TOKENS = ["", "A" * 10**6, "\0" * 22, "\ud800" * 22, "A" * 21 + "\0", "A" * 21, "A" * 23, "../" * 7 + "A"]


@pytest.mark.robustness(25)
@pytest.mark.parametrize("text", NO_TOKENS, ids=lambda text: repr(text[:23]))
def test_what_has_not_the_shape_of_a_token_never_reaches_the_database(
    text: str, any_store: Store, clock: StillClock, model: Model
) -> None:
    store = Counting(any_store)
    links = Links(store, clock, CountedTokens())  # type: ignore[arg-type]
    assert not is_token(text)
    assert links.open(text) is None
    assert links.owned(text) is None
    with pytest.raises(LinkError):
        links.remark(text, model, "work_kind", "learn", "", "")
    assert store.asked == 0
    assert links.open("A" * 22) is None
    assert store.asked == 1, "the store does count"


# remarks


@pytest.fixture
def link(links: Links, make: Callable[..., NewLink]) -> tuple[str, StoredLink]:
    token = make().token
    opened = links.open(token)
    assert opened
    return token, opened


def test_a_remark_is_kept_clean(links: Links, model: Model, link: tuple[str, StoredLink]) -> None:
    links.remark(link[0], model, "work_kind", "learn", " why\r\nnot ", " Ann ")
    (kept,) = links.store.remarks(link[1].token_hash)
    assert (kept.question, kept.option, kept.reason, kept.name) == ("work_kind", "learn", "why\nnot", "Ann")
    assert kept.made_at == NOON


def test_a_remark_that_fits_no_question_or_cannot_be_kept_is_refused(
    links: Links, model: Model, link: tuple[str, StoredLink]
) -> None:
    with pytest.raises(SheetError):
        links.remark(link[0], model, "nothing", "learn", "", "")
    with pytest.raises(SheetError):
        links.remark(link[0], model, "work_kind", "nothing", "", "")
    with pytest.raises(TextError):
        links.remark(link[0], model, "work_kind", "learn", "x" * 1001, "")
    assert links.store.remarks(link[1].token_hash) == ()


def test_a_link_that_takes_no_remarks_says_so(
    links: Links, model: Model, link: tuple[str, StoredLink], make: Callable[..., NewLink]
) -> None:
    links.store.set_remarks_open(link[1].token_hash, is_open=False)
    for token in (link[0], make(level="verdict").token, "A" * 22):
        with pytest.raises(LinkError) as refusal:
            links.remark(token, model, "work_kind", "learn", "", "")
        assert refusal.value.problem == "remarks_closed"


def test_ten_remarks_a_minute_and_200_in_all(
    links: Links, clock: StillClock, model: Model, link: tuple[str, StoredLink]
) -> None:
    def remark() -> bool:
        try:
            links.remark(link[0], model, "work_kind", "learn", "", "")
        except LinkError as error:
            return error.problem != "too_many_remarks"
        return True

    assert [remark() for _ in range(11)] == [True] * 10 + [False]
    for _ in range(MOST_REMARKS // 10 - 1):
        clock.move(timedelta(minutes=1))
        assert all(remark() for _ in range(10))
    clock.move(DAY)
    assert not remark()
    assert len(links.store.remarks(link[1].token_hash)) == MOST_REMARKS


def test_of_a_token_and_a_key_only_the_hash_is_kept(make: Callable[..., NewLink], any_store: SqlStore) -> None:
    made = make()
    content = all_values(any_store)
    assert hashed(made.token) in content
    assert hashed(made.owner_key) in content
    assert made.token.encode() not in content
    assert made.owner_key.encode() not in content
