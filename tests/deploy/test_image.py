"""The image, as far as it can be told without building one: its parts are there, and its steps work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from okr_assistant.settings import PREFIX, Settings, variable
from okr_assistant.web.routes import all_routes
from tests.deploy.dockerfile import copied, environment, health_command, instructions, last, start_command
from tests.serving import CHECKOUT, clean_environment, free_port, running

PINNED = re.compile(r"[a-z/]+:\d+\.\d+\.\d+-[a-z]+(-[a-z]+)?$")


def test_the_base_is_pinned_and_both_stages_have_the_same() -> None:
    (base,) = [one.rest for one in instructions() if one.name == "ARG"]
    assert PINNED.match(base.removeprefix("BASE="))
    assert [one.words[0] for one in instructions() if one.name == "FROM"] == ["${BASE}", "${BASE}"]


def test_what_is_copied_is_in_the_checkout_and_let_through() -> None:
    let_through = [
        line.removeprefix("!") for line in (CHECKOUT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    ]
    assert sorted({source for source, _ in copied()}) == sorted(let_through)
    assert [source for source, _ in copied() if not (CHECKOUT / source).exists()] == []


def test_nobody_is_root_and_nothing_is_secret() -> None:
    assert last("USER").rest == "10001:10001"
    assert last("USER").stage == 2
    assert not any(re.search(r"(?i)password|secret|token|_key", one.rest) for one in instructions())
    assert "ADD" not in {one.name for one in instructions()}


def test_packages_come_from_the_lock_with_their_hashes() -> None:
    locked, own = [one.rest for one in instructions() if "pip install" in one.rest]
    assert "--require-hashes -r requirements.lock" in locked
    assert "--no-deps --no-build-isolation" in own


def test_the_health_check_asks_what_is_there_where_it_listens() -> None:
    command = start_command()
    port = command[command.index("--port") + 1]
    assert last("EXPOSE").rest == port
    (asked,) = re.findall(r"http://127\.0\.0\.1:(\d+)(/[a-z/]+)", " ".join(health_command()))
    assert asked[0] == port
    assert asked[1] in [getattr(route, "path", "") for route in all_routes()]


def test_every_variable_of_ours_is_a_setting() -> None:
    settings = {variable(field) for field in Settings.model_fields}
    assert {name for name in environment() if name.startswith(PREFIX)} <= settings
    assert environment()["OKR_ASSISTANT_DATA"] == "/var/lib/okr-assistant"


@pytest.mark.wheel
@pytest.mark.long
def test_the_steps_make_something_that_serves_and_is_healthy(tmp_path: Path) -> None:
    """The steps of the first stage in a folder, then what the image starts."""
    build, made = tmp_path / "build", tmp_path / "made"
    for source, target in copied():
        place = build / (source if target == "./" else target)
        place.parent.mkdir(parents=True, exist_ok=True)
        whole = (CHECKOUT / source).is_dir()
        (shutil.copytree if whole else shutil.copyfile)(CHECKOUT / source, place)
    for one in instructions():
        if one.name == "RUN" and one.stage == 1:
            step = re.sub(r"^python ", f"{sys.executable} ", one.rest.replace("/srv/okr-assistant", str(made)))
            done = subprocess.run(
                ["sh", "-c", step], cwd=build, env=clean_environment(), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(build)  # the second stage has only what was made
    started_and_healthy(made, tmp_path)


def started_and_healthy(made: Path, folder: Path) -> None:
    port, home = free_port(), folder / "tmp"
    home.mkdir()
    command = [word if word != "8501" else str(port) for word in start_command()]
    path = f"{made / 'bin'}{os.pathsep}/usr/local/bin{os.pathsep}/usr/bin{os.pathsep}/bin"
    env = {"HOME": str(home), "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    check = [word.replace(":8501", f":{port}") for word in health_command()]
    command[0] = str(made / "bin" / command[0])
    check[0] = str(made / "bin" / check[0])
    assert subprocess.run(check, env=env, capture_output=True, check=False).returncode != 0
    with running(command, port, folder / "log", cwd=home, env=env) as server:
        assert subprocess.run(check, env=env, check=False).returncode == 0
        assert server.get("/assess").status == 200
    assert list(home.iterdir()) == [], "nothing is written where a read-only image could not be"
