"""What free text may be: titles and names of one line, notes and remarks of several."""

from __future__ import annotations

import unicodedata

from okr_assistant.errors import TextError

TITLE_LIMIT = 120
NOTE_LIMIT = 2000
_JOINERS = {"\u200c", "\u200d"}  # needed by Persian and by emoji families
_BLANKS = set("\u115f\u1160\u2800\u3164\uffa0 ")  # letters and signs that show nothing
_MARKS_IN_A_ROW = 8


def clean_title(text: str, place: str = "title", limit: int = TITLE_LIMIT) -> str:
    """Return a title or a name: one line of up to ``limit`` code points; an empty one is allowed and means none.

    It comes back in NFC and trimmed; ``TextError`` if it is too long or could hide or reorder text.
    """
    return _clean(text, place, limit, lines=False)


def clean_note(text: str, place: str = "note", limit: int = NOTE_LIMIT) -> str:
    """Return a note, a reason or a remark: as a title, but of several lines and up to ``limit`` code points.

    A tab, which comes along from tables, is a space.
    """
    return _clean(text.replace("\r\n", "\n").replace("\t", " "), place, limit, lines=True)


def _clean(text: str, place: str, limit: int, *, lines: bool) -> str:
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise TextError("bad_character", place=place, found=f"U+{ord(text[error.start]):04X}") from error
    normal = unicodedata.normalize("NFC", text).strip()
    if len(normal) > limit or size > 8 * limit:
        raise TextError("too_long", place=place, found=f"{len(normal)}", allowed=f"{limit} characters")
    if normal.isascii() and normal.isprintable():  # nothing to find; tables have many thousands of these
        return normal
    marks = 0
    for character in normal:
        category = unicodedata.category(character)
        # Cc control, Cf format (bidi overrides, zero-width), Co private, Cs surrogate, Zl and Zp line breaks
        # Cn, not assigned yet, is allowed: emoji are newer than Python's table of them
        if lines and character == "\n":
            marks = 0
            continue
        if category in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} and character not in _JOINERS:
            raise TextError("bad_character", place=place, found=f"U+{ord(character):04X}")
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MARKS_IN_A_ROW:
            raise TextError("too_many_marks", place=place, allowed=f"{_MARKS_IN_A_ROW}")
    if normal and all(character in _JOINERS | _BLANKS | {"\n"} for character in normal):
        raise TextError("bad_character", place=place, found=f"U+{ord(normal[0]):04X}")
    return normal
