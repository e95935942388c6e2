"""Portable links: a result in an address, with nothing stored.

The payload of ``/p/<payload>`` is a coded sheet, which is the whole of it as long as no text is shared. With text
it goes on with ``-`` and the text in base 62: a one, four bytes of SHA-256 over the coded sheet and what follows,
and the text itself, a JSON list of title and notes, compressed (raw DEFLATE). Whatever is read is checked; a
payload that was changed or cut short does not open, but for one case: cut down to its coded sheet, it is a whole
payload without text, and opens as that.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib

from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.decision.strict_json import read_json
from okr_assistant.errors import OkrAssistantError, PayloadError, TextError
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.sharing import base62
from okr_assistant.sharing.coded_sheet import code_sheet, read_coded_sheet
from okr_assistant.sharing.record import Record

MAX_LENGTH = 1900
"""Characters of a payload; with the address of the deployment it stays below 2,000."""

_HEAD = b"\x01"
_CHECK = 4
_MOST_TEXT = 16 * 1024


def portable_payload(models: Models, record: Record, *, with_text: bool = False) -> str:
    """Return the payload for this record: its answers, and title and notes only ``with_text``.

    ``TextError`` when the text does not fit into an address; a stored link or a file has room for it. A decision
    is never part of it.
    """
    model = models.newest if record.sheet.model is None else models.get(record.sheet.model)
    code = code_sheet(model, record.sheet.answers)
    text = [clean_title(record.sheet.title), clean_note(record.notes)]  # as it is read again
    if not with_text or not any(text):
        return code
    plain = json.dumps(text, ensure_ascii=False, separators=(",", ":")).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(plain) + packer.flush()
    payload = f"{code}-{base62.encode(int.from_bytes(_HEAD + _check(code, packed) + packed))}"
    if len(payload) > MAX_LENGTH:
        raise TextError("too_long", place="link", found=str(len(payload)), allowed=f"{MAX_LENGTH} characters")
    return payload


def open_portable(models: Models, payload: str, place: str = "link") -> Record:
    """Return what the payload holds; ``PayloadError`` when it is damaged or its model is not here."""
    code, dash, text = payload.partition("-")
    if len(payload) > MAX_LENGTH or not re.fullmatch(r"[0-9A-Za-z]+(-[1-9A-Za-z][0-9A-Za-z]*)?", payload):
        allowed = f"at most {MAX_LENGTH} letters and digits"
        raise PayloadError("not_a_coded_sheet", place=place, found=payload, allowed=allowed)
    model, answers = read_coded_sheet(models, code, place)
    title, notes = _read_text(code, text, place) if dash else ("", "")
    return Record(AnswerSheet(answers, title, model.version), notes)


def _read_text(code: str, text: str, place: str) -> tuple[str, str]:
    number = base62.decode(text)
    whole = number.to_bytes((number.bit_length() + 7) // 8)
    head, check, packed = whole[:1], whole[1 : 1 + _CHECK], whole[1 + _CHECK :]
    try:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        plain = unpacker.decompress(packed, _MOST_TEXT)
        complete = unpacker.eof and not unpacker.unused_data
        texts = read_json(plain, place)
        title, notes = texts
        kept = isinstance(texts, list) and clean_title(title) == title and clean_note(notes) == notes
    except (zlib.error, ValueError, TypeError, AttributeError, OkrAssistantError) as error:
        raise PayloadError("damaged", place=place, found=text) from error
    # the check is over the packed text: the last bits of DEFLATE mean nothing, and could be changed unnoticed
    if head != _HEAD or check != _check(code, packed) or not complete or not kept:
        raise PayloadError("damaged", place=place, found=text)
    return title, notes


def _check(code: str, packed: bytes) -> bytes:
    return hashlib.sha256(code.encode() + b"\n" + packed).digest()[:_CHECK]
