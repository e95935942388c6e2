"""Numbers as letters and digits, which every messenger leaves alone in an address."""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def encode(number: int, length: int = 1) -> str:
    """Return ``number``, filled up with zeros to at least ``length`` digits."""
    digits = ""
    while number or len(digits) < length:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def decode(text: str) -> int:
    """Return the number; ``KeyError`` for a sign that is no digit."""
    number = 0
    for character in text:
        number = number * len(DIGITS) + _VALUES[character]
    return number
