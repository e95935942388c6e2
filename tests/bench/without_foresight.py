"""Our app with foresight switched off, ``python -m tests.bench.without_foresight serve --port PORT``.

The function is replaced before any other part of the app is imported, so that whatever calls it gets the stand-in.
The pages stay the same: there is something to say and something to ask next, it only took no work to find out.
"""

from __future__ import annotations

from functools import cache

from okr_assistant.decision import foresight
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet

SWITCHED_OFF = "foresight is switched off"
"""Printed when the stand-in is called for the first time: the proof that it stands in."""


def foresee(model: Model, sheet: AnswerSheet) -> foresight.Foresight:
    """Everything is possible, and the next question is the first open one."""
    _print_once()
    approaches = tuple(model.approaches_by_id)
    return foresight.Foresight(
        settled=False,
        possible=approaches,
        shares={**dict.fromkeys(approaches, 0.0), foresight.TIE: 1.0},
        shares_exact=False,
        next_question=next((id_ for id_ in model.questions_by_id if id_ not in sheet.answers), None),
    )


@cache
def _print_once() -> None:
    print(SWITCHED_OFF, flush=True)


if __name__ == "__main__":
    foresight.foresee = foresee
    from okr_assistant.cli import main

    main()
