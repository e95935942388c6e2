"""Where a measure stands and where it should be: the baseline and the target in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from okr_assistant.drafting.amounts import Amount
from okr_assistant.drafting.dates import Date

_ABOUT = r"(?:an?|the|our|its|only|just|about|around|approximately|roughly|nearly|almost|over|under|ca\.?|average|of|at|level)"
_BEFORE_BASELINE = re.compile(
    r"(?:\b(?:from|form|fom|frm|was|were|instead of|rather than|starting (?:at|with)|stands? at|standing at|currently(?: at)?"
    r"|today(?: at)?|now(?: at)?|compared (?:to|with)|against|vs\.?|versus|as opposed to|previously|used to be|at present|it is"
    r"|baseline(?: is| of| was)?)"
    r"|\b(?:current|last (?:year|quarter|season|month)|today|now|start|baseline|as is)\s?[:=(]|\(\s?(?:now|was|currently|today|from))"
    rf"\s*(?:(?:{_ABOUT}|(?-i:[A-Z]{{2,7}}|[A-Z]{{3}}))\s+){{0,3}}[~≈(:=<>≤≥+-]*\s*$",
    re.IGNORECASE,
)
_AFTER_BASELINE = re.compile(
    r"^\s*(?:[A-Za-z%€$£]+\s+){0,2}?[(,]?\s*(?:today|now\b|currently|at present|last (?:year|quarter|month|season|term|week|autumn|spring)"
    r"|this year\s?[)]?\s+to|baseline|previously|at the moment|is the baseline|as a baseline|in the last \w+|a year ago)"
    r"(?!\s?[:=(]?\s?(?:at |is |was )?[~$€£]?\s?\d)",
    re.IGNORECASE,
)
_UNIT = (
    r"(?:(?:per|an?|each|every)\s+\w+|days?|weeks?|months?|hours?|hrs?|min(?:ute)?s?|sec(?:ond)?s?|years?|points?|pts|pp|percent"
    r"|per cent|euros?|eur|usd|gbp|dollars?|pounds?|million|billion|thousand|k|m|h|d|s|ms|km|kg|kwh|ppm|litres?|%|€|£|\$)"
)
_JOINED = re.compile(
    rf"^\s*(?:{_UNIT}\s*){{0,3}}(?:\([^()]{{0,20}}\)\s*)?(?:down |up |back )?(?:(?P<arrow>[-=]{{1,2}}>|→)|(?:to|till?|until)\b)\s*"
    rf"(?:(?:{_ABOUT}|at least|at most|above|below|less than|more than|[A-Z]{{2,7}})\s+){{0,3}}[~≈<>≤≥+$€£¥]*\s*$",
)
_RANGE = re.compile(r"\b(?:within|between|of|every|in|for|after|at|takes?|lasts?|about|aged?|to)\s*[~$€£<>]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """The amounts of a sentence by what they are for; each is a place in the text or nothing."""

    amounts: tuple[Amount, ...]
    baselines: tuple[Amount, ...] = ()
    targets: tuple[Amount, ...] = ()
    compared: tuple[int, int] | None = None
    """Words such as *than last year* that name a baseline without its value."""

    @property
    def pairs(self) -> bool:
        """Whether it says from where to where."""
        return bool(self.baselines and self.targets)


_COMPARISON = re.compile(
    r"\b(?:(?:than|compared (?:to|with)|over|versus|vs\.?|on|against|from|since|relative to) (?:in )?(?:the |our )?"
    r"(?:last|previous|prior|preceding|same)(?: \w+){1,3}|year[- ](?:over|on)[- ]year|yoy|y/y|month[- ]over[- ]month|mom\b|qoq|"
    r"(?:than|compared (?:to|with)|vs\.?|versus|over|against|from|on) (?:in )?(?:20\d\d|q[1-4]\b|january|february|march|april|june|july|august"
    r"|september|october|november|december|today)\b(?! to\b))",
    re.IGNORECASE,
)


def measure(plain: str, amounts: Sequence[Amount], dates: Sequence[Date]) -> Measure:
    """Tell baselines from targets by the words around each amount."""
    baselines, targets = [], []
    for at, amount in enumerate(amounts):
        before = plain[max(0, amount.start - 60) : amount.start]
        after = plain[amount.end : amount.end + 60]
        if _BEFORE_BASELINE.search(before) or _AFTER_BASELINE.match(after) or _leads_to(plain, amounts, at, dates):
            baselines.append(amount)
        else:
            targets.append(amount)
    compared = _COMPARISON.search(plain)
    return Measure(tuple(amounts), tuple(baselines), tuple(targets), compared.span() if compared else None)


def _leads_to(plain: str, amounts: Sequence[Amount], at: int, dates: Sequence[Date]) -> bool:
    """Whether the amount is followed by *to* or an arrow and the next amount, and both are not one range."""
    if at + 1 >= len(amounts):
        return False
    amount, following = amounts[at], amounts[at + 1]
    if any(amount.end <= date.start < following.start for date in dates):
        return False
    joint = _JOINED.match(plain[amount.end : following.start])
    return joint is not None and bool(joint["arrow"] or not _RANGE.search(plain[max(0, amount.start - 12) : amount.start]))
