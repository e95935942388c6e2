"""Finished assessments to look at: the situations of the two founding articles."""

from __future__ import annotations

from okr_assistant.web.context import services
from okr_assistant.web.draft import Draft

_EXAMPLES: dict[str, dict[str, str]] = {
    "payroll": {
        "work_kind": "sustain",
        "product_stage": "established",
        "people_to_align": "one_team",
        "vision_stability": "steady",
        "outcome_clarity": "only_output",
        "autonomy": "fixed",
        "commitment": "nothing",
        "reactive_load": "little",
    },
    "ordered_feature": {
        "work_kind": "deliver",
        "product_stage": "established",
        "people_to_align": "one_team",
        "outcome_clarity": "only_output",
        "autonomy": "fixed",
        "commitment": "date",
    },
    "many_stakeholders": {
        "work_kind": "change",
        "product_stage": "growing",
        "people_to_align": "many_teams",
        "stakeholder_involvement": "together",
        "vision_stability": "steady",
        "strategy_clarity": "guides",
        "outcome_clarity": "number",
        "measurability": "baseline",
        "known_lever": "hypothesis",
        "autonomy": "team",
        "commitment": "direction",
        "reactive_load": "some",
        "use_of_goals": "steer",
        "leadership_support": "lead",
        "review_rhythm": "weekly",
    },
}


def examples() -> tuple[Draft, ...]:
    """Return the examples as drafts of the newest model, with titles from the catalogue."""
    model = services().models.newest
    return tuple(
        Draft(model, answers, services().words(f"start.example.{id_}")) for id_, answers in _EXAMPLES.items()
    )
