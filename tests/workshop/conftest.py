"""Workshops on every engine, with a clock that stands and tokens and codes that are counted."""

from __future__ import annotations

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.housekeeping import Store
from okr_assistant.workshop.workshops import Workshops
from tests.still import CountedCodes, CountedTokens, StillClock
from tests.store.conftest import any_store as any_store
from tests.workshop.meeting import Meeting, meeting_in


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def workshops(any_store: Store, clock: StillClock) -> Workshops:
    return Workshops(any_store, clock, CountedTokens(), CountedCodes())


@pytest.fixture
def meeting(workshops: Workshops, model: Model) -> Meeting:
    return meeting_in(workshops, model)


@pytest.fixture
def ann(meeting: Meeting) -> str:
    """Somebody who is in the room when the voting begins."""
    token = meeting.join()
    meeting.facilitation.open_round()
    return token
