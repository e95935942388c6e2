"""Adding a table to a portfolio: what it says is taken, and what it does not say stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from okr_assistant.portfolio.importing import Imported
from okr_assistant.portfolio.items import WorkItem, free_ids


@dataclass(frozen=True, slots=True)
class Merged:
    """All items afterwards, the old ones first and in their order; how many are new, and how many were changed."""

    items: tuple[WorkItem, ...]
    added: int
    changed: int


def merge(old: Sequence[WorkItem], imported: Imported) -> Merged:
    """Add imported items to those that are there.

    An item whose id the table itself has, and that is there already, is changed: in the fields and answers that
    its row says something about. Every other one is new, with an id that is free where the table has none for it.
    """
    by_id = {item.id: item for item in old}
    fresh = free_ids({*by_id, *(item.id for item in imported.items)})
    changed: dict[str, WorkItem] = {}
    added: list[WorkItem] = []
    for item, said in zip(imported.items, imported.said, strict=True):
        if "id" in said and item.id in by_id:
            changed[item.id] = _with(by_id[item.id], item, said)
        elif item.id in by_id:
            added.append(replace(item, id=next(fresh)))
        else:
            added.append(item)
    items = (*(changed.get(item.id, item) for item in old), *added)
    return Merged(items, len(added), sum(changed[id_] != by_id[id_] for id_ in changed))


def _with(old: WorkItem, new: WorkItem, said: frozenset[str]) -> WorkItem:
    fields: dict[str, Any] = {name: getattr(new, name) for name in said if hasattr(new, name)}
    return replace(old, **fields, answers={**old.answers, **new.answers})
