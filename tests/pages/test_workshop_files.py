"""What the facilitator can take along, under AppTest: the votes once they are revealed, then the record."""

from __future__ import annotations

from datetime import date

import pytest

from okr_assistant.web.workshop import files
from tests.pages.rooms import HERS, Tab, Workshop, a_workshop

pytestmark = pytest.mark.usefixtures("browsers")

RECORD = ["Workshop record (PDF)", "Workshop record as text (Markdown)", "Everything in it as data (JSON)",
          "Calendar entry for the review (ICS)"]  # fmt: skip
VOTES = "All votes as a table (CSV)"


@pytest.fixture
def workshop() -> Workshop:
    """Three people have been asked, and have not answered yet."""
    workshop = a_workshop(questions=["work_kind"]).join("Ana", "Ben", "Chloé")
    workshop.led.open_round()
    return workshop


def revealed(workshop: Workshop) -> Workshop:
    for name in workshop.tokens:
        workshop.vote(name, {"work_kind": "change"}, reason=f"{name} has a reason")
    workshop.led.reveal()
    return workshop


def finished(workshop: Workshop) -> Workshop:
    led = revealed(workshop).led
    led.agree({"work_kind": "change"}, workshop.site.services.models.newest)
    led.finish("OKRs for two quarters", review_on=date(2027, 1, 15))
    return workshop


def downloads(tab: Tab) -> list[str]:
    return [button.proto.label for button in tab.at.get("download_button")]


def links(tab: Tab) -> list[str]:
    """Where buttons lead to, but for the projector, which every room has."""
    addresses = [link.proto.url for link in tab.at.get("link_button")]
    return [address for address in addresses if "/screen?" not in address]


def console(workshop: Workshop, browser: str | None = HERS, **address: str) -> Tab:
    tab = Tab(workshop.site, browser)
    tab.open("facilitate", **(address or {"room": workshop.id}))
    return tab


def test_before_the_reveal_there_is_nothing_to_take_along(workshop: Workshop) -> None:
    assert downloads(console(workshop)) == []
    workshop.led.close()
    assert downloads(console(workshop)) == []


def test_after_the_reveal_there_are_the_votes(workshop: Workshop) -> None:
    tab = console(revealed(workshop))
    assert downloads(tab) == [VOTES]
    assert links(tab) == []
    assert "Ana has a reason" in files.votes_file(workshop.led).make().decode()


def test_they_stay_while_people_vote_again(workshop: Workshop) -> None:
    revealed(workshop).led.open_round(["work_kind"])
    assert downloads(console(workshop)) == [VOTES]


def test_after_the_finish_there_is_the_record_as_well(workshop: Workshop) -> None:
    tab = console(finished(workshop))
    assert downloads(tab) == [*RECORD, VOTES]
    assert [link.endswith(f"/w/{workshop.id}/record") for link in links(tab)] == [True]


def test_who_has_the_key_in_the_address_gets_the_files_and_no_link_that_would_not_open(workshop: Workshop) -> None:
    tab = console(finished(workshop), None, key=workshop.keys.facilitator_key)
    assert downloads(tab) == [*RECORD, VOTES]
    assert links(tab) == []
