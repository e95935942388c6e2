"""What the script of the pages of a workshop asks for all the time."""

from __future__ import annotations

import json
from datetime import timedelta

from okr_assistant.workshop.room import FIST
from tests.web.asgi import Page
from tests.web.people import Held, Person, all_answered, sheet
from tests.web.room_page import voted


def now(person: Person) -> dict[str, object]:
    found: dict[str, object] = json.loads(person.get("/now").body)
    return found


def test_now_counts_without_spectators_and_names_nobody(held: Held) -> None:
    kim, stranger = held.person("Kim"), held.person()
    held.person("Watcher", watch="yes")
    held.facilitator.open_round()
    assert now(stranger) == {"version": "1", "joined": 1, "begun": 0, "done": 0}
    kim.vote({"work_kind": "deliver"})
    assert now(stranger) == {"version": "1", "joined": 1, "begun": 1, "done": 0}
    all_answered(kim)
    assert now(stranger) == {"version": "1", "joined": 1, "begun": 1, "done": 1}
    answer = stranger.get("/now")
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_the_version_is_that_of_the_page_and_changes_when_what_is_shown_does(held: Held) -> None:
    kim, ada = held.person("Kim"), held.person("Ada")
    steps = [
        lambda: held.facilitator.open_round(lasts=timedelta(minutes=5)),
        held.facilitator.nudge,
        lambda: move(held, timedelta(minutes=5)),
        lambda: held.facilitator.reopen(timedelta(minutes=5)),
        held.facilitator.close,
        held.facilitator.reveal,
        lambda: held.facilitator.focus("autonomy"),
        lambda: held.facilitator.agree({"autonomy": "team"}, held.model),
        lambda: ada.post("leave", {"token": ada.tokens("?you")[1], "sure": "yes"}),
        held.facilitator.open_check,
    ]
    seen = [now(kim)["version"]]
    for step in steps:
        step()
        version = now(kim)["version"]
        assert version not in seen
        assert version == kim.page().all("span")[0]["data-version"]
        seen.append(version)
    kim.post("vote", kim.form() | sheet({FIST: "5"}))
    held.person("Late")
    assert now(kim)["version"] == seen[-1], "others' votes and seats show in the counts"


def move(held: Held, by: timedelta) -> None:
    held.site.clock.time += by


def test_now_is_cheap(held: Held) -> None:
    """Neither a room nor its people and votes are read, whatever is in it."""
    kim = held.person("Kim")
    asked = held.site.store.asked
    kim.get("/now")
    assert held.site.store.asked == asked + 1, "the pulse"


def test_many_who_look_at_the_same_reveal_cost_one(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    services = held.site.services
    first = kim.get()
    known = services.reveals.get(held.facilitator.room_id, held.facilitator.room().revision, unmade)
    assert known.headline in Page(first.text).text
    assert kim.get().body == first.body


def unmade() -> None:
    raise AssertionError("it was made already")
