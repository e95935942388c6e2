"""The pages of the docs that are written from data: ``make docs``, or ``python -m tests.docs.written``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.paths import LOCALES, MODELS, ROOT
from okr_assistant.views.method import MethodView, OptionPart, RulePart, method_view
from okr_assistant.words import Words, read_words
from tests.docs.problems import raised_by, sentences

DOCS = ROOT / "docs"
_HOW = "Written by `make docs` from {source}; a test says when it is out of step."

_GROUPS = {
    "Starting, and settings": {"OkrAssistantError", "SettingsError"},
    "Models and translations": {"ModelFileError", "UnknownModelError", "LanguageError"},
    "Answer sheets and records": {"SheetError", "ResultError"},
    "Links and saved results": {"PayloadError", "LinkError", "ResultsError"},
    "Workshops": {"RoomError", "NoRoomError"},
    "The goal map and its tables": {"PortfolioError"},
    "First drafts": {"DraftError"},
    "What people type": {"TextError"},
    "The JSON API": {"RequestError"},
    "The database, and files that are written": {"StoreError"},
}
"""The headings of the page about errors, each with the errors that it is about."""
_SEVERAL = "Several of these"
_PAGES = ("not_here.title", "not_here.damaged_title", "not_here.no_model_title", "trouble.title")
_PAGES += ("trouble.store_title", "trouble.form_title", "trouble.large_title", "trouble.busy_title")
_PAGES += ("error.address_title", "error.unexpected_title", "error.not_connected_title", "facilitate.gone_title")
_TEXTS = {"error.address_title": "error.address_nothing", "facilitate.gone_title": "error.no_room"}
"""Where the text of a page is under another key than its title's without ``_title``."""


def _cell(text: str) -> str:
    return re.sub(r"\{(\w+)\}", r"*\1*", text.replace("|", "\\|"))


def _table(*rows: tuple[str, str]) -> Iterator[str]:
    head, *body = rows
    yield f"| {head[0]} | {head[1]} |"
    yield "|---|---|"
    yield from (f"| {one} | {other} |" for one, other in body)


def errors_page(words: Words) -> str:
    """Every error as people read it, grouped by what it is about."""
    by_group: dict[str, list[tuple[str, str]]] = {title: [] for title in (*_GROUPS, _SEVERAL)}
    raised = raised_by(words)
    for problem, text in sentences(words).items():
        titles = [title for title, errors in _GROUPS.items() if errors & raised[problem]]
        by_group[titles[0] if len(titles) == 1 else _SEVERAL].append((f"`{problem}`", _cell(text)))
    pages = [(_cell(words(key)), _cell(words(_text_of(key)))) for key in _PAGES]
    lines = [
        "# Errors",
        "",
        _HOW.format(source="the words of the interface"),
        "",
        "An error says where it is, what was found and what is allowed: on screens, on the command line, and in",
        "the [JSON API](api.md), where the id is `problem`. *found* and *allowed* stand for what is named then.",
    ]
    for title, found in by_group.items():
        if found:
            lines += ["", f"## {title}", "", *_table(("id", "what it says"), *found)]
    lines += ["", "## Whole pages", "", *_table(("title", "what it says"), *pages)]
    return "\n".join(lines) + "\n"


def _text_of(title: str) -> str:
    """The key of the text under a title of a page."""
    usual = title.removesuffix("_title") if title.endswith("_title") else title.replace(".title", ".text")
    return _TEXTS.get(title, usual)


def method_page(model: Model, words: Words) -> str:
    """The model as a reader sees it, without the citations, which are on the page *Method* and in the file."""
    view = method_view(model, words)
    lines = [
        f"# Model {view.version}: questions, points, rules, approaches",
        "",
        _HOW.format(source=f"`data/models/{view.version}/`"),
        "",
        f"{view.counts.rpartition(' All of it')[0]} The page *Method* of the app has all of it with the sources;",
        "[decision.md](decision.md) says what follows from the points, [model.md](model.md) how to change them.",
        f"SHA-256 `{view.digest}`.",
        *_approaches(view),
        *_questions(view),
        "",
        "## Rules",
    ]
    for group in view.rules:
        lines += ["", f"### {group.title}", "", group.meaning, "", *(_rule(rule) for rule in group.rules)]
    return "\n".join(lines) + "\n"


def _approaches(view: MethodView) -> Iterator[str]:
    yield from ("", "## Approaches", "")
    named = (
        (f"**{each.name}** (`{each.id}`)", f"{each.summary} It ends in: {each.artefact}")
        for each in view.approaches
    )
    yield from _table(("approach", "what it is, and what it ends in"), *named)


def _questions(view: MethodView) -> Iterator[str]:
    yield from ("", "## Questions")
    for question in view.questions:
        yield from ("", f"### {question.text}", "")
        yield f"`{question.id}`, {question.section}. {question.why_we_ask} {question.asked_when}".strip()
        yield ""
        yield from _table(("answer", "points"), *map(_option, question.options))


def _option(option: OptionPart) -> tuple[str, str]:
    points = "<br>".join(f"**{each.points}** {each.approach}: {each.because}" for each in option.points)
    hint = f" {option.hint}" if option.hint else ""
    return f"**{_cell(option.label)}** (`{option.id}`).{_cell(hint)}", _cell(points) or "none"


def _rule(rule: RulePart) -> str:
    further = " ".join(text for text, _ in rule.lines)
    said = " ".join(filter(None, (f"**{rule.heading}**", f"(`{rule.id}`).", rule.when, rule.because, further)))
    return f"- {said}"


def pages() -> dict[str, Callable[[], str]]:
    """What makes each page, by its path below ``docs/``; a page for each model that ships."""
    words, models = read_words(LOCALES), Models(MODELS)

    def method_of(version: str) -> Callable[[], str]:
        return lambda: method_page(models.get(version), words)

    made: dict[str, Callable[[], str]] = {
        f"method-{version}.md": method_of(version) for version in models.versions
    }
    return made | {"errors.md": lambda: errors_page(words)}


if __name__ == "__main__":
    for path, make in pages().items():
        (DOCS / path).write_text(make(), encoding="utf-8")
