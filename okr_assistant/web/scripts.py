"""Our scripts, at addresses that change with what is in them: a newer page never meets an older script."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_DIGITS = 12


@cache
def script_address(script: Path) -> str:
    """Return the address of one of the scripts that ``routes/script.py`` sends."""
    return f"/{script.name}?v={hashlib.sha256(script.read_bytes()).hexdigest()[:_DIGITS]}"
