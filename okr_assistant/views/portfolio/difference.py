"""Two maps of one portfolio side by side, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okr_assistant.decision.model import Model
from okr_assistant.portfolio.goal_map import GoalMap
from okr_assistant.portfolio.quarters import Moved, difference
from okr_assistant.views.parts import answer_label
from okr_assistant.views.portfolio.items import ItemView, item_view, place_name
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class MovedView:
    """An item that is elsewhere now: from where to where, and what is different about it, in sentences."""

    item: ItemView
    was_at: str
    is_at: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What is different between two maps; ``model`` says that they were made with different models, or nothing."""

    headline: str
    model: str
    moved: tuple[MovedView, ...]
    new: tuple[ItemView, ...]
    gone: tuple[ItemView, ...]


def difference_view(before: GoalMap, now: GoalMap, words: Words) -> DifferenceView:
    """Return what is different; each map is told in the words of the model that it was made with."""
    found = difference(before, now)
    counts = (("moved", len(found.moved)), ("new", len(found.new)), ("gone", len(found.gone)))
    said = [words.counted(f"goal_map.difference.count.{kind}", count) for kind, count in counts if count]
    stayed = words.counted("goal_map.difference.count.stayed", found.stayed)
    headline = words("goal_map.difference.headline", said=words.listed([*said, stayed]))
    versions = {"before": before.model.version, "now": now.model.version}
    return DifferenceView(
        headline=headline if said else words("goal_map.difference.nothing"),
        model=words("goal_map.difference.model", **versions) if found.other_model else "",
        moved=tuple(_moved(before.model, now.model, moved, words) for moved in found.moved),
        new=tuple(item_view(now.model, placed, words) for placed in found.new),
        gone=tuple(item_view(before.model, placed, words) for placed in found.gone),
    )


def _moved(before: Model, now: Model, moved: Moved, words: Words) -> MovedView:
    return MovedView(
        item=item_view(now, moved.now, words),
        was_at=place_name(before, words, moved.before.place),
        is_at=place_name(now, words, moved.now.place),
        because=tuple(_because(before, now, moved, words)) or (words("goal_map.difference.only_model"),),
    )


def _because(before: Model, now: Model, moved: Moved, words: Words) -> Iterator[str]:
    was, is_ = moved.before.item, moved.now.item
    if was.out_of_range != is_.out_of_range:
        yield words("goal_map.difference.left" if is_.out_of_range else "goal_map.difference.holds")
    if was.level != is_.level:
        yield words(f"goal_map.difference.level.{is_.level}")
    for question in moved.answers:
        yield words(
            "goal_map.difference.answer",
            question=now.questions_by_id[question].text,
            before=answer_label(before, words, question, was.answers.get(question)),
            now=answer_label(now, words, question, is_.answers.get(question)),
        )
