"""Every export of a first draft, by id, as ``formats.py`` has those of a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.export.document import as_json
from okr_assistant.export.format import Format, by_id
from okr_assistant.export.formats import file_name
from okr_assistant.export.goal_draft_markdown import goal_draft_markdown
from okr_assistant.export.goal_draft_table import goal_draft_csv, goal_draft_xlsx
from okr_assistant.views.artefact import NO_ANSWERS, ArtefactView, artefact_view
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class GoalDraftExport:
    """Everything that the files of a draft are made from."""

    draft: GoalDraft
    view: ArtefactView
    words: Words
    made_at: datetime


def goal_draft_export(
    draft: GoalDraft, words: Words, made_at: datetime, answers: Mapping[str, str] = NO_ANSWERS
) -> GoalDraftExport:
    """Return what the files of this draft are made from; ``answers`` are those that its form started from."""
    return GoalDraftExport(draft, artefact_view(draft, words, answers), words, made_at)


def _pdf(made: GoalDraftExport) -> bytes:
    from okr_assistant.export.goal_draft_pdf import goal_draft_pdf  # Typst is large; text does without it

    return goal_draft_pdf(made.view, made.made_at.date(), made.words)


GOAL_DRAFT_FORMATS = by_id(
    Format("pdf", "goal_draft.export.pdf", _pdf),
    Format("md", "goal_draft.export.md", lambda made: goal_draft_markdown(made.view, made.words).encode()),
    Format("xlsx", "goal_draft.export.xlsx", lambda made: goal_draft_xlsx(made.view, made.words, made.made_at)),
    Format("csv", "goal_draft.export.csv", lambda made: goal_draft_csv(made.view, made.words)),
    Format("json", "goal_draft.export.json", lambda made: as_json(made.draft.to_json())),
)


def goal_draft_file_name(made: GoalDraftExport, ending: str) -> str:
    """Return the name of a file of this draft."""
    return file_name(f"{made.view.title} {made.view.name}", made.made_at.date(), ending)
