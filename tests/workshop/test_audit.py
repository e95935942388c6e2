"""What an operator is told, and that it leads to nobody."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

import pytest

from okr_assistant import audit
from okr_assistant.decision.model import Model
from okr_assistant.errors import StoreError
from okr_assistant.housekeeping import clean_up_if_possible
from okr_assistant.store import SqlStore
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.room import KEPT
from okr_assistant.workshop.workshops import MOST_WRONG_CODES, NewRoom, Workshops
from tests.still import CountedCodes
from tests.web.site import CountedTokens, StillClock

Told: TypeAlias = Callable[[], list[tuple[str, str, dict[str, object]]]]


@pytest.fixture
def workshops(store: SqlStore) -> Workshops:
    return Workshops(store, StillClock(), CountedTokens(), CountedCodes())


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Told:
    """Return what was told since the last time: level, event, facts."""
    caplog.set_level(logging.INFO, audit.__name__)

    def take() -> list[tuple[str, str, dict[str, object]]]:
        ours = [record for record in caplog.records if record.name == audit.__name__]
        found = [(record.levelname, record.message, vars(record)["facts"]) for record in ours]
        caplog.clear()
        return found

    return take


def made(workshops: Workshops, model: Model) -> NewRoom:
    return workshops.make(model, title="Faster checkout", named=True)


def test_a_room_is_made_its_key_replaced_and_deleted(workshops: Workshops, model: Model, told: Told) -> None:
    room = made(workshops, model)
    short = audit.short_id(room.id)
    assert told() == [("INFO", "room made", {"room": short})]
    facilitation = workshops.facilitation_by_key(room.facilitator_key)
    facilitation.new_co_facilitator_key()
    assert told() == [("INFO", "co-facilitator's key replaced", {"room": short})]
    facilitation.delete()
    assert told() == [("INFO", "room deleted by its facilitator", {"room": short})]


def test_a_participant_of_another_room_is_refused_and_said_so(
    workshops: Workshops, model: Model, told: Told
) -> None:
    here, there = made(workshops, model), made(workshops, model)
    token = workshops.tokens.token()
    workshops.voting(there.id).join(token, "Kim")
    told()
    with pytest.raises(RoomError):
        workshops.voting(here.id).leave(token)
    assert told() == [("WARNING", "refused: a participant of another room", {"room": audit.short_id(here.id)})]


def test_the_budget_of_codes_is_told_once_when_it_is_used_up(workshops: Workshops, told: Told) -> None:
    for _ in range(MOST_WRONG_CODES + 5):
        with pytest.raises(RoomError):
            workshops.find("22222222")
    ((level, event, facts),) = told()
    assert (level, facts) == ("WARNING", {"wrong": MOST_WRONG_CODES})
    assert event.startswith("refused: typed codes")


def test_what_was_cleaned_up_is_counted_and_nothing_is_said_of_nothing(
    workshops: Workshops, store: SqlStore, model: Model, told: Told
) -> None:
    made(workshops, model)
    told()
    clock = StillClock()
    clean_up_if_possible(store, clock)
    assert told() == []
    clock.time += KEPT + timedelta(days=1)
    clean_up_if_possible(store, clock)
    assert told() == [("INFO", "deleted what had ended", {"links": 0, "results": 0, "portfolios": 0, "rooms": 1})]


def test_a_deletion_that_failed_is_not_told_as_done(workshops: Workshops, model: Model, told: Told) -> None:
    room = made(workshops, model)
    facilitation = workshops.facilitation_by_key(room.facilitator_key)
    told()
    store = workshops.store
    assert isinstance(store, SqlStore)
    store.close()
    store.database.file.rename(store.database.file.with_suffix(".gone"))
    with pytest.raises(StoreError):
        facilitation.delete()
    assert told() == []


def test_a_short_id_is_eight_digits_of_a_digest_that_is_stored_nowhere() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}", audit.short_id("A" * 22))
    assert audit.short_id("A" * 22) == audit.short_id("A" * 22) != audit.short_id("B" * 22)
