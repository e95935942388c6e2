import streamlit as st

from okr_assistant.views.workshop.facilitation import step_of
from okr_assistant.views.workshop.script import script_view
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.workshop.facilitator import decision, ending, files, script, talk, voting
from okr_assistant.web.workshop.facilitator.desk import desk_or_stop, problem
from okr_assistant.web.workshop.revealed import revealed

st.set_page_config(layout="wide")
desk = desk_or_stop(browser())
view = revealed(desk.room, desk.model, desk.facilitation())
step = step_of(desk.room, desk.phase, view)
spoken = script_view(desk.room, step, view, desk.model, services().words)

main, beside = st.columns([5, 3], gap="large")
with main:
    script.expander(spoken)
    problem()
    voting.head(desk, step)
    match desk.phase:
        case "lobby":
            voting.lobby(desk)
        case "voting":
            voting.voting(desk, step)
            ending.put_to_the_check(desk)
        case "closed":
            voting.closed(desk)
        case "revealed" if view is not None and step != "decide":
            voting.watch(desk)
            talk.so_far(desk, view)
            if step == "too_few":
                voting.join(desk)
                talk.again(desk, view, first=True)
            talk.picture(view)
            talk.questions(desk, view, step)
            if step != "too_few":
                talk.again(desk, view, first=False)
            talk.rounds(desk)
            talk.check(desk, view, step)
            ending.finish_now(desk)
        case "revealed" if view is not None:
            voting.watch(desk)
            talk.check_result(desk)
            ending.agreed(desk)
            decision.finish(desk, main=True)
            talk.again(desk, view, first=False)
            talk.rounds(desk)
        case "finished":
            voting.watch(desk)
            ending.finished(desk)
    files.files(desk)
    ending.manage(desk)
with beside:
    script.column(spoken)
