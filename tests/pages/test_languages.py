"""Pages of the app in another language: whole, with the same answers, and English where a page is only that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from okr_assistant.decision.model import Model
from okr_assistant.decision.translation import texts_of
from okr_assistant.paths import LOCALES
from okr_assistant.store import SqlStore
from okr_assistant.web.language import COMPLETE, PAGES_OF
from okr_assistant.words import ENGLISH, Words, read_words
from tests.pages.app import OurApp, draft_of
from tests.pages.rooms import Tab, a_workshop, browser_now
from tests.web.site import ANSWERS

BOTH = ["de", "es"]
IN_EVERY_LANGUAGE = ["start", "assess", "result", "results", "method", "cases", "share", "recheck"]
FEW = {"work_kind": "change", "autonomy": "team"}


@pytest.fixture
def app(store: SqlStore) -> OurApp:
    return OurApp(store)


def labels(at: AppTest) -> Iterator[str]:
    """What buttons, links and fields are called, and what can be chosen in them."""
    for kind in (at.button, at.page_link, at.radio, at.checkbox, at.text_input, at.text_area, at.selectbox):
        yield from (str(element.label) for element in kind)
    for radio in (*at.radio, *at.selectbox):
        yield from radio.options
    for expander in at.expander:
        yield str(expander.label)


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


@cache
def english_sentences(language: str) -> frozenset[str]:
    """Entries of the pages of this test that are said otherwise in this language, of two words and more."""
    english, here = read_words(LOCALES), read_words(LOCALES, language)
    tables = tuple(f"{table}." for table in COMPLETE)
    return frozenset(
        text
        for key, text in english.entries.items()
        if key.startswith(tables) and here.entries[key] != text and " " in text and "{" not in text
    )


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("page", IN_EVERY_LANGUAGE)
@pytest.mark.parametrize("answers", [{}, FEW, ANSWERS], ids=["none", "few", "all"])
def test_no_english_is_on_a_page_in_another_language(
    app: OurApp, model: Model, page: str, language: str, answers: dict[str, str]
) -> None:
    app.open(page, **answers, lang=language)
    shown = [plain(text) for text in (*app.everything.split("\n"), *labels(app.at))]
    assert [text for text in shown if text in english_sentences(language)] == []
    english = {text for text in texts_of(model).values() if " " in text}
    assert [text for text in shown if text in english] == []


@pytest.mark.parametrize("language", BOTH)
def test_the_language_stays_from_the_first_answer_to_the_result(app: OurApp, language: str) -> None:
    words = read_words(LOCALES, language)
    app.open("start", lang=language).press(words("start.one.link"))
    assert app.heading == words("assess.title")
    app.answer("work_kind", "change")
    assert app.address["lang"] == language
    app.press(words("assess.next")).press(words("assess.result_so_far"))
    assert app.address["lang"] == language
    assert words("result.ranking") in app.everything


@pytest.mark.parametrize(
    ("language", "address", "said"),
    [
        ("en", {"t": "x" * 251}, "Title: 251 characters; allowed: at most 120 characters"),
        ("de", {"t": "x" * 251}, "Titel: 251 Zeichen; erlaubt: höchstens 120 Zeichen"),
        ("es", {"t": "x" * 251}, "Título: 251 caracteres; se admite: como máximo 120 caracteres"),
        ("de", {"a": "?"}, "Antworten: ? gefunden; erlaubt: 1 bis 64 von 0-9, A-Z, a-z"),
        ("de", {"work_kind": "paint"}, "Adresse, work_kind: unbekannte Antwort paint; erlaubt: change, "),
        ("es", {"t": ["One", "Two"]}, "Título: hay 2 × t; se admite: un valor"),
    ],
)
def test_a_problem_of_the_address_is_said_in_the_words_of_the_page(
    app: OurApp, language: str, address: dict[str, str | list[str]], said: str
) -> None:
    """In German it was "t: 251 Zeichen; erlaubt: höchstens 120 characters"."""
    assert said in app.open("assess", **address, lang=language).everything


@pytest.mark.parametrize(("language", "said"), [("de", "Enthält ein Zeichen, "), ("es", "Tiene un carácter ")])
def test_below_a_field_stands_what_is_wrong_and_not_what_programs_call_it(
    app: OurApp, language: str, said: str
) -> None:
    app.open("assess", lang=language).at.text_input(key="title").set_value("a\u202eb")
    assert [text.value[: len(said)] for text in app.run().at.text] == [said]


def other_language(app: OurApp, words: Words) -> OurApp:
    return app.press(words("language.name"))


def test_another_language_keeps_the_answers_and_the_page(app: OurApp) -> None:
    german = read_words(LOCALES, "de")
    app.open("result", **ANSWERS, t="Checkout")
    code = app.address["a"]
    english = app.heading
    other_language(app, german)
    assert app.address == {"a": code, "t": "Checkout", "lang": "de"}
    assert dict(draft_of(app).answers) == ANSWERS
    assert app.heading != english
    other_language(app, read_words(LOCALES, "es")).press("English")
    assert (app.heading, app.address["lang"]) == (english, "en")


def test_every_language_but_that_of_the_page_is_offered(app: OurApp) -> None:
    buttons = [button.label for button in app.open("assess", lang="es").at.button]
    assert [label for label in buttons if label in {"English", "Deutsch", "Español"}] == ["English", "Deutsch"]


def test_an_unknown_language_is_no_answer_and_no_problem(app: OurApp) -> None:
    app.open("assess", lang="xx")
    assert app.heading == read_words(LOCALES)("assess.title")
    assert draft_of(app).problems == ()


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("page", ["goal_draft", *PAGES_OF])
def test_a_page_whose_words_are_in_english_only_is_in_english_as_a_whole_and_says_so(
    app: OurApp, model: Model, page: str, language: str
) -> None:
    words = read_words(LOCALES, language)
    whole = page != "goal_draft" and words.covers(*PAGES_OF[page])
    app.open(page, **FEW, lang=language)
    captions = [caption.value for caption in app.at.caption]
    assert (words("language.not_here") in captions) is not whole
    assert app.address["lang"] == language
    spoken = language if whole else ENGLISH
    assert app.at.session_state["_language"].language == spoken
    assert (draft_of(app).model is model) is (spoken == ENGLISH)


def test_a_link_that_is_shared_in_a_chosen_language_carries_it(app: OurApp) -> None:
    app.open("share", **FEW, lang="de")
    addresses = [str(each.proto) for each in app.at.get("html")]
    portable = next(text for text in addresses if "/p/" in text)
    assert "?lang=de" in portable
    app.open("share", **FEW)
    assert not any("lang=" in str(each.proto) for each in app.at.get("html"))


@pytest.mark.parametrize("language", BOTH)
def test_a_workshop_is_led_in_the_language_of_its_leader(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okr_assistant.web.browser.browser", browser_now)
    words, workshop = read_words(LOCALES, language), a_workshop().join("Ana", "Ben")
    tab = Tab(workshop.site)
    tab.open("facilitate", room=workshop.id, lang=language)
    workshop.led.open_round()
    for name in ("Ana", "Ben"):
        workshop.vote(name, {"work_kind": "sustain"})
    workshop.led.reveal()
    tab.open("facilitate", room=workshop.id, lang=language)
    model = workshop.site.services.speaking(language).models.newest
    assert model.questions[0].text in plain(tab.everything)
    english = {text for text in texts_of(workshop.site.services.models.newest).values() if " " in text}
    shown = [plain(text) for text in (*tab.everything.split("\n"), *labels(tab.at))]
    assert [text for text in shown if text in english | english_sentences(language)] == []
    assert words("language.not_here") not in shown
