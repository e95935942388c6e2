"""The table of work items, to be edited, added to and taken from; every change is a change of the portfolio.

The editor gets the items as they were when it was drawn first, and remembers what was done to them since; given
other data it would forget where the cursor is. A new one begins when something else changed the items, and when
another part of the page was shown meanwhile, which makes Streamlit forget what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError
from okr_assistant.free_text import TITLE_LIMIT, clean_title
from okr_assistant.portfolio.items import LEVELS, WorkItem, check_item
from okr_assistant.views.questionnaire import question_view
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import state
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.text import md, user_text

_EDITOR = "_goal_map_table"
_COLUMNS = "goal_map_columns"
_TEXTS = ("title", "team", "result_for")
_FIELDS = (*_TEXTS, "level", "today", "out_of_range")
_HEIGHT = 560


def table(opened: Open) -> None:
    """Draw the table, and below it what in it cannot be kept."""
    words, model = services().words, opened.map.model
    st.markdown(md(words("map_page.table.about")))
    questions = st.multiselect(
        words("map_page.table.columns"),
        list(model.questions_by_id),
        default=[model.questions[0].id],
        format_func=lambda id_: model.questions_by_id[id_].text,
        key=_COLUMNS,
    )
    editor = _editor(opened)
    base, key = editor.base, editor.key
    st.data_editor(
        _frame(base, model),
        key=key,
        height=_HEIGHT if len(base) > 12 else "auto",
        hide_index=True,
        num_rows="dynamic",
        column_order=[*_FIELDS, *questions],
        column_config=_config(model),
        placeholder="",  # an answer that nobody gave is a blank cell, and not the word None
        on_change=_take,
        args=(key, base, model),
        alt=words("map_page.table.alt"),
    )
    for number, problem in enumerate(st.session_state.get(f"{key}_problems", ())):
        user_text(words.error_line(problem), f"table_problem_{number}")


@dataclass(frozen=True)
class _Editor:
    number: int
    renewed: int
    base: tuple[WorkItem, ...]

    @property
    def key(self) -> str:
        return f"goal_map_table_{self.number}"


def _editor(opened: Open) -> _Editor:
    known: _Editor | None = st.session_state.get(_EDITOR)
    if known is None or known.renewed != opened.renewed or known.key not in st.session_state:
        known = _Editor(known.number + 1 if known else 0, opened.renewed, opened.portfolio.items)
        st.session_state[_EDITOR] = known
    return known


def _frame(base: tuple[WorkItem, ...], model: Model) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {name: [getattr(item, name) for item in base] for name in _FIELDS}
    columns["today"] = [item.today or None for item in base]
    for question in model.questions_by_id:
        columns[question] = [item.answers.get(question) for item in base]
    frame = pd.DataFrame(columns)
    texts = [name for name in columns if name != "out_of_range"]
    return frame.astype(dict.fromkeys(texts, "string") | {"out_of_range": "bool"})


def _config(model: Model) -> dict[str, Any]:
    words, column = services().words, st.column_config
    approaches = {id_: approach.name for id_, approach in model.approaches_by_id.items()}
    config: dict[str, Any] = {
        name: column.TextColumn(words(f"map_page.field.{name}"), max_chars=TITLE_LIMIT, required=name == "title")
        for name in _TEXTS
    }
    config["level"] = column.SelectboxColumn(
        words("map_page.field.level"),
        options=LEVELS,
        format_func=lambda level: words(f"map_page.level.{level}"),
        required=True,
        default="team",
    )
    config["today"] = column.SelectboxColumn(
        words("map_page.field.today"), options=approaches, format_func=partial(_named, approaches)
    )
    config["out_of_range"] = column.CheckboxColumn(words("map_page.field.out_of_range"), default=False)
    for question in model.questions:
        labels = question_view(model, question, None, words).labels
        config[question.id] = column.SelectboxColumn(
            question.text, options=question.choices, format_func=partial(_named, labels)
        )
    return config


def _named(labels: Mapping[str, str], choice: Any) -> str:
    return labels[choice]


def _take(key: str, base: tuple[WorkItem, ...], model: Model) -> None:
    """Take what was done in the editor since it was drawn first; a cell that cannot be kept leaves its item."""
    done = st.session_state[key]
    problems: list[OkrAssistantError] = []
    items = [
        _edited(item, done["edited_rows"].get(place, {}), model, problems)
        for place, item in enumerate(base)
        if place not in done["deleted_rows"]
    ]
    added = done["added_rows"]
    for id_, cells in zip(_ids(key, added), added, strict=True):
        new = _new(id_, cells, model, problems)
        if new is not None:
            items.append(new)
    st.session_state[f"{key}_problems"] = problems
    state.try_(lambda: state.change(*items, in_table=True))


def _ids(key: str, added: list[dict[str, Any]]) -> list[str]:
    """The ids of the rows that were added in the editor: each keeps its own, and none is ever given again.

    Of one that is taken away again, the editor says only that it is no longer in the list.
    """
    known: list[tuple[str, dict[str, Any]]] = st.session_state.get(f"{key}_added", [])
    while len(known) > len(added):
        gone = next((at for at, (_, cells) in enumerate(known) if at == len(added) or cells != added[at]))
        known = [*known[:gone], *known[gone + 1 :]]
    ids = [id_ for id_, _ in known] + [services().maps.tokens.token() for _ in added[len(known) :]]
    st.session_state[f"{key}_added"] = list(zip(ids, map(dict, added), strict=True))
    return ids


def _new(id_: str, cells: Mapping[str, Any], model: Model, problems: list[OkrAssistantError]) -> WorkItem | None:
    """Return an item that was added; None while it has no title, or one that cannot be kept."""
    try:
        title = clean_title(cells.get("title") or "", services().words("map_page.field.title"))
    except OkrAssistantError as error:
        problems.append(error)
        return None
    others = {name: value for name, value in cells.items() if name != "title"}
    return _edited(WorkItem(id_, title), others, model, problems) if title else None


def _edited(item: WorkItem, cells: Mapping[str, Any], model: Model, problems: list[OkrAssistantError]) -> WorkItem:
    changed = item
    for name, value in cells.items():
        try:
            attempt = _with(changed, name, value)
            check_item(model, attempt, item.title or item.id)
            changed = attempt
        except OkrAssistantError as error:
            problems.append(error)
    return changed


def _with(item: WorkItem, name: str, value: Any) -> WorkItem:
    if name in _TEXTS:
        texts: dict[str, Any] = {name: clean_title(value or "", f"{item.title}: {name}")}
        return replace(item, **texts)
    if name == "today":
        return replace(item, today=value or "")
    if name in _FIELDS:
        fields: dict[str, Any] = {name: value}
        return replace(item, **fields)
    answers = {id_: answer for id_, answer in item.answers.items() if id_ != name}
    return replace(item, answers=answers | ({name: value} if value else {}))
