import streamlit as st

from okr_assistant.web.context import services
from okr_assistant.web.goal_map import (
    answered,
    begin,
    files,
    head,
    picture,
    quarters,
    reading,
    report,
    state,
    table,
    triage,
)
from okr_assistant.web.text import md

words = services().words
st.set_page_config(layout="wide")

opened = state.current()
now = reading.reading()
head.title(opened)
head.problem()
if now is not None:
    reading.columns(now)
elif opened is None:
    st.markdown(md(words("map_page.lead")))
    begin.begin()
else:
    report.report()
    answered.answered(opened)
    match head.sections(opened):
        case "map":
            picture.picture(opened)
        case "plot":
            picture.plot(opened)
        case "items":
            table.table(opened)
            begin.tables(alone=True)
        case "questions":
            triage.triage(opened)
        case "teams":
            picture.teams(picture.view_of(opened))
        case "quarters":
            quarters.quarters(opened)
        case "files":
            files.files(opened)
