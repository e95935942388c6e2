"""The script of the bare app: as many pages, our style sheet, the menu."""

import streamlit as st

from tests.bench import bare_texts

pages = [
    st.Page("bare_other.py", title=bare_texts.MENU[0], url_path="", default=True),
    st.Page("bare_page.py", title=bare_texts.MENU[1], url_path="assess"),
    st.Page("bare_other.py", title=bare_texts.MENU[2], url_path="result"),
    st.Page("bare_other.py", title=bare_texts.MENU[3], url_path="results"),
    st.Page("bare_other.py", title=bare_texts.MENU[4], url_path="workshop"),
    st.Page("bare_other.py", title=bare_texts.MENU[5], url_path="method"),
    st.Page("bare_other.py", title=bare_texts.MENU[6], url_path="cases"),
    st.Page("bare_other.py", title="goal_draft", url_path="goal_draft"),
    st.Page("bare_other.py", title="share", url_path="share"),
    st.Page("bare_other.py", title="recheck", url_path="recheck"),
    st.Page("bare_other.py", title="facilitate", url_path="facilitate"),
    st.Page("bare_other.py", title="screen", url_path="screen"),
]
page = st.navigation(pages, position="hidden")
st.html(bare_texts.STYLE_FILE)
home, *others = zip(pages, bare_texts.MENU, strict=False)
with st.container(horizontal=True, key="menu", gap=None, vertical_alignment="center"):
    st.page_link(home[0], label=home[1], width="content")
    with st.container(horizontal=True, key="menu_wide", gap=None, width="content"):
        for linked, label in others:
            st.page_link(linked, label=label, width="content")
    with st.popover("Menu", type="tertiary", icon=":material/menu:", key=f"menu_of_{page.url_path}"):
        for linked, label in others:
            st.page_link(linked, label=label, width="content")
    with st.popover("English", type="tertiary", icon=":material/language:", key="language_en"):
        for name in ("Deutsch", "Español"):
            st.button(name, key=f"in_{name}", type="tertiary")
st.html(bare_texts.BEGINNING, unsafe_allow_javascript=True)
page.run()
