"""Our scripts, at addresses that change with what is in them: a newer page never meets an older script."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from okr_assistant.paths import COPY_SCRIPT, FOCUS_SCRIPT, PAGE_SCRIPT, ROOM_SCRIPT

_DIGITS = 12


@cache
def _address(script: Path) -> str:
    return f"/{script.name}?v={hashlib.sha256(script.read_bytes()).hexdigest()[:_DIGITS]}"


def room_script() -> str:
    """Return the address of the script of the pages of a workshop, which work without it."""
    return _address(ROOM_SCRIPT)


def copy_script() -> str:
    """Return the address of the script behind "Copy link"."""
    return _address(COPY_SCRIPT)


def page_script() -> str:
    """Return the address of the script with which a page of Streamlit begins."""
    return _address(PAGE_SCRIPT)


def focus_script() -> str:
    """Return the address of the script that keeps the keyboard's place on a page of Streamlit."""
    return _address(FOCUS_SCRIPT)
