"""The bare page of the benchmark is our Assess page without our work: the same elements with the same texts.

So is our page with foresight switched off, down to the address.

Nothing here is timed. When this fails, a page has changed and the bare one has to follow (``bare_page.py``), or
the ratio that ``bench_answer.py`` prints compares two different things.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from okr_assistant import load_model
from tests.bench.answers import ALL, HALF, Choice, full_sheet, open_sheets, rounds
from tests.bench.servers import Servers, address, all_servers
from tests.bench.websocket_client import Run, open_tab
from tests.bench.without_foresight import SWITCHED_OFF
from tests.serving import Server

pytestmark = pytest.mark.server

MODEL = load_model()
QUESTIONS = [question.id for question in MODEL.questions]
FIRST = QUESTIONS[0]


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with all_servers() as started:
        yield started


def _answered(server: Server, query: str, choice: Choice) -> tuple[Run, bool]:
    """The run after one answer, and whether it changed the address."""

    async def answered() -> tuple[Run, bool]:
        async with open_tab(server.port, "assess", query) as tab:
            await tab.load()
            before = tab.query
            run = await tab.choose(choice.question, choice.place)
            return run, tab.query != before

    return asyncio.run(answered())


def _same_page(runs: list[Run]) -> None:
    assert all(run.errors == [] for run in runs)
    assert all(run.tree == runs[0].tree for run in runs), "place and kind of every element, in order"
    assert len(runs[0].tree) > 20
    for run in runs:
        assert run.delta_bytes == pytest.approx(runs[0].delta_bytes, rel=0.1)


@pytest.mark.parametrize("in_front", [FIRST, QUESTIONS[7], QUESTIONS[-1], ALL])
def test_both_pages_have_the_same_elements_and_as_much_text(servers: Servers, in_front: str) -> None:
    choice = next(rounds(MODEL)[QUESTIONS[7] if in_front == ALL else in_front])
    query = address(full_sheet(MODEL), in_front)
    _same_page([_answered(server, query, choice)[0] for server in (servers.ours, servers.bare)])


@pytest.mark.parametrize("in_front", [FIRST, QUESTIONS[7], QUESTIONS[-1], ALL])
def test_so_have_all_three_while_questions_are_open(servers: Servers, in_front: str) -> None:
    question = QUESTIONS[7] if in_front == ALL else in_front
    query = address(open_sheets(MODEL)[question], in_front)
    _same_page([_answered(server, query, next(rounds(MODEL)[question]))[0] for server in servers])
    assert SWITCHED_OFF in servers.without.output()


def test_only_ours_keeps_the_answer_in_the_address(servers: Servers) -> None:
    """What the ratio measures: an answer that was not kept would cost less."""
    query, choice = address(full_sheet(MODEL), FIRST), next(rounds(MODEL)[FIRST])
    assert _answered(servers.ours, query, choice)[1]
    assert _answered(servers.without, query, choice)[1]
    assert not _answered(servers.bare, query, choice)[1]


def test_a_half_answered_sheet_has_as_many_open_questions_and_its_own_one_answered() -> None:
    for question, sheet in open_sheets(MODEL).items():
        assert len(sheet) == len(QUESTIONS) - HALF
        assert sheet[question] == full_sheet(MODEL)[question]
