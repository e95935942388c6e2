"""What a remark would lead to is said as the result itself would say it."""

from __future__ import annotations

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.ports import Remark
from okr_assistant.views.remarks import remark_views
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words
from tests.still import NOON
from tests.web.site import ANSWERS


@pytest.mark.parametrize(
    ("left_open", "remark", "so_far"),
    [
        ("commitment", ("autonomy", "fixed"), (False, True)),
        ("commitment", ("autonomy", "unsure"), (False, False)),
        ("use_of_goals", ("work_kind", "deliver"), (True, False)),
        ("use_of_goals", ("autonomy", "unsure"), (True, True)),
    ],
)
def test_it_is_so_far_where_a_question_that_is_left_open_can_change_the_verdict(
    model: Model, words: Words, left_open: str, remark: tuple[str, str], so_far: tuple[bool, bool]
) -> None:
    """With the answer of the remark, and not with the shared one: what is open can matter for one of them only."""
    answers = {id_: answer for id_, answer in ANSWERS.items() if id_ != left_open}
    shared = assessment(model, AnswerSheet(answers))
    found = assessment(model, AnswerSheet(answers | dict([remark])))
    assert (found.result.open, (not shared.settled, not found.settled)) == ((left_open,), so_far)
    (view,) = remark_views(shared, [Remark("1", NOON, *remark, "", "")], words)
    assert view.would_be == verdict_sentence(model, found.result, words, settled=found.settled)
    assert view.would_be.startswith("So far:") is so_far[1]
