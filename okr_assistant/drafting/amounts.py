"""Numbers that say how much, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from okr_assistant.drafting.dates import Date
from okr_assistant.drafting.lexicon import Lexicon
from okr_assistant.drafting.names import AMOUNT_WITH_HYPHEN, NAMES, in_capitals, is_name
from okr_assistant.drafting.tokens import Sentence, Token

_MOST = 40
"""Amounts of a text that are looked at: more are a table, and no goal."""
_CURRENCY = frozenset("$€£¥₹")
_PERCENT = frozenset({"%", "‰", "percent", "pct", "pc"})
_TIMES_MORE = frozenset({"hundred", "thousand", "million", "billion", "dozen", "lakh", "crore"})
_OWN = frozenset({"our", "the", "these", "those", "both", "all", "their", "point", "fortune"})
_FEW = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_FRACTION = re.compile(
    r"\b(?:(?:in|by) half|half(?= (?:of|the|as|our|a|its|all)\b)"
    r"|(?:one|two|three|four)[ -](?:thirds?|quarters?|fifths?|tenths?)|a (?:third|fifth|tenth)\b"
    r"|(?:(?<=by )|(?<=up )|(?<=to )|(?<=down )|(?<=from ))a quarter|a quarter(?= of (?:all|our|the|its)\b)"
    rf"|(?:one|{_FEW}|\d+) (?:in|out of) (?:every )?(?:{_FEW}|\d+)\b"
    rf"|twice as|(?:twice|once) (?:a|per|every)\b|(?:{_FEW})-?fold\b|a dozen|by one\b|one more"
    r"|every (?:second|other|third|fourth|fifth|sixth|eighth|tenth)\b"
    r"|zero\b(?! (?:trust|based|day|waste|touch))(?<!net zero))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:(?:doubl|tripl|trebl|quadrupl|halv)(?:es?|ed|ing)\b(?! (?:down|check|digit|entry|shift)s?))",
    re.IGNORECASE,
)
_OFTEN = (
    r"(?:hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?|(?:once|twice) (?:a|per) \w+)\b"
)
_HOW_OFTEN = re.compile(rf"\b{_OFTEN}", re.IGNORECASE)
_OFTEN_BEFORE = re.compile(rf"\b(?:from|instead of|rather than) {_OFTEN}", re.IGNORECASE)
"""How often it happens today; then every *weekly* says how much, as it does not in *weekly report*."""


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
    taken += [match.span() for match in NAMES.finditer(plain)]
    found = list(_in_words(sentence, taken))
    taken += [(amount.start, amount.end) for amount in found]
    spans = _Spans(taken)
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if spans.has(token.start):
            continue
        if token.kind == "number" and not is_name(tokens, at, words):
            found.append(_amount(tokens, at, words))
        elif token.kind == "word" and token.low in words.terms("number.words") and _counts(tokens, at):
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
    if _OFTEN_BEFORE.search(sentence.plain):
        for match in _HOW_OFTEN.finditer(sentence.plain, sentence.begin):
            if _FRACTION.match(match[0]) is None:
                yield Amount(match.start(), match.end())


def _amount(tokens: Sequence[Token], at: int, words: Lexicon) -> Amount:
    """The number at this place with its currency and its percent sign, wherever they stand."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    money = bool(at) and tokens[at - 1].text in _CURRENCY
    start, end = tokens[at - 1].start if money else token.start, token.end
    share = token.unit == "%" or AMOUNT_WITH_HYPHEN.match(token.unit) is not None
    unit = token.unit or (after.low if after and after.kind != "number" else "")
    if after and after.text in _CURRENCY:
        end = after.end
    elif after and not token.unit:
        of_a_hundred = after.low == "per" and at + 2 < len(tokens) and tokens[at + 2].low in {"cent", "mille"}
        if after.low in _PERCENT or of_a_hundred:
            share, end = True, tokens[at + 2].end if of_a_hundred else after.end
        elif after.low in _TIMES_MORE:
            end = after.end
    measured = money or share or unit in words.terms("number.units") or unit in _CURRENCY or "." in token.text
    return Amount(start, end, share=share, plain_count=not measured)


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number word counts something: not ``our two teams``, nor ``the Big Four``."""
    before = tokens[at - 1] if at else None
    if before is None:
        return True
    named = before.text[0].isupper() and tokens[at].text[0].isupper() and not in_capitals(tokens)
    return before.kind != "number" and before.low not in _OWN and not (named and at > 1)
