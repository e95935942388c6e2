"""What the values of a column stand for: chosen by the visitor, or recognised and told apart as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import shown
from okr_assistant.portfolio.mapping import Column, choices, recognised
from okr_assistant.portfolio.raw_table import RawTable
from okr_assistant.views.questionnaire import question_view
from okr_assistant.web.context import services
from okr_assistant.web.text import md


def values(
    table: RawTable,
    column: Column,
    counts: Mapping[str, int],
    model: Model,
    *,
    key: str,
    choose: Callable[[str, str], None],
) -> None:
    """Draw what each value stands for; those that nobody chose, being names of options, come last and say so.

    ``choose`` is called with the value and the key of the widget in which something else was chosen.
    """
    words = services().words
    named = {
        value for value, option in recognised(table, column, model).items() if column.values.get(value) == option
    }
    unknown = [value for value in counts if value not in column.values]
    label = words.counted("map_page.reading.values_unknown", len(unknown)) if unknown else ""
    with st.expander(label or words("map_page.reading.values_known"), expanded=bool(unknown)):
        places = {value: place for place, value in enumerate(counts)}
        names = _option_names(model, column)
        for value in sorted(counts, key=lambda one: one in named):
            known = {"value": shown(value)}
            if value in named:
                said = words.counted("map_page.reading.value_recognised", counts[value], **known)
            else:
                said = words.counted("map_page.reading.value", counts[value], **known)
            widget = f"{key}_{places[value]}"
            st.selectbox(
                md(said),
                list(names),
                index=list(names).index(column.values[value]) if value in column.values else None,
                format_func=names.__getitem__,
                placeholder=words("map_page.reading.not_said"),
                key=widget,
                on_change=choose,
                args=(value, widget),
            )


def _option_names(model: Model, column: Column) -> dict[str, str]:
    words = services().words
    not_said = {"": words("map_page.reading.not_said")}
    if column.question:
        asked = question_view(model, model.questions_by_id[column.question], None, words)
        return {**not_said, **asked.labels}
    if column.field == "today":
        return not_said | {approach.id: approach.name for approach in model.approaches}
    return not_said | {id_: words(f"map_page.{column.field}.{id_}") for id_ in choices(model, column)}
