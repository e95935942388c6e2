"""Numbers that name something and say of nothing how much: ``iOS 17``, ``SOC 2``, ``24/7``, ``over-65s``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from okr_assistant.drafting.lexicon import Lexicon, folded
from okr_assistant.drafting.tokens import Token

SIGNS = frozenset("%‰$€£¥₹")
_TIME = r"(?:hours?|days?|weeks?|months?|quarters?|years?|sprints?|minutes)\b"
NAMES = re.compile(
    r"\b(?:24 ?/ ?7|24x7|24-7|9-to-5|1:1|1-on-1|50[/:]50|80[/:]20|360(?:°|-degree)|(?-i:5S)\b|6 ?sigma)"
    rf"|\b(?:first|last|past|next|previous|following) \d+(?= {_TIME})"
    r"|\baged? (?:between )?\d+ ?(?:-|to|and) ?\d+"
    r"|\b(?:after|every|each|older than|per|aged?|ages) (?:about )?"
    r"(?:\d+(?:[.,]\d+)*|two|three|four|five|six|ten)\b"
    r"|\b(?:over|under|above|below|aged?|ages)[ -]\d{1,3}s\b"
    r"|\b\d{1,3}(?: ?(?:-|to|and) ?\d{1,3})?[ -]years?[ -]olds?\b"
    r"|/ ?\d+ ?(?:km|kg|h|patients|employees)\b|#\d+"
    r"|(?<=\d)/(?:5|7|10|100)\b(?!/)",
    re.IGNORECASE,
)
"""Expressions with numbers in them that are no amounts: times, ages, denominators."""
AMOUNT_WITH_HYPHEN = re.compile(r"-(?:percent\w*|points?|fold|pp|pts?|star)$")
_TIME_WITH_HYPHEN = frozenset({"-hour", "-minute", "-second"})
_PROMISES = frozenset({"response", "turnaround", "delivery", "reply", "resolution"})
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_EDITIONS = frozenset({"version", "release", "edition"})
_PICTURES = frozenset({"video", "videos", "streaming", "display", "displays", "resolution", "tv", "screens"})
_BESIDE = frozenset({"and", "or", "/", "&"})
_EACH = frozenset({"per", "a", "an", "each", "every"})
_YEAR = re.compile(r"20[2-4]\d")
_COUNTING = frozenset({"to", "from", "reach", "of", "than", "least", "most"})


def is_name(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether the number at this place is a name, by what is stuck to it or stands beside it."""
    token, after = tokens[at], _low(tokens, at + 1)
    if token.stuck:
        return _is_name_with(token, after, words)
    if after in _EDITIONS:  # "2.0 version"
        return True
    if not at or after in SIGNS | {"percent", "pct", "points"}:
        return False
    before, before_it = tokens[at - 1], _low(tokens, at - 2)
    if before.text in _BESIDE and at > 2 and tokens[at - 2].kind == "number":  # "Years 5 and 6"
        return not tokens[at - 2].stuck and is_name(tokens, at - 2, words)
    if before.text in {"#", "№"} or (before.text == "/" and before_it.isalpha()):  # "HTTP/2"
        return True
    if before.kind != "word" or (at == 1 and words.verb(before.low)):  # "Release 3 features"
        return False
    if {before.low, before.low.removesuffix("s")} & words.terms("number.names") and before_it not in _EACH:
        return True
    return _is_age(tokens, at, words) or _is_year(tokens, at) or _has_proper_name(tokens, at, words)


def _is_name_with(token: Token, after: str, words: Lexicon) -> bool:
    """Whether letters make a name of the number they are stuck to: ``30-day``, ``5G``, ``2nd``; not ``10k``."""
    unit = token.unit
    if unit.startswith("-"):
        promise = unit in _TIME_WITH_HYPHEN and after in _PROMISES
        return not promise and not AMOUNT_WITH_HYPHEN.match(unit)
    if len(token.text) == 1 and (token.stuck in {"G", "D"} or (token.stuck == "K" and after in _PICTURES)):
        return True
    return unit in _ORDINALS or not (unit in SIGNS or unit in words.terms("number.units") or "/" in unit)


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _is_age(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """``patients over 75``: an age, not a target."""
    who = _low(tokens, at - 2) in words.terms("number.people")
    return who and _low(tokens, at - 1) in {"over", "under", "above", "below"} and len(tokens[at].text) <= 2


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    """``our 2027 strategy``; not ``to 2030``, nor ``2030 members``."""
    counted = _low(tokens, at + 1).endswith("s") or _low(tokens, at - 1) in _COUNTING
    return not counted and _YEAR.fullmatch(tokens[at].text) is not None


def _has_proper_name(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """``Boeing 737``: a capital that does not begin the sentence, on a word that says nothing else here."""
    before, word = tokens[at - 1], folded(tokens[at - 1].low)
    known = word in words.metrics or word in words.verbs or word in words.terms("number.function")
    inside = at > 1 and tokens[at - 2].kind == "word"
    capital = before.text[0].isupper() and len(word) > 1
    return capital and inside and not known and word not in words.terms("number.units") and not in_capitals(tokens)


def in_capitals(tokens: Sequence[Token]) -> bool:
    """Whether every word begins with a capital, so that a capital says nothing."""
    return all(token.text[0].isupper() for token in tokens if token.kind == "word")
