"""The page Share under AppTest: links that hold what the screen says, and never more than was chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from okr_assistant.clock import SystemTokens, is_token
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.coded_sheet import code_sheet
from okr_assistant.sharing.portable import open_portable
from okr_assistant.sharing.record import Record
from okr_assistant.store import SqlStore
from okr_assistant.web.context import connect, services
from tests.pages.app import OurApp, draft_of
from tests.second_model import FEWER_POINTS, NEW, OLD, OTHER_OPTION, two_models

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


def test_where_the_addresses_work_on_this_computer_only_the_page_says_so_and_what_to_do(app: OurApp) -> None:
    for public_url, said in (("http://localhost:8501", True), ("https://okr.example.org", False)):
        connect(replace(services(), public_url=public_url))
        assert ("work on this computer only. Before you send one" in app.run().everything) == said
        assert all(address.startswith(public_url) for address in addresses(app))


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


def test_a_link_for_the_team_is_shown_with_the_day_it_ends(app: OurApp) -> None:
    app.at.selectbox[0].set_value(30)
    app.run().press("Make the link")
    link = services().links.open(stored(app)[0].split("/r/")[1])
    assert link
    assert f"Open until {services().words.date(link.expires_at.date())}." in app.everything
    assert link.expires_at - link.made_at == timedelta(days=30)


def test_whoever_answers_themselves_knows_what_about_unless_the_title_is_unticked(app: OurApp) -> None:
    (named,) = (address for address in addresses(app) if "/assess" in address)
    assert named.endswith("/assess?t=Faster+checkout")
    app.at.checkbox(key="with_title").set_value(False)
    assert [address for address in addresses(app.run()) if address.endswith("/assess")]
    app.open("assess", **dict(parse_qsl(urlsplit(named).query)))
    assert (draft_of(app).title, draft_of(app).answers) == ("Faster checkout", {})


def test_without_a_title_there_is_none_to_send(store: SqlStore) -> None:
    app = OurApp(store).open("share", **ANSWERS)
    assert "with_title" not in [each.key for each in app.at.checkbox]
    assert [address for address in addresses(app) if address.endswith("/assess")]


def test_a_second_click_makes_no_second_link_to_the_same(app: OurApp) -> None:
    app.press("Make the link")
    (first,) = stored(app)
    assert stored(app.press("Make the link")) == [first]
    field(app, "notes").set_value("Something new")
    assert stored(app.run().press("Make the link"))[1:] == [first]


def test_a_link_that_was_ended_is_made_anew(app: OurApp) -> None:
    app.press("Make the link")
    (first,) = stored(app)
    link = services().links.open(first.split("/r/")[1])
    assert link
    services().links.revoke(link)
    assert stored(app.press("Make the link"))[1:] == [first]


def stored(app: OurApp) -> list[str]:
    return [address for address in addresses(app) if "/r/" in address]


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
    app.answer("autonomy", "team")
    assert "The recommendation is the same." in app.everything
    app.answer("work_kind", "sustain")
    assert app.address["b"] == code, "what to compare with stays"
    assert "From OKRs to health metrics." in app.everything.replace("\\", "")


def test_checking_again_begins_without_a_conclusion(store: SqlStore) -> None:
    """Regression: "The recommendation is the same." stood there before anything was asked."""
    app = OurApp(store).open("share", **ANSWERS)
    code = app.address["a"]
    app.open("recheck", a=code, b=code)
    assert "Then: So far: use OKRs" in app.everything
    assert "Nothing yet" in app.everything
    for too_early in ("The recommendation is", "Now: "):
        assert too_early not in app.everything
    app.answer("autonomy", "team")
    assert "Now: " in app.everything
    assert "Nothing yet" not in app.everything
    app.answer("autonomy", "unsure")
    assert "Nothing yet" in app.everything, "changed back"


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


@pytest.fixture
def newer(store: SqlStore, tmp_path: Path) -> OurApp:
    """The app after an update that brought a newer model."""
    app = OurApp(store)
    connect(replace(services(), models=two_models(tmp_path, FEWER_POINTS, OTHER_OPTION)))
    return app


OLD_ANSWERS = ANSWERS | {"measurability": "instrument"}


def test_checking_again_asks_todays_model_and_says_what_it_moved(newer: OurApp) -> None:
    """It once asked the old model again, so that nothing could ever move because of the model."""
    old = code_sheet(services().models.get(OLD), OLD_ANSWERS)
    newer.open("recheck", a=old, t="Faster checkout")
    assert draft_of(newer).model.version == NEW
    assert draft_of(newer).answers == ANSWERS, "the answer that the newer model calls otherwise is open"
    assert newer.address == {"a": draft_of(newer).code, "t": "Faster checkout", "b": old}
    said = newer.everything.replace("\\", "")
    assert services().words("comparison.by_model") in [each.label for each in newer.at.expander]
    assert services().words("comparison.by_answers") not in [each.label for each in newer.at.expander]
    assert "+6 before, +1 now." in said
    assert "This answer is no longer there, and the question is open: " in said
    newer.answer("measurability", "instrumented").answer("work_kind", "sustain")
    assert newer.address["b"] == old
    assert services().words("comparison.by_answers") in [each.label for each in newer.at.expander]
    assert "+6 before, +1 now." in newer.everything.replace("\\", ""), "the model's part stays the model's"


def test_a_kept_result_is_checked_again_on_todays_model(newer: OurApp, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = SystemTokens().token()
    services().results.keep(browser, Record(AnswerSheet(OLD_ANSWERS, "Faster checkout", OLD)))
    monkeypatch.setattr("okr_assistant.web.browser.browser", lambda: browser)
    newer.open("results")
    links = {link.label: link for link in newer.at.page_link}
    newer.follow(links[services().words("results.recheck")])
    models = services().models
    assert newer.address == {
        "a": code_sheet(models.get(NEW), ANSWERS),
        "t": "Faster checkout",
        "b": code_sheet(models.get(OLD), OLD_ANSWERS),
    }
    newer.open("results").follow(links[services().words("results.open")])
    assert draft_of(newer).model.version == OLD, "opened as it was"
