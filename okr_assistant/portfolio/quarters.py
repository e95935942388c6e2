"""Two states of one portfolio side by side: what moved, what is new, what is gone. An item is known by its id."""

from __future__ import annotations

from dataclasses import dataclass

from okr_assistant.portfolio.goal_map import GoalMap, Placed


@dataclass(frozen=True, slots=True)
class Moved:
    """An item that is in another place now.

    ``answers`` are the ids of the questions with another answer than before, in the order of the model now. When
    there is none, ``level`` or the range of its metric changed, or the model did.
    """

    before: Placed
    now: Placed
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two maps, each in its map's order; ``stayed`` counts items in the same place."""

    moved: tuple[Moved, ...]
    new: tuple[Placed, ...]
    gone: tuple[Placed, ...]
    stayed: int
    other_model: bool


def difference(before: GoalMap, now: GoalMap) -> Difference:
    """Compare two maps, each on the model that it was made with."""
    then, ids = before.by_id, now.by_id
    both = [(then[placed.item.id], placed) for placed in now.items if placed.item.id in then]
    return Difference(
        moved=tuple(
            Moved(old, placed, _changed(old, placed, now)) for old, placed in both if old.place != placed.place
        ),
        new=tuple(placed for placed in now.items if placed.item.id not in then),
        gone=tuple(placed for placed in before.items if placed.item.id not in ids),
        stayed=sum(old.place == placed.place for old, placed in both),
        other_model=before.model.version != now.model.version,
    )


def _changed(old: Placed, placed: Placed, now: GoalMap) -> tuple[str, ...]:
    was, is_ = old.item.answers, placed.item.answers
    return tuple(question for question in now.model.questions_by_id if was.get(question) != is_.get(question))
