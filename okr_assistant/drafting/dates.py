"""Dates, periods and deadlines in ordinary English."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    r"|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_ANY_MONTH = rf"(?:{_MONTH}|(?:march|mar|may)\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"20[1-9]\d\b"
_NO_AMOUNT = r"(?!\s?(?:[%‰€$£]|percent\b|per\s?cent\b|[.,]\d))"
_TILL = r"(?:by|until|till|before|at|in\ time\ for|no\ later\ than|not\ later\ than|from\ now\ to|up\ to|through)"
_ON = rf"(?:{_TILL}|in|during|over|throughout|for|of|on|within|around|about|this|next|end|late|early|mid|beginning)"
_ORDER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final|coming|current|next)"
_PERIOD = (
    r"(?:calendar\ |fiscal\ |financial\ |business\ |school\ |academic\ |budget\ )?"
    r"(?:quarter|year|month|half[- ]?year|half|week|semester|trimester|term|season|cycle|sprint|decade|summer|winter"
    r"|spring|autumn|fall)"
)
_FEAST = (
    r"(?:christmas|xmas|easter|thanksgiving|black\ friday|cyber\ monday|ramadan|eid|diwali|halloween|pentecost|whitsun"
    r"|new\ year|holidays|world\ \w+\ day|summer|winter|spring|autumn|fall)"
)
_EVENT = (
    r"(?:half[- ]?term|term|season|conference|agm|world\ cup|elections?|go-?live|launch|opening|tomorrow|kick-?off"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|anniversary|exams?|audit|deadline|break|board\ meeting"
    r"|fair|festival|championships?|inspection)"
)

_DATES = re.compile(
    rf"""\b(?:
      \d{{4}}-\d\d(?:-\d\d)?\b
    | \d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)\b
    | {_DAY}(?:\ of)?[ -]{_ANY_MONTH}(?:,?\ {_YEAR})?
    | {_ANY_MONTH}\ {_DAY}\b(?:,?\ {_YEAR})?{_NO_AMOUNT}
    | {_ANY_MONTH}(?:,?\ |/|\ ')(?:{_YEAR}|\d\d\b){_NO_AMOUNT}
    | (?:{_ON})[ -](?:the\ )?(?:end|start|beginning|middle|mid)?[ -]?(?:of\ )?(?:mid[- ])?(?:march|mar|may)\b
    | (?:mid|end|late|early)[- ](?:march|may)\b
    | {_MONTH}
    | (?:q[1-4]|h[12])(?:[ /'-]{{0,2}}(?:fy|cy)?'?(?:20)?\d\d\b)?(?![\w.])
    | (?:[1-4]q|[12]h)[ /'-]{{0,2}}(?:fy|cy)?'?(?:20)?\d\d\b
    | (?:fy|cy)\ ?'?(?:20)?\d\d(?:[/-]\d\d)?\b
    | (?:summer|winter|spring|autumn|fall|year|season)\ {_YEAR}
    | (?:{_ON}|and|year|budget|fy)[ -](?:the\ )?(?:(?:end|start|beginning|middle|close)\ of\ )?{_YEAR}(?:[/-]\d\d)?{_NO_AMOUNT}
    | (?:(?:{_TILL}|in|at|towards)\ )?(?:the\ )?(?:end|close|turn|start|beginning|middle)[ -]of[ -](?:the\ |this\ |next\ |our\ )?
        (?:(?:{_ORDER}|{_PERIOD})\ )*(?:{_PERIOD}|pilot|project|trial|programme|program|{_YEAR}|{_ANY_MONTH})\b
    | (?:this|next|the\ current|the\ coming|the\ next|all)\ {_PERIOD}\b(?!')
    | (?:{_ON}|within)\ (?:the|our)\ (?:{_ORDER}\ )?{_PERIOD}\b(?:\ {_YEAR})?
    | (?:the\ )?(?:{_ORDER})[ -](?:quarter|half|semester|trimester|term|half-year)\b
    | (?:year|quarter|month|season|term|fiscal\ year|financial\ year|school\ year)[- ]?end\b | end-(?:year|\w+ber|june|july|may|march)\b
    | eo[yqmfw]\b | eofy\b | mid-?(?:year|season|term|summer|winter)\b
    | (?:{_TILL}|for|around|over|in)\ (?:the\ |this\ |next\ )?{_FEAST}\b(?:\ {_YEAR})?(?!\ \w+s\b)
    | (?:{_TILL})\ (?:the\ |this\ |next\ |our\ )?(?:\w+\ ){{0,2}}(?:{_EVENT}|{_FEAST})\b(?:\ {_YEAR})?
    | \bq(?:uarter|tr)\.?\ ?[1-4]\b
    | (?:{_TILL}|in|of)\ (?:calendar\ )?(?:week|wk|cw|kw|sprint|month|pi|iteration|wave|day)\ ?\d+\b
    | (?:over|during|in|within)\ (?:the\ )?(?:next|coming|following|first)\ (?:\d+|\w+)\ (?:days|weeks|months|quarters|years|sprints)\b
    | (?:due|deadline)(?:\ date)?\s?:
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SPACED_YEAR = re.compile(rf"(?<=[,;:(@/-] ){_YEAR}(?!\s?[\w%€$£])|(?<=[(@/,]){_YEAR}(?!\s?[\w%€$£])")
_IN_SO_LONG = re.compile(
    r"\b(?:with)?in (?:about |only |just |at most |less than )?(?P<many>\d+|an?|one|two|three|four|five|six|eight|nine|ten|twelve)"
    r"[ -](?P<unit>days?|weeks?|months?|quarters?|years?|sprints?)\b(?! (?:of|after|from|before|or))",
    re.IGNORECASE,
)
_DAYS_OF_A_CYCLE = 30
_COMPARED = re.compile(
    r"\b(?:than|vs\.?|versus|since|against|compared (?:to|with)|relative to|on|above|below|from|over|was|were)"
    r"(?: in| the| that of| what we had)*\s*\(?$",
    re.IGNORECASE,
)
_PROMISED = re.compile(r"(?:ed|paid|sent|given|seen|met|made|done|back|answers?|repl(?:y|ies)|responses?)\s*$", re.I)
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
        Date(match.start(), match.end(), not _COMPARED.search(plain[max(0, match.start() - _LOOK_BACK) : match.start()]))
        for pattern in (_DATES, _SPACED_YEAR)
        for match in pattern.finditer(plain)
    ]
    found += [Date(match.start(), match.end(), ahead=True) for match in _IN_SO_LONG.finditer(plain) if _is_deadline(plain, match)]
    return tuple(sorted(found, key=lambda date: date.start))


def _is_deadline(plain: str, match: re.Match[str]) -> bool:
    """``within 6 weeks`` is a deadline; after ``answered``, and in hours and single days, it is a promise."""
    if _PROMISED.search(plain[max(0, match.start() - _LOOK_BACK) : match.start()]):
        return False
    days = match["unit"].lower().startswith("day")
    return not days or (match["many"].isdigit() and int(match["many"]) >= _DAYS_OF_A_CYCLE)
