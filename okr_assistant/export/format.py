"""One kind of file, whatever it is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Made = TypeVar("Made")
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ics": "text/calendar; charset=utf-8",
}
"""By the ending of a file's name."""


@dataclass(frozen=True, slots=True)
class Format(Generic[Made]):
    """One kind of file. ``label`` is a key of the catalogue; ``write`` gives equal bytes for equal exports.

    The id is the ending of the file's name, after a dash where several formats have the same.
    """

    id: str
    label: str
    write: Callable[[Made], bytes]

    @property
    def ending(self) -> str:
        """What the file's name ends in, without the dot."""
        return self.id.rpartition("-")[2]

    @property
    def media_type(self) -> str:
        """As HTTP names it."""
        return MEDIA_TYPES[self.ending]


def by_id(*formats: Format[Made]) -> dict[str, Format[Made]]:
    """Return the formats by their ids, in this order."""
    return {format_.id: format_ for format_ in formats}
