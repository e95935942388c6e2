"""A goal map as JSON, for programs: every item under the ids of the model, and what follows from its answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from okr_assistant.portfolio.goal_map import Placed
from okr_assistant.views.portfolio.items import next_questions

if TYPE_CHECKING:
    from okr_assistant.export.map_formats import MapExport

FORMAT = "okr-assistant goal map 1"


def map_document(made: MapExport) -> bytes:
    """Return the whole map, one item a line; see ``docs/goal-map.md`` for the keys."""
    map_, advice = made.map_, made.advice
    ahead = next_questions(map_)
    whole = {
        "format": FORMAT,
        "name": made.name,
        "made_at": made.made_at.isoformat(),
        "model": map_.model.version,
        "digest": map_.model.digest,
        "counts": map_.counts,
        "advice": {
            "stop": _ids(advice.stop),
            "begin": _ids(advice.begin),
            "ask": _ids(advice.ask),
            "converted": _ids(advice.converted),
            "split": _ids(advice.split),
            "together": [{"result_for": each.result_for, "items": _ids(each.items)} for each in advice.together],
        },
        "difference": _difference(made),
    }
    head = json.dumps(whole, ensure_ascii=False, indent=1)
    questions = tuple(map_.model.questions_by_id)
    items = ",\n".join(json.dumps(_item(placed, questions, ahead), ensure_ascii=False) for placed in map_.items)
    return f'{head[:-2]},\n "items": [\n{items}\n ]\n}}\n'.encode()


def _ids(items: tuple[Placed, ...]) -> list[str]:
    return [placed.item.id for placed in items]


def _item(placed: Placed, questions: Iterable[str], ahead: dict[str, str]) -> dict[str, Any]:
    item, found = placed.item, placed.found if placed.item.answers else None
    return {
        "id": item.id,
        "title": item.title,
        "team": item.team,
        "level": item.level,
        "result_for": item.result_for,
        "today": item.today,
        "out_of_range": item.out_of_range,
        "answers": {id_: item.answers[id_] for id_ in questions if id_ in item.answers},
        "place": placed.place,
        "until_it_holds": placed.until_it_holds,
        "outcome": list(found.outcome) if found else [],
        "verdict": found.verdict if found else None,
        "share": round(found.share, 4) if found else None,
        "next_question": ahead.get(item.id),
    }


def _difference(made: MapExport) -> dict[str, Any] | None:
    found = made.difference
    if found is None:
        return None
    return {
        "moved": [
            {"id": m.now.item.id, "from": m.before.place, "to": m.now.place, "answers": list(m.answers)}
            for m in found.moved
        ],
        "new": _ids(found.new),
        "gone": _ids(found.gone),
        "stayed": found.stayed,
        "other_model": found.other_model,
    }
