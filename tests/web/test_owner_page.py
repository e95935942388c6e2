"""The owner's page: remarks with what they would lead to, and the end of a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okr_assistant.clock import hashed
from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import StoreError
from okr_assistant.sharing.ports import StoredLink
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.views.verdict import verdict_sentence
from okr_assistant.words import Words
from tests.second_model import FEWER_POINTS, NEW, two_models
from tests.web.asgi import Answer, Client, Page
from tests.web.site import ANSWERS, SAMPLES, Site, a_site, counted_token, share_samples

TOKEN, KEY = SAMPLES["notes"].token, SAMPLES["notes"].owner_key
ADDRESS = f"/o/{KEY}"


@pytest.fixture
def site(model: Model) -> Site:
    made = a_site()
    assert share_samples(made) == SAMPLES
    made.links.remark(TOKEN, model, "outcome_clarity", "unknown", "It was <b>sold</b>.\nLast year.", "Kim")
    made.links.remark(TOKEN, model, "autonomy", "unsure", "", "")
    return made


def the_link(site: Site) -> StoredLink:
    link = site.links.open(TOKEN)
    assert link
    return link


def press(client: Client, action: str, **more: str) -> Answer:
    token = Page(client.get(ADDRESS).text).hidden["token"]
    return client.post(ADDRESS, {"token": token, "action": action, **more})


def test_it_says_what_is_shared_and_until_when(client: Client) -> None:
    page = Page(client.get(ADDRESS).text)
    for text in ("Faster checkout in the app", "Use OKRs, once this is fixed", "Everything, notes included"):
        assert text in page.text
    assert "Made on 5 October 2026" in page.text
    assert "Until 5 October 2027" in page.text


def test_it_leads_to_the_shared_page_which_does_not_lead_back(client: Client) -> None:
    (shared,) = (link["href"] for link in Page(client.get(ADDRESS).text).all("a") if "/r/" in link["href"])
    assert shared == f"/r/{TOKEN}"
    assert KEY not in client.get(shared).text


def test_a_link_whose_token_does_not_follow_from_its_key_is_managed_without_being_found(site: Site) -> None:
    """As links were made at first."""
    key, token = counted_token(901), counted_token(902)
    site.store.add_link(replace(the_link(site), token_hash=hashed(token), owner_hash=hashed(key)))
    page = Page(Client(site).get(f"/o/{key}").text)
    assert "Use OKRs, once this is fixed" in page.text
    assert not [link for link in page.all("a") if "/r/" in link["href"]]


def test_each_remark_says_what_its_answer_would_lead_to(client: Client, model: Model, words: Words) -> None:
    page = Page(client.get(ADDRESS).text)
    for change in ({"outcome_clarity": "unknown"}, {"autonomy": "unsure"}):
        sentence = verdict_sentence(model, assess(model, AnswerSheet(ANSWERS | change)), words)
        assert sentence in page.text
    assert "With this answer it would be “" in page.text
    assert "With this answer the recommendation stays the same." in page.text
    assert "Shared: Yes, with a number. Instead: Not yet." in page.text
    assert "It was <b>sold</b>. Last year." in page.text
    assert "Kim, 5 October 2026" in page.text
    assert "Without a name, 5 October 2026" in page.text


@pytest.mark.parametrize(
    ("shared", "remark", "would_be", "fix"),
    [
        (
            {"measurability": "baseline", "product_stage": "idea"},
            ("measurability", "instrument"),
            "Use OKRs, once this is fixed",
            "Measure where the result stands today",
        ),
        (
            {},
            ("measurability", "too_late"),
            "Use OKRs, once this is fixed",
            "Choose a measure closer to your work",
        ),
        ({}, ("measurability", "baseline"), "Use OKRs for this work", ""),
    ],
)
def test_advice_that_gets_or_changes_a_condition_does_not_stay_the_same(
    model: Model, shared: dict[str, str], remark: tuple[str, str], would_be: str, fix: str
) -> None:
    """It once stayed, because the verdict has one name for all conditions and for what experts disagree on."""
    site = a_site()
    new = site.share("reasons", Record(AnswerSheet(ANSWERS | shared, "", model.version)))
    site.links.remark(new.token, model, *remark, "", "")
    page = Page(Client(site).get(f"/o/{new.owner_key}").text)
    assert f"With this answer it would be “{would_be}”." in page.text
    assert "stays the same" not in page.text
    assert (f"Fix this first {fix}" in page.text) == bool(fix)


def test_one_remark_is_deleted_and_the_other_stays(site: Site, client: Client) -> None:
    (first, second) = site.store.remarks(the_link(site).token_hash)
    answer = press(client, "delete_remark", remark=first.id)
    assert (answer.status, answer.headers["location"]) == (303, ADDRESS)
    assert site.store.remarks(the_link(site).token_hash) == (second,)
    assert press(client, "delete_remark", remark="nothing").status == 303
    for no_id in ("", "\0", "x" * 65, "é"):
        assert press(client, "delete_remark", remark=no_id).status == 400
    assert len(site.store.remarks(the_link(site).token_hash)) == 1


def test_remarks_are_closed_and_opened_again(site: Site, client: Client) -> None:
    press(client, "close")
    assert not the_link(site).remarks_open
    assert "takes no remarks at the moment" in Page(client.get(ADDRESS).text).text
    press(client, "open")
    assert the_link(site).remarks_open


def test_each_box_says_what_it_agrees_to(client: Client) -> None:
    said = Page(client.get(ADDRESS).text).text
    for box, button in (
        ("Yes, end the link", "End the link now"),
        ("Yes, delete it and its remarks", "Delete it with its remarks"),
    ):
        assert said.count(f"{box} {button}") == 1


@pytest.mark.parametrize("action", ["revoke", "delete"])
def test_a_link_ends_only_when_the_box_is_ticked(site: Site, client: Client, action: str) -> None:
    refused = press(client, action)
    assert refused.status == 400
    assert "tick the box" in Page(refused.text).text
    assert client.get(f"/r/{TOKEN}").status == 200
    answer = press(client, action, sure="yes")
    assert (answer.status, answer.headers["location"]) == (303, "/o/ended")
    # What it promises is what guests read: unknown and ended links are one page, which does not say "has ended".
    for page in (refused, client.get("/o/ended")):
        assert "that the link has ended or is not whole, without saying which." in Page(page.text).text
    assert "This link has ended, or it is not whole." in Page(client.get(f"/r/{TOKEN}").text).text
    assert client.get(f"/r/{TOKEN}").body == client.get(ADDRESS).body == client.get("/r/x").body
    assert (site.store.link(hashed(TOKEN)) is not None) == (action == "revoke")


@pytest.mark.parametrize("action", ["revoke", "delete"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_link_whose_model_is_gone_or_edited_is_still_ended(tmp_path: Path, level: Level, action: str) -> None:
    """Its owner once saw the page "needs another model", and could do nothing until it expired."""
    site = a_site(two_models(tmp_path / "one", FEWER_POINTS))
    record = Record(AnswerSheet(ANSWERS, "Checkout", NEW))
    edited, gone = a_site(two_models(tmp_path / "two"), store=site.store), a_site(store=site.store)
    for other in (edited, gone):
        new = site.share(level, record)
        client = Client(other)
        address = f"/o/{new.owner_key}"
        answer = client.get(address)
        page = Page(answer.text)
        assert answer.status == 200
        for text in ("Checkout", "model 2027.1, which this server does not have", "Until 5 October 2027"):
            assert text in page.text
        assert "Use OKRs" not in page.text
        sent = {"token": page.hidden["token"], "action": action}
        assert client.post(address, sent).status == 400
        assert client.post(address, sent | {"sure": "yes"}).headers["location"] == "/o/ended"
        assert client.get(address).status == 404
        assert site.links.open(new.token) is None


def test_no_button_works_without_the_page(site: Site, client: Client) -> None:
    remark_token = Page(client.get(f"/r/{TOKEN}/remark?question=work_kind").text).hidden["token"]
    other = Page(client.get(f"/o/{SAMPLES['reasons'].owner_key}").text).hidden["token"]
    for token in ("", remark_token, other):
        answer = client.post(ADDRESS, {"token": token, "action": "delete", "sure": "yes"})
        assert answer.status == 400
        assert "Nothing was changed" in Page(answer.text).text
    good = Page(client.get(ADDRESS).text).hidden["token"]
    evil = client.post(
        ADDRESS, {"token": good, "action": "delete", "sure": "yes"}, {"origin": "https://evil.example"}
    )
    assert evil.status == 400
    site.clock.time += timedelta(hours=3)
    assert client.post(ADDRESS, {"token": good, "action": "delete", "sure": "yes"}).status == 400
    assert client.get(f"/r/{TOKEN}").status == 200


@pytest.mark.parametrize("action", ["", "nothing", "DELETE"])
def test_an_unknown_action_changes_nothing(site: Site, client: Client, action: str) -> None:
    before = site.store.everything()
    assert press(client, action).status == 400
    assert site.store.everything() == before


@pytest.mark.robustness(27)
def test_a_share_token_manages_nothing(client: Client) -> None:
    assert client.get(f"/o/{TOKEN}").status == 404
    token = Page(client.get(ADDRESS).text).hidden["token"]
    answer = client.post(f"/o/{TOKEN}", {"token": token, "action": "delete", "sure": "yes"})
    assert answer.status == 404
    assert client.get(f"/r/{KEY}").status == 404


def test_the_verdict_alone_has_no_remarks_and_tells_no_answers(client: Client) -> None:
    page = Page(client.get(f"/o/{SAMPLES['verdict'].owner_key}").text)
    assert "The verdict alone" in page.text
    assert "Remarks" not in page.text


def test_the_page_is_not_kept_and_not_found(client: Client) -> None:
    headers = client.get(ADDRESS).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_store_that_fails_is_a_page(site: Site, client: Client) -> None:
    token = Page(client.get(ADDRESS).text).hidden["token"]
    site.store.fails = StoreError("storage_failed", place="storage", found="x")
    answer = client.post(ADDRESS, {"token": token, "action": "close"})
    assert answer.status == 503
    site.store.fails = None
    assert the_link(site).remarks_open


def test_two_hundred_remarks_are_one_page_soon(site: Site, client: Client, model: Model) -> None:
    for number in range(198):
        site.clock.time += timedelta(minutes=1)
        question = model.questions[number % len(model.questions)]
        option = question.options[number % len(question.options)].id
        site.links.remark(TOKEN, model, question.id, option, "x" * 50, "")
    page = Page(client.get(ADDRESS).text)
    assert "200 remarks of at most 200" in page.text
    assert len(page.all("article")) == 200
