"""Whether a reload would lose something: what somebody wrote or opened in this tab, and kept nowhere else."""

from __future__ import annotations

from okr_assistant.web.goal_map import reading, state
from okr_assistant.web.parts import own_words
from okr_assistant.web.parts.goal_draft import written


def is_anything_only_here() -> bool:
    """Tell whether there is such a thing, on this page or one that was left; the browser then asks before."""
    return (
        written.is_anything_written()
        or own_words.are_only_here()
        or reading.reading() is not None
        or state.is_only_here()
    )
