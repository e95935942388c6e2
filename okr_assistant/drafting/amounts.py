"""Numbers that say how much, told apart from those that name something: ``iOS 17``, ``SOC 2``, ``24/7``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from okr_assistant.drafting.dates import Date
from okr_assistant.drafting.lexicon import Lexicon, folded
from okr_assistant.drafting.tokens import Sentence, Token

_MOST = 40
"""Amounts of a text that are looked at: more are a table, and no goal."""
_CURRENCY = frozenset("$€£¥₹")
_AMOUNT_COMPOUNDS = re.compile(r"-(?:percent\w*|points?|fold|pp|pts?|star)$")
_TIMES_MORE = frozenset({"hundred", "thousand", "million", "billion", "dozen", "lakh", "crore"})
_PROMISES = frozenset({"response", "turnaround", "delivery", "reply", "resolution"})
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_FEW = "two|three|four|five|six|ten"
_FRACTION = re.compile(
    r"\b(?:(?:in|by) half|half(?= (?:of|the|as|our|a|its|all)\b)"
    r"|(?:one|two|three|four)[ -](?:thirds?|quarters?|fifths?|tenths?)|a (?:third|fifth|tenth)\b"
    r"|(?:(?<=by )|(?<=up )|(?<=to )|(?<=down )|(?<=from ))a quarter|a quarter(?= of (?:all|our|the|its)\b)"
    rf"|(?:one|seven|eight|nine|{_FEW}|\d+) (?:in|out of) (?:every )?(?:{_FEW}|\d+)\b"
    rf"|twice as|(?:twice|once) (?:a|per|every)\b|(?:{_FEW})-?fold\b|a dozen|by one\b|one more"
    r"|zero\b(?! (?:trust|based|day|waste|touch))(?<!net zero))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:(?:doubl|tripl|trebl|quadrupl|halv)(?:es?|ed|ing)\b(?! (?:down|check|digit|entry|shift)s?))",
    re.IGNORECASE,
)
_TIME = r"(?:hours?|days?|weeks?|months?|quarters?|years?|sprints?|minutes)\b"
_NAMES = re.compile(
    r"\b(?:24 ?/ ?7|24x7|24-7|9-to-5|1:1|1-on-1|50[/:]50|80[/:]20|360(?:°|-degree)|(?-i:5S)\b|6 ?sigma)"
    rf"|\b(?:first|last|past|next|previous|following) \d+(?= {_TIME})"
    r"|\b(?:after|every|each|older than|per|aged?|ages) (?:about )?\d+(?:[.,]\d+)*"
    r"|\b(?:over|under|above|below|aged?|ages)[ -]\d{1,3}s\b"
    r"|\b\d{1,3}(?: ?(?:-|to|and) ?\d{1,3})?[ -]years?[ -]olds?\b"
    r"|\baged? (?:between )?\d+ ?(?:-|to|and) ?\d+|/ ?\d+ ?(?:km|kg|h|patients|employees)\b|#\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, from ``start`` to ``end`` in the text; ``first`` and ``last`` are its tokens, -1 for words."""

    start: int
    end: int
    share: bool = False
    """A percentage or a fraction."""
    plain_count: bool = False
    """A bare whole number, without unit or currency."""
    word: bool = False
    """A number word: *three*."""


def amounts(sentence: Sentence, dates: Sequence[Date], words: Lexicon) -> tuple[Amount, ...]:
    """Every number and number word that says how much, in order."""
    plain = sentence.plain
    taken = [(date.start, date.end) for date in dates]
    taken += [match.span() for match in _NAMES.finditer(plain)]
    found = list(_in_words(sentence, taken))
    taken += [(amount.start, amount.end) for amount in found]
    spans = _Spans(taken)
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if spans.has(token.start):
            continue
        if token.kind == "number" and not _is_name(tokens, at, words):
            found.append(_amount(tokens, at, words))
        elif token.kind == "word" and token.low in words.words("number.words") and _counts(tokens, at):
            found.append(Amount(token.start, token.end, plain_count=True, word=True))
    return tuple(sorted(found, key=lambda amount: amount.start)[:_MOST])


class _Spans:
    """Places that are taken, asked in the order of the text."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._at = 0
        self._end = -1

    def has(self, place: int) -> bool:
        """Whether the place is in one of the spans; places must not go back."""
        while self._at < len(self._spans) and self._spans[self._at][0] <= place:
            self._end = max(self._end, self._spans[self._at][1])
            self._at += 1
        return place < self._end


def _in_words(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Amount]:
    for pattern in (_FRACTION, _MULTIPLE):
        for match in pattern.finditer(sentence.plain, sentence.begin):
            if not any(start <= match.start() < end for start, end in taken):
                yield Amount(match.start(), match.end(), share=True)


def _amount(tokens: Sequence[Token], at: int, words: Lexicon) -> Amount:
    token, end = tokens[at], tokens[at].end
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    share = token.unit == "%" or bool(_AMOUNT_COMPOUNDS.match(token.unit))
    unit = token.unit or (after.low if after and after.kind != "number" else "")
    if (
        after
        and not token.unit
        and (after.text in "%‰" or after.low in {"percent", "pct", "pc"} or after.text in _CURRENCY)
    ):
        end, share = after.end, after.text not in _CURRENCY
    elif (
        after
        and not token.unit
        and after.low == "per"
        and at + 2 < len(tokens)
        and tokens[at + 2].low in {"cent", "mille"}
    ):
        end, share = tokens[at + 2].end, True
    elif after and after.low in _TIMES_MORE:
        end = after.end
    start = token.start
    if at and tokens[at - 1].text in _CURRENCY:
        start = tokens[at - 1].start
    bare = start == token.start and not share and unit not in words.words("number.units") and "." not in token.text
    return Amount(start, end, share=share, plain_count=bare)


def _is_name(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether the number names something, by what is stuck to it or stands before it."""
    token = tokens[at]
    unit = token.unit
    if unit.startswith("-"):
        after = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return not _AMOUNT_COMPOUNDS.match(unit) and not (
            unit in {"-hour", "-minute", "-second"} and after in _PROMISES
        )
    if unit in _ORDINALS or (
        unit not in {"", "%", "‰"} and unit not in words.words("number.units") and "/" not in unit
    ):
        return True
    before = tokens[at - 1] if at else None
    if (
        at + 1 < len(tokens) and tokens[at + 1].low in {"version", "release", "edition"} and not unit
    ):  # 2.0 version
        return True
    if before is None or unit or _has_unit_behind(tokens, at):
        return False
    if at >= 3 and before.text in {"and", "or", "/", "&"} and tokens[at - 2].kind == "number":  # Years 5 and 6
        return _is_name(tokens, at - 2, words) and tokens[at - 2].unit == ""
    if before.text in {"#", "№"}:
        return True
    if before.text == "/" and at > 1 and tokens[at - 2].kind == "word":  # HTTP/2
        return True
    if before.kind != "word":
        return False
    named = {before.low, before.low.removesuffix("s")} & words.words("number.names")
    if at == 1 and words.verb(before.low):  # "Release 3 features"
        return False
    return bool(named) or _is_age(tokens, at, words) or _is_proper_name(tokens, at, words)


def _is_age(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """``patients over 75``: an age, not a target."""
    return (
        at >= 2
        and tokens[at - 1].low in {"over", "under", "above", "below", "aged"}
        and tokens[at - 2].low in words.words("number.people")
        and len(tokens[at].text) <= 2
    )


def _has_unit_behind(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and (
        after.text in {"%", "‰", *_CURRENCY} or after.low in {"percent", "pct", "points"}
    )


def _is_proper_name(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """``Boeing 737``: a capital that does not begin the sentence, on a word that says nothing else here."""
    before, word = tokens[at - 1], folded(tokens[at - 1].low)
    return (
        at >= 2
        and before.text[0].isupper()
        and len(word) > 1
        and tokens[at - 2].kind == "word"
        and tokens[at - 2].text not in {".", ":", ";"}
        and word not in words.metrics
        and word not in words.verbs
        and word not in words.words("number.function") | words.words("number.units")
        and not all(token.text[0].isupper() for token in tokens if token.kind == "word")
    )


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number word counts something: not ``our two teams``, not ``two-sided``, not ``one``."""
    before = tokens[at - 1].low if at else ""
    return not (at and tokens[at - 1].kind == "number") and before not in {
        "our",
        "the",
        "these",
        "those",
        "both",
        "all",
        "their",
        "point",
        "fortune",
    }
