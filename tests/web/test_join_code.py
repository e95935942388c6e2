"""The page on which people type a code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.asgi import Page
from tests.web.people import Held


@pytest.mark.robustness(33)
@pytest.mark.parametrize(
    "typed", ["00000001", "0000-0001", " 0000 0001 ", "oOqO-OOOi", "０００００００１", "0000–000l"]
)
def test_a_code_leads_to_its_room_however_it_is_typed(held: Held, typed: str) -> None:
    """Robustness 33."""
    answer = held.client.post("/join", {"code": typed})
    assert (answer.status, answer.headers["location"]) == (303, held.path)


@pytest.mark.robustness(33)
@pytest.mark.parametrize(
    ("typed", "status", "said", "shown"),
    [
        ("", 400, "A code has eight letters and digits", ""),
        ("1234567", 400, "A code has eight letters and digits", "1234567"),
        ("7k4m_2wxd", 400, "A code has eight letters and digits", "7k4m_2wxd"),
        ("<b>&\"'", 400, "A code has eight letters and digits", "<b>&\"'"),
        ("7k4m 2wxb", 404, "No workshop has this code", "7k4m 2wxb"),
    ],
)
def test_a_code_that_leads_nowhere_is_said_so_and_stays_in_the_field(
    held: Held, typed: str, status: int, said: str, shown: str
) -> None:
    answer = held.client.post("/join", {"code": typed})
    page = Page(answer.text)
    assert answer.status == status
    assert said in page.text
    field = next(e for e in page.all("input") if e["name"] == "code")
    assert field["value"] == shown
    assert field["aria-describedby"].split() == ["code_hint", "problem_code"]


def test_the_field_for_the_code_suits_a_phone(held: Held) -> None:
    (field,) = Page(held.client.get("/join").text).all("input")
    assert field["autocapitalize"] == "characters"
    assert (field["autocomplete"], field["spellcheck"], field["enterkeyhint"]) == ("off", "false", "go")


@pytest.mark.robustness(32)
def test_after_many_wrong_codes_typing_has_to_wait_and_links_do_not(held: Held) -> None:
    """Robustness 32, as it is seen from outside."""
    for _ in range(300):
        held.site.store.add_wrong_code(held.site.clock.now())
    answer = held.client.post("/join", {"code": "00000001"})
    assert answer.status == 429
    assert "wait 10 minutes, or use the link or the QR code" in Page(answer.text).text
    held.person("Kim")
    held.site.clock.time += timedelta(minutes=10)
    assert held.client.post("/join", {"code": "00000001"}).status == 303
