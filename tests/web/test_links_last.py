"""Links made earlier: after a restart, on an empty disk, and with a newer model they show what they showed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okr_assistant.sharing.portable import portable_payload
from tests.second_model import FEWER_POINTS, two_models, without
from tests.web.asgi import Client, Page
from tests.web.site import Site, WatchedStore, a_site, sample_record, share_samples


def shown(site: Site, address: str) -> str:
    """The page without what only the newest model changes: the offer to look at it."""
    answer = Client(site).get(address)
    assert answer.status == 200
    return re.sub(r'<p class="box">[^\n]*?/today[^\n]*?</p>\n?', "", answer.text)


def addresses(site: Site) -> list[str]:
    portable = portable_payload(site.services.models, sample_record(site.services.models), with_text=True)
    return [f"/p/{portable}", *(f"/r/{link.token}" for link in share_samples(site).values())]


def test_after_a_restart_every_link_shows_the_same(site: Site) -> None:
    made = addresses(site)
    before = [shown(site, address) for address in made]
    again = a_site(clock=site.clock, store=WatchedStore(site.store.folder))
    assert [shown(again, address) for address in made] == before


def test_on_an_empty_disk_portable_links_show_the_same(site: Site) -> None:
    portable, *stored = addresses(site)
    before = shown(site, portable)
    moved = a_site(clock=site.clock)
    assert shown(moved, portable) == before
    assert {Client(moved).get(address).status for address in stored} == {404}


@pytest.mark.robustness(31)
def test_with_a_newer_model_every_link_shows_the_same(site: Site, tmp_path: Path) -> None:
    made = addresses(site)
    before = [shown(site, address) for address in made]
    newer = a_site(two_models(tmp_path, FEWER_POINTS), clock=site.clock, store=site.store)
    assert newer.services.models.newest.version != site.services.models.newest.version
    assert [shown(newer, address) for address in made] == before


@pytest.mark.robustness(31)
def test_with_a_model_that_asks_one_question_less_old_links_stay_and_say_so(site: Site, tmp_path: Path) -> None:
    portable, verdict, *with_answers = addresses(site)
    before = [shown(site, address) for address in (portable, verdict, *with_answers)]
    fewer = a_site(two_models(tmp_path, *without("review_rhythm")), clock=site.clock, store=site.store)
    assert "review_rhythm" not in fewer.services.models.newest.questions_by_id
    assert [shown(fewer, address) for address in (portable, verdict, *with_answers)] == before
    for address in (portable, *with_answers):
        assert "Worked out with model 2026.1" in Page(Client(fewer).get(address).text).text
        today = Page(Client(fewer).get(f"{address}/today").text).text
        assert "Worked out with model 2027.1" in today
        assert "No longer asked: " in today
