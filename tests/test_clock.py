"""Time and tokens of the system; whoever needs others hands them in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from okr_assistant.clock import TOKEN_LENGTH, SystemClock, SystemTokens


def test_the_time_is_now_and_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_tokens_are_of_letters_and_digits_and_all_different() -> None:
    tokens = [SystemTokens().token() for _ in range(2000)]
    assert len(set(tokens)) == len(tokens)
    assert all(re.fullmatch(rf"[0-9A-Za-z]{{{TOKEN_LENGTH}}}", token) for token in tokens)


def test_a_token_has_more_than_128_bits_and_uses_every_sign() -> None:
    assert 62**TOKEN_LENGTH > 2**128
    assert len(set("".join(SystemTokens().token() for _ in range(500)))) == 62
