"""What all tests share: the real model, the real catalogue, and sheets drawn from a fixed seed."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from okr_assistant.decision import registry
from okr_assistant.decision.loader import digest, read_model
from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.store import SqlStore, open_store
from okr_assistant.words import Words, read_words
from tests.postgres import PostgresServer, a_database, start_server
from tests.robustness import numbers_of
from tests.serving import OKR_ASSISTANT, Server, free_port, running
from tests.stores import put_empty_store

# A test that is slow on a busy machine is not wrong, and neither is what draws its input.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
# `make mutants` asks a thousand times whether a test fails, and never what the smallest failure is.
settings.register_profile("mutants", settings.get_profile("untimed"), phases=[Phase.explicit, Phase.generate])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of robustness are found and reported by their numbers, see ``tests/robustness.py``."""
    for item in items:
        for number in numbers_of(item):
            item.user_properties.append(("robustness", number))
            item.extra_keyword_matches.add(f"robustness_{number:02}")


def pytest_report_teststatus(report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
    if not isinstance(report, pytest.TestReport) or report.when != "call":
        return None
    numbers = ", ".join(str(value) for name, value in report.user_properties if name == "robustness")
    letter = {"passed": ".", "failed": "F"}.get(report.outcome, "")
    return (
        (report.outcome, letter, f"ROBUSTNESS {numbers} {report.outcome.upper()}") if numbers and letter else None
    )


@pytest.fixture(scope="session")
def models() -> Models:
    return Models(MODELS)


@pytest.fixture(scope="session")
def model(models: Models) -> Model:
    return models.newest


@pytest.fixture(scope="session")
def words() -> Words:
    return read_words(LOCALES)


@pytest.fixture(scope="session", autouse=True)
def _no_data_of_anybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test forgets: the user's own folder for data is a temporary one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _each_model_is_read_once() -> Iterator[None]:
    """Commands that run in the tests' own process find the model as the one before left it: read and checked.

    Under its digest: one that a test has edited, or put elsewhere, is read anew.
    """

    def read(folder: Path) -> Model:
        return read_as(folder.resolve(), digest(folder))

    @cache
    def read_as(folder: Path, _digest: str) -> Model:
        return read_model(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "read_model", read)
        yield


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store in a folder of its own: the real one, on a real file."""
    with closing(open_store(put_empty_store(tmp_path / "data"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """A real PostgreSQL, the same one for all processes of this run."""
    return start_server(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())))


@contextmanager
def an_empty_place(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where an empty store is, on the engine of the fixture that asks: in this folder, or on the server."""
    if request.param == "sqlite":
        yield str(put_empty_store(folder))
        return
    with a_database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty store is, for ``tests.stores.open_at`` in any process: on each engine in turn."""
    with an_empty_place(request, tmp_path / "data") as found:
        yield found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`okr-assistant serve`, started in a folder that is not the checkout."""
    folder = tmp_path_factory.mktemp("serve")
    port = free_port()
    command = [*OKR_ASSISTANT, "serve", "--port", str(port)]
    with running(command, port, folder / "log", cwd=folder) as started:
        yield started


def random_sheets(model: Model, count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Sheets with open, unsure and hidden answers among them."""
    dice = random.Random(seed)
    for _ in range(count):
        filled = dice.random()
        yield {
            question.id: dice.choice(question.choices) for question in model.questions if dice.random() < filled
        }


def complete_sheets(model: Model, count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Complete sheets without ``unsure``, drawn evenly: every distinct one is equally likely.

    Questions that would be hidden are not in the sheet, so a sheet that hides two questions stands for itself
    once and not for all their answers.
    """
    dice = random.Random(seed)
    gates = {q.ask_if for q in model.questions if q.ask_if is not None}
    gated = [q for q in model.questions if q.ask_if is not None]
    hidden_ways = 1
    for question in gated:
        hidden_ways *= len(question.options)
    while count:
        sheet = {q.id: dice.choice(q.options).id for q in model.questions}
        hides = any(gate.truth(sheet) is False for gate in gates)
        if hides and dice.randrange(hidden_ways):
            continue
        if hides:
            sheet = {id_: answer for id_, answer in sheet.items() if id_ not in {q.id for q in gated}}
        count -= 1
        yield sheet
