"""The page Share under AppTest: links that hold what the screen says, and never more than was chosen."""

from __future__ import annotations

import re
from typing import Any

import pytest

from okr_assistant.decision.registry import Models
from okr_assistant.sharing.links import is_token
from okr_assistant.sharing.portable import open_portable
from okr_assistant.store import SqlStore
from okr_assistant.web.context import services
from tests.pages.app import OurApp

ANSWERS = {"work_kind": "change", "product_stage": "growing", "autonomy": "unsure"}


@pytest.fixture
def app(store: SqlStore) -> OurApp:
    return OurApp(store).open("share", t="Faster checkout", **ANSWERS)


def addresses(app: OurApp) -> list[str]:
    return [address for html in app.at.html for address in re.findall(r'data-copy="([^"]*)"', str(html.value))]


def field(app: OurApp, name: str) -> Any:
    """The field for these words of the piece of work in front."""
    every = [*app.at.text_area, *app.at.text_input]
    return next(each for each in every if str(each.key).startswith(f"{name}_"))


def payload(app: OurApp) -> str:
    return next(address.split("/p/")[1] for address in addresses(app) if "/p/" in address)


def test_without_answers_there_is_nothing_to_share(store: SqlStore) -> None:
    app = OurApp(store).open("share")
    assert addresses(app) == []
    assert "There is no result yet" in app.everything


def test_the_portable_link_holds_the_answers_and_text_only_when_asked(app: OurApp, models: Models) -> None:
    assert len(payload(app)) == 12
    assert open_portable(models, payload(app)).sheet.answers == ANSWERS
    field(app, "notes").set_value("With the <b>payment</b> team")
    app.run()
    assert len(payload(app)) == 12
    app.at.checkbox(key="with_text").set_value(True)
    app.run()
    record = open_portable(models, payload(app))
    assert (record.sheet.title, record.notes) == ("Faster checkout", "With the <b>payment</b> team")


def test_notes_too_long_for_an_address_are_said_to_be_and_the_answers_are_still_shared(app: OurApp) -> None:
    field(app, "notes").set_value("".join(chr(0x4E00 + 7 * n % 9000) for n in range(1900)))
    app.at.checkbox(key="with_text").set_value(True)
    app.run()
    assert "The link below has the answers alone" in app.everything
    assert len(payload(app)) == 12


@pytest.mark.parametrize("level", ["verdict", "reasons", "notes"])
def test_a_link_for_the_team_keeps_what_its_level_says(app: OurApp, level: str) -> None:
    field(app, "notes").set_value("NOTES")
    field(app, "decided").set_value("DECIDED")
    app.run()
    app.at.radio(key="share_level").set_value(level)
    app.run().press("Make the link")
    token = next(address.split("/r/")[1] for address in addresses(app) if "/r/" in address)
    owner_key = next(address.split("/o/")[1] for address in addresses(app) if "/o/" in address)
    assert is_token(token)
    assert is_token(owner_key)
    link = services().links.open(token)
    assert link is not None
    assert services().links.owned(owner_key) == link
    frozen = str(link.snapshot.to_json())
    assert ("work_kind" in frozen) == (level != "verdict")
    assert ("NOTES" in frozen) == ("DECIDED" in frozen) == (level == "notes")


def test_every_kind_of_file_is_offered(app: OurApp) -> None:
    assert len(app.at.get("download_button")) == 7


def test_a_text_that_cannot_be_kept_is_said_to_be_and_left_out(app: OurApp, models: Models) -> None:
    field(app, "decided").set_value("a\u202eb")
    app.run()
    assert "Until then it is left out" in app.everything
    assert field(app, "decided").value == "a\u202eb"


def test_checking_again_shows_what_moved_because_of_which_answer(store: SqlStore) -> None:
    app = OurApp(store).open("share", **ANSWERS)
    code = app.address["a"]
    app.open("recheck", a=code, b=code)
    assert "The recommendation is the same." in app.everything
    app.answer("work_kind", "sustain")
    assert app.address["b"] == code, "what to compare with stays"
    assert "From OKRs to health metrics." in app.everything.replace("\\", "")


def test_words_belong_to_their_piece_of_work(app: OurApp) -> None:
    """Regression: notes about one piece of work went into the files and links of the next one."""
    field(app, "notes").set_value("Bob will leave")
    app.run().press("Make the link")
    made = addresses(app)
    answered = dict(app.address)
    app.open("assess", **answered, q="autonomy").answer("autonomy", "team")
    app.open("share", **{key: value for key, value in app.address.items() if key != "q"})
    assert field(app, "notes").value == "Bob will leave", "a changed answer is the same piece of work"
    app.open("share", work_kind="sustain", t="Payroll")
    assert field(app, "notes").value == ""
    assert not set(made) & set(addresses(app)) - {address for address in made if address.endswith("/assess")}
    app.open("share", **answered)
    assert field(app, "notes").value == "Bob will leave"
    app.open("start", **answered).press("Start again").open("share", work_kind="improve")
    assert field(app, "notes").value == ""
