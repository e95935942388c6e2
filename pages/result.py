import streamlit as st

from okr_assistant.decision.assessment import assessment
from okr_assistant.views.cases import similar_cases
from okr_assistant.views.outlook import outlook_view
from okr_assistant.views.result import result_view
from okr_assistant.views.short_path import is_enough
from okr_assistant.web import draft, navigation
from okr_assistant.web.context import services
from okr_assistant.web.parts import cases as show_cases
from okr_assistant.web.parts import outlook as show_outlook
from okr_assistant.web.parts import result as show
from okr_assistant.web.parts.what_if import what_if
from okr_assistant.web.text import md, user_text

words = services().words
current = draft.current()
found = assessment(current.model, current.sheet)
view = result_view(current.model, found.result, words, settled=found.settled)

if current.title:
    user_text(current.title, "title_of_the_work")
show.contradictions(view)
st.title(md(view.sentence), anchor=False)
show.statements(words("result.obstacles"), view.obstacles)
show.summary(view)
if view.still_open:
    st.markdown(view.still_open)
if not current.answers:
    navigation.step("assess", words("result.go_on"), key="go_on", main=True)
if current.answers:
    outlook = outlook_view(found, words)
    enough = found.final or is_enough(found.result, found.ahead)
    show_outlook.margin(outlook)
    with st.container(horizontal=True, key="steps"):
        if view.still_open:
            navigation.step("assess", words("result.go_on"), key="go_on", main=not enough)
        navigation.step("goal_draft", words("goal_draft.write"), key="goal_draft", main=enough)
        navigation.step("share", words("result.share"), key="share")
    show.statements(words.counted("result.conditions", len(view.conditions)), view.conditions, numbered=True)
    show.monday(view)
    show.ranking(view)
    show_outlook.counter(outlook)
    show_outlook.flips(outlook)
    show_outlook.path_to_okr(outlook)
    what_if()
    show.contested(view)
    show_cases.similar(similar_cases(current.model, found.result, services().cases, words))
    show.position(view)
    show.find_out(view)
    show.about_the_approaches(view)
    show.answers(view)
    navigation.link("assess", words("result.another"), to=draft.Draft(services().models.newest))
st.caption(view.model)
