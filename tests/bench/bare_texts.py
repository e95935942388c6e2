"""The texts of the bare pages: those of our Assess page for one sheet, made once, as plain strings.

The model is read while this module is imported. A sheet's texts are made when it is opened for the first time;
that is no part of any run that answers.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from okr_assistant import AnswerSheet, Models, assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.paths import LOCALES, MODELS, STYLE
from okr_assistant.sharing.coded_sheet import read_coded_sheet
from okr_assistant.views.questionnaire import QuestionView, questionnaire_view
from okr_assistant.views.short_path import ShortPathView, short_path_view
from okr_assistant.web.text import cite, md
from okr_assistant.words import read_words


class QuestionTexts(NamedTuple):
    """What one question shows; ``first`` is the place of the answer it starts with, if it has one."""

    id: str
    section: str
    text: str
    options: list[str]
    captions: list[str]
    first: int | None
    why: str


class SheetTexts(NamedTuple):
    """What one sheet shows: its questions, and for each of them in front where that leads."""

    questions: dict[str, QuestionTexts]
    steps: dict[str, ShortPathView]
    progress: str
    done: float
    result: str


_models = Models(MODELS)
_words = read_words(LOCALES)

BEGINNING = """\
<span hidden data-page="assess" data-page-language="en"></span>
<script src="/page.js"></script><script src="/focus.js"></script>"""
MENU = [
    _words(f"nav.{name}")
    for name in ("start", "assess", "result", "results", "goal_map", "workshop", "method", "cases")
]
STYLE_FILE = STYLE
TITLE = _words("assess.title")
TITLE_LABEL = _words("assess.title_label")
TITLE_EXAMPLE = _words("assess.title_example")
WHY = _words("assess.why")
CLEAR = _words("assess.clear")
BACK = _words("assess.back")
SHOW_ALL = _words("assess.show_all")
SHOW_ONE = _words("assess.show_one")


@cache
def texts_of(code: str) -> SheetTexts:
    """The texts of the sheet with this code, in which at least one question has an answer."""
    model, answers = read_coded_sheet(_models, code)
    view = questionnaire_view(model, answers, _words)
    found = assess(model, AnswerSheet(answers)), foresee(model, AnswerSheet(answers))
    return SheetTexts(
        questions={shown.id: _texts(shown) for shown in view.questions},
        steps={
            shown.id: short_path_view(model, view, answers, *found, shown.id, _words) for shown in view.questions
        },
        progress=view.progress,
        done=view.done / view.asked,
        result=_words("assess.result" if view.complete else "assess.result_so_far"),
    )


def _texts(view: QuestionView) -> QuestionTexts:
    return QuestionTexts(
        id=view.id,
        section=view.section,
        text=md(view.text),
        options=[md(view.labels[choice]) for choice in view.choices],
        captions=[md(hint) for hint in view.hints],
        first=None if view.answer is None else view.choices.index(view.answer),
        why=f"{md(view.why_we_ask)}\n\n{cite(view.citations)}",
    )
