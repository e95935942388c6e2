"""Reading a table: what each column means, chosen by the visitor, then one row after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import TextError, shown
from okr_assistant.free_text import clean_title
from okr_assistant.portfolio.importing import Imported, take
from okr_assistant.portfolio.items import Portfolio
from okr_assistant.portfolio.mapping import (
    FIELDS,
    Column,
    Mapping,
    choices,
    distinct,
    for_table,
    proposed,
    recognised,
)
from okr_assistant.portfolio.mapping_file import read_mapping, write_mapping
from okr_assistant.portfolio.merging import merge
from okr_assistant.portfolio.raw_table import RawTable
from okr_assistant.portfolio.split import KIND
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import report, state
from okr_assistant.web.goal_map.report import Done
from okr_assistant.web.goal_map.state import Open
from okr_assistant.web.goal_map.values import values
from okr_assistant.web.text import md, user_text

_READING = "_goal_map_reading"
_MISSING = "_goal_map_missing"
_MAPPING_FILE = "goal_map_mapping"
_SAMPLES = 3


@dataclass(frozen=True)
class Reading:
    """A table that is being read; ``title`` names what becomes of it."""

    table: RawTable
    mapping: Mapping
    title: str


def begin_reading(table: RawTable, title: str) -> None:
    """Ask what the columns of this table mean."""
    st.session_state[_READING] = Reading(table, proposed(table, model_of(state.current())), _name(title))
    report.forget()


def reading() -> Reading | None:
    """Return the table that is being read."""
    found: Reading | None = st.session_state.get(_READING)
    return found


def columns(now: Reading) -> None:
    """Draw every column with what it means, and the button that takes the rows."""
    words, model = services().words, model_of(state.current())
    st.header(words("map_page.reading.title"), anchor=False)
    wide = words.counted("map_page.reading.columns", len(now.table.headers))
    st.markdown(md(words.counted("map_page.reading.about", len(now.table.rows), columns=wide)))
    _kind(now, model)
    if now.table.problems:
        st.markdown(f"**{md(words.counted('map_page.reading.unreadable', len(now.table.problems)))}**")
        for number, problem in enumerate(now.table.problems[:_SAMPLES]):
            user_text(words.error_line(problem), f"unreadable_{number}")
    for place, column in enumerate(now.mapping.columns):
        _column(now, place, column, model)
    _mapping_file(now)
    wrong = _wrong(now, model)
    for number, said in enumerate(wrong):
        user_text(said, f"reading_wrong_{number}")
    with st.container(horizontal=True, key="reading_steps", vertical_alignment="center"):
        label = words.counted("map_page.reading.take", len(now.table.rows))
        taken = st.button(label, key="take_rows", type="primary", disabled=bool(wrong))
        st.button(words("map_page.reading.cancel"), key="reading_cancel", on_click=_stop)
    if taken:
        _take(now, model)


def _kind(now: Reading, model: Model) -> None:
    """Say which column is worth most, as long as none is chosen for it."""
    if KIND in model.questions_by_id and all(column.question != KIND for column in now.mapping.columns):
        asked = model.questions_by_id[KIND].text
        st.markdown(md(services().words("map_page.reading.kind", question=asked)))


def _column(now: Reading, place: int, column: Column, model: Model) -> None:
    words = services().words
    means = _meaning_names(model)
    found = distinct(now.table, column.header)
    samples = words("map_page.reading.between").join(shown(value) for value, _ in found.values[:_SAMPLES])
    with st.container(border=True, key=f"column_{place}"):
        left, right = st.columns([2, 3], vertical_alignment="center")
        with left:
            user_text(column.header, f"column_{place}")
            user_text(samples, f"samples_{place}")
        with right:
            key = f"meaning_{place}"
            st.selectbox(
                words("map_page.reading.means"),
                list(means),
                index=list(means).index(column.meaning),
                format_func=means.__getitem__,
                key=key,
                on_change=_mean,
                args=(place, key),
            )
        if choices(model, column):
            values(
                now.table,
                column,
                dict(found.values),
                model,
                key=f"value_{place}",
                choose=partial(_stand_for, place),
            )


def _meaning_names(model: Model) -> dict[str, str]:
    words = services().words
    fields = {field: words(f"map_page.field.{field}") for field in FIELDS}
    questions = {question.id: question.text for question in model.questions}
    return {"": words("map_page.reading.left_out")} | fields | questions


def _wrong(now: Reading, model: Model) -> list[str]:
    """What to mend before rows can be taken: no column with titles, or several with one meaning."""
    words, means = services().words, _meaning_names(model)
    by_meaning: dict[str, list[str]] = {meaning: [] for meaning in means if meaning}
    for column in now.mapping.columns:
        by_meaning.get(column.meaning, []).append(shown(column.header))
    between = words("map_page.reading.between")
    return [
        *([] if by_meaning["title"] else [words("map_page.reading.no_title", means=means["title"])]),
        *(
            words("map_page.reading.twice", means=means[meaning], columns=between.join(headers))
            for meaning, headers in by_meaning.items()
            if len(headers) > 1
        ),
    ]


def _mean(place: int, key: str) -> None:
    now, meaning = st.session_state[_READING], st.session_state[key]
    field = next((field for field in FIELDS if field == meaning), None)
    column = Column(now.table.headers[place], field, "" if field else meaning)
    known = recognised(now.table, column, model_of(state.current()))
    _put(now, place, replace(column, values=known))


def _stand_for(place: int, value: str, key: str) -> None:
    """Keep what a value of the column in this place stands for, as chosen in the widget ``key``."""
    now, choice = st.session_state[_READING], st.session_state[key]
    column = now.mapping.columns[place]
    others = {known: option for known, option in column.values.items() if known != value}
    _put(now, place, replace(column, values=others if choice is None else others | {value: choice}))


def _put(now: Reading, place: int, column: Column) -> None:
    before = now.mapping.columns
    mapping = Mapping((*before[:place], column, *before[place + 1 :]))
    st.session_state[_READING] = replace(now, mapping=mapping)


def _mapping_file(now: Reading) -> None:
    words = services().words
    with st.expander(words("map_page.reading.file")):
        st.markdown(md(words("map_page.reading.file_about")))
        st.download_button(
            words("map_page.reading.file_save"),
            data=lambda: write_mapping(now.mapping),
            file_name="okr-assistant-mapping.json",
            mime="application/json",
            on_click="ignore",
        )
        given = st.file_uploader(words("map_page.reading.file_open"), type=["json"], key=_MAPPING_FILE)
        missing = st.session_state.get(_MISSING)
        if missing:
            columns_ = words("map_page.reading.between").join(missing)
            user_text(words("map_page.reading.missing", columns=columns_), "missing_columns")
        if given is not None:
            label = words("map_page.reading.file_yes", name=md(given.name))
            act = partial(_use, now, given.getvalue(), given.name)
            st.button(label, key="use_mapping", on_click=state.try_, args=(act,))


def _use(now: Reading, data: bytes, name: str) -> None:
    mapping, missing = for_table(read_mapping(data, name), now.table)
    for place, column in enumerate(mapping.columns):
        st.session_state[f"meaning_{place}"] = column.meaning
    st.session_state[_READING] = replace(now, mapping=mapping)
    st.session_state.pop(_MISSING, None)
    if missing:
        st.session_state[_MISSING] = missing


def _take(now: Reading, model: Model) -> None:
    words = services().words
    bar = st.progress(0.0, text=words("map_page.reading.busy"))

    def show(done: int, of: int) -> None:
        bar.progress(done / of, text=words.counted("map_page.reading.progress", of, done=done, of=of))

    taken: list[Imported] = []
    state.try_(lambda: taken.append(take(now.table, now.mapping, model, show)))
    if taken:
        opened = state.current()
        before = opened.portfolio if opened else Portfolio(now.title, model.version)
        merged = merge(before.items, taken[0])
        if opened:
            done = state.went_well(lambda: state.change(*merged.items))
        else:
            done = state.went_well(lambda: state.show(replace(before, items=merged.items)))
        if done:
            report.remember(Done(taken[0], merged))
            _stop()
            navigation.begin_anew()
    bar.empty()
    st.rerun()


def _stop() -> None:
    st.session_state.pop(_READING, None)


def model_of(opened: Open | None) -> Model:
    """Return the model that rows are read for: that of the portfolio that they come into."""
    return opened.map.model if opened else services().models.newest


def _name(title: str) -> str:
    try:
        return clean_title(title)
    except TextError:
        return ""
