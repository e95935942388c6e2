"""README, guide and script say what is: the folders, the labels on the screens, the words of the facilitator."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.paths import ROOT
from okr_assistant.views.workshop.script import PLAN
from okr_assistant.words import Words
from tests.test_docs import DOCS, blocks, prose, read

README = read(ROOT / "README.md")
INSIDE = ("data", "okr_assistant")
"""Folders whose own folders are in the README's tree, too."""


def tree() -> dict[str, str]:
    """The folders in the README's tree, each with what is said of it."""
    (block,) = blocks(README, "text")
    found: dict[str, str] = {}
    above = ""
    for line in block.splitlines():
        path, said = re.fullmatch(r"( *\S+/) +(.*)", line).groups()  # type: ignore[union-attr]
        above = path if not path.startswith(" ") else above
        found[path if path == above else above + path.strip()] = said
    return found


def folders(inside: Path) -> set[str]:
    """The folders in a folder that hold something of ours."""
    ours = (path for path in inside.iterdir() if path.is_dir() and re.fullmatch(r"[a-z]\w*", path.name))
    return {
        f"{path.relative_to(ROOT).as_posix()}/" for path in ours if any(map(Path.is_file, path.rglob("[!.]*")))
    }


def test_the_tree_in_the_readme_is_the_tree() -> None:
    said = tree()
    assert all(said.values())
    top = folders(ROOT) - set(read(ROOT / ".gitignore").split())  # what tools and people leave there
    inside = set().union(*(folders(ROOT / name) for name in INSIDE))
    shown = set(said)
    assert {path for path in shown if path.count("/") == 2} == inside
    assert {f"{path.partition('/')[0]}/" for path in shown} == top


def test_the_readme_is_read_in_two_minutes() -> None:
    """At 240 words a minute, which is a usual speed; code and tree are looked at."""
    assert len(prose(README).split()) <= 480
    assert len(README.splitlines()) <= 85


@pytest.mark.parametrize("name", ["guide.md", "facilitator.md"])
def test_every_label_that_a_guide_names_is_on_a_screen(name: str, words: Words, model: Model) -> None:
    """Italics are labels, or what labels begin with."""
    on_screens = {*words.entries.values(), *(option.label for q in model.questions for option in q.options)}
    known = {re.sub(r"\{.*?\}", "", text).strip(" .:?").casefold() for text in on_screens}
    text = re.sub(r"\*\*.*?\*\*", "", prose(read(DOCS / name)), flags=re.DOTALL)
    for label in re.findall(r"(?<![*\n])\*([^*]+)\*(?!\*)", text):
        plain = " ".join(label.split()).strip(" .:?").casefold()
        assert any(each.startswith(plain) for each in known), label


def test_the_script_names_the_buttons_that_agree_as_the_page_does(words: Words) -> None:
    page = " ".join(read(DOCS / "facilitator.md").split())
    for label in ("agree_rest", "agree_all", "check_yes"):
        assert f"*{words(f'facilitate.{label}')}*" in page


def test_the_script_has_the_words_and_the_minutes_that_the_screen_has(words: Words) -> None:
    page = read(DOCS / "facilitator.md")
    said = {part: minutes for parts in PLAN.values() for part, minutes in parts.items()}
    headings = re.findall(r"^### (.*)$", page, re.MULTILINE)
    assert headings == [
        words("script.row", title=words(f"script.{part}.title"), minutes=words.counted("script.minutes", minutes))
        for part, minutes in said.items()
    ]
    quotes = re.findall(r"^> (.*)$", page, re.MULTILINE)
    assert quotes == [words(f"script.{part}.say") for part in (*said, "done")]
    assert f"{sum(said.values())} minutes" in page
