"""Input that is nearly right: valid samples, damaged as bytes, as text in pieces, and as JSON by its structure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

ODD_TEXTS = (
    *("", " ", "\0", "\n", "\r\n", "\t", "\ufeff", "\u202e", "\u200d", "\ud800", "é", "e\u0301", "０", "٣", "字"),
    *("=1+1", "'", '"', '"""', "\\", "#", "..", "/", "%00", "%zz", "%F0%9F", "&", ";", ",", "{", "}", "[", "]]"),
    *("-1", "0", "1e999", "NaN", "-Infinity", "true", "null", "9" * 5000, "2026-02-30", "9999-12-31", "1.5"),
    *("<b>", "a" * 200, "\u0301" * 40, "ﬁ", "İ", "👨‍👩‍👧", "answers", "work_kind", "unsure", "2026.1", "format"),
)
"""Pieces that mean something somewhere, or nothing anywhere."""

ODD_VALUES = (
    *(None, True, False, 0, 1, -1, 1.5, 10**30, float("nan"), float("inf"), [], {}, [[]], {"": ""}, [None] * 50),
    *("", "unsure", "work_kind", "2026.1", "\ud800", "\0", "x" * 300, {"answers": {}}, {"format": 1}),
)
_PIECES = re.compile(r"\w+|\s+|.", re.DOTALL)

_odd_texts, _repeats = st.sampled_from(ODD_TEXTS), st.integers(2, 60)
_odd_values = st.sampled_from(ODD_VALUES).map(deepcopy)  # what is put somewhere may be damaged there
_places = st.integers(0, 2**20)
_near_the_top = st.integers(0, 5)


@st.composite
def damaged_text(draw: st.DrawFn, samples: Sequence[str]) -> str:
    """A sample with one to five of its words, spaces or signs deleted, doubled, swapped, replaced or cut off."""
    pieces = _PIECES.findall(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 5))):
        at, other = (draw(_places) % max(len(pieces), 1) for _ in range(2))
        match draw(st.sampled_from(("delete", "double", "many", "swap", "replace", "insert", "cut"))):
            case "delete":
                del pieces[min(at, other) : max(at, other)]
            case "double" if pieces:
                pieces.insert(at, pieces[at])
            case "many" if pieces:
                pieces[at] *= draw(_repeats)
            case "swap" if pieces:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "replace" if pieces:
                pieces[at] = draw(_odd_texts)
            case "cut":
                del pieces[at:]
            case _:
                pieces.insert(at, draw(_odd_texts))
    return "".join(pieces)


@st.composite
def damaged_bytes(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """A sample with a few bytes changed, taken out, put in, or cut off."""
    data = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 6))):
        at, other = (draw(_places) % (len(data) + 1) for _ in range(2))
        match draw(st.sampled_from(("change", "delete", "insert", "cut", "copy"))):
            case "change":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "delete":
                del data[at : at + draw(_repeats)]
            case "insert":
                data[at:at] = draw(st.binary(max_size=8))
            case "cut":
                del data[at:]
            case _:
                data[at:at] = data[other : other + draw(_repeats)]
    return bytes(data)


Pairs = list[tuple[str, Any]]


class Table(Pairs):
    """A JSON object in which a key may stand twice."""


@st.composite
def damaged_json(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """A sample whose values, anywhere inside, are deleted, doubled, swapped, of another type, or deeper."""
    whole = [json.loads(draw(st.sampled_from(samples)), object_pairs_hook=Table)]
    for _ in range(draw(st.integers(1, 4))):
        holders = _holders(whole)
        holder = holders[draw(_near_the_top | _places) % len(holders)]
        at, other = (draw(_places) % len(holder) for _ in range(2))
        _hurt(draw, holder, at, other)
        whole = whole or [None]
    return _written(whole[0]).encode("utf-8", "surrogatepass")


def _holders(whole: list[Any]) -> list[list[Any]]:
    """Every list and every table inside that is not empty, from the outside in."""
    found = [whole]
    for holder in found:
        inner = [entry[1] for entry in holder] if isinstance(holder, Table) else holder
        found += [entry for entry in inner if isinstance(entry, list) and entry]
    return found


def _hurt(draw: st.DrawFn, holder: list[Any], at: int, other: int) -> None:
    table = isinstance(holder, Table)

    def put(value: Any, key: str | None = None) -> None:
        holder[at] = (holder[at][0] if key is None else key, value) if table else value

    old = holder[at][1] if table else holder[at]
    match draw(
        st.sampled_from((*["type"] * 5, "delete", "double", "swap", "text", "deeper", "deep", "key", "open"))
    ):
        case "delete":
            del holder[at]
        case "double":
            holder.insert(other, holder[at])
        case "swap":
            put(holder[other][1] if table else holder[other])
        case "type":
            put(draw(_odd_values))
        case "text":
            put(draw(damaged_text([old])) if isinstance(old, str) and old else draw(_odd_texts))
        case "deeper":
            put(draw(st.sampled_from(([old], Table([("", old)]), Table([("answers", old)])))))
        case "deep":
            for _ in range(draw(_repeats)):
                old = [old]
            put(old)
        case "key":
            put(old, draw(_odd_texts)) if table else holder.append(draw(_odd_values))
        case _:
            holder.append((draw(_odd_texts), draw(_odd_values)) if table else draw(_odd_texts))


def _written(value: Any) -> str:
    """The JSON, doubled keys and all; some texts escaped and some not."""
    if isinstance(value, Table):
        return "{" + ", ".join(f"{json.dumps(key)}: {_written(entry)}" for key, entry in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=isinstance(value, str) and len(value) % 2 == 0)
