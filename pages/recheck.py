import streamlit as st

from okr_assistant.decision.assessment import assessment
from okr_assistant.views.comparison import comparison_view
from okr_assistant.views.questionnaire import questionnaire_view
from okr_assistant.views.recheck import carried, is_changed, questions_first
from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts import recheck as show
from okr_assistant.web.text import md, user_text

words = services().words
draft.bring_up_to_date()
current = draft.current()
before = assessment(*draft.before())

st.title(words("recheck.title"), anchor=False)
if current.title:
    user_text(current.title, "title_of_the_work")
st.markdown(md(words("recheck.about")))
now = assessment(current.model, current.sheet)
show.difference(comparison_view(before, now, words), changed=is_changed(before, now))
first = questions_first(carried(before, current.model))
view = questionnaire_view(current.model, current.answers, words)
show.questions([question for question in view.questions if question.id in first])
with st.expander(words("recheck.rest")):
    show.questions([question for question in view.questions if question.id not in first])
navigation.step("result", words("assess.result"), key="result", main=True)
