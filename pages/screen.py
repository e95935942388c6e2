import streamlit as st

from okr_assistant.web.context import services
from okr_assistant.web.workshop.facilitator import screen

st.set_page_config(layout="wide")
shown = screen.screen_or_stop()
with st.container(key="screen"):
    # For screen readers only; a wall has no room for it.
    st.container(key="screen_heading").title(services().words("nav.screen"), anchor=False)
    screen.title(shown)
    match shown.phase:
        case "lobby":
            screen.lobby(shown)
        case "voting":
            screen.voting(shown)
        case "closed":
            screen.closed(shown)
        case "revealed" if shown.is_check:
            screen.check(shown)
        case "revealed" if shown.focus is not None:
            screen.question(shown, shown.focus)
        case "revealed" if shown.view is not None:
            screen.picture(shown, shown.view)
        case "finished":
            screen.finished(shown)
