"""The catalogue: every word that is asked for exists, every word that exists is asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import LOCALES, PAGES, TEMPLATES
from okr_assistant.words import Words, read_words

PACKAGE = Path(__file__).parents[1] / "okr_assistant"
SOURCES = [*PACKAGE.rglob("*.py"), *PAGES.glob("*.py")]
NUMBER_OF_SEVERAL = re.compile(
    r"\{(?!model)(\w+)(?::,)?\} (?:of \{\w+(?::,)?\} )?(?:[a-z]+ ){0,2}?(people|[a-z]{2,}[^sui\W]s)\b"
)
"""A number and what it counts, in English: *{count} people*, *{count} of {of} rows*, *{cases} real situations*."""
ALWAYS_SEVERAL = {
    # chosen from, or bounded by, numbers in the code that are two or more: group sizes, days, limits, rounds
    "facilitate.again_enough", "facilitate.smallest", "facilitate.kept_until", "room.smallest",
    "workshop_record.smallest_group", "share.stored.for_days", "remark.reason_hint", "remark.name_hint",
    "join.name_hint", "vote.reason_hint_named", "vote.reason_hint_anonymous", "workshop.telling",
    "error.too_long", "error_on_page.limit.characters", "error.too_many_marks", "error.too_many_codes",
    "error.room_is_full", "error.bad_end", "error.too_many_rounds", "error.too_many_sent",
    "error.too_many_items", "error.too_many_columns",
    # counts of the model and of the published cases that come with it
    "workshop.all", "record.answered", "position.answered", "cases.headline", "cases.differ", "method.counts",
    # of two people or more, and of ties and bars that are left over
    "reveal.headline", "reveal.headline_all", "reveal.check.behind", "reveal.tie_many", "reveal.other_outcomes",
    "reveal.no_most_frequent",
    # here the form goes by this number itself, under another name
    "result.points.other", "comparison.points.other",
}  # fmt: skip
"""Entries in which the number cannot be one, or whose form goes by it; all others have two forms."""
IN_TEMPLATE = re.compile(r"\bwords(\.counted)?\(((?:[^()\"]|\"[^\"]*\")*?)[,)]")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def keys_in(source: Path) -> Iterator[tuple[str, bool]]:
    """Patterns of keys asked for in a file, as regular expressions; and whether the key is counted."""
    for call in calls(ast.parse(source.read_text("utf-8"))):
        name = ast.unparse(call.func)
        own = source.name == "words.py" and name == "self"  # where words ask for words
        if not (own or re.search(r"(^|\.)words(\(\))?(\.counted)?$", name)) or not call.args:
            continue
        found = (pattern for pattern in patterns(call.args[0]) if not (own and pattern.startswith("[")))
        yield from ((pattern, name.endswith("counted")) for pattern in found)


def keys_in_template(source: Path) -> Iterator[tuple[str, bool]]:
    """Likewise; a template's ``~`` joins texts, and its ``x if y else z`` reads as Python's."""
    for counted, key in IN_TEMPLATE.findall(source.read_text("utf-8")):
        tree = ast.parse(key.replace("~", "+").strip(), mode="eval").body
        yield from ((pattern, bool(counted)) for pattern in patterns(tree))


def asked() -> Iterator[tuple[Path, str, bool]]:
    """Every key that any file asks for."""
    for source in SOURCES:
        yield from ((source, *found) for found in keys_in(source))
    for source in TEMPLATES.glob("*.html"):
        yield from ((source, *found) for found in keys_in_template(source))


def patterns(key: ast.expr) -> Iterator[str]:
    match key:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=values):
            yield "".join(
                re.escape(v.value) if isinstance(v, ast.Constant) else r"[a-z_]+"
                for v in values
                if isinstance(v, ast.Constant | ast.FormattedValue)
            )
        case ast.BinOp(op=ast.Add()):
            yield "".join(re.escape(part) if part else r"[a-z_]+" for part in summands(key))
        case ast.IfExp(body=body, orelse=orelse):
            yield from patterns(body)
            yield from patterns(orelse)
        case ast.Name():
            pass  # the name is bound to one of the above a line earlier; the test of unused keys covers it


def summands(key: ast.expr) -> Iterator[str]:
    """The texts of a sum; nothing for what is not a text."""
    if isinstance(key, ast.BinOp):
        yield from (*summands(key.left), *summands(key.right))
    else:
        yield key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""


def string_constants() -> set[str]:
    return {
        node.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def problems_raised() -> set[str]:
    """The problem ids in the code, as patterns: the first argument of whatever makes an error of ours."""
    names = every_error() | {"self.error", "super().__init__"}
    found = set()
    for source in SOURCES:
        for call in calls(ast.parse(source.read_text("utf-8"))):
            if ast.unparse(call.func) in names and call.args:
                problem = call.args[0]
                if isinstance(problem, ast.Name) and problem.id == "problem":
                    continue  # `_Check.error` hands its own first argument on
                named = set(patterns(problem))
                assert named, f"{source.name}: {ast.unparse(problem)} is not an id"
                found |= named
    return found


def every_error() -> set[str]:
    """The names of our errors, from the code: which classes are loaded depends on the tests that ran before."""
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = {OkrAssistantError.__name__}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def test_every_word_that_is_asked_for_exists(words: Words) -> None:
    for source, pattern, counted in asked():
        forms = [f"{pattern}\\.one", f"{pattern}\\.other"] if counted else [pattern]
        for form in forms:
            assert any(re.fullmatch(form, key) for key in words.entries), (source.name, form)


def test_every_word_that_exists_is_asked_for(words: Words) -> None:
    wanted = [f"{pattern}(\\.one|\\.other)" if counted else pattern for _, pattern, counted in asked()]
    literal = string_constants()
    for key in words.entries:
        if key.startswith("error."):
            continue
        assert key in literal or any(re.fullmatch(pattern, key) for pattern in wanted), key


def test_every_problem_has_a_sentence_and_every_sentence_a_problem(words: Words) -> None:
    pages = {"line", "address_title", "address_kept", "address_nothing", "unexpected_title", "unexpected"}
    pages |= {"not_connected_title", "not_connected", "wrong_host"}
    sentences = {key.removeprefix("error.") for key in words.entries if key.startswith("error.")} - pages
    raised = problems_raised()
    assert {problem for problem in raised if not any(re.fullmatch(problem, key) for key in sentences)} == set()
    assert {key for key in sentences if not any(re.fullmatch(problem, key) for problem in raised)} == set()


def test_sentences_about_errors_name_facts_and_blame_nobody(words: Words) -> None:
    for key, text in words.entries.items():
        if key.startswith("error."):
            placeholders = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert placeholders <= {"found", "allowed", "place", "problem"}, key
        assert not re.search(r"\b(invalid|sorry|please|oops)\b|!", text, re.IGNORECASE), key


def test_a_count_chooses_the_form(words: Words) -> None:
    assert words.counted("result.still_open", 1) == "One question is still open."
    assert words.counted("result.still_open", 2) == "2 questions are still open."


def test_whatever_is_counted_has_a_form_for_one(words: Words) -> None:
    """A reveal said "1 people"."""
    found = {
        key
        for key, text in words.entries.items()
        for number, _ in NUMBER_OF_SEVERAL.findall(text)
        if not (key.endswith((".one", ".other")) and number in {"count", "of", "done", "agreed"})
    }
    assert found == ALWAYS_SEVERAL
    others = {key.removesuffix(".other") for key, text in words.entries.items() if key.endswith(".other")}
    assert {key for key in others if "{count" in words.entries[f"{key}.other"]} <= {
        key.removesuffix(".one") for key in words.entries
    }


def test_programs_read_the_facts_of_an_error_as_they_are() -> None:
    error = OkrAssistantError("too_long", place="t", found="251", allowed="120 characters")
    german = read_words(LOCALES, "de")
    assert german.error_line(error) == "t: 251 Zeichen; erlaubt: höchstens 120 characters"
    assert german.address_line(error) == "Titel: 251 Zeichen; erlaubt: höchstens 120 Zeichen"
    assert german.error_sentence(error) == "251 Zeichen; erlaubt: höchstens 120 Zeichen."


def test_a_list_is_joined_as_in_the_language(words: Words) -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_values_are_not_templates(words: Words) -> None:
    assert "{0}" in words("result.form", variant="{0}")


def test_an_unknown_key_is_a_programming_error(words: Words) -> None:
    with pytest.raises(KeyError):
        words("nothing.like.this")


@pytest.mark.parametrize("source", [p for p in SOURCES if "web" in p.parts or "pages" in p.parts], ids=str)
def test_no_words_in_the_code_of_the_screens(source: Path) -> None:
    """What ``st`` is given to show comes from the catalogue, the model or the visitor, never from a literal."""
    shows = {"title", "header", "subheader", "markdown", "caption", "button", "radio", "text_input", "expander"}
    for call in calls(ast.parse(source.read_text("utf-8"))):
        name = ast.unparse(call.func)
        if name.startswith("st.") and name.removeprefix("st.") in shows and call.args:
            literals = [
                node.value
                for node in ast.walk(call.args[0])
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            in_keys = [
                node.value
                for inner in calls(call.args[0])
                for node in ast.walk(inner)
                if isinstance(node, ast.Constant)
            ]
            shown = [text for text in literals if text not in in_keys and re.search(r"[A-Za-z]{3}", text)]
            assert shown == [], (source.name, name, shown)


def test_the_languages_are_folders() -> None:
    assert (LOCALES / "en" / "interface.toml").is_file()
