"""A calendar entry for the day on which to look again, as RFC 5545 wants it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from okr_assistant.views.record import RecordView
from okr_assistant.words import Words

_LINE = 75
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~-._"


def calendar(view: RecordView, words: Words, made_at: datetime) -> bytes:
    """Return an all-day entry on the review date.

    Its UID comes from title, model and answers: taken into a calendar again with another date, the entry moves and
    is not there twice.
    """
    content = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OKR Assistant//Review//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_uid(view)}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        # without an end, an entry with a date lasts that one day
        f"DTSTART;VALUE=DATE:{view.review_on.isoformat().replace('-', '')}",
        f"SUMMARY:{_escaped(words('export.calendar.summary', title=view.heading))}",
        f"DESCRIPTION:{_escaped(_description(view, words))}",
        *([f"URL:{quote(view.address, safe=_IN_ADDRESSES)}"] if view.address else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in content for part in _folded(line)).encode()


def _description(view: RecordView, words: Words) -> str:
    decision = view.decision
    day = words.date(view.made_on)
    said = [words("export.calendar.advised", date=day, sentence=view.result.sentence)]
    if conditions := view.result.conditions:
        fixes = " ".join(condition.text for condition in conditions)
        said.append(f"{words.counted('result.conditions', len(conditions))}: {fixes}")
    if view.outlook:
        said.append(view.outlook.margin)
    if decision and decision.decided:
        said.append(words("export.calendar.decided", decided=decision.decided))
    if decision and decision.owner:
        said.append(words("export.calendar.owner", owner=decision.owner))
    return "\n".join([*said, words("export.calendar.why"), *([view.address] if view.address else [])])


def _uid(view: RecordView) -> str:
    content = [view.title, view.digest, [[entry.row.question_id, entry.row.answer] for entry in view.answers]]
    return f"{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]}@okr-assistant"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never parting a character; all but the first start with a blank."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
