"""The load script loses and doubles nothing with five participants, and would notice if the server did.

Nothing here is timed; ``bench_workshop.py`` measures.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_assistant import load_model
from okr_assistant.clock import SystemTokens
from okr_assistant.workshop.voting import Choice
from tests.bench.measured import Spread, spread
from tests.bench.participant import Participant
from tests.bench.widgets_load import sessions, widgets_server
from tests.bench.workshop_live import live, thinking
from tests.bench.workshop_load import Site, Way, answers, site
from tests.bench.workshop_room import Loss, compare, rooms_in, sheets

MODEL = load_model()
QUESTIONS = [question.id for question in MODEL.questions]
PEOPLE = 5
NOTHING = Loss(0, 0, 0, 0)


@pytest.fixture(scope="module")
def running_site() -> Iterator[Site]:
    with site() as started:
        yield started


@pytest.mark.server
@pytest.mark.parametrize(("way", "sent"), [("one by one", PEOPLE * len(QUESTIONS)), ("one form", PEOPLE)])
def test_everything_that_five_people_send_is_kept_once(running_site: Site, way: Way, sent: int) -> None:
    found = asyncio.run(answers(running_site, MODEL, PEOPLE, way))
    assert found.loss == NOTHING
    assert found.joined.count == PEOPLE
    assert found.saved.count == found.answered.count == sent
    assert 0 < found.all_joined < found.all_in
    assert found.screen > 0, "the facilitator's page says that all have finished, and not before they have"


@pytest.mark.server
def test_people_with_time_to_think_send_one_answer_at_a_time(running_site: Site) -> None:
    async def one_each() -> None:
        async with thinking(running_site, MODEL, PEOPLE) as acts:
            for act in acts:
                await act()

    asyncio.run(one_each())


@pytest.mark.server
def test_everybody_is_shown_the_reveal(running_site: Site) -> None:
    found = asyncio.run(live(running_site, MODEL, PEOPLE, settle=0, idle=0.5))
    assert found.told.count == found.shown.count == PEOPLE
    assert 0 < found.told.p50 < found.shown.p50
    assert found.screens > 0
    assert found.voting > 0 < found.revealed


@pytest.mark.server
def test_the_plain_page_shows_what_is_chosen() -> None:
    async def one_each(port: int) -> None:
        async with sessions(port, 2) as acts:
            for act in acts:
                await act()

    with widgets_server() as server:
        asyncio.run(one_each(server.port))


def test_what_is_lost_changed_or_doubled_is_counted(tmp_path: Path) -> None:
    tokens, first, second = SystemTokens(), QUESTIONS[0], QUESTIONS[1]
    with rooms_in(tmp_path, MODEL) as (room,):
        seat = tokens.token()
        room.voting.join(seat, "Ann")
        ann = Participant(0, room.id, "Ann")
        choice, other = MODEL.questions[0].choices[:2]
        room.voting.vote(seat, 1, [Choice(first, choice)], tokens.token(), MODEL)
        ann.given, ann.sent = {first: choice}, 1
        assert compare(room, [ann]) == NOTHING
        ann.given = {first: choice, second: MODEL.questions[1].choices[0]}
        assert compare(room, [ann]) == Loss(lost=1, other=0, doubled=0, seats=0)
        ann.given = {first: other}
        assert compare(room, [ann]) == Loss(lost=0, other=1, doubled=0, seats=0)
        ann.given = {first: choice}
        room.voting.vote(seat, 1, [Choice(first, choice)], tokens.token(), MODEL)
        room.voting.join(tokens.token(), "Ann")
        assert compare(room, [ann]) == Loss(lost=0, other=0, doubled=1, seats=1)


def test_every_sheet_is_complete_and_they_differ() -> None:
    given = sheets(MODEL, PEOPLE)
    assert all(list(sheet) == QUESTIONS for sheet in given.values())
    assert len({tuple(sheet.values()) for sheet in given.values()}) == PEOPLE


def test_a_percentile_is_a_time_that_was_measured() -> None:
    assert spread([place / 1000 for place in range(100, 0, -1)]) == Spread(100, 50, 95, 100)
    assert spread([0.002]) == Spread(1, 2, 2, 2)
