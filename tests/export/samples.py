"""Very different results, texts that try to be more than text, and a way to see every field of a view."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.export.formats import Export, export
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.words import Words
from tests.conftest import random_sheets

MADE_AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ADDRESS = "https://okr.example.org/p/0000001ivktl"
GOOD = {
    "work_kind": "change", "product_stage": "growing", "stakeholder_involvement": "together",
    "vision_stability": "steady", "people_to_align": "many_teams", "outcome_clarity": "number",
}  # fmt: skip
HOSTILE = '#import "x" $x$ <b>b</b> [a](http://x.y) *s* `c` {{1}} \\ ![i](//z) | =1+1 @me'
DECIDED = Decision("OKRs for two quarters", "Six teams.\nOne wish.", "Ada Lovelace", date(2026, 5, 2))

SAMPLES: dict[str, Record] = {
    "good": Record(AnswerSheet(GOOD, "Faster checkout"), "One line.\nAnother.\n\nA paragraph.", DECIDED),
    "blocked": Record(
        AnswerSheet({"work_kind": "change", "outcome_clarity": "number", "use_of_goals": "appraise"}, "Pay"),
        decision=Decision("OKRs anyway"),
    ),
    "tie": Record(AnswerSheet({"stakeholder_involvement": "together", "vision_stability": "turned"}, "A tie")),
    "nothing": Record(AnswerSheet()),
    "long words": Record(AnswerSheet(GOOD, "x" * 120), "Donau" * 400, Decision("y" * 120, "z" * 2000, "W" * 120)),
    "hostile": Record(
        AnswerSheet(GOOD, HOSTILE),
        f"= heading\n- list\n+ x\n1. n\n> quote\n\n    code\n{HOSTILE}\n---\n| a | b |\n|---|---|",
        Decision(HOSTILE, f"{HOSTILE}\n=x\n\n# h", HOSTILE),
    ),
    "right to left": Record(
        AnswerSheet(GOOD, "שיפור תהליך (גרסה 2)"),
        "مرحبا بالعالم\nسطر ثان",
        Decision("כן", "סיבה: checkout", "דנה"),
    ),
    "no shapes": Record(AnswerSheet(GOOD, "中文标题 🎉 👨‍👩‍👧"), "हिन्दी ไทย Ελληνικά"),
    "a long note": Record(AnswerSheet(GOOD, "Notes"), ("We talked about this for long. " * 70)[:1999]),
    "contradicting": Record(
        AnswerSheet({"work_kind": "change", "autonomy": "fixed", "measurability": "instrument"}, "Fix first")
    ),
}


def every_record(model: Model) -> Iterator[Record]:
    """The samples, all questions unsure, all with their last answer, and random sheets with random decisions."""
    yield from SAMPLES.values()
    yield Record(AnswerSheet(dict.fromkeys(model.questions_by_id, "unsure"), "Nobody knows"))
    yield Record(AnswerSheet({question.id: question.options[-1].id for question in model.questions}, "The last"))
    dice = random.Random(51)
    for number, answers in enumerate(random_sheets(model, 10, seed=50)):
        decision = dice.choice(
            [Decision(), DECIDED, Decision(owner="Grace"), Decision(review_on=date(2027, 1, 31))]
        )
        yield Record(AnswerSheet(answers, f"Work {number}"), dice.choice(["", "A note."]), decision)


def made(model: Model, record: Record, words: Words, *, address: str = ADDRESS) -> Export:
    return export(assessment(model, record.sheet), record, words, MADE_AT, address=address)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside dataclasses, tuples, lists and dictionaries, with its path; places in lists are ``*``."""
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{path}.{key}")
    elif isinstance(value, tuple | list):
        for part in value:
            yield from leaves(part, f"{path}.*")
    else:
        yield path, value


def sentences(view: Any, hidden: set[str]) -> Iterator[tuple[str, str]]:
    """Every text in a view that a document has to show: all but those whose path is, or is under, a hidden one."""
    for path, value in leaves(view):
        below = any(path == away or path.startswith(f"{away}.") for away in hidden)
        if isinstance(value, str) and value and not below:
            yield path, value


NOT_WORDS = {
    # ids, and what is told by a longer sentence beside it
    ".result.ranking.*.approach", ".result.ranking.*.name", ".result.ranking.*.points_text",
    ".result.ranking.*.standing", ".result.ranking.*.standing_text", ".result.ranking.*.reasons.*.question_id",
    ".result.advice.*.approach", ".result.advice.*.variant", ".result.answers", ".answers.*.row.question_id",
    ".answers.*.row.kind", ".model", ".title", ".approaches",
    # the picture and its table are on the page; a sentence describes it
    ".result.position.axes", ".result.position.missing",
    # of an approach, the first step
    ".result.advice.*.text.what", ".result.advice.*.text.fits", ".result.advice.*.text.rhythm",
    ".result.advice.*.text.pitfalls", ".result.advice.*.text.revisit", ".result.advice.*.text.against",
    # the few that matter are enough
    ".outlook.more_flips",
}  # fmt: skip
"""What no document shows. A new field of a view is shown, or its absence is decided here."""


def hidden_in(view: Any) -> set[str]:
    """``NOT_WORDS``, and what the page does not show of this result either."""
    placed = set() if view.result.position.placed else {".result.position.described"}
    alone = set() if len(view.result.advice) == 1 else {".result.advice.*.summary"}
    return NOT_WORDS | placed | alone
