"""Dates, periods and deadlines in ordinary English."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    r"|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_MONTH_OR_WORD = r"(?:march|mar|may)\b"
"""Months that are words as well; they need a day, a year or a preposition beside them."""
_ANY_MONTH = rf"(?:{_MONTH}|{_MONTH_OR_WORD}\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"20[1-9]\d\b"
_NO_AMOUNT = r"(?!\s?(?:[%‰€$£]|percent\b|per\s?cent\b|[.,]\d))"
_SEASON = r"(?:summer|winter|spring|autumn|fall)"
_TILL = r"(?:by|until|till|before|at|in time for|(?:no|not) later than|from now to|up to|through)"
_ON = (
    rf"(?:{_TILL}|in|during|over|throughout|for|of|on|within|around|about|this|next|end|late|early|mid|beginning)"
)
_ORDER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final|coming|current|next|new)"
_PERIOD = (
    r"(?:(?:calendar|fiscal|financial|business|school|academic|budget) )?"
    rf"(?:quarter|year|month|half[- ]?year|half|week|semester|trimester|term|season|cycle|sprint|decade|{_SEASON})"
)
_FEAST = (
    r"(?:christmas|xmas|easter|thanksgiving|black friday|cyber monday|ramadan|eid|diwali|halloween|pentecost"
    rf"|whitsun|new year|holidays|world \w+ day|{_SEASON})"
)
_EVENT = (
    r"(?:half[- ]?term|term|season|conference|agm|world cup|elections?|go-?live|launch|opening|tomorrow|kick-?off"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|anniversary|exams?|audit|deadline|break"
    r"|board meeting|fair|festival|championships?|inspection)"
)
_PART = r"(?:end|close|turn|start|beginning|middle)"
_SPAN = rf"(?:{_PERIOD}|pilot|project|trial|fair|festival|campaign|course|programme|program|{_YEAR}|{_ANY_MONTH})"
_UNITS = r"(?:days|weeks|months|quarters|years|sprints)"
_NO_NOUN = r"(?! (?!(?:term|semester|season|break|holidays?|of|for|to|and|or|with|in|at)\b)[a-z])"
_THE = r"(?:the |this |next |our )?"
_ALTERNATIVES = (
    r"\d{4}-\d\d(?:-\d\d)?\b",
    r"\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/)(?:\d{4}|\d\d)\b",
    rf"{_DAY}(?: of)?[ -]{_ANY_MONTH}(?:,? {_YEAR})?",
    rf"{_ANY_MONTH} {_DAY}\b(?:,? {_YEAR})?{_NO_AMOUNT}",
    rf"{_ANY_MONTH}(?:,? |/| ')(?:{_YEAR}|\d\d\b){_NO_AMOUNT}",
    rf"{_ON}[ -](?:the )?(?:end|start|beginning|middle|mid)?[ -]?(?:of )?(?:mid[- ])?{_MONTH_OR_WORD}",
    _MONTH,
    r"(?:q[1-4]|h[12])(?:[ /'-]{0,2}(?:fy|cy)?'?(?:20)?\d\d\b)?(?![\w.])",
    r"(?:[1-4]q|[12]h)[ /'-]{0,2}(?:fy|cy)?'?(?:20)?\d\d\b",
    r"q(?:uarter|tr)\.? ?[1-4]\b",
    r"(?:fy|cy) ?'?(?:20)?\d\d(?:[/-]\d\d)?\b",
    rf"(?:{_SEASON}|year|season) {_YEAR}",
    rf"(?:{_ON}|and|year|budget|fy|fiscal)[ -](?:the )?(?:{_PART} of )?{_YEAR}(?:[/-]\d\d)?{_NO_AMOUNT}",
    rf"(?:(?:{_TILL}|in|at|towards) )?(?:the )?{_PART}[ -]of[ -]{_THE}(?:(?:{_ORDER}|{_PERIOD}) )*{_SPAN}\b",
    rf"(?:this|next|the current|the coming|the next|all) {_PERIOD}\b(?!')",
    rf"(?:{_ON}|within) (?:the|our) (?:{_ORDER} )?{_PERIOD}\b(?: {_YEAR}|{_NO_NOUN})",
    rf"(?:the )?{_ORDER}[ -](?:quarter|half|semester|trimester|term|half-year)\b",
    r"(?:year|quarter|month|season|term|(?:fiscal|financial|school) year)[- ]?end\b",
    r"end-(?:year|\w{3,5}ber|june|july|may|march)\b",
    r"eo[yqmfw][1-4]?\b|q-?end\b|year's end\b",
    r"mid-?(?:year|season|term|summer|winter|march|may)\b",
    rf"(?:{_TILL}|for|around|over|in) {_THE}{_FEAST}\b(?: {_YEAR})?{_NO_NOUN}",
    rf"{_TILL} {_THE}(?:\w+ ){{0,2}}(?:{_EVENT}|{_FEAST})\b(?: {_YEAR})?",
    rf"(?:{_TILL}|in|of) (?:calendar )?(?:week|wk|cw|kw|sprint|month|pi|iteration|wave|day) ?\d+\b",
    rf"(?:over|during|in|within) (?:the )?(?:next|coming|following|first) \w+ {_UNITS}\b",
    r"(?:due|deadline)(?: date)?(?:\s?:|(?: by| on)? \d)",
    r"(?:by|until|till|before) (?:\d{1,2}/\d{1,2}(?![\d%])|(?:1[3-9]|2\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?!\d))",
    rf"{_TILL} (?:the \d{{1,2}}(?:st|nd|rd|th)\b|half[- ]year\b)",
)
_DATES = re.compile(rf"\b(?:{'|'.join(_ALTERNATIVES)})", re.IGNORECASE)
_YEAR_ALONE = re.compile(rf"(?<=[,;:(@/-] ){_YEAR}(?!\s?[\w%€$£])|(?<=[(@/,]){_YEAR}(?!\s?[\w%€$£])")
_IN_SO_LONG = re.compile(
    r"\b(?:with)?in (?:about |only |just |at most |less than )?"
    r"(?P<many>\d+|an?|one|two|three|four|five|six|eight|nine|ten|twelve)"
    r"[ -](?P<unit>days?|weeks?|months?|quarters?|years?|sprints?)\b(?! (?:of|after|from|before|or))",
    re.IGNORECASE,
)
_DAYS_OF_A_CYCLE = 30
_COMPARED = re.compile(
    r"\b(?:(?<!later )than|vs\.?|versus|since|against|compared (?:to|with)|relative to|above|below|from|over|was"
    r"|were)(?: in| the| that of)*\s*\(?$",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"(?:ed|paid|sent|given|seen|met|made|done|back|answers?|repl(?:y|ies)|responses?)\s*$", re.IGNORECASE
)
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Date:
    """A place where a date or a period is named; ``ahead`` if it says until when, and not since when."""

    start: int
    end: int
    ahead: bool


def dates(plain: str) -> tuple[Date, ...]:
    """Every date and period in the text, in order."""
    found = [
        Date(match.start(), match.end(), not _COMPARED.search(_before(plain, match)))
        for pattern in (_DATES, _YEAR_ALONE)
        for match in pattern.finditer(plain)
    ]
    found += [
        Date(match.start(), match.end(), ahead=True)
        for match in _IN_SO_LONG.finditer(plain)
        if _is_deadline(plain, match)
    ]
    return tuple(sorted(found, key=lambda date: date.start))


def _is_deadline(plain: str, match: re.Match[str]) -> bool:
    """``within 6 weeks`` is a deadline; after ``answered``, and in hours and single days, it is a promise."""
    if _PROMISED.search(_before(plain, match)):
        return False
    days = match["unit"].lower().startswith("day")
    return not days or (match["many"].isdigit() and int(match["many"]) >= _DAYS_OF_A_CYCLE)


def _before(plain: str, match: re.Match[str]) -> str:
    return plain[max(0, match.start() - _LOOK_BACK) : match.start()]
