"""How the pages of a workshop are sent, and that people's texts stay texts."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.paths import COPY_SCRIPT, ROOM_SCRIPT
from okr_assistant.web.scripts import script_address
from okr_assistant.web.workshop.participant.ballot_pages import EVERY
from okr_assistant.workshop.room import FIST
from tests.second_model import NEW, two_models
from tests.web.asgi import Answer, Client, Page
from tests.web.people import ALL_ALIKE, Held, Person, hold, sheet
from tests.web.room_page import finish, voted
from tests.web.site import HOSTILE, a_site

MOST_BYTES = 20_000
"""Of a page with one question, with its style, not compressed."""

MOST_BYTES_OF_ALL = 40_000
"""Of the page with all questions, and of those on which all are revealed."""

TYPICAL_BYTES = 8_000
"""Of the same, compressed."""

SCRIPT_BYTES = 10_000

OURS = (
    [],
    [{"src": script_address(ROOM_SCRIPT), "defer": ""}],
    [{"src": script_address(COPY_SCRIPT), "defer": ""}],
)
"""The scripts that a page may have."""


def every_page(held: Held) -> list[Answer]:
    """One of each kind, on the way through a workshop in which everybody votes differently."""
    people = [held.person(f"Person {number}") for number in range(3)]
    kim, watcher = people[0], held.person("Watcher", watch="yes")
    found = [held.client.get("/join"), held.person().get(), kim.get(), kim.get("?you")]
    held.facilitator.open_round(lasts=timedelta(minutes=5))
    found += [kim.get(), kim.get(f"?q={EVERY}"), watcher.get()]
    for number, person in enumerate(people):
        choices = {question.id: question.choices[number % 3] for question in held.model.questions}
        person.vote(choices, dict.fromkeys(choices, "Because it is so."))
    found.append(kim.get())
    held.facilitator.close()
    found.append(kim.get())
    held.facilitator.reveal()
    found.append(kim.get())
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    found.append(kim.get())
    kim.post("vote", kim.form() | sheet({FIST: "2"}))
    held.facilitator.reveal()
    found.append(kim.get())
    finish(held)
    return [*found, kim.get(), kim.get("?you"), held.person().get()]


# how pages are sent


def test_every_page_is_private_and_loads_nothing_from_elsewhere(held: Held) -> None:
    for answer in every_page(held):
        page = Page(answer.text)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        assert page.all("html")[0]["lang"] == "en"
        assert [link["href"] for link in page.all("link")] == ["/favicon.png"]
        assert page.all("img") == []
        assert "style=" not in answer.text
        assert [tag for tag, _ in page.elements].count("h1") == 1
        ids = [e["id"] for _, e in page.elements if e.get("id")]
        assert len(ids) == len(set(ids))
        described = " ".join(e.get("aria-describedby", "") for _, e in page.elements).split()
        assert set(described) <= set(ids)


def test_only_our_own_script_may_run_and_only_where_there_is_one(held: Held) -> None:
    for answer in every_page(held):
        scripts = Page(answer.text).all("script")
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert ("script-src 'self'; connect-src 'self'; " in policy) == bool(scripts)
        assert scripts in OURS
    assert policy.endswith("img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")


def test_pages_are_small(held: Held) -> None:
    """For fifty phones on the Wi-Fi of a meeting room."""
    sizes: dict[str, int] = {}
    for answer in every_page(held):
        title = answer.text.partition("<title>")[2].partition(" · ")[0]
        sizes[title] = max(len(answer.body), sizes.get(title, 0))
    large = {"All questions", "The votes are revealed", "Do we stand behind it?", "What was decided"}
    assert large < set(sizes)
    assert {title for title, size in sizes.items() if size >= MOST_BYTES} <= large, sizes
    assert max(sizes.values()) < MOST_BYTES_OF_ALL, sizes
    held = hold()
    kim = held.person("Kim")
    held.facilitator.open_round()
    for rest in ("", f"?q={EVERY}"):
        address = f"{held.path}{rest}"
        zipped = held.client.get(address, kim.headers(address) | {"accept-encoding": "gzip"})
        assert len(zipped.body) < TYPICAL_BYTES


def test_the_script_is_small_kept_for_an_hour_and_needs_nobody_else(held: Held) -> None:
    answer = held.client.get(script_address(ROOM_SCRIPT))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.body == ROOM_SCRIPT.read_bytes()
    assert len(answer.body) < SCRIPT_BYTES
    assert "//" not in re.sub(r"(^|\s)//.*", "", answer.text), "no address of anybody"
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(", answer.text)


@pytest.mark.parametrize(
    ("address", "file"), [(script_address(ROOM_SCRIPT), ROOM_SCRIPT), (script_address(COPY_SCRIPT), COPY_SCRIPT)]
)
def test_a_script_that_has_changed_has_another_address(address: str, file: Path) -> None:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert address.startswith(f"/{file.name}?v=")
    assert digest.startswith(address.partition("=")[2])


def test_a_workshop_that_is_over_asks_less_often_and_only_whether_it_is_still_there(held: Held) -> None:
    kim = held.person("Kim")
    voted(held, kim, held.person("Ada"))
    assert "data-slow" not in kim.page().all("span")[0]
    finish(held)
    for rest in ("", "/record"):
        page = kim.page(rest)
        (live,) = (each for _, each in page.elements if each.get("id") == "live")
        assert (live["data-slow"], live["data-deleted"]) == ("yes", "This workshop was deleted")
        assert page.all("script") == [{"src": script_address(ROOM_SCRIPT), "defer": ""}]


def test_everything_works_without_the_script(held: Held) -> None:
    kim = held.person("Kim")
    waiting = kim.get().text
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in waiting
    held.facilitator.open_round()
    assert "http-equiv" not in kim.get().text, "what is being typed is not taken away"
    for question in held.model.questions:
        answer = kim.post("vote", kim.form() | sheet({question.id: question.choices[0]}))
        assert answer.status == 303
    assert "You have answered everything" in kim.page().text


def test_every_field_has_a_label(held: Held) -> None:
    kim = held.person("Kim")
    held.facilitator.open_round()
    for answer in (held.client.get("/join"), held.person().get(), kim.get(), kim.get("?q=all"), kim.get("?you")):
        page = Page(answer.text)
        labelled = {label.get("for") for label in page.all("label")}
        fields = [e for e in page.all("input") if e.get("type") == "text"] + page.all("textarea")
        assert {field["id"] for field in fields} <= labelled
        boxes = [e for e in page.all("input") if e.get("type") in {"radio", "checkbox"}]
        assert len(boxes) == len([label for label in page.all("label") if label.get("class") == "choice"])
    assert len(page.all("legend")) == len(page.all("fieldset"))


# texts of people


@pytest.mark.robustness(34)
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("named", [True, False])
def test_what_people_typed_is_shown_as_they_typed_it(text: str, named: bool) -> None:
    """Robustness 34: a title, a decider, names, reasons and the decision, on every page where they can be."""
    held = hold(title=text, about=f"{text}\n{text}", decider=text, named=named)
    kim, ada = held.person(text), held.person(text)
    shown = [held.person().get(), kim.get(), kim.get("?you"), ada.get(f"/me/{kim.seat}")]
    held.facilitator.open_round()
    reasons = {"work_kind": text, "autonomy": f"{text}\n{text}"}
    for person in (kim, ada):
        person.vote(ALL_ALIKE, reasons)
    shown += [kim.get(), kim.get("?q=work_kind"), kim.get("?q=all")]
    late = kim.form("?q=work_kind") | sheet({"work_kind": "learn"}, {"work_kind": text})
    held.facilitator.close()
    shown += [kim.get(), kim.post("vote", late), held.person().post("vote", late)]
    held.facilitator.reveal()
    shown.append(kim.get())
    held.facilitator.agree(ALL_ALIKE, held.model)
    held.facilitator.open_check()
    for person in (kim, ada):
        person.post("vote", person.form() | sheet({FIST: "0"}, {FIST: text}))
    held.facilitator.reveal()
    shown.append(kim.get())
    held.facilitator.finish(text, text, text)
    shown += [kim.get(), kim.get("?you")]
    for answer in shown:
        page = Page(answer.text)
        assert text in page.text
        assert page.all("img") == []
        assert page.all("script") in OURS
        assert "49" not in page.text
        assert all(re.match(r"/(?!/)|[?#]|$", link["href"]) for link in page.all("a"))


@pytest.mark.robustness(31)
def test_a_room_whose_model_is_gone_says_so(tmp_path_factory: pytest.TempPathFactory, model: Model) -> None:
    """Robustness 31, for rooms: a newer model changes nothing in a room; without its own it is not shown."""
    held = hold(a_site(two_models(tmp_path_factory.mktemp("models"))))
    assert held.facilitator.room().setup.model == NEW
    kim = held.person("Kim")
    held.facilitator.open_round()
    other = Client(a_site(store=held.site.store, clock=held.site.clock))
    answer = Person(other, held.path, kim.cookies).get()
    assert answer.status == 404
    assert "made with a model that this server does not have" in Page(answer.text).text
