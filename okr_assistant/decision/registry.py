"""The models of an installation, by version, and the promise that a released one never changes."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from okr_assistant.decision.entry import VERSION
from okr_assistant.decision.loader import MODEL_FILE, digest, read_model, read_translation
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet, check_sheet
from okr_assistant.errors import ModelFileError, UnknownModelError

RELEASED_FILE = "RELEASED"


class Models:
    """Every model in a folder such as ``data/models``; each is read once, when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Model] = {}

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """All versions, oldest first. A folder whose name is no version (a backup, say) is none."""
        found = [path.parent.name for path in self.folder.glob(f"*/{MODEL_FILE}")]
        return tuple(sorted(filter(VERSION.fullmatch, found), key=_age))

    @cached_property
    def released(self) -> dict[str, str]:
        """SHA-256 by released version, from the file ``RELEASED``: one ``version digest`` a line."""
        file = self.folder / RELEASED_FILE
        try:
            lines = [line.split("#")[0].split() for line in file.read_text("utf-8").splitlines()]
        except (OSError, UnicodeDecodeError) as error:
            raise ModelFileError("no_file", place=str(file), found=type(error).__name__) from error
        released: dict[str, str] = {}
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            known = len(line) == 2 and VERSION.fullmatch(line[0]) and re.fullmatch(r"[0-9a-f]{64}", line[1])
            if not known or line[0] in released:
                place = f"{file}, line {number}"
                raise ModelFileError("bad_released", place=place, allowed="VERSION SHA-256, each version once")
            released[line[0]] = line[1]
        return released

    @property
    def newest(self) -> Model:
        """The model that new assessments use: the newest of ours, without a name after the number."""
        ours = [version for version in self.versions if "+" not in version]
        if not ours:
            raise UnknownModelError("no_model", place=str(self.folder))
        return self.get(ours[-1])

    def get(self, version: str, place: str = "model") -> Model:
        """Return the model of this version, checked; ``UnknownModelError`` if there is none."""
        if version not in self._read:
            if version not in self.versions:
                raise UnknownModelError("unknown_model", place=place, found=version, allowed=self.versions)
            self._read[version] = read_model(self.folder / version)
        return self._read[version]

    def for_sheet(self, sheet: AnswerSheet, place: str = "sheet") -> Model:
        """Return the model that the sheet is meant for; an error names the place when it does not fit."""
        model = self.newest if sheet.model is None else self.get(sheet.model, f"{place}: model")
        check_sheet(model, sheet.answers, f"{place}: answers")
        return model

    def check_released(self) -> None:
        """Compare every released model with its digest; the first that was edited or is gone is raised."""
        for version, expected in self.released.items():
            folder = self.folder / version
            if digest(folder) != expected:
                raise ModelFileError("released_model_edited", place=str(folder), found=version)


class TranslatedModels(Models):
    """The same models in the language of a folder such as ``data/locales/de/models``; links and digests agree."""

    def __init__(self, models: Models, translations: Path) -> None:
        Models.__init__(self, models.folder)
        self._models = models
        self._translations = translations

    def get(self, version: str, place: str = "model") -> Model:
        """Return the model of this version; what is not translated is in the words of its own files."""
        if version not in self._read:
            self._read[version] = read_translation(self._models.get(version, place), self._translations)
        return self._read[version]


def _age(version: str) -> tuple[int, int, str]:
    number, _, name = version.partition("+")
    year, _, count = number.partition(".")
    return int(year), int(count), name
