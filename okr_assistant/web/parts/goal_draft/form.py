"""The form of a first draft: the choice of it, its fields with their hints, and what the linter saw in each."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from okr_assistant.decision.assessment import Assessment
from okr_assistant.drafting.forms import Field
from okr_assistant.views.goal_draft import FieldView, FormChoice, GoalDraftView, form_choices, usual_choice
from okr_assistant.web.context import services
from okr_assistant.web.parts.goal_draft import written as state
from okr_assistant.web.parts.goal_draft.field import asked, findings, widget
from okr_assistant.web.parts.goal_draft.written import Place, Written
from okr_assistant.web.text import md

_PAIR = 2


def choose(found: Assessment) -> FormChoice | None:
    """Draw the choice of a form; None as long as nothing is chosen.

    It begins with the approach that the address asks for, else the one that the answers speak for, and follows
    these when they change. What is written in another form stays there.
    """
    words = services().words
    choices = form_choices(found, words)
    by_id = {choice.id: choice for choice in choices}
    usual = usual_choice(found, choices, _wanted())
    usual_id = usual.id if usual else None
    key = state.choice_key()
    if st.session_state.get(f"{key}_usual", "") != usual_id:
        st.session_state[f"{key}_usual"] = st.session_state[key] = usual_id
    id_ = st.selectbox(
        words("goal_draft.choose"),
        list(by_id),
        index=None,
        format_func=lambda one: by_id[one].label,
        placeholder=words("goal_draft.choice.none"),
        key=key,
        persist_state="session",
    )
    return by_id.get(id_ or "")


def _wanted() -> str:
    """The approach that the address asked for when this piece of work was opened."""
    key = f"{state.choice_key()}_wanted"
    st.session_state[key] = st.query_params.get("form") or st.session_state.get(key, "")
    wanted: str = st.session_state[key]
    return wanted


@st.fragment
def form(view: GoalDraftView, found: Written) -> None:
    """Draw the fields. A text that cannot be kept stays in its field, with what is allowed below it.

    It is a fragment for the reason that ``own_words`` is one: a text is sent on leaving its field, which may be by
    a click on a link, and a run of the page would undo that click.
    """
    if st.session_state.pop(state.CHANGED, False):
        st.rerun()
    for each in view.fields:
        if each.field.kind == "rows":
            _rows(each, found)
        else:
            _field(each.field, each.hint, (each.field.id, 0, ""), found)
            findings(each.found.get((0, ""), ()), each.field.id)


def _rows(view: FieldView, found: Written) -> None:
    field, words = view.field, services().words
    st.markdown(asked(field, view.hint))
    shown = state.rows_shown(found.draft.approach, found.draft.variant, field)
    for number in range(1, shown + 1):
        with st.container(border=True, key=f"row_{field.id}_{number}"):
            st.markdown(f"**{md(words('goal_draft.row', one=field.one, number=number))}**")
            for columns in _beside(field.columns):
                _columns(view, columns, number, found)
    findings(view.found.get((0, ""), ()), field.id)
    if shown < field.most:
        st.button(
            words("goal_draft.add", name=field.one.lower()),
            key=f"add_{field.id}",
            on_click=_add,
            args=(found, field),
        )


def _beside(columns: tuple[Field, ...]) -> Iterator[tuple[Field, ...]]:
    """The columns of a row as they stand beside each other: two alone are a pair, else the first has a line."""
    first = 0 if len(columns) == _PAIR else 1
    yield from (columns[:first],) if first else ()
    yield from (columns[at : at + _PAIR] for at in range(first, len(columns), _PAIR))


def _columns(view: FieldView, columns: tuple[Field, ...], number: int, found: Written) -> None:
    """Draw columns beside each other, and below them what was found in each."""
    for column, here in zip(columns, st.columns(len(columns), vertical_alignment="bottom"), strict=True):
        with here:
            _field(column, view.hints[column.id], (view.field.id, number, column.id), found)
    row = found.row_of(view.field.id, number)
    for column in columns if row else ():
        findings(view.found.get((row, column.id), ()), f"{view.field.id}_{number}_{column.id}")


def _add(found: Written, field: Field) -> None:
    approach, variant = found.draft.approach, found.draft.variant
    shown = state.rows_shown(approach, variant, field)
    st.session_state[state.rows_key(approach, variant, field)] = min(shown + 1, field.most)


def _field(field: Field, hint: str, place: Place, found: Written) -> None:
    """Draw a field, and below it what is wrong with a text that cannot be kept."""
    key = state.key(found.draft.approach, found.draft.variant, place)
    with st.container(gap="xsmall"):
        st.markdown(asked(field, hint))
        widget(field, key)
    problem = found.problems.get(place)
    if problem is not None:
        words = services().words
        st.markdown(f"{md(words.error_line(problem))}. {md(words('goal_draft.left_out'))}")
