"""Every export, by id: the one list that screens, routes and the command line take them from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from okr_assistant.decision.assessment import Assessment
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.export.calendar import calendar
from okr_assistant.export.document import document
from okr_assistant.export.format import Format, by_id
from okr_assistant.export.markdown import markdown
from okr_assistant.export.table import table
from okr_assistant.sharing.record import Record
from okr_assistant.views.record import RecordView, record_view
from okr_assistant.words import Words

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that exports are made from, the same for all of them."""

    found: Assessment
    record: Record
    view: RecordView
    words: Words
    made_at: datetime


def export(
    found: Assessment,
    record: Record,
    words: Words,
    made_at: datetime,
    *,
    address: str = "",
    goal: GoalDraft | None = None,
) -> Export:
    """Return what exports of this record are made from. ``address``, if there is one, opens it again.

    ``goal`` is the first draft of a goal for the same work; documents have a section with it.
    """
    view = record_view(found, record, words, made_at.date(), address=address, goal=goal)
    return Export(found, record, view, words, made_at)


def _pdf(made: Export) -> bytes:
    from okr_assistant.export.pdf import pdf  # Typst is large; who exports text does without it

    return pdf(made.view, made.words)


def _image(name: str) -> Callable[[Export], bytes]:
    def write(made: Export) -> bytes:
        from okr_assistant.export import image  # so are Altair and vl-convert

        drawn: bytes = getattr(image, name)(made.view, made.words)
        return drawn

    return write


FORMATS = by_id(
    Format("pdf", "export.pdf", _pdf),
    Format("md", "export.md", lambda made: markdown(made.view, made.words).encode()),
    Format("csv", "export.csv", lambda made: table(made.view, made.words)),
    Format("json", "export.json", lambda made: document(made.found, made.record)),
    Format("svg", "export.svg", _image("ranking_svg")),
    Format("png", "export.png", _image("ranking_png")),
    Format("position-svg", "export.position_svg", _image("position_svg")),
    Format("position-png", "export.position_png", _image("position_png")),
    Format("ics", "export.ics", lambda made: calendar(made.view, made.words, made.made_at)),
)
_OF_A_POSITION = {"position-svg", "position-png"}
"""They can only be written while the work can be placed between vision and outcome."""


def offered(view: RecordView) -> tuple[Format[Export], ...]:
    """Return the formats that this record can be written in."""
    placed = view.result.position.placed
    return tuple(each for each in FORMATS.values() if placed or each.id not in _OF_A_POSITION)


def file_name(title: str, made_on: date, ending: str) -> str:
    """Return a name that every file system and shell takes, of the letters and digits of the title.

    They need not be ASCII; a header of HTTP needs the name once more without them, which is not done here.
    """
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in unicodedata.normalize("NFC", title)
    )
    words_ = "".join(kept)[:_LONGEST_NAME].split()
    return f"{'-'.join(words_) or 'decision-record'}-{made_on.isoformat()}.{ending}"
