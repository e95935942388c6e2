"""Workshops under load: the real server, a room on its disk, participants over HTTP, a facilitator's websocket."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, TypeAlias

from okr_assistant.decision.model import Model
from okr_assistant.paths import LOCALES, ROOT
from okr_assistant.web.browser import COOKIE
from okr_assistant.words import read_words
from tests.bench.measured import Costs, Spread, spread
from tests.bench.participant import Participant
from tests.bench.websocket_client import Tab, open_tab
from tests.bench.workshop_room import Loss, Sheet, WorkshopRoom, compare, rooms_in, sheets
from tests.serving import free_port, running

Way: TypeAlias = Literal["one by one", "one form"]
WAYS: tuple[Way, ...] = ("one by one", "one form")

_WARM_UP = 3
_SERVE = "from okr_assistant.cli import main; main()"


@dataclass(frozen=True)
class Site:
    """A running app: where people reach it, where its data are (``tests.stores.open_at``), and its processes.

    ``parts`` are the processes of each part, by its name: those that run now, as the parts start more of them.
    """

    port: int
    place: str
    parts: Mapping[str, Callable[[], Sequence[int]]]

    def costs(self) -> Costs:
        """What all parts take from now on."""
        return Costs(self.parts)


@dataclass(frozen=True)
class Answered:
    """A room in which everybody joined and answered at once; ``all_joined`` and ``all_in`` in seconds from then.

    ``screen`` is how many seconds after the last "saved" the facilitator's page said that all have finished.
    ``processor`` and ``client`` are the shares of one core that the server and these participants took.
    """

    people: int
    way: Way
    all_joined: float
    all_in: float
    screen: float
    joined: Spread
    saved: Spread
    answered: Spread
    polled: Spread | None
    loss: Loss
    kilobytes_each: float
    processor: float
    client: float


@contextmanager
def site() -> Iterator[Site]:
    """Start ``okr-assistant serve`` on a free port, with a data folder of its own."""
    port = free_port()
    command = [sys.executable, "-c", _SERVE, "serve", "--port", str(port)]
    with TemporaryDirectory() as folder, running(command, port, Path(folder, "log"), cwd=ROOT) as server:
        yield Site(port, str(Path(folder, "log.data")), {"app": lambda: [server.process.pid]})


@asynccontextmanager
async def facilitators_tab(on: Site, room: WorkshopRoom, page: str = "facilitate") -> AsyncIterator[Tab]:
    """Open one of the facilitator's pages in the browser that made the room."""
    async with open_tab(on.port, page, f"room={room.id}", f"{COOKIE}={room.browser}") as tab:
        run = await tab.load()
        assert not run.errors, run.errors
        yield tab


async def warm_up(on: Site, model: Model) -> None:
    """Have everything done once that is slow only the first time."""
    for way in WAYS:
        await answers(on, model, _WARM_UP, way)


async def answers(on: Site, model: Model, people: int, way: Way) -> Answered:
    """Let so many people join and answer all questions, all of them at once."""
    given = sheets(model, people)
    with rooms_in(on.place, model) as (room,):
        crowd = [Participant(on.port, room.id, name) for name in given]
        async with facilitators_tab(on, room) as tab:
            screen = asyncio.create_task(_says(tab, all_finished(people)))
            costs, client, begin = on.costs(), time.process_time(), time.perf_counter()
            await asyncio.gather(*(_take_part(person, given[person.name], way) for person in crowd))
            processor, client = costs.share(), (time.process_time() - client) / costs.seconds()
            memory, said = costs.more_memory(), await screen
        await close_all(crowd)
        loss = compare(room, crowd)
    last = max(person.saved_at for person in crowd)
    polled = times(crowd, "polled")
    return Answered(
        people=people,
        way=way,
        all_joined=max(person.joined_at for person in crowd) - begin,
        all_in=last - begin,
        screen=said - last,
        joined=spread(times(crowd, "joined")),
        saved=spread(times(crowd, "saved")),
        answered=spread(times(crowd, "answered")),
        polled=spread(polled) if polled else None,
        loss=loss,
        kilobytes_each=memory / people,
        processor=processor,
        client=client,
    )


async def close_all(crowd: Sequence[Participant]) -> None:
    """Close all these browsers; the seats stay."""
    await asyncio.gather(*(person.close() for person in crowd))


def times(crowd: Sequence[Participant], of: str) -> list[float]:
    """Return what all of them waited for one kind of thing."""
    return [time_ for person in crowd for time_ in person.waits[of]]


async def _take_part(person: Participant, sheet: Sheet, way: Way) -> None:
    await person.join(scripts=way == "one by one")
    if way == "one form":
        return await person.answer_all(sheet)
    for question, choice in sheet.items():
        await person.answer(question, choice)
    return None


async def _says(tab: Tab, text: str) -> float:
    """Watch until a page says this; when that was, in the seconds of ``time.perf_counter``."""
    await tab.watch(lambda run: run.says(text))
    return time.perf_counter()


def all_finished(people: int) -> str:
    """What the facilitator's page says when so many people have answered everything, and nobody has not."""
    return read_words(LOCALES).counted("facilitate.finished", people, of=people)
