"""The languages that are here: complete where they are offered, and without a word of English."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models, TranslatedModels
from okr_assistant.decision.translation import texts_of
from okr_assistant.errors import LanguageError
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.web.language import COMPLETE
from okr_assistant.words import ENGLISH, Words, languages, placeholders, read_words

OTHERS = [language for language in languages(LOCALES) if language != ENGLISH]
OFFERED = ["de", "es"]
"""Promised to be complete. Another language may begin with less; it is offered when it has these tables too."""

IN_ENGLISH_ONLY = {"database", "goal_map", "map_page"}
"""Tables in which entries are missing, which are then in English. It may only shrink."""

ENGLISH_WORDS = re.compile(
    r"\b(the|and|with|you|your|this|that|what|which|are|is|of|to|answer|question|work|share|result|people)\b",
    re.IGNORECASE,
)
AS_IN_ENGLISH = re.compile(
    r"`[^`]*`|\{[^}]*\}|OKR Assistant|make run \S+|Key Result|Fist of Five|Definition of Done|Head of Product"
    r"|heartbeat work"
)
"""Names, and what people who work with OKRs call so in every language."""


def words_of(language: str) -> Words:
    return read_words(LOCALES, language)


def model_in(language: str) -> Model:
    return TranslatedModels(Models(MODELS), LOCALES / language / "models").newest


def english_in(text: str) -> list[str]:
    """English words in a text, but for names."""
    return ENGLISH_WORDS.findall(AS_IN_ENGLISH.sub("", text))


def test_english_is_first_and_the_others_are_here() -> None:
    assert languages(LOCALES)[0] == ENGLISH
    assert set(OFFERED) <= set(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_can_be_read_and_so_can_its_models(language: str, models: Models) -> None:
    words, found = words_of(language), TranslatedModels(models, LOCALES / language / "models")
    assert words.language == language
    assert words.missing | words.entries.keys() == words_of(ENGLISH).entries.keys()
    for version in models.versions:
        assert found.get(version).digest == models.get(version).digest


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_has_the_placeholders_of_the_english_one(language: str) -> None:
    english = words_of(ENGLISH).entries
    for key, text in words_of(language).entries.items():
        assert placeholders(text) == placeholders(english[key]), key


@pytest.mark.parametrize("language", OFFERED)
def test_what_is_offered_has_every_entry_of_the_pages_that_people_see(language: str) -> None:
    tables = tuple(f"{table}." for table in COMPLETE)
    assert sorted(key for key in words_of(language).missing if key.startswith(tables)) == []


@pytest.mark.parametrize("language", OFFERED)
def test_what_is_still_in_english_is_known(language: str) -> None:
    missing = {key.partition(".")[0] for key in words_of(language).missing}
    assert missing <= IN_ENGLISH_ONLY, "more is missing"
    assert missing >= IN_ENGLISH_ONLY, "less is missing: take it out of the list"


@pytest.mark.parametrize("language", OFFERED)
def test_the_newest_model_is_translated_as_a_whole(language: str, model: Model) -> None:
    english, here = texts_of(model), texts_of(model_in(language))
    same = [path for path, text in english.items() if here[path] == text and " " in text]
    assert same == []
    texts = model_in(language).texts
    assert [id_ for id_ in model.approaches_by_id if texts[id_] == model.texts[id_]] == []


@pytest.mark.parametrize("language", OFFERED)
def test_no_english_is_left_over(language: str, model: Model) -> None:
    words, here = words_of(language), model_in(language)
    own = {key: text for key, text in words.entries.items() if key not in words.missing}
    own |= texts_of(here)
    left = {key: found for key, text in own.items() if (found := english_in(text))}
    assert left == {}


@pytest.mark.parametrize(
    ("language", "day", "number", "share"),
    [
        ("en", "3 March 2026", "1,234.5", "12%"),
        ("de", "3. März 2026", "1.234,5", "12\N{NO-BREAK SPACE}%"),
        ("es", "3 de marzo de 2026", "1.234,5", "12\N{NO-BREAK SPACE}%"),
    ],
)
def test_numbers_and_dates_are_as_in_the_language(language: str, day: str, number: str, share: str) -> None:
    words = words_of(language)
    assert words.date(date(2026, 3, 3)) == day
    assert words.number(1234.5, 1) == number
    assert words.percent(0.12) == share


# a language that somebody adds


def a_folder(tmp_path: Path, text: str) -> Path:
    """All that is needed for a language, beside English."""
    (tmp_path / "xx").mkdir()
    (tmp_path / "en").symlink_to(LOCALES / "en")
    (tmp_path / "xx" / "language.toml").write_text(text)
    return tmp_path


def test_an_added_language_is_one_folder_and_what_it_has_not_is_in_english(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, '[language]\nname = "Xx"\n')
    words = read_words(folder, "xx")
    assert languages(folder) == ("en", "xx")
    assert (words("language.name"), words("join.button")) == ("Xx", "Join")
    assert "join.button" in words.missing
    assert not words.covers("language")
    assert words.number(1000) == "1,000"


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ('[language]\nnam = "Xx"', "unknown_key", "xx/language.toml: language.nam"),
        ('[language]\npercent = "%"', "other_placeholders", "xx/language.toml: language.percent"),
        ('[language]\npercent = "{number}{x}"', "other_placeholders", "xx/language.toml: language.percent"),
        ('[language]\npercent = "{number} {"', "other_placeholders", "xx/language.toml: language.percent"),
    ],
)
def test_a_translation_that_cannot_be_used_is_named(tmp_path: Path, text: str, problem: str, place: str) -> None:
    with pytest.raises(LanguageError) as caught:
        read_words(a_folder(tmp_path, text), "xx")
    assert (caught.value.problem, caught.value.place) == (problem, place)
