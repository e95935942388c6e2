"""What JSON files of portfolios are read with: tables without unknown keys, lists, text that can be written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from okr_assistant.errors import PortfolioError


def table(raw: Any, place: str, keys: Collection[str], needed: Collection[str]) -> dict[str, Any]:
    """Return a table that has no other keys, and all that are needed."""
    if not isinstance(raw, dict):
        raise PortfolioError("wrong_type", place=place, found=raw, allowed="a table")
    for key in raw:
        if key not in keys:
            raise PortfolioError("unknown_key", place=place, found=key, allowed=keys)
    for key in needed:
        if key not in raw:
            raise PortfolioError("missing_key", place=f"{place}: {key}")
    return raw


def entries(raw: dict[str, Any], key: str, place: str) -> Iterator[tuple[Any, str]]:
    """Return the entries of the list under this key, each with its place: "item 1" of "items"."""
    found, one = raw[key], key.removesuffix("s")
    if not isinstance(found, list):
        raise PortfolioError("wrong_type", place=f"{place}: {key}", found=found, allowed="a list")
    return ((entry, f"{place}: {one} {number}") for number, entry in enumerate(found, start=1))


def text(raw: Any, place: str) -> str:
    """Return text; half a character, which JSON can hold and no file can, is refused."""
    if not isinstance(raw, str):
        raise PortfolioError("wrong_type", place=place, found=raw, allowed="text")
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PortfolioError("bad_character", place=place, found=f"U+{ord(raw[error.start]):04X}") from error
    return raw


def texts(raw: Any, place: str) -> dict[str, str]:
    """Return a table of text: text."""
    if not isinstance(raw, dict):
        raise PortfolioError("wrong_type", place=place, found=raw, allowed="a table")
    return {text(key, place): text(value, place) for key, value in raw.items()}


def check_format(raw: dict[str, Any], expected: str, place: str) -> None:
    """Refuse a document of another kind or of a newer form."""
    if raw["format"] != expected:
        raise PortfolioError("not_allowed", place=f"{place}: format", found=raw["format"], allowed=expected)
