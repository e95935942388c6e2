"""Making rooms, finding them by code, and their end after 90 days (robustness 32)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from okr_assistant.clock import SystemTokens
from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError, StoreError
from okr_assistant.housekeeping import Deleted, Store, clean_up
from okr_assistant.workshop.codes import SystemCodes, shown_code
from okr_assistant.workshop.room import GROUP_SIZES, Setup
from okr_assistant.workshop.workshops import MOST_ROOMS, MOST_WRONG_CODES, WRONG_CODES_WITHIN, Workshops
from tests.still import NOON, CountedCodes, StillClock
from tests.store.room_steps import rows
from tests.workshop.meeting import BROWSER, Meeting, meeting_in, refusal

DAY = timedelta(days=1)
TINY = timedelta(microseconds=1)


# making


def test_a_room_is_made_as_it_was_set_up(workshops: Workshops, model: Model) -> None:
    new = workshops.make(
        model,
        title=" Goals for checkout ",
        about="Two\r\nlines",
        questions=["known_lever", "work_kind", "known_lever"],
        named=True,
        smallest_group=5,
        decider=" Dana ",
        browser=BROWSER,
    )
    questions = ("work_kind", "known_lever")
    room = workshops.room(new.id)
    assert room.setup == Setup(
        "Goals for checkout", "Two\nlines", model.version, model.digest, questions, True, 5, "Dana"
    )
    assert (room.made_at, room.rounds, room.revision) == (NOON, (), 0)
    assert workshops.rooms_of(BROWSER) == (room,)
    assert workshops.facilitation(new.id, BROWSER).room() == room
    assert len({new.id, new.facilitator_key, new.co_facilitator_key}) == 3


def test_a_browser_has_200_rooms_at_most_and_other_browsers_have_their_own(
    workshops: Workshops, model: Model
) -> None:
    rooms = [workshops.make(model, title="Goals", browser=BROWSER).id for _ in range(MOST_ROOMS)]
    assert len(rooms) == 200
    assert refusal(lambda: workshops.make(model, title="Goals", browser=BROWSER)) == "too_many_rooms"
    assert workshops.make(model, title="Goals", browser=SystemTokens().token())
    assert workshops.make(model, title="Goals")
    workshops.facilitation(rooms[0], BROWSER).delete()
    assert workshops.make(model, title="Goals", browser=BROWSER)


def test_without_a_choice_a_room_is_anonymous_about_all_questions_and_nobodys(
    workshops: Workshops, model: Model
) -> None:
    room = workshops.room(workshops.make(model, title="Goals").id)
    assert room.setup.questions == tuple(model.questions_by_id)
    assert (room.setup.named, room.setup.smallest_group, room.setup.decider) == (False, 3, "")


@pytest.mark.parametrize(
    ("wrong", "problem", "place"),
    [
        ({"title": " "}, "no_title", "title"),
        ({"title": "x" * 121}, "too_long", "title"),
        ({"about": "x" * 1001}, "too_long", "about"),
        ({"decider": "a\nb"}, "bad_character", "decider"),
        ({"questions": ["work_kind", "nothing"]}, "other_question", "questions"),
        *(({"smallest_group": size}, "not_allowed", "smallest_group") for size in (-1, 0, 1, 7, 200)),
    ],
)
def test_what_cannot_be_a_room_is_refused_by_the_name_of_its_field(
    wrong: dict[str, Any], problem: str, place: str, workshops: Workshops, model: Model
) -> None:
    with pytest.raises(OkrAssistantError) as refused:
        workshops.make(model, **({"title": "Goals"} | wrong))
    assert (refused.value.problem, refused.value.place) == (problem, place)
    assert rows(workshops.store) == Counter()


@pytest.mark.parametrize("size", GROUP_SIZES)
def test_every_group_size_that_is_offered_can_be_had(size: int, workshops: Workshops, model: Model) -> None:
    new = workshops.make(model, title="Goals", smallest_group=size)
    assert workshops.room(new.id).setup.smallest_group == size


@dataclass
class FewCodes:
    """Chance that gives the same codes over and over."""

    codes: list[str]

    def code(self) -> str:
        self.codes.append(self.codes.pop(0))
        return self.codes[-1]


@pytest.mark.robustness(11)
def test_a_code_that_is_taken_is_made_anew(workshops: Workshops, model: Model) -> None:
    workshops = replace(workshops, codes=FewCodes(["AAAAAAAA", "AAAAAAAA", "CCCCCCCC"]))
    made = [workshops.make(model, title="Goals").id for _ in range(2)]
    assert [workshops.room(id_).code for id_ in made] == ["AAAAAAAA", "CCCCCCCC"]
    with pytest.raises(StoreError) as refused:
        workshops.make(model, title="Goals")
    assert refused.value.problem == "storage_failed"
    assert rows(workshops.store) == Counter(rooms=2)


# finding by code


def test_a_code_leads_to_its_room(workshops: Workshops, model: Model) -> None:
    first, second = (meeting_in(workshops, model) for _ in range(2))
    assert first.room.code == "00000001"
    assert workshops.find(" 0ooo-oool ") == first.id
    assert workshops.find(shown_code(second.room.code)) == second.id


def test_what_is_no_code_is_no_guess(workshops: Workshops) -> None:
    for _ in range(MOST_WRONG_CODES + 1):
        assert refusal(lambda: workshops.find("hello")) == "no_code"
    assert refusal(lambda: workshops.find("ACDE0123")) == "wrong_code"


@pytest.mark.robustness(32)
def test_guesses_are_few_and_links_work_all_the_same(any_store: Store, model: Model, clock: StillClock) -> None:
    """10,000 guesses, from as many browsers as you like (robustness 32)."""
    workshops = Workshops(any_store, clock, SystemTokens(), CountedCodes())
    meeting = meeting_in(workshops, model)
    meeting.facilitation.open_round()
    codes = SystemCodes()
    problems = Counter(refusal(lambda: workshops.find(codes.code())) for _ in range(10_000))
    assert problems == Counter(wrong_code=MOST_WRONG_CODES, too_many_codes=10_000 - MOST_WRONG_CODES)
    assert refusal(lambda: workshops.find(meeting.room.code)) == "too_many_codes", "the right one too"
    assert meeting.vote(meeting.join()) == "saved"
    clock.move(WRONG_CODES_WITHIN - TINY)
    assert refusal(lambda: workshops.find(meeting.room.code)) == "too_many_codes"
    clock.move(TINY)
    assert workshops.find(meeting.room.code) == meeting.id


def test_what_is_refused_over_the_budget_does_not_count_against_it(
    workshops: Workshops, model: Model, clock: StillClock
) -> None:
    """Else whoever goes on guessing would keep everybody else out for ever."""
    meeting = meeting_in(workshops, model)
    for _ in range(MOST_WRONG_CODES):
        refusal(lambda: workshops.find("ACDE0123"))
    clock.move(WRONG_CODES_WITHIN / 2)
    for _ in range(MOST_WRONG_CODES):
        assert refusal(lambda: workshops.find("ACDE0123")) == "too_many_codes"
    clock.move(WRONG_CODES_WITHIN / 2)
    assert workshops.find(meeting.room.code) == meeting.id


# the end of a room


def everything(meeting: Meeting) -> list[Callable[[], object]]:
    """All ways to a room."""
    workshops, key = meeting.workshops, meeting.new.facilitator_key
    return [
        lambda: workshops.room(meeting.id),
        lambda: workshops.pulse(meeting.id),
        lambda: workshops.voting(meeting.id),
        lambda: workshops.facilitation(meeting.id, BROWSER),
        lambda: workshops.facilitation_by_key(key),
        lambda: workshops.facilitation_by_key(meeting.new.co_facilitator_key),
        lambda: workshops.let_in(key, "another browser"),
    ]


def test_a_room_is_kept_for_90_days_after_its_last_use_and_not_found_afterwards(
    workshops: Workshops, model: Model, clock: StillClock
) -> None:
    """It is not found before it is deleted, and then nothing of it is left."""
    meeting = meeting_in(workshops, model)
    ann = meeting.join()
    meeting.facilitation.open_round()
    clock.move(30 * DAY)
    meeting.vote(ann)
    end = NOON + 120 * DAY
    assert workshops.kept_until(meeting.id) == end
    clock.time = end - TINY
    code = meeting.room.code
    assert workshops.find(code) == meeting.id
    assert workshops.pulse(meeting.id) == meeting.facilitation.pulse() == meeting.voting.pulse()
    assert len(workshops.rooms_of(BROWSER)) == 1
    assert clean_up(workshops.store, clock) == Deleted(0, 0, 0, 0)  # type: ignore[arg-type]
    clock.time = end
    for act in everything(meeting):
        assert refusal(act) == "no_room"
    assert refusal(lambda: workshops.find(code)) == "wrong_code"
    assert workshops.rooms_of(BROWSER) == ()
    assert workshops.kept_until(meeting.id) == end
    clock.move(TINY)
    assert clean_up(workshops.store, clock) == Deleted(0, 0, 0, 1)  # type: ignore[arg-type]
    assert rows(workshops.store) == Counter(wrong_codes=1)
    assert refusal(lambda: workshops.kept_until(meeting.id)) == "no_room"


USES: dict[str, Callable[[Meeting, str, Model], object]] = {
    "join": lambda meeting, ann, model: meeting.join("Ben"),
    "join again": lambda meeting, ann, model: meeting.voting.join(ann, "Ann"),
    "vote": lambda meeting, ann, model: meeting.vote(ann),
    "leave": lambda meeting, ann, model: meeting.voting.leave(ann),
    "nudge": lambda meeting, ann, model: meeting.facilitation.nudge(),
    "close": lambda meeting, ann, model: meeting.facilitation.close(),
    "reveal": lambda meeting, ann, model: meeting.facilitation.reveal(),
    "another key": lambda meeting, ann, model: meeting.facilitation.new_co_facilitator_key(),
}


@pytest.mark.parametrize("use", USES)
def test_whatever_anybody_does_is_a_use(use: str, meeting: Meeting, model: Model, clock: StillClock) -> None:
    ann = meeting.join()
    meeting.facilitation.open_round()
    clock.move(DAY)
    USES[use](meeting, ann, model)
    assert meeting.workshops.kept_until(meeting.id) == NOON + 91 * DAY


def test_looking_is_no_use(meeting: Meeting, clock: StillClock) -> None:
    """A page that polls in a forgotten tab would keep a room for ever."""
    ann = meeting.join()
    clock.move(DAY)
    voting, facilitation = meeting.voting, meeting.facilitation
    for look in (voting.room, voting.pulse, voting.votes, voting.people, facilitation.votes, facilitation.people):
        look()
    voting.my_votes(meeting.me(ann))
    meeting.workshops.let_in(meeting.new.facilitator_key, "another browser")
    assert meeting.workshops.kept_until(meeting.id) == NOON + 90 * DAY


def test_a_room_that_is_deleted_while_it_is_listed_is_left_out(
    any_store: Store, model: Model, clock: StillClock
) -> None:
    """Another process may delete it between two looks."""

    class Deleting:
        def __getattr__(self, name: str) -> Any:
            return getattr(any_store, name)

        def rooms_of(self, browser_hash: bytes) -> Any:
            found = any_store.rooms_of(browser_hash)
            any_store.delete_room(found[0].id)
            return found

    workshops = Workshops(any_store, clock, SystemTokens(), SystemCodes())
    stays = meeting_in(workshops, model)
    clock.move(TINY)
    meeting_in(workshops, model)
    listed = replace(workshops, store=Deleting()).rooms_of(BROWSER)  # type: ignore[arg-type]
    assert [room.id for room in listed] == [stays.id]
