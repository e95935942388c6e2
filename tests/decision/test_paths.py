"""What leads to OKRs where they are not the first approach, have no rival left, or many questions are asked."""

from __future__ import annotations

from typing import Any

import pytest

from okr_assistant.decision.changes import Change, Flip
from okr_assistant.decision.flips import flips
from okr_assistant.decision.model import Model
from okr_assistant.decision.paths import Path, Step, path_to_okr
from okr_assistant.decision.sheet import AnswerSheet
from tests.decision.test_assess import small_model
from tests.decision.test_flips import question
from tests.decision.test_tables import says_the_same

NOTHING = ("okr", 0)


def okr_last(**changes: Any) -> Model:
    """Flow is ahead by one point, until ``q`` gives OKRs two."""
    approaches = tuple(approach.model_dump() for approach in reversed(small_model().approaches))
    questions = (question("p", x=("flow", 1), z=NOTHING), question("q", x=NOTHING, y=("okr", 2)))
    return small_model(**{"approaches": approaches, "questions": questions} | changes)


ANSWERS = {"p": "x", "q": "x"}
STEP = Step("q", "x", "y", "how q y")


def test_okr_need_not_be_the_first_approach_of_a_model() -> None:
    model = okr_last()
    assert path_to_okr(model, AnswerSheet(ANSWERS)) == (Path((STEP,), 1, "okr"),)
    assert path_to_okr(model, AnswerSheet(ANSWERS | {"q": "y"})) == ()
    says_the_same(model, [ANSWERS, ANSWERS | {"q": "y"}, {}])
    changes = (Change("q", "x", "y"),)
    assert Flip(changes, "okr", (), "okr") in flips(model, AnswerSheet(ANSWERS)).all


def test_where_all_others_are_blocked_there_is_no_lead() -> None:
    """OKRs are blocked by ``x``, and their rivals by ``y``: nothing is left to be ahead of."""
    rule = {"kind": "blocker", "because": "x", "sources": ("s",)}
    rules = tuple(
        rule | {"id": f"no_{approach}", "approach": approach, "when": {"question": "q", "in": (option,)}}
        for approach, option in (("okr", "x"), ("flow", "y"), ("bets", "y"))
    )
    assert path_to_okr(okr_last(rules=rules), AnswerSheet(ANSWERS)) == (Path((STEP,), None, "okr"),)


@pytest.mark.parametrize("others", [0, 70])
def test_questions_that_nobody_can_change_do_not_matter(others: int) -> None:
    """Beyond 64 dimensions arrays end; only the questions that can be changed may have one."""
    more = tuple(question(f"more_{number}", x=NOTHING, z=NOTHING) for number in range(others))
    fixed = tuple(one | {"options": tuple(_fixed(option) for option in one["options"])} for one in more)
    model = okr_last(questions=(*fixed, *(q.model_dump(by_alias=True) for q in okr_last().questions)))
    found = path_to_okr(model, AnswerSheet(ANSWERS))
    assert [path.changes for path in found if len(path.changes) == 1] == [(STEP,)]


def _fixed(option: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in option.items() if key not in ("changeable", "how")}
