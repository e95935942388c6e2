"""The workshop record as Markdown says everything that the view says, and what people typed stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.export.workshop_markdown import workshop_markdown
from okr_assistant.words import Words
from okr_assistant.workshop.room import Outcome
from tests.export.played import Played, every_kind, exported
from tests.export.samples import sentences
from tests.export.test_markdown import one_blank, structure, words_in

KINDS = (
    "named", "anonymous", "hostile", "hostile and anonymous", "all agree", "two checks", "many rounds",
    "nothing to show", "right to left", "no shapes", "long words",
)  # fmt: skip

NOT_WORDS = {
    # ids, and what is in another field in words
    ".outcome", ".by_person.*.approaches", ".questions.*.id", ".questions.*.choices.*.choice",
    ".checks.*.choices.*.choice",
}  # fmt: skip
"""What no document shows. A new field of the view is shown, or its absence is decided here."""


def tame(played: Played) -> Played:
    """The same workshop with nothing but one letter in every line that somebody typed."""

    def letters(typed: str) -> str:
        return re.sub(r"[^\n]+", "x", typed)

    room, outcome = played.room, played.room.outcome
    assert outcome
    setup = replace(
        room.setup, **{key: letters(getattr(room.setup, key)) for key in ("title", "about", "decider")}
    )
    said = Outcome(letters(outcome.decided), letters(outcome.because), letters(outcome.owner), outcome.review_on)
    return Played(
        replace(room, setup=setup, outcome=said),
        tuple(replace(person, name=letters(person.name)) for person in played.people),
        tuple(replace(vote, reason=letters(vote.reason)) for vote in played.votes),
    )


@pytest.mark.parametrize("name", KINDS)
def test_it_says_everything_that_the_view_says(name: str, model: Model, words: Words) -> None:
    made = exported(every_kind(model)[name], model, words)
    source = workshop_markdown(made.view, words)
    read = words_in(source)
    for path, sentence in sentences(made.view, NOT_WORDS):
        assert sentence in source if path == ".address" else one_blank(sentence) in read, (path, sentence)


def test_there_is_a_test_for_every_kind(model: Model) -> None:
    assert set(KINDS) == set(every_kind(model))


@pytest.mark.robustness(34)
@pytest.mark.parametrize("name", KINDS)
def test_what_people_typed_adds_no_structure(name: str, model: Model, words: Words) -> None:
    """Robustness 34."""
    played = every_kind(model)[name]
    source, twin = (workshop_markdown(exported(each, model, words).view, words) for each in (played, tame(played)))
    assert structure(source) == structure(twin)
    assert not {"html_inline", "html_block", "image"} & set(structure(source))


def test_tables_have_a_column_for_each_round(model: Model, words: Words) -> None:
    source = workshop_markdown(exported(every_kind(model)["anonymous"], model, words).view, words)
    assert "| Answer | Round 1 | Round 2 |\n|---|--:|--:|\n" in source
    assert "| Yes, with a number (agreed: most common answer) | 3 | 6 |" in source


def test_the_same_record_gives_the_same_text(model: Model, words: Words) -> None:
    first, again = (
        workshop_markdown(exported(every_kind(model)["hostile"], model, words).view, words) for _ in range(2)
    )
    assert first == again
    assert first.endswith("\n")
