"""Models small enough to try everything: drawn at random, with gates, blockers and points for ``unsure``."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from okr_assistant.decision.checks import problems
from okr_assistant.decision.model import UNSURE, Model

_APPROACHES = ("okr", "flow", "bets", "milestones")
_SCALES = st.sampled_from(("ordered", "nominal"))
_SOURCE = {"id": "s", "author": "A", "title": "T", "url": "https://example.org/", "takeaway": "W"}


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A checked model of three to five questions with two or three options, and three or four approaches."""
    approaches = _APPROACHES[: draw(st.integers(3, 4))]
    options = {f"q{number}": _ids(draw(st.integers(2, 3))) for number in range(draw(st.integers(3, 5)))}
    gated = _gated(draw, list(options))
    asked = {id_: choices for id_, choices in options.items() if id_ not in gated}
    questions = tuple(
        _question(draw, id_, choices, approaches)
        | ({"ask_if": draw(_when(_before(asked, id_)))} if id_ in gated else {})
        for id_, choices in options.items()
    )
    model = Model.model_validate(
        {
            "format": 1,
            "version": "2026.1+small",
            "sections": ({"id": "one", "title": "One"},),
            "questions": questions,
            "approaches": tuple(
                {"id": id_, "name": id_, "phrase": id_, "summary": id_, "artefact": id_} for id_ in approaches
            ),
            "rules": _rules(draw, options, approaches),
            "sources": (_SOURCE,),
        }
    )
    # A model that is read needs more, on which nothing here depends: an answer that speaks for each approach.
    assert {found.problem for found in problems(model, "small")} <= {"never_reached"}
    return model


@st.composite
def sheets(draw: st.DrawFn, model: Model) -> dict[str, str]:
    """Answers with open, unsure and hidden ones among them."""
    drawn = {question.id: draw(st.sampled_from((None, *question.choices))) for question in model.questions}
    return {id_: answer for id_, answer in drawn.items() if answer is not None}


@st.composite
def models_with_sheets(draw: st.DrawFn) -> tuple[Model, dict[str, str]]:
    model = draw(models())
    return model, draw(sheets(model))


def _ids(count: int) -> tuple[str, ...]:
    return ("a", "b", "c")[:count]


def _gated(draw: st.DrawFn, ids: list[str]) -> set[str]:
    return draw(_some_of(tuple(ids[1:])))


# Strategies are made once for each argument: Hypothesis looks through a new one before it draws from it, which
# took as long as all that is tried with the model.


@cache
def _some_of(ids: tuple[str, ...]) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from(ids), max_size=2)


def _before(asked: dict[str, tuple[str, ...]], id_: str) -> dict[str, tuple[str, ...]]:
    return {earlier: choices for earlier, choices in asked.items() if earlier < id_}


def _when(options: dict[str, tuple[str, ...]]) -> st.SearchStrategy[dict[str, Any]]:
    return _conditions(tuple(options.items()))


@cache
def _conditions(asked: tuple[tuple[str, tuple[str, ...]], ...]) -> st.SearchStrategy[dict[str, Any]]:
    options = dict(asked)
    leaf = st.sampled_from(sorted(options)).flatmap(
        lambda id_: st.lists(st.sampled_from((*options[id_], UNSURE)), min_size=1, max_size=2, unique=True).map(
            lambda chosen: {"question": id_, "in": tuple(chosen)}
        )
    )

    def deeper(part: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        parts = st.lists(part, min_size=1, max_size=3).map(tuple)
        return (
            part.map(lambda it: {"not": it})
            | parts.map(lambda it: {"all": it})
            | parts.map(lambda it: {"any": it})
        )

    return st.recursive(leaf, deeper, max_leaves=3)


@cache
def _given(approaches: tuple[str, ...]) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(approaches), st.integers(-3, 3).filter(bool))


def _points(draw: st.DrawFn, approaches: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    given = draw(_given(approaches))
    return tuple(
        {"approach": id_, "points": number, "because": "b", "sources": ("s",)} for id_, number in given.items()
    )


def _question(draw: st.DrawFn, id_: str, choices: tuple[str, ...], approaches: tuple[str, ...]) -> dict[str, Any]:
    changeable = {choice: draw(st.booleans()) for choice in choices}
    return {
        "id": id_,
        "section": "one",
        "scale": draw(_SCALES),
        "text": "?",
        "why_we_ask": "why",
        "sources": ("s",),
        "unsure": {"points": _points(draw, approaches) if draw(st.booleans()) else ()},
        "options": tuple(
            {"id": choice, "label": choice, "points": _points(draw, approaches)}
            | ({"changeable": True, "how": f"how {choice}"} if changeable[choice] else {})
            for choice in choices
        ),
    }


def _rules(
    draw: st.DrawFn, options: dict[str, tuple[str, ...]], approaches: tuple[str, ...]
) -> tuple[dict[str, Any], ...]:
    side = {"text": "t", "sources": ("s",)}
    kinds: list[dict[str, Any]] = [{"kind": "blocker", "approach": id_} for id_ in approaches[:-1]]
    kinds += [{"kind": "condition", "approach": id_, "fix": "fix"} for id_ in approaches[:2]]
    kinds += [{"kind": "contested", "topic": "T", "for": side, "against": side}]
    chosen = draw(st.lists(st.sampled_from(kinds), max_size=4))
    return tuple(
        {"id": f"r{number}", "because": "b", "sources": ("s",), "when": draw(_when(options))} | kind
        for number, kind in enumerate(chosen)
    )
