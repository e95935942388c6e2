"""Why models keep their disagreements with published cases."""

from __future__ import annotations

from okr_assistant.decision.entry import Entry, Line, Version


class Kept(Entry):
    """A file of reasons. They belong to one version each: another model disagrees elsewhere."""

    why: dict[Version, dict[str, Line]]
    """A sentence or two by the version of a model and the id of a case."""
