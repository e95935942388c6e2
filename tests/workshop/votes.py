"""How tests vote."""

from __future__ import annotations

from datetime import timedelta

from tests.workshop.meeting import Meeting

HOUR = timedelta(hours=1)

KEY, OTHER_KEY = "K" * 22, "L" * 22

NO_TOKENS = ["", "A" * 21, "A" * 23, "A" * 21 + "\0", "\ud800" * 22, "A" * 10**6]


def choices(meeting: Meeting, token: str) -> dict[str, str]:
    return {vote.question: vote.choice for vote in meeting.voting.my_votes(meeting.me(token))}
