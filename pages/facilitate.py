import streamlit as st

from okr_assistant.views.facilitation import step_of
from okr_assistant.views.facilitation_script import script_view
from okr_assistant.web import console, console_end, console_files, console_talk, script_beside
from okr_assistant.web.browser import browser
from okr_assistant.web.context import services
from okr_assistant.web.desk import desk_or_stop, problem
from okr_assistant.web.revealed import revealed

st.set_page_config(layout="wide")
desk = desk_or_stop(browser())
view = revealed(desk.room, desk.model, desk.facilitation())
step = step_of(desk.room, desk.phase, view)
script = script_view(desk.room, step, view, desk.model, services().words)

main, beside = st.columns([5, 3], gap="large")
with main:
    script_beside.expander(script)
    problem()
    console.head(desk, step)
    match desk.phase:
        case "lobby":
            console.lobby(desk)
        case "voting":
            console.voting(desk)
        case "closed":
            console.closed(desk)
        case "revealed" if view is not None and step != "decide":
            console.watch(desk)
            console_talk.picture(view)
            console_talk.questions(desk, view, step)
            console_talk.again(desk, view, first=step == "too_few")
            console_talk.rounds(desk)
            console_talk.check(desk, step)
            console_end.finish_now(desk)
        case "revealed" if view is not None:
            console.watch(desk)
            console_talk.check_result(desk)
            console_end.agreed(desk)
            console_end.finish(desk, main=True)
            console_talk.again(desk, view, first=False)
            console_talk.rounds(desk)
        case "finished":
            console_end.finished(desk)
    console_files.files(desk)
    console_end.manage(desk)
with beside:
    script_beside.column(script)
