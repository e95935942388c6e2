"""The texts of the bare pages: those of our Assess page for one sheet, made once, as plain strings.

Reading the model and making the texts happens while this module is imported and is no part of any run.
"""

from __future__ import annotations

from typing import NamedTuple

from okr_assistant import load_model
from okr_assistant.paths import LOCALES, STYLE
from okr_assistant.views.questionnaire import QuestionView, questionnaire_view
from okr_assistant.web.text import cite, md
from okr_assistant.words import read_words
from tests.bench.answers import full_sheet


class QuestionTexts(NamedTuple):
    """What one question shows; ``first`` is the place of the answer it starts with."""

    id: str
    section: str
    position: str
    text: str
    options: list[str]
    captions: list[str]
    first: int
    why: str
    last: bool


def _texts(view: QuestionView, number: int, last: bool) -> QuestionTexts:
    assert view.answer
    return QuestionTexts(
        id=view.id,
        section=view.section,
        position=_words("assess.position", section=view.section, number=number),
        text=md(view.text),
        options=[md(view.labels[choice]) for choice in view.choices],
        captions=[md(hint) for hint in view.hints],
        first=view.choices.index(view.answer),
        why=f"{md(view.why_we_ask)}\n\n{cite(view.citations)}",
        last=last,
    )


_model = load_model()
_words = read_words(LOCALES)
_view = questionnaire_view(_model, full_sheet(_model), _words)

QUESTIONS = {
    view.id: _texts(view, number, view is _view.questions[-1])
    for number, view in enumerate(_view.questions, start=1)
}
FIRST = _view.questions[0].id
PROGRESS = _view.progress
MENU = [_words(f"nav.{name}") for name in ("start", "assess", "result", "method", "cases")]
STYLE_FILE = STYLE
TITLE = _words("assess.title")
TITLE_LABEL = _words("assess.title_label")
TITLE_EXAMPLE = _words("assess.title_example")
WHY = _words("assess.why")
CLEAR = _words("assess.clear")
BACK = _words("assess.back")
NEXT = _words("assess.next")
RESULT = _words("assess.result")
SHOW_ALL = _words("assess.show_all")
SHOW_ONE = _words("assess.show_one")
