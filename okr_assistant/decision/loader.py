"""From files to a checked ``Model``, cases and notes: the only place of ``decision/`` that reads files."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from okr_assistant.decision.cases import Case, parse_cases
from okr_assistant.decision.checks import problems
from okr_assistant.decision.entry import allowed_instead
from okr_assistant.decision.kept import Kept
from okr_assistant.decision.model import Model
from okr_assistant.decision.texts import HEADINGS, ApproachText, BadHeadings, parse_approach_text
from okr_assistant.decision.translation import translated
from okr_assistant.errors import ModelFileError

MODEL_FILE = "model.toml"
_MAX_BYTES = 1024 * 1024

_LONG_KEY = re.compile(r"(?:[\w\"'-]+[ \t]*\.[ \t]*){20}")
_KEYS = "see docs/model.md"
_FILLED_IN = {"texts", "digest"}
"""What a ``Model`` has and the file does not."""


def read_model(folder: Path) -> Model:
    """Read and check the model in ``folder``; the first problem is raised as ``ModelFileError``."""
    model, found = inspect_model(folder)
    if model is None or found:
        raise found[0]
    return model


def inspect_model(folder: Path) -> tuple[Model | None, list[ModelFileError]]:
    """Read the model in ``folder`` and name everything that is wrong with it, in file order."""
    file = folder / MODEL_FILE
    try:
        raw = _toml(file)
        model = Model.model_validate(_frozen(raw) | {"texts": {}, "digest": digest(folder)})
    except ModelFileError as error:
        return None, [error]
    except RecursionError:
        return None, [ModelFileError("too_deep", place=str(file), allowed="a few levels")]
    except ValidationError as error:
        return None, [_schema_error(file, raw, entry) for entry in error.errors(include_url=False)]
    every = set(model.approaches_by_id)
    texts, text_problems = _texts(folder / "approaches", model.approaches_by_id, every)
    found = [*_version(model, folder), *problems(model, str(file)), *text_problems]
    return model.model_copy(update={"texts": texts}), found


def read_translation(model: Model, folder: Path) -> Model:
    """Return the model in the language of ``folder``: its ``<version>.toml`` and ``<version>/approaches/*.md``.

    What is not there stays as it is. ``LanguageError`` or ``ModelFileError`` names file and key of the first
    problem.
    """
    file, approaches = folder / f"{model.version}.toml", folder / model.version / "approaches"
    here = [id_ for id_ in model.approaches_by_id if (approaches / f"{id_}.md").is_file()]
    texts, found = _texts(approaches, here, set(model.approaches_by_id))
    if found:
        raise found[0]
    return translated(model, _toml(file) if file.is_file() else {}, texts, str(file))


def _version(model: Model, folder: Path) -> list[ModelFileError]:
    """A folder has the name of its version; a copy that was not renamed inside would shadow the original."""
    name = folder.resolve().name
    if model.version == name:
        return []
    place = f"{folder / MODEL_FILE}: version"
    return [ModelFileError("version_is_folder", place=place, found=model.version, allowed=name)]


def read_cases(file: Path, model: Model) -> tuple[Case, ...]:
    """Read published cases, one a line; the first problem is raised, with file, line and key."""
    return parse_cases(_bytes(file), str(file), model)


def read_kept(file: Path, model: Model, cases: Iterable[Case]) -> Mapping[str, str]:
    """Read why ``model`` keeps its disagreements with ``cases``, by id; the first problem is raised.

    Empty when nobody has written about this model yet, so that its disagreements can be looked at first.
    """
    raw = _toml(file)
    try:
        kept = Kept.model_validate(raw)
    except ValidationError as error:
        raise _schema_error(file, raw, error.errors(include_url=False)[0], keys=Kept.model_fields) from error
    known = {case.id for case in cases}
    for version, why in kept.why.items():
        for id_ in sorted(why.keys() - known):
            place = f"{file}: why.{version}"
            raise ModelFileError("unknown_id", place=place, found=id_, allowed="the id of a published case")
    return kept.why.get(model.version, {})


def digest(folder: Path) -> str:
    """SHA-256 over ``model.toml`` and ``approaches/*.md``: names and contents, paths sorted, line ends LF."""
    sha = hashlib.sha256()
    for file in sorted([folder / MODEL_FILE, *folder.glob("approaches/*.md")]):
        content = _bytes(file).replace(b"\r\n", b"\n")
        sha.update(f"{file.relative_to(folder).as_posix()}\n{len(content)}\n".encode())
        sha.update(content)
    return sha.hexdigest()


def _bytes(file: Path) -> bytes:
    try:
        if not file.is_file():  # a pipe would be waited for, for ever
            raise ModelFileError("no_file", place=str(file), found="not there, or no ordinary file")
        with file.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ModelFileError("no_file", place=str(file), found=error.strerror) from error
    if len(content) > _MAX_BYTES:
        raise ModelFileError("too_large", place=str(file), allowed=f"{_MAX_BYTES // 1024} KiB")
    return content


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelFileError("not_utf8", place=str(file), found=f"byte {error.start}") from error


def _toml(file: Path) -> dict[str, Any]:
    text = _text(file)
    if _LONG_KEY.search(text):  # tomllib takes time that grows with the square of the parts of a key
        raise ModelFileError("too_deep", place=str(file), allowed="a few levels")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ModelFileError("not_toml", place=str(file), found=str(error)) from error
    except RecursionError as error:
        raise ModelFileError("too_deep", place=str(file), allowed="a few levels") from error
    except ValueError as error:  # an integer of thousands of digits
        raise ModelFileError("not_toml", place=str(file), found="a very long number") from error
    for key in sorted(_FILLED_IN & set(raw)):
        raise ModelFileError("unknown_key", place=f"{file}: {key}", found=key, allowed=_KEYS)
    return raw


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down: strict pydantic takes no list for a tuple."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


def _texts(
    folder: Path, approaches: Iterable[str], may_be_there: Iterable[str]
) -> tuple[dict[str, ApproachText], list[ModelFileError]]:
    texts, found = {}, []
    for approach in approaches:
        file = folder / f"{approach}.md"
        try:
            texts[approach] = parse_approach_text(_text(file))
        except BadHeadings as error:
            found.append(ModelFileError("bad_headings", place=str(file), found=error.args[0], allowed=HEADINGS))
        except ModelFileError as error:
            found.append(error)
    known = {f"{approach}.md" for approach in may_be_there}
    strays = sorted(file for file in folder.glob("*.md") if file.name not in known)
    found += [ModelFileError("unknown_file", place=str(file), allowed=sorted(known)) for file in strays]
    return texts, found


def _schema_error(
    file: Path, raw: Mapping[str, Any], error: Any, keys: str | Iterable[str] = _KEYS
) -> ModelFileError:
    """Turn pydantic's finding into place, what was found and what is allowed."""
    kind, place = error["type"], f"{file}: {_path(raw, error['loc'])}"
    if kind == "missing":
        return ModelFileError("missing_key", place=place)
    if kind == "extra_forbidden":
        return ModelFileError("unknown_key", place=place, found=error["loc"][-1], allowed=keys)
    return ModelFileError("not_allowed", place=place, found=error["input"], allowed=allowed_instead(error))


def _path(raw: Any, loc: tuple[str | int, ...]) -> str:
    """``questions.3.options.0`` with the ids that stand there: ``questions.autonomy.options.team``.

    Pydantic puts tags of unions into the path (``rules.0.blocker.when``); what is no step in the file is left
    out, but for the last step, which may name a key that is missing there.
    """
    parts: list[str] = []
    here = raw
    for number, step in enumerate(loc, start=1):
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            if number == len(loc):
                parts.append(str(step))
            continue
        name = here.get("id") if isinstance(step, int) and isinstance(here, Mapping) else None
        parts.append(str(name) if isinstance(name, str) else str(step))
    return ".".join(parts)
