"""Reading deploy/Dockerfile as far as the tests need it: instructions in order, lines joined."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.serving import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
PATH = DEPLOY / "Dockerfile"


@dataclass(frozen=True)
class Instruction:
    """``stage`` counts from 1; 0 is before the first ``FROM``."""

    stage: int
    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.rest)


def instructions(path: Path = PATH) -> list[Instruction]:
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found, stage = list[Instruction](), 0
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, rest = line.partition(" ")
        stage += name == "FROM"
        found.append(Instruction(stage, name, rest.strip()))
    return found


def last(name: str) -> Instruction:
    """The last instruction of this name, which is the one that counts."""
    return [one for one in instructions() if one.name == name][-1]


def health_command() -> list[str]:
    return [str(word) for word in json.loads(last("HEALTHCHECK").rest.partition("CMD ")[2])]


def start_command() -> list[str]:
    return [str(word) for word in json.loads(last("CMD").rest)]


def environment() -> dict[str, str]:
    """What the image sets."""
    return dict(word.split("=", 1) for one in instructions() if one.name == "ENV" for word in one.words)


def copied() -> list[tuple[str, str]]:
    """Source and target of everything that comes from the checkout."""
    found = []
    for one in instructions():
        if one.name == "COPY" and not one.words[0].startswith("--"):
            *sources, target = one.words
            found += [(source, target) for source in sources]
    return found
