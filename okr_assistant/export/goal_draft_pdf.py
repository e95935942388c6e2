"""First drafts as a PDF, laid out by ``goal_draft.typ``."""

from __future__ import annotations

from datetime import date

from okr_assistant.charts.palette import colour
from okr_assistant.export.typeset import Data, goal_parts, head, strings, typeset
from okr_assistant.paths import GOAL_DRAFT_TEMPLATE
from okr_assistant.views.artefact import ArtefactView
from okr_assistant.words import Words


def goal_draft_pdf(view: ArtefactView, made_on: date, words: Words) -> bytes:
    """Return the draft as the bytes of a PDF file."""
    return typeset(GOAL_DRAFT_TEMPLATE, goal_draft_data(view, made_on, words), made_on, words)


def goal_draft_data(view: ArtefactView, made_on: date, words: Words) -> Data:
    """Return what the template is given: strings and lists of them, in reading order."""
    facts = [(words("record.date"), words.date(made_on)), (words("record.model"), view.model)]
    return head(words("goal_draft.title"), view.heading, made_on, facts, words) | {
        "colour": colour(view.approach),
        "sentence": view.name,
        "lines": [view.status],
        "parts": [
            *({"kind": "goal_part", **part} for part in goal_parts(view)),
            *strings(words("goal_draft.missing_title"), view.missing),
            *strings(words("goal_draft.questions"), view.questions),
        ],
    }
