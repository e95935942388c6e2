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
    r"\b(?:if|when(?:ever)?|once|as soon as|otherwise|outside|beyond|in (?:that )?case|breach\w*|else|until|unless"
    r"|(?:every|each) (?:time|miss)|after (?:each|every|any)|the moment|alert\w*|escalat\w+|triggers?|means"
    r"|leads? to|causes?)\b"
    r"|(?:^|[.;:,\n]\s)should\b|\b(?:re)?action:|→|->|=>",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"(?:(?P<opens>[.;\n])|[:,(-]|\b(?:and|but|or))\s+(?:(?:any(?:thing)?|everything|values?)\s+)?"
    r"(?:above|below|over|under|(?:more|less|fewer) than|at|from)\s+"
    r"(?:[~<>$€£]?\s?\d+(?:[.,]\d+)*(?:\s?%)?|(?:that|this|it|which|zero|one|two|three|four|five|six|ten)\b)"
    r"(?P<then>[^.;\n]*)",
    re.IGNORECASE,
)
"""A value that opens a clause; behind a comma, a colon or a pronoun it says what happens there."""
_PART = re.compile(r"[,:]\s|\s-+\s|\b(?:we|the|our|somebody|someone|everybody|I)\b(?= [a-z])")
_EMPTY = re.compile(
    r"\b(?:it|its|is|are|was|be|been|the|a|an|of|for|to|and|or|in|on|at|by|this|that|than|then|range|limits?|target"
    r"|thresholds?|values?|number|rate|higher|lower|slower|faster|longer|shorter|more|less|fewer|above|below|over|under"
    r"|between|within|outside|beyond|rises?|falls?|drops?|goes|gets|leaves|out|up|down|exceed\w*|missed|met|not|no"
    r"|days?|weeks?|months?|quarters?|years?|hours?|minutes?|one|two|three|row|per(?:cent)?|we|they|i|will|would|should"
    r"|see|nothing|bad|good|fine|ok(?:ay)?|healthy|normal|acceptable|red|amber|green|problem|worr\w+|unhappy|concern\w*"
    r"|have|has|happens?|something|needs?|as|possible|so|very|too|far|if|when|tbd|know\w*|yet|open)\b",
    re.IGNORECASE,
)
"""Words that only say that a value is out of range, or that this is a pity."""
_NOTES = re.compile(
    r"^\W*(?:as )?(?:measured|owned?|owner|source|reported|reviewed|weekly|monthly|daily|quarterly"
    r"|on average|counted|according|from|per|each|every|in|of)\b",
    re.IGNORECASE,
)
_NEAR = 80
_CONDITION = (
    r"(?:if|when(?:ever)?|unless|once|should|as soon as|after|until|(?:less|fewer|more) than|under|below|above"
    r"|over|at most|at least|without|in case|or)"
)
_STOP = (
    r"(?:stop\w*|drop\w*|abandon\w*|kill\w*|giv\w+ up|end(?:s|ed)?|discard\w*|reject\w*|pivot\w*|revert\w*"
    r"|clos\w+|cancel\w*|scrap\w*|shelv\w+|bin(?:ned)?|roll\w* back|call it off|walk away|pull(?:ed)?|quit|halt\w*"
    r"|withdraw\w*|move on|change course|abort\w*|fail\w*|wrong|mistaken|dead|over|turn\w* back|go(?:es)? back"
    r"|retire\w*)"
)
_FALSIFIER = re.compile(
    rf"\b(?:{_STOP}\b[^.;]*?\b{_CONDITION}\b|{_CONDITION}\b[^.;]*?\b{_STOP}\b"
    r"|(?:are|were|be|been|is) (?:wrong|mistaken|disproved|disproven|refuted|false|rejected)\b"
    r"|counts? as (?:wrong|false|a no|failed)|kill criteri\w+|stop(?:ping)? (?:rule|criteri\w+)"
    r"|falsif\w+|disprov\w+|refut\w+|invalidat\w+|prove\w* (?:us )?wrong|only (?:right )?if|unless|otherwise"
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
    if not _says_what_happens(reading.sentence.plain):
        yield "no_action", reading.opening()


def _says_what_happens(plain: str) -> bool:
    """Whether anything is said beside a condition that is not the condition itself."""
    conditions = list(_IF.finditer(plain))
    if conditions and _content(plain[conditions[0].end() :]):
        return True
    if any(_precedes(plain, found.start()) for found in conditions):
        return True
    return any(_reacts(found) for found in _BEYOND.finditer(plain))


def _reacts(beyond: re.Match[str]) -> bool:
    """``Above 4, another till opens``: whether anything but a note on how it is measured follows the value."""
    then, opens = beyond["then"], beyond["opens"] is not None
    part = _PART.search(then)
    if part and (opens or not part[0].startswith(",")):
        rest = then[part.end() :]
        return bool(_content(rest)) and not _NOTES.match(rest)
    return opens and len(_content(then)) > 1 and not _NOTES.match(then)


def _precedes(plain: str, condition: int) -> bool:
    """``Merging is blocked when below 80%``: whether the clause before the condition says what happens."""
    clause = re.split(r"[.;:,\n]\s", plain[max(0, condition - _NEAR) : condition])[-1]
    return not _LIMIT.search(clause) and len(_content(clause)) > 1


def _content(text: str) -> list[str]:
    """The words that say more than that a value is out of range."""
    return re.findall(r"[^\W\d_]{2,}", _EMPTY.sub(" ", text))


def hypothesis_findings(text: str) -> Iterator[tuple[str, str]]:
    """Every rule that the hypothesis breaks: something must be able to prove it wrong."""
    reading = Reading(text)
    if not reading.has_words:
        return
    plain = reading.sentence.plain
    if not _FALSIFIER.search(plain) and not (reading.measure.amounts and _RIGHT_WHEN.search(plain)):
        yield "no_falsifier", reading.opening()
