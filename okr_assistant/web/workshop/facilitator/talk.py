"""The facilitator's page after a reveal: the picture, what decides, the group's answers, and the ways on."""

from __future__ import annotations

from functools import partial

import streamlit as st

from okr_assistant.views.workshop.facilitation import Step, agreed_so_far, proposals, to_vote_again
from okr_assistant.views.workshop.reveal import RevealedQuestion, RevealView
from okr_assistant.web.context import services
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop import revealed
from okr_assistant.web.workshop.facilitator import movement, votes, voting
from okr_assistant.web.workshop.facilitator.desk import Desk
from okr_assistant.workshop.errors import RoomError
from okr_assistant.workshop.facilitation import Facilitation


def picture(view: RevealView) -> None:
    """Draw what people's own answers lead to, what the group's do, and what a mix of the votes could."""
    st.header(md(view.headline), anchor=False)
    votes.outcomes(view)
    votes.facts(view.partly)
    if view.group:
        st.markdown(f"**{md(view.group)}**")
    votes.facts(view.possible)
    votes.approaches(view)


def so_far(desk: Desk, view: RevealView) -> None:
    """Draw how much of it is agreed."""
    st.markdown(f"**{md(agreed_so_far(desk.room, view, services().words))}**")


def questions(desk: Desk, view: RevealView, step: Step) -> None:
    """Draw the disagreements that decide, each to talk about; the others behind a click."""
    words = services().words
    if view.deciding:
        st.header(md(view.deciding), anchor=False)
    deciding = [question for question in view.questions if question.matters]
    rest = [question for question in view.questions if not question.matters]
    to_talk = next((question.id for question in deciding if question.id not in desk.room.agreed), "")
    for question in deciding:
        if _is_settled(desk, question):
            _settled(desk, question)
            continue
        with st.container(border=True, key=f"question_{question.id}"):
            _question(desk, question, main=step == "discuss" and question.id == to_talk, chart=True)
    if left := proposals(desk.room, view):
        agree = partial(_agree_all, desk, left)
        label = words("facilitate.agree_rest" if deciding else "facilitate.agree_all")
        st.button(
            label,
            type="primary" if step == "agree" else "secondary",
            key="agree_rest",
            on_click=desk.take,
            args=("agree_rest", agree),
        )
    if rest:
        with st.expander(words("facilitate.rest")):
            st.markdown(md(words("facilitate.rest_about")))
            for question in rest:
                if _is_settled(desk, question):
                    _settled(desk, question)
                else:
                    st.divider()
                    _question(desk, question, main=False, chart=False)
    votes.to_find_out(view)
    votes.still_open(view)
    for line in view.too_few:
        st.caption(md(line))


def again(desk: Desk, view: RevealView, *, first: bool) -> None:
    """Draw the choice of questions to vote on again; those that were talked about are chosen beforehand."""
    words, number, setup = services().words, len(desk.room.rounds), desk.room.setup
    chosen = frozenset(setup.questions) if first else to_vote_again(desk.room, view)
    # A box keeps what somebody made of it, until its question is agreed on, or is chosen or not by another talk.
    stands = {id_: "_agreed" if id_ in desk.room.agreed else "" for id_ in setup.questions}
    ticks = {id_: f"again_{id_}_{number}{stands[id_]}{'' if id_ in chosen else '_not'}" for id_ in stands}
    with st.expander(words("facilitate.again"), expanded=first):
        st.markdown(md(words("facilitate.again_about")))
        if not setup.named:
            st.markdown(md(words("facilitate.again_enough", count=setup.smallest_group)))
        for id_, key in ticks.items():
            st.checkbox(md(desk.model.questions_by_id[id_].text), value=id_ in chosen, key=key)
        with st.container(horizontal=True, key="vote_again", vertical_alignment="bottom"):
            voting.lasts("lasts_again")
            st.button(
                words("facilitate.again_yes"),
                type="primary" if first else "secondary",
                key="vote_again_yes",
                on_click=desk.take,
                args=("again", partial(_vote_again, ticks)),
            )


def rounds(desk: Desk) -> None:
    """Draw the rounds side by side; nothing while no question was asked twice."""
    if len(desk.room.votes_shown) > 1:
        movement.rounds(revealed.rounds(desk.room, desk.model, desk.facilitation()))


def check_result(desk: Desk) -> None:
    """Draw how far people stand behind the group's answers, and who is asked to speak."""
    view = revealed.checks(desk.room, desk.facilitation())[-1]
    votes.check(view)
    votes.fingers_and_why(view)


def check(desk: Desk, view: RevealView, step: Step) -> None:
    """Draw how what was agreed is put to the check, and how much of what decides would be left out."""
    words = services().words
    st.header(words("facilitate.check"), anchor=False)
    st.markdown(md(words("facilitate.check_about")))
    with st.container(horizontal=True, key="check", vertical_alignment="bottom"):
        voting.lasts("lasts_check")
        st.button(
            words("facilitate.check_yes"),
            type="primary" if step == "check" else "secondary",
            key="check_yes",
            disabled=not desk.room.agreed,
            on_click=desk.take,
            args=("check", lambda it: it.open_check(voting.chosen("lasts_check"))),
        )
    if not desk.room.agreed:
        st.caption(md(words("facilitate.check_not_yet")))
    elif left := [each for each in view.questions if each.matters and each.id not in desk.room.agreed]:
        st.markdown(md(words.counted("facilitate.check_leaves", len(left))))


def _question(desk: Desk, question: RevealedQuestion, *, main: bool, chart: bool) -> None:
    """One question; where it is the next one to talk about, the button for that is the main one."""
    words, in_focus = services().words, desk.room.focus == question.id
    st.subheader(md(question.text), anchor=False)
    if in_focus:
        st.badge(words("facilitate.on_screen"), color="blue")
    votes.said(question)
    if chart:
        votes.bars(question)
        with st.expander(words("facilitate.numbers_and_reasons")):
            votes.numbers(question)
    else:
        votes.numbers(question)
    if not in_focus:
        _talk(desk, question, main=main)
    if question.agreed is None:
        _to_agree(desk, question, main=main and in_focus)
    else:
        _agreed(desk, question)
    if in_focus:
        _talk(desk, question, main=False)


def _talk(desk: Desk, question: RevealedQuestion, *, main: bool) -> None:
    words, in_focus = services().words, desk.room.focus == question.id
    to = "" if in_focus else question.id
    st.button(
        words("facilitate.talk_end" if in_focus else "facilitate.talk"),
        type="primary" if main else "secondary",
        key=f"focus_{question.id}",
        on_click=desk.take,
        args=(f"focus_{to}", partial(_focus, to)),
    )


def _to_agree(desk: Desk, question: RevealedQuestion, *, main: bool) -> None:
    """The group's answer: the proposal unless the decider says otherwise."""
    words, choices = services().words, [bar.choice for bar in question.bars]
    labels = {bar.choice: bar.label for bar in question.bars}
    key = f"answer_{question.id}_{len(desk.room.rounds)}"  # a new round makes a new proposal
    if desk.room.setup.decider:
        user_text(words("facilitate.decider", decider=desk.room.setup.decider), f"decider_{question.id}")
    with st.container(horizontal=True, key=f"agree_on_{question.id}", vertical_alignment="bottom"):
        st.selectbox(
            words("facilitate.answer"),
            choices,
            index=choices.index(question.proposal) if question.proposal else None,
            format_func=lambda choice: md(labels[choice]),
            placeholder=words("facilitate.answer_choose"),
            key=key,
        )
        st.button(
            words("facilitate.agree"),
            type="primary" if main else "secondary",
            key=f"agree_{question.id}",
            disabled=st.session_state[key] is None,
            on_click=desk.take,
            args=(f"agree_{question.id}", partial(_agree, desk, question.id, key)),
        )


def _is_settled(desk: Desk, question: RevealedQuestion) -> bool:
    return question.agreed is not None and desk.room.focus != question.id


def _settled(desk: Desk, question: RevealedQuestion) -> None:
    """A line for a question that is agreed on and not talked about; the rest of it is behind a click."""
    label = services().words("facilitate.settled", question=question.text, answer=_answer(question))
    with st.expander(md(label), key=f"settled_{question.id}"):
        _agreed(desk, question)
        votes.said(question)
        votes.numbers(question)
        _talk(desk, question, main=False)


def _answer(question: RevealedQuestion) -> str:
    return next(bar.label for bar in question.bars if bar.choice == question.agreed)


def _agreed(desk: Desk, question: RevealedQuestion) -> None:
    words, answer = services().words, _answer(question)
    with st.container(horizontal=True, key=f"agreed_{question.id}", vertical_alignment="center"):
        st.markdown(f"**{md(words('facilitate.agreed', answer=answer))}**")
        st.button(
            words("facilitate.take_back"),
            type="tertiary",
            key=f"take_back_{question.id}",
            on_click=desk.take,
            args=(f"take_back_{question.id}", partial(_agree_all, desk, {question.id: None})),
        )


def _agree(desk: Desk, question: str, key: str, it: Facilitation) -> None:
    _agree_all(desk, {question: st.session_state[key]}, it)


def _agree_all(desk: Desk, answers: dict[str, str | None], it: Facilitation) -> None:
    it.agree(answers, desk.model, seen=desk.room.agreed)


def _focus(question: str, it: Facilitation) -> None:
    it.focus(question)


def _vote_again(ticks: dict[str, str], it: Facilitation) -> None:
    chosen = [question for question, key in ticks.items() if st.session_state[key]]
    if not chosen:
        raise RoomError("no_questions", place="workshop")
    it.open_round(chosen, voting.chosen("lasts_again"))
