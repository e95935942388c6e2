"""Every export of a workshop record, by id, as ``formats.py`` has those of a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from okr_assistant.decision.assessment import Assessment
from okr_assistant.export.calendar import calendar
from okr_assistant.export.format import Format, by_id
from okr_assistant.export.formats import export, file_name
from okr_assistant.export.workshop_document import workshop_document
from okr_assistant.export.workshop_markdown import workshop_markdown
from okr_assistant.sharing.record import Record
from okr_assistant.views.workshop.record import WorkshopRecordView, workshop_record_view
from okr_assistant.words import Words
from okr_assistant.workshop.reveal import Reveal, reveal
from okr_assistant.workshop.room import Participant, Room, Vote


@dataclass(frozen=True, slots=True)
class WorkshopExport:
    """Everything that the files of a finished workshop are made from; ``record`` is what the group agreed on."""

    room: Room
    people: tuple[Participant, ...]
    votes: tuple[Vote, ...]
    reveal: Reveal
    found: Assessment
    record: Record
    view: WorkshopRecordView
    words: Words
    finished_at: datetime


def workshop_export(
    room: Room,
    people: Sequence[Participant],
    votes: Sequence[Vote],
    found: Assessment,
    record: Record,
    words: Words,
    *,
    address: str = "",
) -> WorkshopExport:
    """Return what the files of a finished workshop are made from. ``address`` opens the agreed answers again.

    ``people`` may have been read a moment later than ``votes``; who has left since has none.
    """
    assert room.finished_at is not None  # noqa: S101 - a finished workshop has
    seats = {person.seat for person in people}
    there = tuple(vote for vote in votes if vote.seat in seats)
    shown = reveal(room, there, found.model)
    view = workshop_record_view(room, people, there, shown, found, words, address=address)
    return WorkshopExport(room, tuple(people), there, shown, found, record, view, words, room.finished_at)


def _pdf(made: WorkshopExport) -> bytes:
    from okr_assistant.export.workshop_pdf import workshop_pdf  # Typst is large; who exports text does without it

    return workshop_pdf(made.view, made.words)


def _calendar(made: WorkshopExport) -> bytes:
    """The entry of an ordinary result; without a date of their own people look again after three months."""
    result = export(made.found, made.record, made.words, made.finished_at, address=made.view.address)
    corrected_at = made.room.outcome.corrected_at if made.room.outcome else None
    return calendar(result.view, made.words, corrected_at or made.finished_at)


def _document(made: WorkshopExport) -> bytes:
    return workshop_document(made.room, made.people, made.votes, made.found, made.record, made.reveal)


WORKSHOP_FORMATS = by_id(
    Format("pdf", "workshop_record.export.pdf", _pdf),
    Format("md", "workshop_record.export.md", lambda made: workshop_markdown(made.view, made.words).encode()),
    Format("json", "workshop_record.export.json", _document),
    Format("ics", "workshop_record.export.ics", _calendar),
)


def workshop_file_name(room: Room, ending: str, words: Words) -> str:
    """Return the name of a file of the record of a finished workshop."""
    assert room.finished_at is not None  # noqa: S101 - a finished workshop has one
    return file_name(words("workshop_record.file", title=room.setup.title), room.finished_at.date(), ending)
