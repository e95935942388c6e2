"""What a model must satisfy beyond its schema: ids point somewhere, none is used twice, no part is too large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from typing import NamedTuple

from okr_assistant.decision.model import OKR, UNSURE, Model, Points, Question
from okr_assistant.decision.rules import Blocker, Contested, Contradiction, Rule
from okr_assistant.decision.when import leaves
from okr_assistant.errors import NOTHING, ModelFileError


class Size(NamedTuple):
    """How many of something a model has, and how many it may have."""

    key: str
    what: str
    found: int
    most: int


def sizes(model: Model) -> tuple[Size, ...]:
    """What is searched in whole, in the order of ``docs/model.md``, which says why.

    A model at all of these limits still has its results within a second. Above them flips, paths and foresight
    take time and memory that grow without bound, and from 255 options of a question codes no longer fit a byte.
    """
    questions = model.questions
    named = {leaf.question for rule in model.blockers for leaf in leaves(rule.when)}
    named |= {leaf.question for question in questions if question.ask_if for leaf in leaves(question.ask_if)}
    changes = prod(1 + sum(option.changeable for option in question.options) for question in questions)
    ruled = prod(len(question.choices) for question in questions if question.id in named)
    hidden = prod(len(question.options) for question in questions if question.ask_if)
    return (
        Size("approaches", "approaches", len(model.approaches), 12),
        Size("questions", "options of all questions", sum(len(question.options) for question in questions), 150),
        Size("questions", "combinations of changeable options", changes, 250_000),
        Size("questions", "combinations of answers that blockers and ask_if name", ruled, 250_000),
        Size("questions", "combinations of answers to questions with ask_if", hidden, 250),
    )


def problems(model: Model, file: str) -> Iterator[ModelFileError]:
    """Every problem in the model, in file order; ``file`` is named in each."""
    check = _Check(model, file)
    yield from check.duplicates()
    for number, question in enumerate(model.questions):
        yield from check.question(question, number)
    for rule in model.rules:
        yield from check.rule(rule)
    yield from check.approaches()
    yield from check.size()


class _Check:
    def __init__(self, model: Model, file: str) -> None:
        self.model = model
        self.file = file
        self.approach_ids = tuple(model.approaches_by_id)
        self.source_ids = tuple(model.sources_by_id)

    def error(
        self, problem: str, key: str, found: object = NOTHING, allowed: str | Iterable[str] = ()
    ) -> ModelFileError:
        return ModelFileError(problem, place=f"{self.file}: {key}", found=found, allowed=allowed)

    def duplicates(self) -> Iterator[ModelFileError]:
        model = self.model
        lists = {
            "sections": [section.id for section in model.sections],
            "questions": [question.id for question in model.questions],
            "approaches": [approach.id for approach in model.approaches],
            "rules": [rule.id for rule in model.rules],
            "sources": [source.id for source in model.sources],
        }
        for key, ids in lists.items():
            yield from self._twice(key, ids)

    def _twice(self, key: str, ids: list[str]) -> Iterator[ModelFileError]:
        for found in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield self.error("duplicate_id", key, found)

    def question(self, question: Question, number: int) -> Iterator[ModelFileError]:
        key = f"questions.{question.id}"
        yield from self._known(f"{key}.section", question.section, [s.id for s in self.model.sections])
        yield from self._cited(key, question.sources)
        yield from self._twice(f"{key}.options", [option.id for option in question.options])
        yield from self._points(f"{key}.unsure", question.unsure.points)
        for option in question.options:
            place = f"{key}.options.{option.id}"
            if option.id == UNSURE:
                yield self.error("reserved_id", place, option.id)
            if option.changeable != (option.how is not None):
                yield self.error("how_and_changeable", f"{place}.how")
            if (option.axis is None) != (question.axis is None):
                yield self.error("axis_incomplete", f"{place}.axis")
            yield from self._points(place, option.points)
        if question.ask_if is not None:
            earlier = [q.id for q in self.model.questions[:number] if q.ask_if is None]
            yield from self._when(f"{key}.ask_if", question.ask_if, earlier)

    def _points(self, key: str, points: tuple[Points, ...]) -> Iterator[ModelFileError]:
        yield from self._twice(f"{key}.points", [entry.approach for entry in points])
        for entry in points:
            place = f"{key}.points.{entry.approach}"
            yield from self._known(place, entry.approach, self.approach_ids)
            yield from self._cited(place, entry.sources)
            if entry.points == 0:
                yield self.error("zero_points", place, 0, "-6 to 6 without 0")

    def rule(self, rule: Rule) -> Iterator[ModelFileError]:
        key = f"rules.{rule.id}"
        yield from self._cited(key, rule.sources)
        yield from self._when(f"{key}.when", rule.when, list(self.model.questions_by_id))
        match rule:
            case Contested(for_=for_, against=against):
                yield from self._cited(f"{key}.for", for_.sources)
                yield from self._cited(f"{key}.against", against.sources)
            case Contradiction(questions=questions):
                for question in questions:
                    yield from self._known(f"{key}.questions", question, list(self.model.questions_by_id))
            case _:
                yield from self._known(f"{key}.approach", rule.approach, self.approach_ids)

    def approaches(self) -> Iterator[ModelFileError]:
        if OKR not in self.approach_ids:
            yield self.error("missing_okr", "approaches", ", ".join(self.approach_ids), OKR)
        blocked = {rule.approach for rule in self.model.rules if isinstance(rule, Blocker)}
        if blocked >= set(self.approach_ids):
            yield self.error("all_blocked", "rules", ", ".join(self.approach_ids))
        favoured = self._favoured()
        for approach in self.approach_ids:
            if approach not in favoured:
                yield self.error("never_reached", f"approaches.{approach}", approach)

    def _favoured(self) -> set[str]:
        """The approaches that at least one answer speaks for."""
        questions = self.model.questions
        points = [option.points for question in questions for option in question.options]
        points += [question.unsure.points for question in questions]
        return {entry.approach for entries in points for entry in entries if entry.points > 0}

    def size(self) -> Iterator[ModelFileError]:
        for key, what, found, most in sizes(self.model):
            if found > most:
                yield self.error("too_many", key, found, f"at most {most:,} {what}")

    def _when(self, key: str, when: object, questions: list[str]) -> Iterator[ModelFileError]:
        for leaf in leaves(when):  # type: ignore[arg-type]  # pydantic's annotated union of the four conditions
            known = list(self._known(f"{key}.question", leaf.question, questions))
            yield from known
            if not known:
                choices = self.model.questions_by_id[leaf.question].choices
                for option in leaf.options:
                    yield from self._known(f"{key}.in", option, choices)

    def _cited(self, key: str, sources: tuple[str, ...]) -> Iterator[ModelFileError]:
        for source in sources:
            yield from self._known(f"{key}.sources", source, self.source_ids)

    def _known(self, key: str, found: str, allowed: Iterable[str]) -> Iterator[ModelFileError]:
        if found not in allowed:
            yield self.error("unknown_id", key, found, allowed)
