"""A model in another language: the same ids, points, rules and digest, with other texts.

A translation is flat: each key is the path to a text by ids (``questions.work_kind.options.change.label``). What
it has no text for stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from okr_assistant.decision.entry import Line, allowed_instead
from okr_assistant.decision.model import LONGEST_HINT, Model
from okr_assistant.decision.texts import ApproachText
from okr_assistant.errors import LanguageError

TEXTS = frozenset(
    {"title", "name", "phrase", "summary", "artefact", "text", "why_we_ask", "label", "hint", "how", "because"}
    | {"fix", "topic"}
)
"""The keys whose values people read. Sources stay in the language in which they were written."""

_LISTS = ("sections", "questions", "approaches", "rules")
_LINE: TypeAdapter[str] = TypeAdapter(Line)


def texts_of(model: Model) -> dict[str, str]:
    """Return every text that a translation may have, by path, in the model's order."""
    return {path: place[key] for path, place, key in _places(_plain(model)) if place[key]}


def translated(
    model: Model, texts: Mapping[str, object], approaches: Mapping[str, ApproachText], file: str
) -> Model:
    """Return the model with these texts and these words about its approaches.

    ``LanguageError`` names ``file`` and key of what is no text of this model, or cannot be one.
    """
    plain = _plain(model)
    places = {path: (place, key) for path, place, key in _places(plain)}
    for path, text in texts.items():
        if path not in places:
            allowed = f"a text of model {model.version}"
            raise LanguageError("unknown_key", place=f"{file}: {path}", found=path, allowed=allowed)
        place, key = places[path]
        if text != place[key]:  # an empty hint stays one
            place[key] = _line(text, f"{file}: {path}", LONGEST_HINT if key == "hint" else None)
    made = Model.model_validate(plain | {"texts": {**model.texts, **approaches}, "digest": model.digest})
    made.translates(model)
    return made


def _plain(model: Model) -> dict[str, Any]:
    return model.model_dump(by_alias=True, exclude={"texts", "digest"}, exclude_unset=True)


def _places(plain: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each text as its path, and the table and key where it stands."""
    for name in _LISTS:
        yield from _within(plain.get(name, ()), name)


def _within(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    if isinstance(value, tuple | list):
        for entry in value:
            if isinstance(entry, dict):
                yield from _within(entry, f"{path}.{entry.get('id') or entry['approach']}")
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key in TEXTS and isinstance(entry, str):
                yield f"{path}.{key}", value, key
            elif key not in ("when", "ask_if"):
                yield from _within(entry, f"{path}.{key}")


def _line(text: object, place: str, most: int | None) -> str:
    try:
        line = _LINE.validate_python(text, strict=True)
    except ValidationError as error:
        finding = error.errors(include_url=False)[0]
        raise LanguageError("not_allowed", place=place, found=text, allowed=allowed_instead(finding)) from error
    if most is not None and len(line) > most:
        raise LanguageError("not_allowed", place=place, found=text, allowed=f"at most {most} characters")
    return line
