"""Measuring on one core, so that libraries with threads of their own get no more."""

from __future__ import annotations

import os


def stay_on_one_core() -> None:
    """Keep this process on one core, where the system can do that: not on macOS and Windows."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
