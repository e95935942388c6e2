"""Many threads and two processes in one room: one order, nothing twice, nothing lost (robustness 11 to 16, 19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest

from okr_assistant.clock import SystemClock, SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError
from okr_assistant.housekeeping import Store
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.room import PLACES
from okr_assistant.workshop.workshops import Workshops
from tests.store.processes import at_once, run_script
from tests.stores import open_at
from tests.workshop.meeting import ANSWERS, Meeting, meeting_in, newest_model

THREADS = 8
ROOMS = 20


def said(act: Callable[[], object]) -> str:
    """What came of it: what it returned, or the name of the problem."""
    try:
        return str(act())
    except OkrAssistantError as error:
        return error.problem


def a_meeting(store: Store) -> Meeting:
    return meeting_in(Workshops(store, SystemClock(), SystemTokens(), SystemCodes()), newest_model())


@pytest.fixture
def store_there(place: str) -> Iterator[Store]:
    """The store that processes open too."""
    with closing(open_at(place)) as store:
        yield store


# one order


@pytest.mark.robustness(14)
def test_a_reveal_and_a_close_are_one_after_the_other(any_store: Store) -> None:
    """Robustness 14, in threads: whoever is second acts on what the first left."""
    together = Barrier(2)

    def press(button: Callable[[], object]) -> str:
        together.wait()
        return said(button)

    with ThreadPoolExecutor(2) as pool:
        for _ in range(ROOMS):
            meeting = a_meeting(any_store)
            facilitation = meeting.facilitation
            facilitation.open_round()
            closed, revealed = pool.map(press, (facilitation.close, facilitation.reveal))
            assert_one_order(meeting, closed, revealed)


def assert_one_order(meeting: Meeting, closed: str, revealed: str) -> None:
    assert revealed == "None"
    assert closed in {"None", "is_revealed"}
    (round_,) = meeting.room.rounds
    assert round_.closed_at
    assert round_.revealed_at
    if closed == "None":
        assert round_.closed_at <= round_.revealed_at
        assert meeting.room.revision == 3
    else:
        assert round_.closed_at == round_.revealed_at
        assert meeting.room.revision == 2


_BUTTON = """
import sys
from tests.store.test_rooms_at_once import said
from tests.workshop.meeting import workshops_in

workshops = workshops_in(sys.argv[1])
rooms = [workshops.facilitation_by_key(key) for key in sys.argv[3:]]
print("ready", flush=True)
sys.stdin.readline()
print(*(said(getattr(room, sys.argv[2])) for room in rooms))
"""


@pytest.mark.robustness(14)
@pytest.mark.server
def test_two_processes_that_reveal_and_close_agree_on_one_order(place: str, store_there: Store) -> None:
    """Robustness 14, room after room."""
    meetings = [a_meeting(store_there) for _ in range(ROOMS)]
    for meeting in meetings:
        meeting.facilitation.open_round()
    keys = [meeting.new.co_facilitator_key for meeting in meetings]
    printed = at_once(_BUTTON, (place, "close", *keys), (place, "reveal", *keys))
    closed, revealed = (answers.split() for answers in printed)
    for answers in zip(meetings, closed, revealed, strict=True):
        assert_one_order(*answers)


@pytest.mark.robustness(14)
def test_the_reveal_shows_exactly_the_votes_that_were_acknowledged(any_store: Store, model: Model) -> None:
    """A vote is saved and shown, or refused and not there: nobody's is lost between the two."""
    meeting = a_meeting(any_store)
    people = [meeting.join() for _ in range(4 * THREADS)]
    meeting.facilitation.open_round()
    together = Barrier(THREADS + 1)

    def vote(first: int) -> dict[int, str]:
        together.wait()
        mine = people[first::THREADS]
        return {meeting.me(token).seat: said(lambda token=token: meeting.vote(token, round_=1)) for token in mine}

    def reveal() -> tuple[int, ...]:
        together.wait()
        meeting.vote(people[0], round_=1)
        meeting.facilitation.reveal()
        return tuple(vote.seat for vote in meeting.facilitation.votes())

    with ThreadPoolExecutor(THREADS + 1) as pool:
        seen = pool.submit(reveal)
        answers = {seat: answer for found in pool.map(vote, range(THREADS)) for seat, answer in found.items()}
    assert set(answers.values()) <= {"saved", "late_revealed"}
    saved = {seat for seat, answer in answers.items() if answer == "saved"} | {1}
    assert Counter(seen.result()) == Counter(dict.fromkeys(saved, len(ANSWERS)))


# seats


_JOINS = """
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from tests.store.test_rooms_at_once import THREADS, said
from tests.workshop.meeting import workshops_in

workshops = workshops_in(sys.argv[1])
voting = workshops.voting(sys.argv[2])
tokens = [workshops.tokens.token() for _ in range(int(sys.argv[3]))]
print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(THREADS) as pool:
    print(*pool.map(lambda token: said(lambda: voting.join(token, "Name").seat), tokens))
"""


@pytest.mark.robustness(15, 16)
@pytest.mark.server
@pytest.mark.parametrize("each", [PLACES // 2, PLACES // 2 + 10])
def test_200_people_join_from_two_processes_and_no_more(each: int, place: str, store_there: Store) -> None:
    """Robustness 15: all 200 within seconds, each with a seat of their own; and 16: from the 201st on none."""
    meeting = a_meeting(store_there)
    answers = [
        answer for printed in at_once(_JOINS, *[(place, meeting.id, each)] * 2) for answer in printed.split()
    ]
    assert Counter(answers) == Counter(map(str, range(1, PLACES + 1))) + Counter(room_is_full=2 * each - PLACES)
    assert [person.seat for person in meeting.voting.people()] == list(range(1, PLACES + 1))
    assert meeting.voting.pulse().joined == PLACES


# once


_VOTES = """
import sys
from okr_assistant.workshop.voting import Choice
from tests.store.test_rooms_at_once import said
from tests.workshop.meeting import newest_model, workshops_in

place, room, token, option, *keys = sys.argv[1:]
voting, model = workshops_in(place).voting(room), newest_model()
print("ready", flush=True)
sys.stdin.readline()
print(*(said(lambda: voting.vote(token, 1, [Choice("work_kind", option)], key, model)) for key in keys))
"""


@pytest.mark.robustness(12, 13)
@pytest.mark.server
@pytest.mark.parametrize("other", ["learn", "deliver"])
def test_two_processes_that_send_the_same_key(other: str, place: str, store_there: Store) -> None:
    """Once, and both are told so (robustness 12); with something else in it, the second is refused (13)."""
    meeting = a_meeting(store_there)
    token = meeting.join()
    meeting.facilitation.open_round()
    keys = [SystemTokens().token() for _ in range(ROOMS)]
    sent = [(place, meeting.id, token, option, *keys) for option in ("learn", other)]
    answers = [printed.split() for printed in at_once(_VOTES, *sent)]
    second = "already_received" if other == "learn" else "other_submission"
    assert [set(both) for both in zip(*answers, strict=True)] == [{"saved", second}] * ROOMS
    (kept,) = meeting.voting.my_votes(meeting.me(token))
    last = "learn" if answers[0][-1] == "saved" else other
    assert kept.choice == last, "what was acknowledged last"
    with store_there.change_room(meeting.id) as change:
        assert all(change.receipt(1, key) for key in keys)


_MAKES = """
import sys
from tests.still import CountedCodes
from tests.workshop.meeting import newest_model, workshops_in

workshops, model = workshops_in(sys.argv[1], CountedCodes()), newest_model()
print("ready", flush=True)
sys.stdin.readline()
print(*(workshops.make(model, title="Goals").id for _ in range(10)))
"""


@pytest.mark.robustness(11)
@pytest.mark.server
def test_two_processes_that_make_rooms_with_the_same_codes(place: str, store_there: Store) -> None:
    """Robustness 11: both count codes from 1 on; whoever is second tries the next one."""
    rooms = [store_there.room(room) for printed in at_once(_MAKES, (place,), (place,)) for room in printed.split()]
    assert sorted(room.code for room in rooms if room) == [f"{number:08}" for number in range(1, 21)]
    assert len({room.id for room in rooms if room}) == 20


# another process


_RESUMES = """
import sys
from tests.workshop.meeting import workshops_in

voting = workshops_in(sys.argv[1]).voting(sys.argv[2])
me = voting.me(sys.argv[3])
print(me.seat, me.name, me.done, *((vote.question, vote.choice, vote.reason) for vote in voting.my_votes(me)))
"""


@pytest.mark.robustness(19)
@pytest.mark.server
def test_whoever_comes_back_finds_their_answers_in_a_new_process(place: str, store_there: Store) -> None:
    """Robustness 19."""
    meeting = a_meeting(store_there)
    token = meeting.join("Anna")
    meeting.facilitation.open_round()
    meeting.vote(token, why="Why")
    store_there.close()
    answers = sorted((question, choice, "Why") for question, choice in ANSWERS.items())
    assert run_script(_RESUMES, place, meeting.id, token) == " ".join(map(str, (1, "Anna", 1, *answers))) + "\n"
