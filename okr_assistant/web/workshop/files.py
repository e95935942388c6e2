"""The files of a workshop: its record once it is finished, and all revealed votes for whoever leads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from okr_assistant.decision.assessment import assessment
from okr_assistant.export.format import MEDIA_TYPES, Format
from okr_assistant.export.formats import file_name
from okr_assistant.export.votes import votes_csv
from okr_assistant.export.workshop_formats import (
    WORKSHOP_FORMATS,
    WorkshopExport,
    workshop_export,
    workshop_file_name,
)
from okr_assistant.web.context import services
from okr_assistant.web.language import carried
from okr_assistant.web.workshop.facilitator.result import model_of, portable_path, record_of
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.voting import Voting


@dataclass(frozen=True, slots=True)
class WorkshopFile:
    """A file to offer. ``label`` is a key of the catalogue; ``make`` reads and writes it when it is asked for."""

    id: str
    label: str
    name: str
    media_type: str
    make: Callable[[], bytes]


def workshop_record(of: Facilitation | Voting, base: str) -> WorkshopExport:
    """Return what the record of a finished workshop is made from; addresses in it begin with ``base``, if any.

    Without one it has none. ``UnknownModelError`` when the model of the room is not here as it was.
    """
    known, room = services(), of.room()

    def make() -> WorkshopExport:
        votes, people, record = of.votes(), of.people(), record_of(room)
        found = assessment(model_of(known.models, room), record.sheet)
        return workshop_export(room, people, votes, found, record, known.words)

    # Nothing in a finished room changes without another revision, and to work it out takes up to a second.
    made = known.records.get(room.id, room.revision, make)
    address = carried(f"{base}{portable_path(known.models, room)}") if base else ""
    return replace(made, view=replace(made.view, address=address))


def record_files(of: Facilitation, base: str) -> tuple[WorkshopFile, ...]:
    """Return the files of a finished workshop's record."""
    room = of.room()
    return tuple(
        WorkshopFile(
            kind.id,
            kind.label,
            workshop_file_name(room, kind.ending, services().words),
            kind.media_type,
            partial(_write, kind, of, base),
        )
        for kind in WORKSHOP_FORMATS.values()
    )


def votes_file(of: Facilitation) -> WorkshopFile:
    """Return the table of all votes in the rounds that were revealed."""
    room, words, now = of.room(), services().words, of.clock.now()
    title = words("workshop_record.votes_file", title=room.setup.title)
    name = file_name(title, now.date(), "csv")
    return WorkshopFile("csv", "workshop_record.export.votes", name, MEDIA_TYPES["csv"], partial(_votes, of))


def _write(kind: Format[WorkshopExport], of: Facilitation, base: str) -> bytes:
    return kind.write(workshop_record(of, base))


def _votes(of: Facilitation) -> bytes:
    known, room = services(), of.room()
    votes, people = of.votes(), of.people()
    return votes_csv(room, people, votes, model_of(known.models, room), known.words)
