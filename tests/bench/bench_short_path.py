"""How many questions the short path needs: from an empty sheet, always the question that tells most.

    python -m tests.bench.bench_short_path [--sheets 10000] [--json]

Somebody knows the answer to every question and gives it when asked; a question that a later answer would hide may
be asked too. Counted are the answers until one approach has a share of at least 95 %, and until the result is
settled; where it never comes to that, because the sheet ends in a tie, until nothing is left to ask. Random sheets
are the same in every run, each question drawn evenly from its options without ``unsure``. Published cases, where
most questions have no answer, give ``unsure`` for these; at 95 % that is not expected, as shares do without it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pool
from typing import Any

from okr_assistant import AnswerSheet, Model, assess, load_model
from okr_assistant.decision.cases import parse_cases
from okr_assistant.decision.foresight import TIE, foresee
from okr_assistant.decision.model import UNSURE
from okr_assistant.paths import CASES

LIKELY = 0.95
_SEED = 2026


@dataclass(frozen=True)
class ShortPath:
    """Answers given until one approach was ``likely`` (None when none ever was), and until the end of the path."""

    likely: int | None
    end: int
    settled: bool
    """At the end; otherwise it is a tie."""
    right: bool | None
    """Whether the likely approach is what the complete sheet gives; None when none was likely."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Walk all paths, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=10_000, help="how many random sheets (10000)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    model = load_model()
    sheets = {"random": random_sheets(model, given.sheets), "published": published_sheets(model)}
    with Pool() as pool:
        found = {name: figures(pool.map(_walk, some, chunksize=25)) for name, some in sheets.items()}
    print(json.dumps(found) if given.json else table(found))


def short_path(model: Model, answers: Mapping[str, str]) -> ShortPath:
    """Walk the short path of somebody who would answer every question like this."""
    given: dict[str, str] = {}
    likely, right = None, None
    while True:
        ahead = foresee(model, AnswerSheet(given))
        share, approach = max((share, id_) for id_, share in ahead.shares.items() if id_ != TIE)
        if likely is None and share >= LIKELY:
            likely, right = len(given), assess(model, AnswerSheet(answers)).approach == approach
        if ahead.next_question is None:
            return ShortPath(likely, len(given), ahead.settled, right)
        given[ahead.next_question] = answers[ahead.next_question]


def random_sheets(model: Model, count: int) -> list[dict[str, str]]:
    """Return sheets that answer every question, also those that others hide, with any of its options."""
    dice = random.Random(_SEED)
    return [{question.id: dice.choice(question.options).id for question in model.questions} for _ in range(count)]


def published_sheets(model: Model) -> list[dict[str, str]]:
    """Return the sheets of the published cases, ``unsure`` where they have no answer."""
    unsure = dict.fromkeys(model.questions_by_id, UNSURE)
    return [{**unsure, **case.answers} for case in parse_cases(CASES.read_bytes(), CASES.name, model)]


def figures(paths: Sequence[ShortPath]) -> dict[str, Any]:
    """Return what the paths have in common; shares are between 0 and 1, of all sheets or of those named."""
    judged = [path.right for path in paths if path.right is not None]
    return {
        "sheets": len(paths),
        "answers_until_likely": _spread([path.end if path.likely is None else path.likely for path in paths]),
        "answers_until_settled": _spread([path.end for path in paths]),
        "likely": len(judged) / len(paths),
        "settled": statistics.fmean(path.settled for path in paths),
        "right_of_likely": statistics.fmean(judged) if judged else None,
    }


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures as text."""
    lines = [f"{'answers until':<36}{'median':>8}{'p90':>8}{'max':>8}{'mean':>8}"]
    for name, of in found.items():
        for label, key in (("95 % likely", "answers_until_likely"), ("settled", "answers_until_settled")):
            title = f"{of['sheets']} {name}: {label}"
            lines.append(f"{title:<36}" + "{median:>8}{p90:>8}{max:>8}{mean:>8.2f}".format(**of[key]))
    for name, of in found.items():
        right = "none" if of["right_of_likely"] is None else f"{of['right_of_likely']:.1%}"
        lines.append(
            f"{name}: {of['settled']:.1%} end settled, the others in a tie; {of['likely']:.1%} get to 95 %, "
            f"where the likely approach is right in {right}"
        )
    return "\n".join(lines)


def _spread(counts: Sequence[int]) -> dict[str, float]:
    ordered = sorted(counts)
    return {
        "median": ordered[math.ceil(len(ordered) / 2) - 1],
        "p90": ordered[math.ceil(len(ordered) * 0.9) - 1],
        "max": ordered[-1],
        "mean": statistics.fmean(ordered),
    }


@cache
def _model() -> Model:
    return load_model()


def _walk(answers: Mapping[str, str]) -> ShortPath:
    """In a process of its own, which reads the model once: tables are made for each model object."""
    return short_path(_model(), answers)


if __name__ == "__main__":
    main()
