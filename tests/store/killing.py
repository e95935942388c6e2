"""A process that kills itself in the middle of what it does to a database."""

from __future__ import annotations

import os
import signal

from sqlalchemy import Engine, event


def killed_after(statements: int) -> None:
    """From now on, kill this process when so many statements were executed."""
    left = statements

    @event.listens_for(Engine, "after_cursor_execute")
    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
