"""The token that is worked out from an owner's key: the same for ever, and neither is found from what is kept."""

from __future__ import annotations

from okr_assistant.clock import hashed
from okr_assistant.sharing.base62 import DIGITS, encode
from okr_assistant.sharing.links import TOKEN_LENGTH, token_of

KEY = "ownerkeyofastoredlink0"


def test_a_key_has_the_same_token_in_every_release() -> None:
    """Or an owner's page would no longer lead to what is shared."""
    assert token_of(KEY) == "v0VyUH2WBk0nFPRjYbOMA0"


def test_what_the_database_keeps_of_a_key_does_not_tell_the_token() -> None:
    kept = int.from_bytes(hashed(KEY))
    for order in (kept, int.from_bytes(hashed(KEY), "little")):
        assert token_of(KEY) != encode(order % len(DIGITS) ** TOKEN_LENGTH, TOKEN_LENGTH)


def test_a_token_has_its_length_and_says_nothing_of_the_key() -> None:
    token = token_of(KEY)
    assert len(token) == TOKEN_LENGTH
    assert token not in (KEY, KEY[::-1])
    other = token_of(KEY[:-1] + "1")
    assert sum(one == two for one, two in zip(token, other, strict=True)) < TOKEN_LENGTH / 2
