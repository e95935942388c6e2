"""Files of a model: whatever stands in them, it is read, or every problem is one of ours and names its file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.loader import inspect_model, read_kept, read_model
from okr_assistant.decision.registry import Models
from okr_assistant.errors import ModelFileError, OkrAssistantError
from okr_assistant.paths import KEPT, MODELS
from tests.fuzz.conftest import bounded, fuzz
from tests.fuzz.damage import damaged_bytes, damaged_text

VERSION = "2026.1"
FILE = (MODELS / VERSION / "model.toml").read_text("utf-8")
BLOCKS = FILE.split("\n\n")
APPROACH = (MODELS / VERSION / "approaches" / "bets.md").read_text("utf-8")
RELEASED = (MODELS / "RELEASED").read_text("utf-8")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(MODELS, folder, dirs_exist_ok=True)
    return folder


@contextmanager
def written(file: Path, content: bytes) -> Iterator[None]:
    before = file.read_bytes()
    file.write_bytes(content)
    try:
        yield
    finally:
        file.write_bytes(before)


def refused_or_read(folder: Path) -> None:
    with bounded():
        model, problems = inspect_model(folder)
    assert (model is None) <= bool(problems)
    assert all(isinstance(problem, ModelFileError) for problem in problems)
    assert all(str(folder) in problem.place for problem in problems)
    if problems:
        with bounded(), pytest.raises(ModelFileError):
            read_model(folder)


@st.composite
def models(draw: st.DrawFn) -> str:
    """The model with some of its blocks damaged, doubled, moved or left out."""
    blocks = list(BLOCKS)
    for _ in range(draw(st.integers(1, 3))):
        at, other = (draw(st.integers(0, len(blocks) - 1)) for _ in range(2))
        match draw(st.sampled_from(("damage", "double", "move", "delete"))):
            case "damage":
                blocks[at] = draw(damaged_text([blocks[at]]))
            case "double":
                blocks.insert(other, blocks[at])
            case "move":
                blocks[at], blocks[other] = blocks[other], blocks[at]
            case _:
                del blocks[at]
    return "\n\n".join(blocks)


@pytest.mark.robustness(42)
def test_any_model_is_read_or_its_problems_are_named(shelf: Path) -> None:
    @fuzz(60)
    @given(models().map(lambda text: text.encode("utf-8", "surrogatepass")) | damaged_bytes([FILE.encode()]))
    def run(content: bytes) -> None:
        with written(shelf / VERSION / "model.toml", content):
            refused_or_read(shelf / VERSION)

    run()


def test_any_text_of_an_approach_is_read_or_its_problems_are_named(shelf: Path) -> None:
    @fuzz(30)
    @given(damaged_text([APPROACH]))
    def run(content: str) -> None:
        with written(shelf / VERSION / "approaches" / "bets.md", content.encode("utf-8", "surrogatepass")):
            refused_or_read(shelf / VERSION)

    run()


@pytest.mark.robustness(30)
def test_any_list_of_released_models_opens_them_as_released_or_refuses(shelf: Path) -> None:
    @fuzz(60)
    @given(damaged_text([RELEASED]))
    def run(content: str) -> None:
        with written(shelf / "RELEASED", content.encode("utf-8", "surrogatepass")), bounded():
            try:
                models = Models(shelf)
            except OkrAssistantError:
                return
            assert VERSION in models.versions

    run()


def test_any_list_of_kept_disagreements_is_read_or_refused(tmp_path: Path) -> None:
    model = Models(MODELS).newest
    file = tmp_path / "kept.toml"

    @fuzz(100)
    @given(damaged_text([KEPT.read_text("utf-8")]))
    def run(content: str) -> None:
        file.write_bytes(content.encode("utf-8", "surrogatepass"))
        with bounded(), suppress(ModelFileError):
            read_kept(file, model, ())

    run()
