"""Bad model files: each is refused whole, with file, key, what was found and what is allowed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from okr_assistant.decision.loader import digest, inspect_model, read_model
from okr_assistant.decision.registry import Models
from okr_assistant.errors import ModelFileError, UnknownModelError
from okr_assistant.paths import MODELS
from okr_assistant.store import SqlStore
from okr_assistant.web import context
from okr_assistant.words import Words

Edit = Callable[[str], str]


def replaced(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return edit


BAD: dict[str, tuple[Edit, str, str]] = {
    # name: (edit of model.toml, problem, part of the place)
    "not TOML": (replaced("format = 1", "format = = 1"), "not_toml", "model.toml"),
    "duplicate key": (replaced("format = 1", "format = 1\nformat = 1"), "not_toml", "model.toml"),
    "unknown format": (replaced("format = 1", "format = 2"), "not_allowed", "format"),
    "number as text": (replaced("format = 1", 'format = "1"'), "not_allowed", "format"),
    "bad version": (replaced('version = "2026.1"', 'version = "latest"'), "not_allowed", "version"),
    "unknown key": (replaced("format = 1", "format = 1\ncolour = 3"), "unknown_key", "colour"),
    "unknown key in an option": (
        replaced('label = "An idea"', 'label = "An idea"\nweight = 2'),
        "unknown_key",
        "questions.product_stage.options.idea.weight",
    ),
    "missing key": (replaced('label = "An idea"\n', ""), "missing_key", "product_stage.options.idea.label"),
    "points too large": (
        replaced('approach = "okr", points = 6', 'approach = "okr", points = 7'),
        "not_allowed",
        "questions.work_kind.options.change.points.0.points",
    ),
    "points NaN": (
        replaced('approach = "okr", points = 6', 'approach = "okr", points = nan'),
        "not_allowed",
        "points.0.points",
    ),
    "points as a fraction": (
        replaced('approach = "okr", points = 6', 'approach = "okr", points = 5.5'),
        "not_allowed",
        "points.0.points",
    ),
    "points true": (
        replaced('approach = "okr", points = 6', 'approach = "okr", points = true'),
        "not_allowed",
        "points.0.points",
    ),
    "points zero": (
        replaced('approach = "okr", points = 6', 'approach = "okr", points = 0'),
        "zero_points",
        "questions.work_kind.options.change.points.okr",
    ),
    "points without a source": (
        replaced('describe.", sources = ["svorstol-2022", "castro-kpi"]', 'describe.", sources = []'),
        "not_allowed",
        "sources",
    ),
    "points for an unknown approach": (
        replaced('approach = "okr", points = 6', 'approach = "okrs", points = 6'),
        "unknown_id",
        "points.okrs",
    ),
    "unknown source": (replaced('"castro-kpi"]', '"castro"]'), "unknown_id", "points.okr.sources"),
    "duplicate question": (
        replaced('id = "product_stage"', 'id = "work_kind"'),
        "duplicate_id",
        "questions",
    ),
    "duplicate option": (replaced('id = "deliver"', 'id = "change"'), "duplicate_id", "work_kind.options"),
    "duplicate points": (
        replaced('approach = "milestones", points = -3', 'approach = "okr", points = -3'),
        "duplicate_id",
        "work_kind.options.change.points",
    ),
    "option called unsure": (replaced('id = "mixed"', 'id = "unsure"'), "reserved_id", "unsure"),
    "unknown section": (replaced('section = "work"', 'section = "works"'), "unknown_id", "work_kind.section"),
    "unknown scale": (replaced('scale = "nominal"', 'scale = "loose"'), "not_allowed", "work_kind.scale"),
    "how without changeable": (
        replaced("changeable = true\n", ""),
        "how_and_changeable",
        "stakeholder_involvement.options.together.how",
    ),
    "axis value missing": (replaced("axis = 0\n", ""), "axis_incomplete", "product_stage.options.idea.axis"),
    "axis value too large": (replaced("axis = 25", "axis = 125"), "not_allowed", "options.searching.axis"),
    "ask_if names a later question": (
        replaced('question = "outcome_clarity", in = ["only_output"', 'question = "autonomy", in = ["team"'),
        "unknown_id",
        "measurability.ask_if.question",
    ),
    "rule on an unknown option": (
        replaced('question = "use_of_goals", in = ["appraise"]', 'question = "use_of_goals", in = ["pay"]'),
        "unknown_id",
        "rules.goals_judge_people.when.in",
    ),
    "rule of an unknown kind": (replaced('kind = "blocker"', 'kind = "veto"'), "not_allowed", "goals_judge"),
    "rule with an unknown condition": (
        replaced('when = { question = "use_of_goals", in = ["appraise"] }', 'when = { is = "x" }'),
        "not_allowed",
        "rules.goals_judge_people.when",
    ),
    "rule with code": (
        replaced('when = { question = "use_of_goals", in = ["appraise"] }', 'when = "use_of_goals == 1"'),
        "not_allowed",
        "rules.goals_judge_people.when",
    ),
    "contested with one side": (
        replaced('against = { text = "Berk', 'againts = { text = "Berk'),
        "missing_key",
        "rules.before_fit.against",
    ),
    "source that is no web address": (
        replaced('url = "https://basecamp.com/shapeup"', 'url = "javascript:alert(1)"'),
        "not_allowed",
        "sources.singer-2019.url",
    ),
    "no okr": (replaced('[[approaches]]\nid = "okr"', '[[approaches]]\nid = "okrx"'), "missing_okr", "approaches"),
    "approach that no answer speaks for": (
        lambda text: re.sub(r'(?s)(\[\[approaches\]\]\nid = )"okr"(.*?\n\n)', r'\1"okr"\2\1"luck"\2', text),
        "never_reached",
        "approaches.luck",
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "2026.1"
    shutil.copytree(MODELS / "2026.1", copy)
    return copy


@pytest.mark.robustness(42)
@pytest.mark.parametrize("name", BAD)
def test_a_bad_model_file_is_refused(folder: Path, name: str, words: Words) -> None:
    edit, problem, place = BAD[name]
    file = folder / "model.toml"
    file.write_text(edit(file.read_text("utf-8")), "utf-8")

    _, found = inspect_model(folder)

    matching = [error for error in found if error.problem == problem and place in error.place]
    assert matching, [str(error) for error in found]
    assert matching[0].place.startswith(str(file))
    line = words.error_line(matching[0])
    assert "\n" not in line
    assert "None" not in line
    with pytest.raises(ModelFileError):
        read_model(folder)


def test_not_utf8(folder: Path) -> None:
    (folder / "model.toml").write_bytes(b"format = 1 # \xff")
    with pytest.raises(ModelFileError) as caught:
        read_model(folder)
    assert (caught.value.problem, caught.value.found) == ("not_utf8", "byte 13")


def test_too_large(folder: Path) -> None:
    (folder / "model.toml").write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(ModelFileError) as caught:
        read_model(folder)
    assert caught.value.problem == "too_large"


def test_nested_too_deeply(folder: Path) -> None:
    (folder / "model.toml").write_text("x = " + "[" * 100_000, "utf-8")
    with pytest.raises(ModelFileError) as caught:
        read_model(folder)
    assert caught.value.problem in {"too_deep", "not_toml"}


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        read_model(tmp_path / "nothing")
    assert caught.value.problem == "no_file"


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        ("", "bad_headings"),
        ("Hello\n## What it is\nx", "bad_headings"),
        ("## What it is\nx\n## What it is\ny", "bad_headings"),
    ],
)
def test_an_approach_without_its_headings(folder: Path, markdown: str, problem: str) -> None:
    (folder / "approaches" / "bets.md").write_text(markdown, "utf-8")
    _, found = inspect_model(folder)
    assert [error.problem for error in found] == [problem]
    assert "What it is" in found[0].allowed


def test_an_approach_without_words_and_words_without_an_approach(folder: Path) -> None:
    (folder / "approaches" / "bets.md").rename(folder / "approaches" / "best.md")
    _, found = inspect_model(folder)
    assert [error.problem for error in found] == ["no_file", "unknown_file"]


def test_the_digest_covers_every_byte_and_every_name(folder: Path) -> None:
    before = digest(folder)
    assert before == digest(MODELS / "2026.1")
    text = folder / "approaches" / "flow.md"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(folder) == before, "line ends do not count"
    text.write_text(text.read_text("utf-8").replace("queue", "list"), "utf-8")
    assert digest(folder) != before
    shutil.copy(MODELS / "2026.1" / "approaches" / "flow.md", text)
    text.rename(folder / "approaches" / "flows.md")
    assert digest(folder) != before


@pytest.fixture
def shelf(tmp_path: Path, folder: Path) -> Path:
    (tmp_path / "RELEASED").write_text(f"# comment\n2026.1 {digest(folder)}\n", "utf-8")
    return tmp_path


@pytest.mark.robustness(30)
def test_a_released_model_that_was_edited_stops_the_start(shelf: Path) -> None:
    Models(shelf).check_released()
    with (shelf / "2026.1" / "approaches" / "okr.md").open("a") as file:
        file.write("one more word\n")
    with pytest.raises(ModelFileError) as caught:
        Models(shelf).check_released()
    assert (caught.value.problem, caught.value.found) == ("released_model_edited", "2026.1")


@pytest.mark.robustness(30)
def test_the_models_of_this_release_are_as_released() -> None:
    Models(MODELS).check_released()


@pytest.mark.robustness(30)
def test_the_app_does_not_start_with_an_edited_released_model(
    shelf: Path, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (shelf / "2026.1" / "approaches" / "flow.md").open("a") as file:
        file.write("more\n")
    monkeypatch.setattr(context, "MODELS", shelf)
    with pytest.raises(ModelFileError) as caught:
        context.build_services(store)
    assert caught.value.problem == "released_model_edited"


@pytest.mark.parametrize(
    "text",
    ["2026.1\n", f"2026.1 {'0' * 63}\n", f"../2026.1 {'0' * 64}\n", f"2026.1 {'0' * 64}\n2026.1 {'1' * 64}\n"],
)
def test_a_line_in_released_that_nobody_understands(shelf: Path, text: str) -> None:
    (shelf / "RELEASED").write_text(text, "utf-8")
    with pytest.raises(ModelFileError) as caught:
        Models(shelf).check_released()
    assert caught.value.problem == "bad_released"


def test_no_released_file(shelf: Path) -> None:
    (shelf / "RELEASED").unlink()
    with pytest.raises(ModelFileError) as caught:
        Models(shelf).check_released()
    assert caught.value.problem == "no_file"


def test_a_backup_beside_the_models_is_no_model(shelf: Path) -> None:
    shutil.copytree(shelf / "2026.1", shelf / "2026.1.bak")
    shutil.copytree(shelf / "2026.1", shelf / "2026.1 (copy)")
    assert Models(shelf).versions == ("2026.1",)


def test_keys_of_many_parts_are_refused_at_once(folder: Path) -> None:
    (folder / "model.toml").write_text(".".join(["a"] * 5000) + " = 1\n", "utf-8")
    with pytest.raises(ModelFileError) as caught:
        read_model(folder)
    assert caught.value.problem == "too_deep"


def test_a_pipe_is_no_model(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "model.toml")
    with pytest.raises(ModelFileError) as caught:
        read_model(tmp_path)
    assert caught.value.problem == "no_file"


def test_versions_are_ordered_by_number_and_named_ones_are_not_the_newest(shelf: Path) -> None:
    for version in ("2026.10", "2026.2", "2027.1+acme"):
        shutil.copytree(shelf / "2026.1", shelf / version)
        file = shelf / version / "model.toml"
        file.write_text(file.read_text("utf-8").replace('"2026.1"', f'"{version}"'), "utf-8")
    models = Models(shelf)
    assert models.versions == ("2026.1", "2026.2", "2026.10", "2027.1+acme")
    assert models.newest.version == "2026.10"
    assert models.get("2027.1+acme").version == "2027.1+acme"


def test_an_unknown_version_names_those_there_are(shelf: Path) -> None:
    with pytest.raises(UnknownModelError) as caught:
        Models(shelf).get("2031.9")
    assert (caught.value.found, caught.value.allowed) == ("2031.9", "2026.1")


def test_a_folder_with_another_version_in_it(shelf: Path) -> None:
    (shelf / "2026.1").rename(shelf / "2026.2")
    with pytest.raises(ModelFileError) as caught:
        Models(shelf).get("2026.2")
    assert caught.value.problem == "version_is_folder"


def test_no_model_at_all(tmp_path: Path) -> None:
    with pytest.raises(UnknownModelError):
        _ = Models(tmp_path).newest
