"""What `import okr_assistant` promises."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys

import pytest

import okr_assistant
from okr_assistant import AnswerSheet, Models, assess, load_model, read_sheet
from okr_assistant.errors import UnknownModelError


@pytest.mark.parametrize("name", okr_assistant.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(okr_assistant, name)), name
    # a dataclass without a docstring is given its signature as one
    assert not (inspect.getdoc(getattr(okr_assistant, name)) or "").startswith(f"{name}(")


def test_the_example_in_the_docstring_runs() -> None:
    found = doctest.testmod(okr_assistant)
    assert (found.attempted, found.failed) == (2, 0)


def test_without_a_version_the_newest_model_is_loaded(models: Models) -> None:
    assert load_model() == models.newest
    assert load_model(models.newest.version) == models.newest


def test_an_unknown_version_names_those_there_are(models: Models) -> None:
    with pytest.raises(UnknownModelError) as refusal:
        load_model("nope")
    assert refusal.value.problem == "unknown_model"
    assert refusal.value.found == "nope"
    assert refusal.value.allowed.split(", ") == list(models.versions)


def test_a_sheet_as_json_and_one_from_python_give_the_same() -> None:
    model = load_model()
    from_json = read_sheet(b'{"answers": {"work_kind": "learn"}, "title": "Tests"}')
    assert from_json == AnswerSheet({"work_kind": "learn"}, "Tests")
    assert assess(model, from_json).approach == "discovery"


def test_the_library_does_without_the_app() -> None:
    """Importing it stays quick: neither the app nor the charts, nor the command line, come along."""
    heavy = {"altair", "numpy", "pandas", "pydantic_settings", "starlette", "streamlit", "typer"}
    code = f"import sys; import okr_assistant; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
