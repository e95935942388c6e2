"""Wrong inputs: what is sent, and the place and the allowed values that the one line must name."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote


class Wrong(NamedTuple):
    """``sent`` as it arrives; ``place`` and ``allowed`` are parts of the line."""

    name: str
    sent: bytes
    place: str
    allowed: str


def _nested(depth: int) -> bytes:
    return b'{"answers": ' + b"[" * depth + b"]" * depth + b"}"


SHEETS = [
    Wrong("unknown question", b'{"answers": {"work_type": "change"}}', "answers", "work_kind, product_stage"),
    Wrong("unknown option", b'{"answers": {"work_kind": "chnge"}}', "answers.work_kind", "change, deliver"),
    Wrong("option of another question", b'{"answers": {"autonomy": "change"}}', "answers.autonomy", "team, nego"),
    Wrong("option in capitals", b'{"answers": {"work_kind": "CHANGE"}}', "answers.work_kind", "unsure"),
    Wrong("empty option", b'{"answers": {"work_kind": ""}}', "answers.work_kind", "change, deliver"),
    Wrong("answer is a number", b'{"answers": {"work_kind": 3}}', "answers.work_kind", "text"),
    Wrong("answer is true", b'{"answers": {"work_kind": true}}', "answers.work_kind", "text"),
    Wrong("answer is null", b'{"answers": {"work_kind": null}}', "answers.work_kind", "text"),
    Wrong("answer is a list", b'{"answers": {"work_kind": ["change"]}}', "answers.work_kind", "text"),
    Wrong("answer is NaN", b'{"answers": {"work_kind": NaN}}', "standard input", "text"),
    Wrong("answer is infinite", b'{"answers": {"work_kind": -Infinity}}', "standard input", "text"),
    Wrong("answer is 1e999", b'{"answers": {"work_kind": 1e999}}', "answers.work_kind", "text"),
    Wrong("answer of 5,000 digits", b'{"answers": {"work_kind": ' + b"9" * 5000 + b"}}", "standard input", "text"),
    Wrong("answers are a list", b'{"answers": []}', "answers", "question: option"),
    Wrong("answers are text", b'{"answers": "work_kind"}', "answers", "question: option"),
    Wrong("no answers", b"{}", "answers", "must be there"),
    Wrong("unknown key", b'{"answers": {}, "note": "x"}', "standard input", "answers, title, model"),
    Wrong("duplicate key", b'{"answers": {}, "answers": {}}', "standard input", "once"),
    Wrong(
        "duplicate question",
        b'{"answers": {"work_kind": "learn", "work_kind": "change"}}',
        "standard input",
        "once",
    ),
    Wrong("not a table", b"[]", "standard input", "answers"),
    Wrong("not JSON", b"{answers: {}}", "column 2", "JSON"),
    Wrong("nothing", b"", "standard input", "JSON"),
    Wrong("cut off", b'{"answers": {"work_kind": "cha', "column", "JSON"),
    Wrong("two documents", b'{"answers": {}} {"answers": {}}', "column 17", "JSON"),
    Wrong("title is a number", b'{"answers": {}, "title": 3}', "title", "text"),
    Wrong("title too long", b'{"answers": {}, "title": "' + b"x" * 121 + b'"}', "title", "120 characters"),
    Wrong("title with a line break", b'{"answers": {}, "title": "a\\nb"}', "title", "letters"),
    Wrong("title that turns the text round", '{"answers": {}, "title": "a\u202eb"}'.encode(), "title", "letters"),
    Wrong("title with half a character", b'{"answers": {}, "title": "\\ud800"}', "title", "letters"),
    Wrong("unknown model", b'{"answers": {}, "model": "1999.1"}', "model", "2026.1"),
    Wrong("model is a number", b'{"answers": {}, "model": 2026.1}', "model", "text"),
    Wrong("model is a path", b'{"answers": {}, "model": "../2026.1"}', "model", "2026.1"),
    Wrong("not UTF-8", b'{"answers": {}, "title": "\xff"}', "standard input", "UTF-8"),
    Wrong("UTF-16", '{"answers": {}}'.encode("utf-16"), "standard input", "UTF-8"),
    Wrong("byte order mark", '\ufeff{"answers": {}}'.encode(), "standard input", "without"),
    Wrong("too large", b'{"answers": {}, "title": "' + b"x" * 70_000 + b'"}', "standard input", "64 KiB"),
    Wrong("too deep", _nested(20), "standard input", "16 levels"),
    Wrong("depth bomb", _nested(30_000), "standard input", "16 levels"),
    Wrong(
        "hostile text inside",
        b'{"answers": {"<img src=x onerror=alert(1)>\\u001b[31m": "change"}}',
        "answers",
        "work_kind",
    ),
]
"""What a sheet on standard input can be."""

ADDRESSES = [
    Wrong("unknown question", b"work_type=change", "Address:", "work_kind, product_stage"),
    Wrong("unknown option", b"work_kind=chnge", "Address, work_kind:", "change, deliver"),
    Wrong("empty option", b"work_kind=", "Address, work_kind:", "change, deliver"),
    Wrong("repeated question", b"work_kind=change&work_kind=learn", "work_kind", "one value"),
    Wrong("one right and one wrong", b"work_kind=change&autonomy=nobody", "Address, autonomy:", "team, nego"),
    Wrong("number", b"work_kind=3", "Address, work_kind:", "change, deliver"),
    Wrong("hostile question", quote("<script>alert(1)</script>").encode() + b"=x", "Address:", "work_kind"),
    Wrong("hostile option", b"work_kind=" + quote(":red[x] $x$ ![y](//z)").encode(), "work_kind", "change"),
    Wrong("coded sheet cut off", b"a=00000", "Answers:", "unchanged address"),
    Wrong("coded sheet damaged", b"a=zzzzzzzzzzzz", "Answers:", "unchanged address"),
    Wrong("coded sheet too long", b"a=" + b"0" * 5000, "Answers:", "64 of 0-9"),
    Wrong("coded sheet empty", b"a=", "Answers:", "64 of 0-9"),
    Wrong("coded sheet not ASCII", b"a=" + quote("é" * 12).encode(), "Answers:", "64 of 0-9"),
    Wrong("coded sheet with NUL", b"a=%00%00", "Answers:", "64 of 0-9"),
    Wrong("coded sheet twice", b"a=0000000nX4Sn&a=0000000nX4Sn", "Answers:", "one value"),
    Wrong("title too long", b"t=" + b"x" * 121, "Title:", "120 characters"),
    Wrong("title with a line break", b"t=a%0Ab", "Title:", "letters"),
    Wrong("title that turns the text round", b"t=" + quote("a\u202eb").encode(), "Title:", "letters"),
    Wrong("title twice", b"t=a&t=b", "Title:", "one value"),
]
"""What an address can carry."""


def _record(text: str) -> bytes:
    return f'{{"format": 1, "sheet": {{"answers": {{}}}}, {text}}}'.encode()


RECORDS = [
    Wrong("format is missing", b'{"sheet": {"answers": {}}}', "standard input: format", "1"),
    Wrong("format is newer", b'{"format": 2, "sheet": {"answers": {}}}', "standard input: format", "allowed: 1"),
    Wrong("format is true", b'{"format": true, "sheet": {"answers": {}}}', "standard input: format", "allowed: 1"),
    Wrong("format is text", b'{"format": "1", "sheet": {"answers": {}}}', "standard input: format", "allowed: 1"),
    Wrong("sheet is a list", b'{"format": 1, "sheet": []}', "standard input: sheet", "answers"),
    Wrong("sheet without answers", b'{"format": 1, "sheet": {}}', "sheet: answers", "must be there"),
    Wrong(
        "unknown answer",
        b'{"format": 1, "sheet": {"answers": {"work_kind": "x"}}}',
        "sheet: answers.work_kind",
        "change",
    ),
    Wrong("unknown model", b'{"format": 1, "sheet": {"answers": {}, "model": "x"}}', "sheet: model", "2026.1"),
    Wrong("answer is NaN", b'{"format": 1, "sheet": {"answers": {"a": NaN}}}', "standard input", "text"),
    Wrong("answer is 1e999", b'{"format": 1, "sheet": {"answers": {"work_kind": 1e999}}}', "work_kind", "text"),
    Wrong("answer is true", b'{"format": 1, "sheet": {"answers": {"work_kind": true}}}', "work_kind", "text"),
    Wrong("extra key", _record('"note": "x"'), "standard input", "notes, decision, result"),
    Wrong("extra key in the decision", _record('"decision": {"who": "x"}'), "decision", "decided, because, owner"),
    Wrong("duplicate key", _record('"notes": "a", "notes": "b"'), "standard input", "once"),
    Wrong("notes are a number", _record('"notes": 3'), "standard input: notes", "text"),
    Wrong("notes are null", _record('"notes": null'), "standard input: notes", "text"),
    Wrong("notes too long", _record(f'"notes": "{"x" * 2001}"'), "standard input: notes", "2000 characters"),
    Wrong("notes of 10,000 lines", _record('"notes": "a' + "\\n" * 10_000 + 'b"'), "notes", "2000 characters"),
    Wrong("notes that turn the text round", _record('"notes": "a\u202eb"'), "standard input: notes", "letters"),
    Wrong("notes with a bell", _record('"notes": "a\\u0007b"'), "standard input: notes", "letters"),
    Wrong("decision is text", _record('"decision": "x"'), "standard input: decision", "a table"),
    Wrong("decision is null", _record('"decision": null'), "standard input: decision", "a table"),
    Wrong("decided is a list", _record('"decision": {"decided": []}'), "decision.decided", "text"),
    Wrong("decided on two lines", _record('"decision": {"decided": "a\\nb"}'), "decision.decided", "letters"),
    Wrong(
        "owner too long", _record(f'"decision": {{"owner": "{"x" * 121}"}}'), "decision.owner", "120 characters"
    ),
    Wrong("review on no day", _record('"decision": {"review_on": "2026-02-30"}'), "review_on", "2026-12-31"),
    Wrong("review on a week", _record('"decision": {"review_on": "2026-W01-1"}'), "review_on", "2026-12-31"),
    Wrong("review at a time", _record('"decision": {"review_on": "2026-01-01T00"}'), "review_on", "2026-12-31"),
    Wrong("review on a number", _record('"decision": {"review_on": 20260101}'), "review_on", "2026-12-31"),
    Wrong("result is a list", _record('"result": []'), "standard input: result", "a table"),
    Wrong("result is true", _record('"result": true'), "standard input: result", "a table"),
    Wrong("result has NaN", _record('"result": {"stands": NaN}'), "standard input", "text"),
    Wrong("result of 5,000 digits", _record(f'"result": {{"a": {"9" * 5000}}}'), "standard input", "a very long"),
    Wrong("depth bomb", b'{"format": 1, "sheet": ' + b"[" * 100_000, "standard input", "16 levels"),
    Wrong("depth bomb in the result", _record(f'"result": {"[" * 100_000}{"]" * 100_000}'), "input", "16 levels"),
    Wrong("too large", _record(f'"notes": "{"x" * 1_100_000}"'), "standard input", "1 MiB"),
    Wrong("byte order mark", "\ufeff".encode() + _record('"notes": ""'), "standard input", "without"),
    Wrong("not UTF-8", _record('"notes": "x"').replace(b'"x"', b'"\xff"'), "standard input", "UTF-8"),
    Wrong("cut off", _record('"notes": "x"')[:-4], "column", "JSON"),
    Wrong("hostile key", _record('"<img src=x onerror=alert(1)>\\u001b[31m": 1'), "standard input", "notes"),
    Wrong(
        "hostile date", _record(f'"decision": {{"review_on": "\\u001b[31m{"<b>" * 400}"}}'), "review_on", "2026"
    ),
]
"""What a record on standard input can be."""
