"""Before the reveal nothing that anybody reads depends on what others voted, however it went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr_assistant.clock import SystemTokens
from okr_assistant.housekeeping import Store
from okr_assistant.workshop.codes import SystemCodes
from okr_assistant.workshop.workshops import Workshops
from tests.still import StillClock
from tests.workshop.meeting import ANSWERS, HIDES, Meeting, meeting_in, newest_model

ANN, BEN, CEM = range(3)
_votes = st.lists(
    st.tuples(
        st.sampled_from([ANN, BEN, CEM]),
        st.sampled_from(["work_kind", "outcome_clarity", "known_lever"]),
        # What they say in one room and in the other.
        st.lists(st.tuples(st.integers(0, 3), st.text("abc ", max_size=9)), min_size=2, max_size=2),
    ),
    max_size=12,
)
CHOICES = {
    "work_kind": ("change", "learn", "deliver", "unsure"),
    "outcome_clarity": ("number", "words", HIDES, "unsure"),
    "known_lever": ("proven", "hypothesis", "unknown", "unsure"),
}


def seen(meeting: Meeting, reader: str) -> list[Any]:
    """All that a participant and the facilitator can read but for the reader's own votes."""
    facilitation, voting = meeting.facilitation, meeting.voting
    room = replace(facilitation.room(), id="", code="")
    assert room == replace(voting.room(), id="", code="")
    return [room, facilitation.votes(), voting.votes(), voting.pulse(), voting.me(reader), voting.people()]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_votes, again=_votes)
def test_two_rooms_with_other_votes_look_alike_until_the_reveal(
    store: Store, first: list[Any], again: list[Any]
) -> None:
    model = newest_model()
    workshops = Workshops(store, StillClock(), SystemTokens(), SystemCodes())
    rooms = [meeting_in(workshops, model) for _ in range(2)]
    people = [[meeting.join(name) for name in ("Ann", "Ben", "Cem")] for meeting in rooms]

    def go(act: str, votes: list[Any]) -> None:
        for meeting in rooms:
            getattr(meeting.facilitation, act)()
        for who, question, sayings in votes:
            for meeting, tokens, (number, why) in zip(rooms, people, sayings, strict=True):
                meeting.vote(tokens[who], {question: CHOICES[question][number]}, why=why)
        here, there = (seen(meeting, tokens[ANN]) for meeting, tokens in zip(rooms, people, strict=True))
        assert here == there

    go("open_round", first)
    go("close", [])
    go("reopen", again)
    go("close", [])
    for meeting in rooms:
        meeting.facilitation.reveal()
        meeting.facilitation.agree(dict(ANSWERS), model)
    for which, meeting in enumerate(rooms):
        said = {(who + 1, question): sayings[which] for who, question, sayings in first + again}
        shown = {(vote.seat, vote.question): (vote.choice, vote.reason) for vote in meeting.facilitation.votes()}
        assert shown == {(s, q): (CHOICES[q][number], why.strip()) for (s, q), (number, why) in said.items()}
