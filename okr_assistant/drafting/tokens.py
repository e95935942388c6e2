"""The pieces of a sentence, each with its place in the text, so that a finding can quote what it saw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

MOST_READ = 1000
"""Characters of a text that are read. A goal has a hundred; whatever somebody pastes, an answer takes no time."""

_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "–": "-", "—": "-", "−": "-"}
    | {"‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " ", "\u200b": " "}
    | {"⇒": "→", "➔": "→", "➜": "→", "➡": "→", "⟶": "→", "➝": "→", "％": "%", "＋": "+"}
)
"""Signs that look or mean the same; one for one, so that places in the text stay what they are."""

_LABEL = re.compile(
    r"""[^\w"'$€£¥₹+~<>≤≥=-]*                      # bullets, emoji, brackets
        (?:-\s+|(?:okr|kr|o|key\ results?|objectives?|results?|goals?|hypothesis)
               (?:\s?\#?\d+(?:\.\d+)*\s*[:.)-]*|\s*[:.)]|\s+-)(?=\s|\W)\s*
        |\(?(?:\d{1,2}(?:\.\d{1,2})?|[a-z])[.)]\s+)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before a text in a list: ``KR1:``, ``1.``, a bullet, an emoji; it says nothing about the text."""

_TOKEN = re.compile(
    r"""(?P<number>(?:\d{1,3}(?:[ ,.']\d{3})+(?!\d)|\d+)(?:[.,:]\d+)?)
         (?P<unit>%|‰|(?:-?[^\W\d_]+(?:[/-][^\W_]+)*)?)
      |(?P<arrow>[-=]{1,2}>|→)
      |(?P<word>[^\W\d_](?:[/&](?=[^\W_]))?(?:[^\W_]|['.-](?=[^\W_])|_)*)
      |(?P<mark>\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number with the letters that are stuck to it, an arrow or a mark."""

    kind: str
    text: str
    start: int
    end: int
    stuck: str = ""
    """The letters or the sign stuck to a number, with the hyphen: ``%``, ``k``, ``-day``."""

    @property
    def unit(self) -> str:
        """What is stuck to a number, without capitals."""
        return self.stuck.lower()

    @property
    def low(self) -> str:
        """The word without capitals and without a possessive s."""
        return self.text.lower().removesuffix("'s").removesuffix("'")


@dataclass(frozen=True)
class Sentence:
    """One text as somebody wrote it; ``plain`` has fewer kinds of signs, at the same places."""

    text: str

    @cached_property
    def plain(self) -> str:
        """As much of the text as is read, with typographic signs replaced by plain ones, place for place."""
        return self.text[:MOST_READ].translate(_ALIKE)

    @cached_property
    def begin(self) -> int:
        """Where the text begins, behind bullets and labels."""
        at = 0
        for _ in range(3):
            found = _LABEL.match(self.plain, at)
            if found is None or found.end() == at:
                break
            at = found.end()
        return at

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The pieces from ``begin`` on."""
        return tuple(_token(found) for found in _TOKEN.finditer(self.plain, self.begin))

    def quote(self, start: int, end: int) -> str:
        """The words of the text between two places."""
        return self.text[start:end].strip()


def _token(found: re.Match[str]) -> Token:
    if found["number"] is not None:
        return Token("number", found["number"], found.start(), found.end(), found["unit"])
    return Token(found.lastgroup or "mark", found[0], found.start(), found.end())
