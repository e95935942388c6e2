"""The record as Markdown says everything that the view says, and what people typed stays text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import TextError
from okr_assistant.export.markdown import lines, markdown, text
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.words import Words
from tests.export.samples import GOOD, HOSTILE, SAMPLES, every_record, hidden_in, made, sentences

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text(alphabet="\\`*_[]<>~$&|#+-=.:!(){}@^'\"/ a1x\té\u3000", max_size=60)


def tokens(source: str) -> list[Token]:
    return [inner for token in PARSER.parse(source) for inner in (token, *(token.children or []))]


def structure(source: str) -> list[str]:
    return [token.type for token in tokens(source) if token.type != "text"]


def words_in(source: str) -> str:
    """The text as somebody reads it, with one blank between any two words."""
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    inside = [token.children or [] for token in PARSER.parse(source) if token.type == "inline"]
    pieces = ["".join(breaks.get(child.type, child.content) for child in children) for children in inside]
    return " ".join("\n".join(pieces).split())


def one_blank(shown: str) -> str:
    return " ".join(shown.split())


def test_it_says_everything_that_the_view_says(model: Model, words: Words) -> None:
    for record in every_record(model):
        export = made(model, record, words)
        source = markdown(export.view, words)
        read = words_in(source)
        urls = source
        for path, sentence in sentences(export.view, hidden_in(export.view)):
            if path.endswith(".url") or path == ".address":
                assert sentence in urls, path
            elif path.endswith(".monday"):
                assert words_in(sentence) in read, path
            else:
                assert one_blank(sentence) in read, (path, sentence)


def test_it_has_every_number(model: Model, words: Words) -> None:
    for record in every_record(model):
        view = made(model, record, words).view
        table = [line for line in markdown(view, words).splitlines() if line.startswith("| ")][1:]
        numbers = [
            [
                int(cell.replace("−", "-")) if cell else None
                for cell in re.findall(r"\| ([^|]*?) ?(?=\|)", line)[2:]
            ]
            for line in table
        ]
        assert numbers == [*(list(entry.points) for entry in view.answers), [e.points for e in view.approaches]]


@pytest.mark.robustness(34)
@pytest.mark.parametrize("name", SAMPLES)
def test_what_people_typed_adds_no_structure(name: str, model: Model, words: Words) -> None:
    record = SAMPLES[name]
    typed = [record.sheet.title, record.notes, record.decision.decided, record.decision.because]

    def tame(value: str) -> str:
        return re.sub(r"[^\n]+", "x", value)

    title, notes, decided, because = map(tame, typed)
    decision = Decision(decided, because, tame(record.decision.owner), record.decision.review_on)
    plain = Record(AnswerSheet(record.sheet.answers, title), notes, decision)
    source, twin = (markdown(made(model, each, words).view, words) for each in (record, plain))
    assert structure(source) == structure(twin)
    assert not {"html_inline", "html_block", "image"} & set(structure(source))


@given(NASTY)
def test_any_line_is_shown_as_it_is(typed: str) -> None:
    try:
        kept = clean_title(typed)
    except TextError:
        return
    found = tokens(f"A {text(kept)}")
    assert {token.type for token in found} <= {
        "paragraph_open",
        "inline",
        "text",
        "text_special",
        "paragraph_close",
    }
    assert one_blank("".join(token.content for token in found if token.type != "inline")) == one_blank(f"A {kept}")
    assert structure(text(kept) or "x") == structure("x")


@pytest.mark.parametrize(("typed", "shown"), [("2026.1", "2026.1"), ("1. One", "1\\. One"), ("2)", "2\\)")])
def test_a_number_is_marked_only_where_it_would_begin_a_list(typed: str, shown: str) -> None:
    assert text(typed) == shown


@example("a\n \n\nb")  # the backslash of a line break was shown once, before a line of blanks
@given(st.lists(NASTY, max_size=6).map("\n".join))
def test_any_note_is_shown_as_it_is_with_its_lines(typed: str) -> None:
    try:
        kept = clean_note(typed)
    except TextError:
        return
    found = tokens(lines(kept))
    assert {token.type for token in found} <= {
        "paragraph_open", "inline", "text", "text_special", "paragraph_close", "hardbreak", "softbreak",
    }  # fmt: skip
    inside = [token for token in PARSER.parse(lines(kept)) if token.type == "inline"]
    paragraphs = ["".join("\n" if c.type == "hardbreak" else c.content for c in t.children or []) for t in inside]
    shown = [line.replace("\u00a0", " ").rstrip() for part in paragraphs for line in part.split("\n")]
    blank = re.compile(r"^\s*$")
    expected = [re.sub(r"^\s+", lambda gap: " " * len(gap[0]), line).rstrip() for line in kept.split("\n")]
    assert [line for line in shown if not blank.match(line)] == [
        line for line in expected if not blank.match(line)
    ]


def test_viewers_that_make_links_of_bare_addresses_find_none() -> None:
    shown = text("see http://x.y, www.x.y, me@x.y, @me, :smile: and #3")
    for sign in ("http:", "www.", "e@", " @", " :s", " #"):
        assert sign not in shown
    assert unicodedata.is_normalized("NFC", shown)


def test_the_same_record_gives_the_same_text(model: Model, words: Words) -> None:
    first, again = (markdown(made(model, SAMPLES["hostile"], words).view, words) for _ in range(2))
    assert first == again
    assert first.endswith("\n")
    assert HOSTILE not in first


def test_without_a_decision_nothing_is_said_about_one(model: Model, words: Words) -> None:
    source = markdown(made(model, Record(AnswerSheet(GOOD, "T")), words, address="").view, words)
    assert words("record.decision") not in source
    assert words("record.notes") not in source
    assert words("record.open_again") not in source
