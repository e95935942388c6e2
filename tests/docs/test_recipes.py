"""The recipes of docs/changing.md that are tested: carried out in a copy of the app, from the page's blocks."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from okr_assistant.decision.texts import HEADINGS
from okr_assistant.paths import ROOT
from tests.serving import OKR_ASSISTANT, clean_environment

PAGE = (ROOT / "docs" / "changing.md").read_text(encoding="utf-8")
WHAT_THE_APP_IS = ("okr_assistant", "pages", "data", ".streamlit", "app.py")


def blocks(heading: str, language: str) -> list[str]:
    """The blocks in this language under a heading that begins so, without the indent that a list gives them."""
    section = re.split(rf"^## {re.escape(heading)}.*$", PAGE, flags=re.MULTILINE)[1].partition("\n## ")[0]
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", section, re.MULTILINE | re.DOTALL)
    return [re.sub(f"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


class Copy:
    """A copy of the app in a folder, with its command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        for name in WHAT_THE_APP_IS:
            there = ROOT / name
            to = self.folder / name
            if there.is_dir():
                shutil.copytree(there, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(there, to)
        self.command = folder / "bin" / "okr-assistant"
        self.command.parent.mkdir()
        self.command.write_text(f'#!/bin/sh\nexec {shlex.join(OKR_ASSISTANT)} "$@"\n', encoding="utf-8")
        self.command.chmod(0o755)

    def run(self, script: str) -> str:
        """Run the script of a shell in the copy, and return what it prints; nothing in it may fail."""
        path = f"{self.command.parent}:{Path(sys.executable).parent}:/usr/bin:/bin"
        done = subprocess.run(
            ["sh", "-ec", script],
            cwd=self.folder,
            env=clean_environment({"PATH": path, "PYTHONPATH": str(self.folder)}),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with a new version of the model, and in it one more question and one more approach."""
    copy = Copy(tmp_path_factory.mktemp("recipes"))
    (begin,) = blocks("A number, a reason or a source of the model", "sh")
    assert "Model 2026.2 is fine." in copy.run(begin)
    model = copy.folder / "data" / "models" / "2026.2"
    (question,) = blocks("A question", "toml")
    (approach,) = blocks("An approach", "toml")
    with (model / "model.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{question}\n{approach}")
    text = "\n".join(f"## {heading}\n\nOne person writes five answers.\n" for heading in HEADINGS)
    (model / "approaches" / "v2mom.md").write_text(text, encoding="utf-8")
    return copy


def test_the_new_version_is_fine_and_can_be_released(changed: Copy) -> None:
    said = changed.run("okr-assistant check-model data/models/2026.2")
    found = re.search(r"SHA-256 ([0-9a-f]{64})", said)
    assert found
    released = changed.folder / "data" / "models" / "RELEASED"
    with released.open("a", encoding="utf-8") as file:
        file.write(f"2026.2 {found[1]}\n")
    check = "from okr_assistant.decision.registry import Models\nfrom okr_assistant.paths import MODELS\n"
    check += "Models(MODELS).check_released()\nprint(MODELS, *Models(MODELS).released)"
    assert changed.run(f"python -c {shlex.quote(check)}").split() == [str(released.parent), "2026.1", "2026.2"]


def test_the_new_question_leads_to_the_new_approach(changed: Copy) -> None:
    sheet = json.dumps({"answers": {"founder_intent": "yes"}})
    result = json.loads(changed.run(f"echo '{sheet}' | okr-assistant assess - --json"))
    assert (result["model"], result["approach"], result["verdict"]) == ("2026.2", "v2mom", "not_okr")
    code = changed.run(f"echo '{sheet}' | okr-assistant link -").strip()
    assert json.loads(changed.run(f"okr-assistant open {code} --json"))["approach"] == "v2mom"


def test_it_is_exported_and_has_a_place_on_the_goal_map(changed: Copy) -> None:
    sheet = json.dumps({"answers": {"founder_intent": "yes"}})
    record = changed.run(f"echo '{sheet}' | okr-assistant export - --format md")
    assert "V2MOM" in record
    shown = changed.run("printf 'title,founder_intent\\nThe new plant,yes\\n' | okr-assistant map -")
    assert re.search(r"^ +1 +V2MOM \(100 %\)$", shown, re.MULTILINE), shown


def test_old_links_and_sheets_stay_as_they_were(changed: Copy) -> None:
    sheet = json.dumps({"answers": {"work_kind": "deliver"}, "model": "2026.1"})
    assert json.loads(changed.run(f"echo '{sheet}' | okr-assistant assess - --json"))["model"] == "2026.1"
