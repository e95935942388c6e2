"""Docs that cannot rot: what they name exists, what exists they name, and what they show happens.

That every setting is in ``docs/settings.md`` is in ``test_settings.py``.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from okr_assistant import Model, Recommendation, assess, read_sheet
from okr_assistant.decision.texts import HEADINGS
from okr_assistant.paths import ROOT
from tests.commands import every_command
from tests.serving import clean_environment

DOCS = ROOT / "docs"
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "deploy/README.md")),
    *sorted(DOCS.rglob("*.md")),
]
COMMANDS = every_command()


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    """The text without fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def code_spans(text: str) -> list[str]:
    """What stands in backticks, on one line each."""
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose(text))]


def sections(text: str) -> dict[str, str]:
    """Second-level headings with what stands under them."""
    parts = re.split(r"^## +(.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# links and files


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as the usual viewers make them."""
    headings = re.findall(r"^#+ +(.*)$", prose(read(document)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(read(document))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.is_relative_to(ROOT), target
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_path_that_is_named_exists(document: Path) -> None:
    top = "|".join(re.escape(entry.name) for entry in ROOT.iterdir() if entry.name not in (".git", ".venv"))
    for span in code_spans(read(document)):
        if re.fullmatch(rf"(?:{top})/\S*", span):
            path = span.partition("::")[0]  # a test in it may be named as well
            pattern = re.sub(r"<\w+>", "*", path.rstrip("/"))
            assert list(ROOT.glob(pattern)), span


def test_the_list_of_pages_is_complete() -> None:
    linked = {(DOCS / target).resolve() for target in re.findall(r"\]\(([^)\s#]+)\)", read(DOCS / "README.md"))}
    assert {path.resolve() for path in DOCS.rglob("*.md")} - {(DOCS / "README.md").resolve()} - linked == set()


def test_every_decision_says_context_decision_and_consequences_in_a_page() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert decisions
    for document in decisions:
        parts = re.findall(r"^\*\*(\w+)\.\*\*", read(document), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences"], name_of(document)
        assert len(read(document).splitlines()) <= 60, name_of(document)


# make


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):(?!=)", read(ROOT / "Makefile"), re.MULTILINE))


def make_commands(document: Path) -> Iterator[str]:
    for code in [*code_spans(read(document)), *blocks(read(document), "console")]:
        yield from re.findall(r"^make ([a-z-]+)", code, re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_make_command_that_is_named_exists(document: Path) -> None:
    assert set(make_commands(document)) - make_targets() == set()


def test_the_readme_says_how_to_start_and_how_to_test() -> None:
    (start, *_) = blocks(read(ROOT / "README.md"), "console")
    assert [line.split("#")[0].split() for line in start.splitlines()] == [["make", "run"], ["make", "test"]]
    assert {"run", "test"} <= make_targets()


def test_make_help_lists_what_contributors_use() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"run", "test", *make_commands(ROOT / "CONTRIBUTING.md")} - {"help"} <= listed


# the command line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described_with_all_its_options(name: str) -> None:
    described = sections(read(DOCS / "cli.md")).get(f"okr-assistant {name}")
    assert described is not None, f"docs/cli.md has no heading '## okr-assistant {name}'"
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in re.findall(r"--[a-z-]+", described), option


def test_the_command_line_page_describes_no_command_that_is_gone() -> None:
    named = {title.removeprefix("okr-assistant ") for title in sections(read(DOCS / "cli.md"))}
    assert named == set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_in_the_text_exists(document: Path) -> None:
    for span in code_spans(read(document)):
        if span.startswith("okr-assistant "):
            called = span.split()[1:]
            names = [name for name in (" ".join(called[:2]), called[0]) if name in COMMANDS]
            assert names, span
            options = {option for parameter in COMMANDS[names[0]].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", span)) <= options, span


def test_the_sheet_on_the_command_line_page_is_one(model: Model) -> None:
    (shown,) = blocks(read(DOCS / "cli.md"), "json")
    sheet = read_sheet(shown.encode())
    assert sheet.title
    assert sheet.model == model.version
    assert assess(model, sheet).answers == json.loads(shown)["answers"]


# the model and the contract


def schema(entry: Any = Model) -> set[type[BaseModel]]:
    """Every table that a model file can have, found from the schema itself."""
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = [entry]
    while waiting:
        here = waiting.pop()
        if isinstance(here, type) and issubclass(here, BaseModel):
            if here not in found:
                found.add(here)
                waiting += [field.annotation for field in here.model_fields.values()]
        else:
            waiting += get_args(here)
    return found


def keys(table: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in table.model_fields.items()}


def kinds() -> set[str]:
    return {
        kind
        for table in schema()
        if "kind" in table.model_fields
        for kind in get_args(table.model_fields["kind"].annotation)
    }


def words_in_code(text: str) -> set[str]:
    return {word for span in code_spans(text) for word in re.findall(r"[a-z_]+", span)}


def test_the_schema_is_found_whole() -> None:
    names = {table.__name__ for table in schema()}
    assert names >= {"Source", "Points", "Option", "Unsure", "Side", "Contradiction", "AnsweredWith", "Not"}
    assert kinds() == {"blocker", "condition", "contested", "variant", "contradiction"}


@pytest.mark.parametrize("table", sorted(schema(), key=str), ids=lambda table: table.__name__)
def test_every_key_of_a_model_is_described(table: type[BaseModel]) -> None:
    assert keys(table) - words_in_code(read(DOCS / "model.md")) == set()


def rows(text: str) -> list[str]:
    """The first cell of every row of every table."""
    return re.findall(r"^\| *([^|]*?) *\|", text, re.MULTILINE)


def test_every_kind_of_rule_has_a_row_and_no_row_is_about_what_is_gone() -> None:
    described = {word for row in rows(read(DOCS / "model.md")) for word in words_in_code(row)}
    assert kinds() - described == set()
    assert described - kinds() - {key for table in schema() for key in keys(table)} == set()


def test_the_headings_of_a_text_are_listed_in_order() -> None:
    listed = re.findall(r"\*([A-Z][^*]+)\*", sections(read(DOCS / "model.md"))["approaches/*.md"])
    assert [" ".join(heading.split()) for heading in listed] == list(HEADINGS)


def test_every_key_of_the_contract_is_described() -> None:
    described = words_in_code(read(DOCS / "decision.md"))
    described |= {
        word for block in blocks(read(DOCS / "decision.md"), "json") for word in re.findall(r'"(\w+)"', block)
    }
    assert {field.name for field in fields(Recommendation)} - described == set()


# what is shown happens


@pytest.mark.parametrize("document", [document for document in DOCUMENTS if ">>> " in read(document)], ids=name_of)
def test_python_examples_give_what_they_say(document: Path) -> None:
    example = doctest.DocTestParser().get_doctest(read(document), {}, name_of(document), str(document), 0)
    said: list[str] = []
    found = doctest.DocTestRunner().run(example, out=said.append)
    assert found.attempted > 0
    assert found.failed == 0, "".join(said)


def test_the_readme_has_an_example_in_python_and_one_for_the_shell() -> None:
    assert ">>> " in read(ROOT / "README.md")
    assert any("okr-assistant assess" in command for command, _ in shell_examples(ROOT / "README.md"))


def shell_examples(document: Path) -> Iterator[tuple[str, str]]:
    """Every ``$ command`` in a console block, with the output that is shown under it."""
    for block in blocks(read(document), "console"):
        yield from re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)


@pytest.mark.parametrize(
    ("document", "command", "output"),
    [(document, *example) for document in DOCUMENTS for example in shell_examples(document)],
    ids=lambda value: name_of(value) if isinstance(value, Path) else None,
)
def test_shell_examples_give_what_they_say(document: Path, command: str, output: str, tmp_path: Path) -> None:
    """In an empty folder, with the command of this checkout; "..." in the output stands for anything."""
    tool = tmp_path / "bin" / "okr-assistant"
    tool.parent.mkdir()
    call = shlex.join([sys.executable, "-c", "from okr_assistant.cli import main; main()"])
    tool.write_text(f'#!/bin/sh\nexec {call} "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    folder = tmp_path / "empty"
    folder.mkdir()
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=clean_environment({"PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert doctest.OutputChecker().check_output(output, done.stdout, doctest.ELLIPSIS), done.stdout
