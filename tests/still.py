"""Time and chance that tests hold still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from okr_assistant.clock import TOKEN_LENGTH

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class StillClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def move(self, by: timedelta) -> None:
        self.time += by


class CountedCodes:
    """Join codes that a test knows beforehand: 00000001, ...2, ..."""

    def __init__(self) -> None:
        self.made = 0

    def code(self) -> str:
        self.made += 1
        return f"{self.made:08}"


class CountedTokens:
    """Tokens of the right shape that can be told apart."""

    def __init__(self) -> None:
        self.made = 0

    def token(self) -> str:
        self.made += 1
        return f"{self.made:0{TOKEN_LENGTH}}"
