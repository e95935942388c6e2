"""oTree 6 as something to compare with: twelve of our questions on three pages, everybody at once.

oTree is no part of this project and nothing here installs it. Whoever wants the comparison has it in an
environment of its own and names that (``--otree FOLDER``).

A participant here is cheaper than a browser: it fetches no style sheet and no script, and opens none of the
websockets that oTree's pages open. All of that is to oTree's favour.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from okr_assistant.decision.model import Model
from tests.bench.http_client import Browser, Reply
from tests.bench.measured import Times
from tests.serving import Server, clean_environment, free_port

_PROJECT = Path(__file__).with_name("otree_project")
_QUESTIONS, _PAGES = 12, 3
_OPTION = re.compile(r'name="(q\d+)"[^>]*?value="([^"]+)"', re.DOTALL)
_SESSION = re.compile(r"Created session with code (\w+)")


@dataclass(frozen=True)
class OtreeSite:
    """A running oTree server; ``environment`` has the command that makes sessions in its folder."""

    server: Server
    folder: Path
    environment: Path

    def new_session(self, people: int) -> list[str]:
        """Make a session and return the codes of its participants."""
        command = [str(self.environment / "bin" / "otree"), "create_session", "twelve", str(people)]
        made = subprocess.run(
            command, cwd=self.folder, env=_env(self.environment), check=True, capture_output=True, text=True
        )
        found = _SESSION.search(made.stdout + made.stderr)
        assert found, made.stdout + made.stderr
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            query = "SELECT code FROM otree_participant WHERE _session_code = ?"
            codes = [code for (code,) in database.execute(query, (found[1],))]
        assert len(codes) == people
        return codes

    def answers_kept(self) -> int:
        """Count the answers of everybody in all sessions."""
        columns = " + ".join(f"(q{place} IS NOT NULL)" for place in range(_QUESTIONS))
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            return int(database.execute(f"SELECT coalesce(sum({columns}), 0) FROM twelve_player").fetchone()[0])


@contextmanager
def otree_site(environment: Path, model: Model) -> Iterator[OtreeSite]:
    """Start oTree's production server on a copy of the project, and stop it, whatever happens."""
    with TemporaryDirectory(prefix="otree-") as name:
        folder = Path(name, "project")
        shutil.copytree(_PROJECT, folder)
        questions = [
            {"text": question.text, "options": [[option.id, option.label] for option in question.options]}
            for question in islice(model.questions, _QUESTIONS)
        ]
        Path(folder, "questions.json").write_text(json.dumps(questions), encoding="utf-8")
        Path(folder, "_static").mkdir()
        yield from _served(environment, folder, free_port(), Path(name, "log"))


def _served(environment: Path, folder: Path, port: int, log: Path) -> Iterator[OtreeSite]:
    command = [str(environment / "bin" / "otree"), "prodserver", f"127.0.0.1:{port}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_env(environment),
            stdout=out,
            stderr=subprocess.STDOUT,
            # oTree starts a second process, which does not end with the first.
            start_new_session=True,
        )
    try:
        server = Server(process, port, log)
        _wait_until_up(server)
        yield OtreeSite(server, folder, environment)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


async def answer_all(site: OtreeSite, people: int) -> tuple[float, Times]:
    """Let so many people answer at once; seconds until all are done, and for each page that was sent."""
    codes = site.new_session(people)
    before = site.answers_kept()
    begin = time.perf_counter()
    found = await asyncio.gather(*(_participant(site.server.port, code) for code in codes))
    seconds = time.perf_counter() - begin
    assert site.answers_kept() - before == people * _QUESTIONS, site.server.output()[-2000:]
    return seconds, [time_ for times in found for time_ in times]


async def _participant(port: int, code: str) -> Times:
    """Open the first page and send three; each is done when the next one is there."""
    browser, times = Browser(port), []
    try:
        path = f"/InitializeParticipant/{code}"
        first = await browser.get(path)
        path, page = first.location, await browser.follow(first)
        for _ in range(_PAGES):
            fields = _first_options(page)
            begin = time.perf_counter()
            sent = await browser.post(path, fields)
            path, page = sent.location, await browser.follow(sent)
            times.append(time.perf_counter() - begin)
    finally:
        browser.close()
    return times


def _first_options(page: Reply) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in _OPTION.findall(page.text):
        fields.setdefault(name, value)
    assert len(fields) == _QUESTIONS / _PAGES, page.text[:2000]
    return fields


def _env(environment: Path) -> dict[str, str]:
    own = {"OTREE_PRODUCTION": "1", "OTREE_SECRET": "of no use", "OTREE_ADMIN_PASSWORD": ""}
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return clean_environment(own | {"PATH": path})


def _wait_until_up(server: Server) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            server.get("/")
        except OSError:
            assert server.process.poll() is None, server.output()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(server.output())
