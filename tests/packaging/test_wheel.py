"""The wheel works where no checkout is: built, installed into an empty environment, run from elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from okr_assistant.paths import ROOT
from tests.serving import chromium, clean_environment, free_port, running

pytestmark = pytest.mark.wheel


def _run(*command: str | Path, cwd: Path, sent: str = "") -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        input=sent,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that has the locked packages and the wheel, nothing of the checkout.

    A real installation: the lock with its hashes from the package registry, then the wheel by itself (20 s).
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    pip = [folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    _run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    _run(*pip, "--no-deps", wheel, cwd=folder)
    return folder / "bin"


def test_the_wheel_carries_what_the_app_needs_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        f"okr_assistant/_bundle/{path.relative_to(ROOT).as_posix()}"
        for folder in ("data", "pages")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    needed |= {"okr_assistant/_bundle/app.py", "okr_assistant/_bundle/.streamlit/config.toml"}
    needed |= {f"okr_assistant/export/{name}.typ" for name in ("parts", "record", "workshop")}
    assert names >= needed
    assert [name for name in names if "test" in name or "__pycache__" in name] == []
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"okr_assistant"}


def _is_not_the_checkout(installed: Path, cwd: Path) -> None:
    where = _run(installed / "python", "-c", "import okr_assistant; print(okr_assistant.__file__)", cwd=cwd)
    assert where.startswith(str(installed.parent)), "the wheel is tested, not the checkout"


def test_it_assesses_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    _is_not_the_checkout(installed, tmp_path)
    sheet = json.dumps({"answers": {"work_kind": "sustain"}})
    result = json.loads(_run(installed / "okr-assistant", "assess", "-", "--json", cwd=tmp_path, sent=sheet))
    assert (result["approach"], result["verdict"]) == ("health_metrics", "not_okr")
    assert list(tmp_path.iterdir()) == []


def test_it_exports_documents_and_pictures(installed: Path, tmp_path: Path) -> None:
    _is_not_the_checkout(installed, tmp_path)
    for format_, start in (("pdf", b"%PDF-"), ("png", b"\x89PNG")):
        file = tmp_path / format_
        command = [installed / "okr-assistant", "export", "-", "--format", format_, "-o", file]
        _run(*command, cwd=tmp_path, sent='{"answers": {"work_kind": "sustain"}}')
        assert file.read_bytes().startswith(start)


def test_it_serves_the_app_from_anywhere(installed: Path, tmp_path: Path) -> None:
    _is_not_the_checkout(installed, tmp_path)
    port = free_port()
    command = [str(installed / "okr-assistant"), "serve", "--port", str(port)]
    with running(command, port, tmp_path / "log", cwd=tmp_path) as server:
        assert "content-security-policy" in server.get("/").headers
        assert server.get("/assess").status == 200
        with chromium() as browser:
            page = browser.new_page()
            page.goto(server.url)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.get_by_test_id("stException")).to_have_count(0)
            page.goto(f"{server.url}/assess")
            expect(page.get_by_role("heading", level=1)).to_have_text("Assess a piece of work")
        here, kept = server.output().splitlines()
        assert here == f"OKR Assistant is at {server.url}"
        assert kept.startswith("What people keep is in ")
