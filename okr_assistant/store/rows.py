"""Between rows and what ``sharing`` knows. Snapshots and records are JSON text, without signs beyond ASCII."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Row

from okr_assistant.errors import OkrAssistantError, StoreError
from okr_assistant.sharing.ports import Remark, SavedResult, StoredLink
from okr_assistant.sharing.record import record_from_json
from okr_assistant.sharing.snapshot import thaw
from okr_assistant.store.faults import STORAGE


def link_to_row(link: StoredLink) -> dict[str, Any]:
    """Return the columns of a link."""
    return {
        "token_hash": link.token_hash,
        "owner_hash": link.owner_hash,
        "snapshot": as_text(link.snapshot.to_json()),
        "made_at": link.made_at,
        "expires_at": link.expires_at,
        "ended_at": link.ended_at,
        "remarks_open": link.remarks_open,
    }


def link_from_row(row: Row[Any]) -> StoredLink:
    """Return the link of a row; ``StoreError`` when it cannot be read."""
    with readable():
        return StoredLink(
            row.token_hash,
            row.owner_hash,
            thaw(json.loads(row.snapshot)),
            row.made_at,
            row.expires_at,
            row.ended_at,
            row.remarks_open,
        )


def remark_to_row(token_hash: bytes, remark: Remark) -> dict[str, Any]:
    """Return the columns of a remark on the link with this token."""
    return {"token_hash": token_hash} | {key: getattr(remark, key) for key in Remark.__slots__}


def remark_from_row(row: Row[Any]) -> Remark:
    """Return the remark of a row."""
    return Remark(row.id, row.made_at, row.question, row.option, row.reason, row.name)


def result_to_row(result: SavedResult) -> dict[str, Any]:
    """Return the columns of a result that say nothing of its browser."""
    return {
        "id": result.id,
        "record": as_text(result.record.to_json()),
        "saved_at": result.saved_at,
        "changed_at": result.changed_at,
    }


def result_from_row(row: Row[Any]) -> SavedResult:
    """Return the result of a row; ``StoreError`` when it cannot be read."""
    with readable():
        record, _ = record_from_json(json.loads(row.record))
        return SavedResult(row.id, record, row.saved_at, row.changed_at)


def as_text(value: dict[str, Any]) -> str:
    """Return JSON as it is stored."""
    # Escaped, because PostgreSQL keeps neither NUL nor half a surrogate pair, and an id in a sheet may have one.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


@contextmanager
def readable() -> Iterator[None]:
    """Raise ``StoreError`` for a row that cannot be read."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, OkrAssistantError) as error:
        raise StoreError("unreadable_entry", place=STORAGE) from error
