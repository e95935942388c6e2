"""Where a measure stands and where it should be: the baseline and the target in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from okr_assistant.drafting.amounts import Amount
from okr_assistant.drafting.dates import Date

_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_NEARLY = r"just|about|around|approximately|roughly|nearly|almost|over|under|ca\.?"
_ABOUT = rf"(?:an?|the|our|its|only|average|of|at|level|{_NEARLY})"
_LAST = r"last (?:year|quarter|month|season|term|week|autumn|spring|summer|winter)"
_BEFORE_BASELINE = re.compile(
    r"(?:\b(?:from|form|fom|frm|was|were|instead of|rather than|starting (?:at|with)|stands? at|standing at"
    r"|currently(?: at)?|today(?: at)?|now(?: at)?|compared (?:to|with)|against|vs\.?|versus|as opposed to"
    r"|previously|used to be|at present|it is|baseline(?: is| of| was)?)"
    rf"|\b(?:current|{_LAST}|today|now|start|baseline|as is)\s?[:=(]|\(\s?(?:now|was|currently|today|from))"
    rf"\s*(?:(?:{_ABOUT}|(?-i:[A-Z]{{2,7}}))\s+){{0,3}}[~≈(:=<>≤≥+-]*\s*$",
    re.IGNORECASE,
)
"""Ends right before an amount: *from an average of*, *baseline:*, *(now*, *from NPS*."""
_AFTER_BASELINE = re.compile(
    r"^(?:/\d+)?\s*(?:(?!over|than|vs|versus|on|from|against|compared|since)[A-Za-z%€$£]+\s+){0,2}?[(,]?\s*"
    rf"(?:today|now\b|currently|at present|{_LAST}|this year\s?\)?\s+to|(?:is the |as a )?baseline|previously"
    rf"|at the moment|at the start|in (?:{_MONTHS}|may)(?=\s?[,;])|in the last \w+|a year ago)"
    r"(?!\s?[:=(]?\s?(?:at |is |was )?[~$€£]?\s?(?:\d|one\b|every\b))",
    re.IGNORECASE,
)
"""Begins right behind an amount, and does not belong to the next one: *days today*, *(last year)*."""
_UNIT = (
    r"(?:(?:per|an?|each|every)\s+\w+|days?|weeks?|months?|hours?|hrs?|min(?:ute)?s?|sec(?:ond)?s?|years?|points?|pts"
    r"|pp|percent|per cent|euros?|eur|usd|gbp|dollars?|pounds?|million|billion|thousand|k|m|h|d|s|ms|km|kg|kwh|ppm"
    r"|litres?|%|€|£|\$)"
)
_JOINED = re.compile(
    rf"^(?:/\d+)?\s*(?:{_UNIT}\s*){{0,3}}(?:\([^()]{{0,20}}\)\s*)?(?:down |up |back )?"
    r"(?:(?P<arrow>[-=]{1,2}>|→)|(?:to|till?|until)\b)\s*"
    rf"(?:(?:{_ABOUT}|at least|at most|above|below|less than|more than|[A-Z]{{2,7}})\s+){{0,3}}[~≈<>≤≥+$€£¥]*\s*$"
)
"""Stands between a baseline and its target: *days to below*, *->*."""
_RANGE = re.compile(
    r"\b(?:within|between|of|every|in|for|after|at|takes?|lasts?|about|aged?|to)\s*[~$€£<>]*$", re.IGNORECASE
)
_COMPARISON = re.compile(
    r"\b(?:(?:than|compared (?:to|with)|over|versus|vs\.?|on|against|from|since|relative to) (?:in )?"
    r"(?:the |our )?(?:last|previous|prior|preceding|same)(?: \w+){1,3}"
    r"|(?:year|quarter|month)[- ](?:over|on)[- ](?:year|quarter|month)|yoy|y/y|qoq|mom\b"
    r"|(?:than|compared (?:to|with)|vs\.?|versus|over|against|from|on) (?:in )?"
    rf"(?:20\d\d|q[1-4]\b|{_MONTHS}|today)\b(?! to\b))",
    re.IGNORECASE,
)
_NEAR = 60
_NEXT = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """The amounts of a sentence by what they are for."""

    amounts: tuple[Amount, ...]
    baselines: tuple[Amount, ...] = ()
    targets: tuple[Amount, ...] = ()
    compared: bool = False
    """Whether words such as *than last year* name a baseline without its value."""

    @property
    def pairs(self) -> bool:
        """Whether it says from where to where."""
        return bool(self.baselines and self.targets)


def measure(plain: str, amounts: Sequence[Amount], dates: Sequence[Date]) -> Measure:
    """Tell baselines from targets by the words around each amount."""
    baselines, targets = [], []
    for at, amount in enumerate(amounts):
        before = plain[max(0, amount.start - _NEAR) : amount.start]
        after = plain[amount.end : amount.end + _NEAR]
        if _BEFORE_BASELINE.search(before) or _AFTER_BASELINE.match(after) or _leads_to(plain, amounts, at, dates):
            baselines.append(amount)
        else:
            targets.append(amount)
    return Measure(tuple(amounts), tuple(baselines), tuple(targets), _COMPARISON.search(plain) is not None)


def _leads_to(plain: str, amounts: Sequence[Amount], at: int, dates: Sequence[Date]) -> bool:
    """Whether the amount is followed by *to* or an arrow and the next amount, and both are not one range."""
    if at + 1 >= len(amounts):
        return False
    amount, following = amounts[at], amounts[at + 1]
    if following.start - amount.end > _NEAR or any(amount.end <= date.start < following.start for date in dates):
        return False
    joint = _JOINED.match(plain[amount.end : following.start])
    if joint is None:
        return False
    return bool(joint["arrow"]) or not _RANGE.search(plain[max(0, amount.start - _NEXT) : amount.start])
