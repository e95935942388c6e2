"""What a program can see in a metric sheet and in a hypothesis: whether the part that makes it useful is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from okr_assistant.drafting.reading import Reading

_LIMIT = re.compile(
    r"\b(?:below|above|under|over|between|within|at least|at most|no (?:more|less|fewer|lower|higher) than"
    r"|less than|more than|fewer than|up to|max(?:imum)?|min(?:imum)?|not? (?:exceed|above|below)\w*"
    r"|exceeds?|range|target|threshold|limit|normal(?:ly)?|tolerance|stays?|remains?|budget"
    r"|or (?:more|less|better|fewer))\b|[<>≤≥±]|\d\s?%?\s?(?:-|to|and)\s?\d",
    re.IGNORECASE,
)
_IF = re.compile(
    r"\b(?:if|when(?:ever)?|once|as soon as|should|otherwise|outside|in case|on breach|else|alert|escalat\w+)\b"
    r"|→|->|=>",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:then|stop\w*|pause\w*|freeze\w*|call\w*|meet\w*|review\w*|fix\w*|look\w*|investigat\w+|decid\w+|tell\w*"
    r"|inform\w*|switch\w*|move\w*|drop\w*|start\w*|open\w*|ask\w*|check\w*|halt\w*|work\w*|becomes?|goes|gets?|add\w*"
    r"|hir\w+|invit\w+|talk\w*|roll\w*|takes?|makes?|writ\w+|page[sd]?|alert\w*|escalat\w+|suspend\w*|reduce\w*"
    r"|clean\w*|turn\w*|help\w*|plan\w*|repair\w*|phone\w*|acts?|raise\w*|brings?|holds?|puts?|sends?|first)\b",
    re.IGNORECASE,
)
_FALSIFIER = re.compile(
    r"\b(?:we(?: will| would|'ll|'d)? (?:stop|drop|abandon|kill|give up|end|discard|reject|pivot|are|were|be"
    r"|have been)"
    r"(?: \w+){0,3}? (?:when|if|unless|once|after|as soon as|wrong|mistaken)"
    r"|(?:are|were|be|been|is) (?:wrong|mistaken|disproved|disproven|refuted|false|rejected)\b"
    r"|counts? as (?:wrong|false|a no|failed)|kill criteri\w+"
    r"|stop(?:ping)? (?:rule|when|if|criteri\w+|unless|after)"
    r"|falsif\w+|disprov\w+|refut\w+|invalidat\w+|prove\w* (?:us )?wrong|only (?:right )?if|unless|otherwise"
    r"|fail\w* (?:if|when)|abort\w* (?:if|when)"
    r"|(?:if|when|should) (?:fewer|less|under|below|not|no|nobody|none|neither)\b"
    r"|if (?:\w+ ){1,6}?(?:fewer than|less than|below|under|do(?:es)? not|did not|doesn't|don't|isn't"
    r"|is not|are not|stays?)\b)",
    re.IGNORECASE,
)
_RIGHT_WHEN = re.compile(
    r"\b(?:right|true|confirmed|validated|valid|supported|successful|succeed\w*|know|enough|increases)"
    r" (?:\w+ ){0,6}?(?:if|when|once)\b",
    re.IGNORECASE,
)
"""What would count as a yes; with a number in it, what stays below is a no."""


def metric_findings(text: str) -> Iterator[tuple[str, str]]:
    """Every rule that the metric sheet breaks: a range, and what happens outside it."""
    reading = Reading(text)
    if not reading.has_words:
        return
    if not (reading.measure.amounts and _LIMIT.search(reading.sentence.plain)):
        yield "no_range", reading.opening()
    condition = _IF.search(reading.sentence.plain)
    if condition is None or not _THEN.search(reading.sentence.plain, condition.end()):
        yield "no_action", reading.opening()


def hypothesis_findings(text: str) -> Iterator[tuple[str, str]]:
    """Every rule that the hypothesis breaks: something must be able to prove it wrong."""
    reading = Reading(text)
    if not reading.has_words:
        return
    plain = reading.sentence.plain
    if not _FALSIFIER.search(plain) and not (reading.measure.amounts and _RIGHT_WHEN.search(plain)):
        yield "no_falsifier", reading.opening()
