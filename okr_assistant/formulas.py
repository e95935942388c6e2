"""Texts that a spreadsheet would run as a formula: how our tables write them, and how they are read back.

A text that begins with a formula's sign, also a full-width one and also behind blanks, gets an apostrophe in
front. So does one that begins with an apostrophe: whatever we wrote comes back as it was.
"""

from __future__ import annotations

import unicodedata

_SIGNS = set("=+-@\t\r\n'")
_MARK = "'"


def neutral(text: str) -> str:
    """Return the text so that no spreadsheet runs it."""
    return f"{_MARK}{text}" if _runs(text) else text


def restored(text: str) -> str:
    """Return the text that ``neutral`` was given; a text that it would not have written stays as it is."""
    return text[1:] if text[:1] == _MARK and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    signs = (text[:1], text.lstrip()[:1])
    return any(unicodedata.normalize("NFKC", sign) in _SIGNS for sign in signs)
