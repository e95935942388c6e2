import streamlit as st

from okr_assistant.decision.assessment import assessment
from okr_assistant.views.goal_draft import goal_draft_view
from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.goal_map import state as goal_map
from okr_assistant.web.parts.goal_draft import finished, form
from okr_assistant.web.parts.goal_draft.written import written
from okr_assistant.web.parts.questionnaire import title_of_the_work
from okr_assistant.web.text import md

words = services().words
current = draft.current()
found = assessment(current.model, current.sheet)

st.title(words("goal_draft.title"), anchor=False)
st.markdown(md(words("goal_draft.about")))
with st.container(horizontal=True, key="back"):  # above the form: below, it would move while a field is drawn
    if current.answers:
        navigation.link("result", words("goal_draft.back"))
    if goal_map.is_open():
        navigation.link("goal_map", words("goal_draft.back_to_map"), room=goal_map.address())
title_of_the_work()
choice = form.choose(found)
finished.from_file()
if choice is not None:
    so_far = written(choice.approach, choice.variant)
    view = goal_draft_view(found, so_far.draft, words)
    finished.start(view)
    st.header(words("goal_draft.fields"), anchor=False)
    form.form(view, so_far)
    finished.missing(view.artefact)
    finished.artefact(view.artefact)
    finished.questions(view)
    finished.files(so_far.draft, found.result.answers)
