"""The bare page of the benchmark is our Assess page without our work: the same elements with the same texts.

Nothing here is timed. When this fails, a page has changed and the bare one has to follow (``bare_page.py``), or
the ratio that ``bench_answer.py`` prints compares two different things.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from okr_assistant import load_model
from tests.bench.answers import ALL, Choice, rounds
from tests.bench.servers import Servers, address, both_servers
from tests.bench.websocket_client import Run, open_tab
from tests.serving import Server

pytestmark = pytest.mark.server

QUESTIONS = [question.id for question in load_model().questions]


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with both_servers() as started:
        yield started


def _answered(server: Server, in_front: str, choice: Choice) -> tuple[Run, bool]:
    """The run after one answer, and whether it changed the address."""

    async def answered() -> tuple[Run, bool]:
        async with open_tab(server.port, "assess", address(in_front)) as tab:
            await tab.load()
            before = tab.query
            run = await tab.choose(choice.question, choice.place)
            return run, tab.query != before

    return asyncio.run(answered())


@pytest.mark.parametrize("in_front", [QUESTIONS[0], QUESTIONS[7], QUESTIONS[-1], ALL])
def test_both_pages_have_the_same_elements_and_as_much_text(servers: Servers, in_front: str) -> None:
    choice = next(rounds(load_model())[QUESTIONS[7] if in_front == ALL else in_front])
    ours, _ = _answered(servers.ours, in_front, choice)
    bare, _ = _answered(servers.bare, in_front, choice)
    assert ours.errors == bare.errors == []
    assert ours.tree == bare.tree, "place and kind of every element, in order"
    assert len(ours.tree) > 20
    assert ours.delta_bytes == pytest.approx(bare.delta_bytes, rel=0.1)


def test_only_ours_keeps_the_answer_in_the_address(servers: Servers) -> None:
    """What the ratio measures: an answer that was not kept would cost less."""
    choice = next(rounds(load_model())[QUESTIONS[0]])
    assert _answered(servers.ours, QUESTIONS[0], choice)[1]
    assert not _answered(servers.bare, QUESTIONS[0], choice)[1]
