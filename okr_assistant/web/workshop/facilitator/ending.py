"""The facilitator's page at the end: what came out, the result it leads to, and what is left of the room."""

from __future__ import annotations

import streamlit as st

from okr_assistant.views.workshop.room import agreed_view
from okr_assistant.views.workshop.vote_parts import names_by_seat
from okr_assistant.web import navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts import own_words
from okr_assistant.web.text import md
from okr_assistant.web.workshop.facilitator import agreement, decision, keys
from okr_assistant.web.workshop.facilitator.desk import Desk
from okr_assistant.web.workshop.facilitator.result import draft_of, record_of
from okr_assistant.web.workshop.facilitator.voting import once, screen_link
from okr_assistant.workshop.room import KEPT


def agreed(desk: Desk) -> None:
    """Draw the verdict that the group's answers lead to, what has to be fixed before that, and the answers."""
    view = agreed_view(desk.room, desk.model, services().words)
    agreement.advice(view)
    with st.expander(services().words("facilitate.answers")):
        st.markdown("\n".join(f"- {md(question)} **{md(answer)}**" for question, answer in view.answers))


def put_to_the_check(desk: Desk) -> None:
    """Draw, while the fist of five is open, what people are asked about; nothing in any other round."""
    if desk.room.round is not None and desk.room.round.kind == "check":
        st.header(services().words("room.watching_questions"), anchor=False)
        agreed(desk)


def finish_now(desk: Desk) -> None:
    """Draw the same fields behind a click, for a group that has agreed on something and needs no check."""
    if desk.room.agreed:
        label = services().words("facilitate.finish_now")
        with st.expander(label, key="finish_now", expanded=decision.is_begun(desk)):
            decision.finish(desk, main=False)


def finished(desk: Desk) -> None:
    """Draw what was decided, and the ways to the result."""
    words, outcome = services().words, desk.room.outcome
    assert outcome is not None  # noqa: S101 - a finished room has one
    with st.container(border=True, key="outcome"):
        decision.recorded(outcome)
    decision.correct(desk, outcome)
    draft = draft_of(services().models, desk.room)
    own_words.remember(record_of(desk.room), draft)
    st.markdown(md(words("facilitate.result_about")))
    navigation.step("result", words("facilitate.result"), key="workshop_result", to=draft, main=True)


def manage(desk: Desk) -> None:
    """Draw how the room was set, who else may lead it, and how it is deleted."""
    words, setup = services().words, desk.room.setup
    with st.expander(words("facilitate.manage")):
        if desk.phase != "lobby":  # where it stands on the page itself
            screen_link(desk.room.id, "projector_again")
        st.markdown(
            " ".join(
                [
                    md(words("facilitate.named_room" if setup.named else "facilitate.anonymous_room")),
                    md(words("facilitate.smallest", count=setup.smallest_group)),
                ]
            )
        )
        until = words.date(services().workshops.kept_until(desk.room.id).date())
        st.markdown(md(words("facilitate.kept_until", date=until, days=KEPT.days)))
        _take_out(desk)
        if not desk.facilitation().is_co:
            _co_facilitator(desk)
        with st.popover(words("facilitate.delete")):
            st.markdown(md(words("facilitate.delete_sure")))
            args = ("delete", lambda it: it.delete())
            st.button(words("facilitate.delete_yes"), key="delete_room", on_click=desk.take, args=args)


def _take_out(desk: Desk) -> None:
    """Whoever has not voted can be taken out: a second phone, a wrong room, a name that is a joke."""
    words = services().words
    people = desk.facilitation().people()
    without_votes = [person.seat for person in people if not person.begun]
    if not without_votes or desk.phase == "finished":
        return
    key = "take_out_who"
    with st.popover(words("facilitate.take_out"), key=once(desk, "take_out")):
        st.markdown(md(words("facilitate.take_out_about")))
        names = names_by_seat(people, words)
        st.selectbox(words("facilitate.take_out_who"), without_votes, format_func=names.__getitem__, key=key)
        args = ("take_out", lambda it: it.remove(st.session_state[key]))
        st.button(words("facilitate.take_out_yes"), key="take_out_yes", on_click=desk.take, args=args)


def _co_facilitator(desk: Desk) -> None:
    words, made = services().words, keys.co_key(desk.room.id)
    if made and not keys.are_shown(desk):
        keys.co_facilitators_address(made)
    # Another popover for each key: it closes once there is a new one.
    with st.popover(words("facilitate.new_co_key"), key=f"new_co_{hash(made)}"):
        st.markdown(md(words("facilitate.new_co_key_about")))
        # Another step, once the last is shown: a second click on the same button makes no key.
        args = (f"co_key_{made}", lambda it: keys.remember_co(desk.room.id, it.new_co_facilitator_key()))
        st.button(words("facilitate.new_co_key_yes"), key="new_co_key", on_click=desk.take, args=args)
