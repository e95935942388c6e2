"""The script that Streamlit runs for every interaction, before the page itself."""

import streamlit as st

from okr_assistant.paths import STYLE
from okr_assistant.web import draft, language, navigation
from okr_assistant.web.context import NotConnectedError, services
from okr_assistant.web.errors import show_not_connected, show_problems
from okr_assistant.web.only_here import is_anything_only_here

try:
    services()
except NotConnectedError:
    show_not_connected()
    st.stop()

language.begin()
page = st.navigation(navigation.pages(), position="hidden")
draft.restore()
st.html(STYLE)
navigation.menu(page)
navigation.begin_page(page, only_here=is_anything_only_here())
show_problems(draft.current().problems)
page.run()
