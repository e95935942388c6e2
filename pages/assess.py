import streamlit as st

from okr_assistant.decision.assess import assess
from okr_assistant.decision.foresight import foresee
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.views.short_path import short_path_view
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.parts.questionnaire import all_on_one_page, one_at_a_time, title_of_the_work

words = services().words
current = draft.current()
view = questionnaire_view(current.model, current.answers, words)
path = short_path_view(
    current.model,
    view,
    current.answers,
    assess(current.model, current.sheet),
    foresee(current.model, current.sheet),
    draft.in_front(),
    words,
)

st.title(words("assess.title"), anchor=False)
title_of_the_work()
st.progress(view.done / view.asked, text=" ".join((view.progress, view.dropped)).strip())
if draft.in_front() == draft.ALL:
    all_on_one_page(path, view)
else:
    one_at_a_time(path, view)
