"""The form of a first draft: fields with their hints, and beside each what the linter saw in it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from okr_assistant.decision.assessment import Assessment
from okr_assistant.drafting.forms import Field
from okr_assistant.drafting.goal_draft import FIRST_DAY, LAST_DAY, LINE_LIMIT, MOST_NUMBER
from okr_assistant.free_text import NOTE_LIMIT
from okr_assistant.views.goal_draft import (
    FieldView,
    FindingView,
    FormChoice,
    GoalDraftView,
    form_choices,
    usual_choice,
)
from okr_assistant.web.context import services
from okr_assistant.web.parts.goal_draft import written as state
from okr_assistant.web.parts.goal_draft.written import Place, Written
from okr_assistant.web.text import cite, md, user_text


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
            _findings(each.found.get((0, ""), ()), each.field.id)


def _rows(view: FieldView, found: Written) -> None:
    field, words = view.field, services().words
    st.markdown(_label(field, view.hint))
    shown = state.rows_shown(found.draft.approach, found.draft.variant, field)
    for number in range(1, shown + 1):
        with st.container(border=True, key=f"row_{field.id}_{number}"):
            st.markdown(f"**{md(words('goal_draft.row', one=field.one, number=number))}**")
            _row(view, number, found)
    _findings(view.found.get((0, ""), ()), field.id)
    if shown < field.most:
        label = words("goal_draft.add", name=field.one)
        st.button(label, key=f"add_{field.id}", on_click=_add, args=(found, field))


def _row(view: FieldView, number: int, found: Written) -> None:
    row = found.row_of(view.field.id, number)
    for column in view.field.columns:
        place = (view.field.id, number, column.id)
        _field(column, view.hints[column.id], place, found)
        if row:
            _findings(view.found.get((row, column.id), ()), "_".join(map(str, place)))


def _add(found: Written, field: Field) -> None:
    approach, variant = found.draft.approach, found.draft.variant
    shown = state.rows_shown(approach, variant, field)
    st.session_state[state.rows_key(approach, variant, field)] = min(shown + 1, field.most)


def _field(field: Field, hint: str, place: Place, found: Written) -> None:
    """Draw a field, and below it what is wrong with a text that cannot be kept."""
    _widget(field, _label(field, hint), state.key(found.draft.approach, found.draft.variant, place))
    problem = found.problems.get(place)
    if problem is not None:
        words = services().words
        st.markdown(f"{md(words.error_line(problem))}. {md(words('goal_draft.left_out'))}")


def _widget(field: Field, label: str, key: str) -> None:
    match field.kind:
        case "line":
            st.text_input(label, key=key, max_chars=LINE_LIMIT, persist_state="session", on_change=state.changed)
        case "text" | "lines":
            most = NOTE_LIMIT if field.kind == "text" else (LINE_LIMIT + 1) * field.most
            st.text_area(
                label, key=key, max_chars=most, height=110, persist_state="session", on_change=state.changed
            )
        case "date":
            st.date_input(
                label,
                value=None,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                key=key,
                persist_state="session",
                on_change=state.changed,
            )
        case "number":
            st.number_input(
                label,
                min_value=0,
                max_value=MOST_NUMBER,
                value=None,
                step=1,
                key=key,
                persist_state="session",
                on_change=state.changed,
            )


def _label(field: Field, hint: str) -> str:
    """What is asked, and below it what helps to answer, with an example of each kind where there is one."""
    said = [f"**{md(field.label)}**"]
    said += [f":small[{md(text)}]" for text in (hint, *_examples(field)) if text]
    return "  \n".join(said)


def _examples(field: Field) -> Iterator[str]:
    words = services().words
    if field.weak:
        yield words("goal_draft.example_weak", text=" ".join(field.weak.split()))
    if field.strong:
        yield words("goal_draft.example_strong", text=" ".join(field.strong.split()))


def _findings(found: tuple[FindingView, ...], place: str) -> None:
    """Draw what the linter saw, why it matters and how to mend it. It stops nobody."""
    if not found:
        return
    words = services().words
    with st.container(border=True, key=f"finding_{place}", gap="small"):
        for number, each in enumerate(found):
            st.markdown(f"**{md(each.says)}**")
            user_text(words("lint.quoted", text=each.saw), f"saw_{place}_{number}")
            instead = words("goal_draft.finding_instead", fix=each.fix)
            st.markdown(f"{md(each.why)}  \n{md(instead)} :small[{cite(each.citations)}]")
