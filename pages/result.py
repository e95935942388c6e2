import streamlit as st

from okr_assistant.decision.assess import assess
from okr_assistant.views.result import result_view
from okr_assistant.web import draft, navigation
from okr_assistant.web import result as show
from okr_assistant.web.context import services
from okr_assistant.web.text import md, user_text

words = services().words
current = draft.current()
view = result_view(current.model, assess(current.model, current.sheet), words)

if current.title:
    user_text(current.title, "title_of_the_work")
show.contradictions(view)
st.title(md(view.sentence), anchor=False)
show.statements(words("result.obstacles"), view.obstacles)
show.summary(view)
if view.still_open:
    with st.container(horizontal=True, key="still_open", vertical_alignment="center"):
        st.markdown(view.still_open)
        navigation.link("assess", words("result.go_on"))
if current.answers:
    show.statements(words.counted("result.conditions", len(view.conditions)), view.conditions, numbered=True)
    show.monday(view)
    show.ranking(view)
    show.contested(view)
    show.position(view)
    show.find_out(view)
    show.about_the_approaches(view)
    show.answers(view)
    navigation.link("assess", words("result.another"), to=draft.Draft(services().models.newest))
st.caption(view.model)
