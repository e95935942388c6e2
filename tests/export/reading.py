"""Reading an exported record again, as the command line does."""

from __future__ import annotations

from typing import NamedTuple

from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.registry import Models
from okr_assistant.export.document import differences, read_given
from okr_assistant.sharing.record import Record


class Read(NamedTuple):
    """What a file holds, worked out anew. ``differences`` are the keys of its result that say otherwise."""

    record: Record
    found: Assessment
    differences: tuple[str, ...]


def read_document(data: bytes, models: Models, place: str = "record") -> Read:
    record, stored = read_given(data, models, place)
    found = assessment(models.for_sheet(record.sheet), record.sheet)
    return Read(record, found, differences(stored, found.to_json()))
