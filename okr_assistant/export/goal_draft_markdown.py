"""First drafts as Markdown; what people typed is text in it, never markup."""

from __future__ import annotations

from okr_assistant.export.markdown import part_lines, section, text
from okr_assistant.views.artefact import ArtefactView
from okr_assistant.words import Words


def goal_draft_markdown(view: ArtefactView, words: Words) -> str:
    """Return the whole draft, ending in a line break; the same draft gives the same text."""
    blocks = [f"# {text(view.heading)}", "", f"**{text(view.name)}**. {text(view.status)}", ""]
    for part in view.parts:
        blocks += section(part.name, part_lines(part))
    blocks += section(words("goal_draft.missing_title"), (f"- {text(each)}" for each in view.missing))
    blocks += section(words("goal_draft.questions"), (f"- {text(each)}" for each in view.questions))
    if view.model:
        blocks += ["---", "", text(f"{words('record.model')}: {view.model}")]
    return "\n".join(blocks).rstrip("\n") + "\n"
