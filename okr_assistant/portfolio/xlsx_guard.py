"""What is looked at before a spreadsheet is unpacked: an XLSX file is a zip archive of XML, and both can be bombs.

A file of 40 kB can hold one row of 8 million cells, which would take 2.5 GB. The archive's directory says how
large its parts are, and no more than that is ever unpacked; then the elements of every part, whatever its name,
are counted, in all and at once.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import chain, pairwise

from okr_assistant.errors import PortfolioError

MOST_UNPACKED = 64 * 2**20
MOST_PARTS = 2000
MOST_ELEMENTS = 600_000
"""A cell with a value has two: 20,000 rows of 14 columns, or 3,000 of 99. One takes 300 bytes when read."""
MOST_ATTRIBUTES = 1_000_000
"""A cell has three at most. One takes some 100 bytes, so that all that a file may hold stays near 300 MB."""
MOST_AT_ONCE = 200_000
"""Elements and attributes of one row, of one text, or of a part that has neither: together in memory."""

_PIECE = re.compile(rb"<(?:\w+:)?(?:row|si)\b")
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
"""What an XML parser would not give up on at once."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1


def is_spreadsheet(data: bytes, name: str) -> bool:
    """Whether these bytes are to be read as a spreadsheet, or else as text; ``PortfolioError`` if as neither.

    The bytes decide. A file that is named a spreadsheet and is none, such as a page saved as ``.xls``, is refused:
    read as text it would be a table of markup.
    """
    if data.startswith(_OLE):
        raise PortfolioError("locked_table" if _ENCRYPTED in data else "old_spreadsheet", place=name)
    if data.startswith(b"PK\x03\x04"):
        return True
    if re.search(r"\.(xl\w{1,2}|ods|numbers)$", name, re.IGNORECASE):
        raise PortfolioError("damaged_spreadsheet", place=name)
    return False


def check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that would be too large in memory, has a password, or is no archive of XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise _too_large(name, f"{MOST_PARTS} parts")
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _too_large(name, f"{MOST_UNPACKED // 2**20} MiB unpacked")
        if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
            raise PortfolioError("locked_table", place=name)
        elements = attributes = 0
        for part in parts:
            xml = archive.read(part)
            # openpyxl reads whatever a relationship points to, so that a name says nothing about a part
            if _XML.match(xml):
                _check_pieces(xml, name)
                elements += _elements(xml)
                attributes += xml.count(b"=")
            if elements > MOST_ELEMENTS or attributes > MOST_ATTRIBUTES:
                raise _too_large(name, f"{MOST_ELEMENTS} entries")


def _check_pieces(xml: bytes, name: str) -> None:
    """Refuse a part that would be too large at once, or hides what is in it."""
    # a document type has no place there, and could make much of little; UTF-16 would hide it
    if b"<!DOCTYPE" in xml or b"\0" in xml:
        raise PortfolioError("damaged_spreadsheet", place=name)
    begins = (found.start() for found in _PIECE.finditer(xml))
    for begin, end in pairwise(chain([0], begins, [len(xml)])):
        if _elements(xml, begin, end) + xml.count(b"=", begin, end) > MOST_AT_ONCE:
            raise _too_large(name, f"{MOST_AT_ONCE} entries in a row")


def _elements(xml: bytes, begin: int = 0, end: int | None = None) -> int:
    """How many elements begin there, as far as they can be counted without reading them."""
    return xml.count(b"<", begin, end) - xml.count(b"</", begin, end)


def _too_large(name: str, allowed: str) -> PortfolioError:
    return PortfolioError("too_large", place=name, allowed=allowed)
