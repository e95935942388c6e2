import streamlit as st

from okr_assistant.decision.foresight import foresee
from okr_assistant.views.outlook import still_possible
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.web import draft
from okr_assistant.web.context import services
from okr_assistant.web.questionnaire import all_on_one_page, one_at_a_time, title_of_the_work
from okr_assistant.web.text import md

words = services().words
view = questionnaire_view(draft.current().model, draft.current().answers, words)

st.title(words("assess.title"), anchor=False)
title_of_the_work()
st.progress(view.done / view.asked, text=" ".join((view.progress, view.dropped)).strip())
ahead = foresee(draft.current().model, draft.current().sheet) if view.done and not view.complete else None
if ahead is not None:
    st.caption(md(still_possible(draft.current().model, ahead, words)))
if draft.in_front() == draft.ALL:
    all_on_one_page(view)
else:
    one_at_a_time(view, ahead.next_question if ahead else None)
