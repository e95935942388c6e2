"""The form to say "I would answer this differently": what it keeps, and what it refuses without losing text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from okr_assistant.clock import hashed
from okr_assistant.errors import StoreError
from okr_assistant.sharing.links import MOST_REMARKS
from okr_assistant.sharing.ports import Remark
from okr_assistant.web.forms import SMALL
from okr_assistant.web.routes import remarks
from tests.web.asgi import FORM, Answer, Client, Page
from tests.web.site import SAMPLES, START, Site, a_site, share_samples

TOKEN = SAMPLES["notes"].token
ADDRESS = f"/r/{TOKEN}/remark"


@pytest.fixture
def site() -> Site:
    made = a_site()
    assert share_samples(made) == SAMPLES
    return made


def hidden(client: Client, question: str = "work_kind", address: str = ADDRESS) -> dict[str, str]:
    return Page(client.get(f"{address}?question={question}").text).hidden


def fields(client: Client, **typed: str) -> dict[str, str]:
    return hidden(client) | {"answer": "deliver", "reason": "It was sold.", "name": "Kim"} | typed


def kept(site: Site) -> tuple[Remark, ...]:
    link = site.links.open(TOKEN)
    return site.store.remarks(link.token_hash) if link else ()


def typed_is_there(answer: Answer, typed: dict[str, str]) -> bool:
    page = Page(answer.text)
    chosen = [e["value"] for e in page.all("input") if "checked" in e]
    name = next(e["value"] for e in page.all("input") if e.get("name") == "name")
    wanted = [typed["answer"]] if typed["answer"] in {"deliver", "sustain"} else []
    return chosen == wanted and name == typed["name"] and " ".join(typed["reason"].split()) in page.text


def test_a_remark_is_kept_and_the_sender_told(site: Site, client: Client) -> None:
    answer = client.post(ADDRESS, fields(client, reason="It was sold.\r\nLast year."))
    assert (answer.status, answer.headers["location"]) == (303, f"{ADDRESS}?sent=1")
    assert answer.headers["cache-control"] == "no-store"
    assert "Whoever owns this link can read it now" in Page(client.get(f"{ADDRESS}?sent=1").text).text
    (remark,) = kept(site)
    assert (remark.question, remark.option, remark.name) == ("work_kind", "deliver", "Kim")
    assert remark.reason == "It was sold.\nLast year."
    assert remark.made_at == site.clock.now()


@pytest.mark.robustness(17)
def test_a_double_click_keeps_one_remark(site: Site, client: Client) -> None:
    """It once kept two: the form had no name of its own."""
    sent = fields(client)
    first, second = client.post(ADDRESS, sent), client.post(ADDRESS, sent)
    assert (first.status, first.headers) == (second.status, second.headers)
    assert first.headers["location"] == f"{ADDRESS}?sent=1"
    assert len(kept(site)) == 1
    site.clock.time += timedelta(hours=1)
    assert client.post(ADDRESS, sent).status == 303
    assert len(kept(site)) == 1


def test_what_was_changed_after_going_back_is_another_remark(site: Site, client: Client) -> None:
    """Nobody is told that it was sent when it was dropped."""
    sent = fields(client)
    for change in ({}, {"reason": "Another one."}, {"answer": "learn"}):
        assert client.post(ADDRESS, sent | change).status == 303
    assert len(kept(site)) == 3


def test_the_same_words_in_two_forms_are_two_remarks(site: Site, client: Client) -> None:
    for _ in range(2):
        assert client.post(ADDRESS, fields(client)).status == 303
    assert len(kept(site)) == 2


def test_reason_and_name_are_optional(site: Site, client: Client) -> None:
    assert client.post(ADDRESS, fields(client, reason="", name="")).status == 303
    assert len(kept(site)) == 1


def test_the_form_offers_all_answers_but_the_shared_one(client: Client) -> None:
    page = Page(client.get(f"{ADDRESS}?question=work_kind").text)
    offered = [e["value"] for e in page.all("input") if e.get("type") == "radio"]
    assert offered == ["deliver", "sustain", "improve", "learn", "mixed", "unsure"]
    assert "Shared here: Change how something performs" in page.text
    assert page.all("input")[-1]["autocomplete"] == "name"


@pytest.mark.parametrize("query", ["", "?question=", "?question=nothing", "?question=%00", "?a=1&a=2"])
def test_without_a_question_all_are_offered(client: Client, query: str) -> None:
    page = Page(client.get(f"{ADDRESS}{query}").text)
    assert f"{ADDRESS}?question=autonomy" in [link["href"] for link in page.all("a")]
    assert page.all("form") == []


@pytest.mark.robustness(37)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"answer": ""}, "Choose an answer."),
        ({"answer": "change"}, "Choose an answer."),
        ({"answer": "nonsense"}, "Choose an answer."),
        ({"reason": "x" * 1001}, "1001 characters; allowed: at most 1000 characters."),
        ({"reason": "left\u202eright"}, "hides or reorders text (U+202E)"),
        ({"reason": "a\u200bb"}, "hides or reorders text (U+200B)"),
        ({"reason": "e" + "\u0301" * 500}, "combining marks"),
        ({"name": "n" * 121}, "121 characters"),
        ({"name": "\u2800"}, "Has a character"),
        ({"name": "two\nlines"}, "Has a character"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_form_and_nothing_typed_is_lost(
    site: Site, client: Client, typed: dict[str, str], said: str
) -> None:
    sent = fields(client, **typed)
    answer = client.post(ADDRESS, sent)
    assert answer.status == 400
    assert said in Page(answer.text).text
    if "\n" not in sent["name"]:
        assert typed_is_there(answer, sent)
    assert kept(site) == ()


@pytest.mark.parametrize("name", ["Anna", "Аnna", "👩‍👩‍👧", "می‌خواهم", "<b>x</b> **y** :red[z]"])
def test_names_of_all_kinds_are_kept_as_they_are(site: Site, client: Client, name: str) -> None:
    assert client.post(ADDRESS, fields(client, name=name)).status == 303
    assert kept(site)[0].name == name


def test_a_form_of_another_page_hour_or_link_is_not_taken(site: Site, client: Client) -> None:
    good = fields(client)
    other = hidden(client, address=f"/r/{SAMPLES['reasons'].token}/remark")["token"]
    owner = Page(client.get(f"/o/{SAMPLES['notes'].owner_key}").text).hidden["token"]
    for token in ("", "x", "é", other, owner, good["token"][:-1]):
        answer = client.post(ADDRESS, good | {"token": token})
        assert answer.status == 400
        assert typed_is_there(answer, good)
    site.clock.time += timedelta(hours=1)
    assert client.post(ADDRESS, good).status == 303, "the hour before still counts"
    named = f"x{good['token']}"
    assert client.post(ADDRESS, good | {"token": named}).status == 400, "nobody else names a form"
    site.clock.time += timedelta(hours=1)
    late = client.post(ADDRESS, good)
    assert late.status == 400
    assert typed_is_there(late, good)
    assert client.post(ADDRESS, good | {"token": Page(late.text).hidden["token"]}).status == 303
    assert len(kept(site)) == 2


@pytest.mark.robustness(43)
@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_a_form_sent_by_another_site_is_refused(site: Site, client: Client, headers: dict[str, str]) -> None:
    assert client.post(ADDRESS, fields(client), headers).status == 400
    assert kept(site) == ()


@pytest.mark.parametrize("origin", ["null", "http://localhost:8501"])
def test_our_own_page_may_send_it(site: Site, client: Client, origin: str) -> None:
    assert client.post(ADDRESS, fields(client), {"origin": origin, "sec-fetch-site": "same-origin"}).status == 303


def test_more_than_32_kib_is_not_read(site: Site, client: Client) -> None:
    for headers in ({}, {"content-length": "10"}, {"content-length": "9" * 5000}, {"content-length": "x"}):
        answer = client.send(ADDRESS, b"reason=" + b"x" * SMALL.most_bytes, headers)
        assert answer.status == 413
        assert "what you typed is still there" in Page(answer.text).text
    assert client.post(ADDRESS, fields(client, reason="x" * (SMALL.most_bytes - 500))).status == 400
    assert kept(site) == ()


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (b"", FORM),
        (b"\xff\xfe", FORM),
        (b"answer=%ED%A0%80", FORM),
        (b"answer=a&answer=b", FORM),
        (b"&".join(b"f%d=1" % number for number in range(50)), FORM),
        (b"no fields at all", FORM),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"answer=deliver", ""),
    ],
)
def test_what_is_no_form_of_ours_is_a_page(site: Site, client: Client, body: bytes, type_: str) -> None:
    answer = client.send(ADDRESS, body, {"content-type": type_})
    assert answer.status == 400
    assert "Nothing was changed" in Page(answer.text).text
    assert kept(site) == ()


@pytest.mark.parametrize("change", [{"question": "nothing"}, {"question": ""}, {"extra": "1"}])
def test_a_form_that_was_changed_on_its_way_is_refused(site: Site, client: Client, change: dict[str, str]) -> None:
    assert client.post(ADDRESS, fields(client) | change).status == 400
    assert kept(site) == ()


def test_many_remarks_in_a_minute_have_to_wait_and_200_are_the_most(site: Site, client: Client) -> None:
    answers = [client.post(ADDRESS, fields(client)) for _ in range(11)]
    assert [answer.status for answer in answers] == [303] * 10 + [429]
    assert typed_is_there(answers[-1], fields(client))
    assert "Wait a minute" in Page(answers[-1].text).text
    token_hash, (first, *_) = hashed(TOKEN), kept(site)
    for number in range(len(kept(site)), MOST_REMARKS - 1):
        again = replace(first, id=f"{number}")
        assert site.store.add_remark(token_hash, again, most=MOST_REMARKS, since=START, most_since=MOST_REMARKS)
    site.clock.time += timedelta(minutes=2)
    assert client.post(ADDRESS, fields(client)).status == 303, "the last one"
    site.clock.time += timedelta(minutes=2)
    assert client.post(ADDRESS, fields(client)).status == 429
    assert len(kept(site)) == MOST_REMARKS


def test_a_link_without_answers_takes_none(client: Client) -> None:
    address = f"/r/{SAMPLES['verdict'].token}"
    assert f"{address}/remark" not in client.get(address).text
    assert "takes no remarks" in Page(client.get(f"{address}/remark").text).text
    assert client.post(f"{address}/remark", fields(client)).status == 409


def test_a_link_that_was_closed_takes_none_either(site: Site, client: Client) -> None:
    sent = fields(client)
    link = site.links.open(TOKEN)
    assert link
    site.store.set_remarks_open(link.token_hash, is_open=False)
    assert ADDRESS not in client.get(f"/r/{TOKEN}").text
    assert client.post(ADDRESS, sent).status == 409
    assert kept(site) == ()


def test_a_link_that_ended_is_not_here(site: Site, client: Client) -> None:
    sent = fields(client)
    link = site.links.open(TOKEN)
    assert link
    site.links.revoke(link)
    assert client.post(ADDRESS, sent).body == client.get("/r/x").body


@pytest.mark.parametrize("end", ["revoke", "delete"])
def test_a_link_that_ends_while_its_remark_is_sent_is_not_here(
    site: Site, client: Client, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted between opening it and writing, it once looked like a storage that does not answer (503)."""
    sent = fields(client)
    add = site.store.inner.add_remark
    problems = remarks._problems
    link = site.links.open(TOKEN)
    assert link

    def deleted_first(*args: Any, **more: Any) -> bool:
        site.store.inner.delete_link(link.token_hash)
        return add(*args, **more)

    def revoked_first(*args: Any) -> dict[str, str]:
        site.links.revoke(link)
        return problems(*args)

    if end == "delete":
        monkeypatch.setattr(site.store.inner, "add_remark", deleted_first)
    else:
        monkeypatch.setattr(remarks, "_problems", revoked_first)
    answer = client.post(ADDRESS, sent)
    assert (answer.status, answer.body) == (404, client.get("/r/x").body)


def test_a_store_that_fails_while_sending_keeps_nothing_and_says_so(site: Site, client: Client) -> None:
    sent = fields(client)
    site.store.fails = StoreError("storage_failed", place="storage", found="x")
    assert client.post(ADDRESS, sent).status == 503
    site.store.fails = None
    assert kept(site) == ()
    assert client.post(ADDRESS, sent).status == 303


def test_the_form_has_a_label_for_every_field(client: Client) -> None:
    page = Page(client.post(ADDRESS, fields(client, answer="", name="n" * 200)).text)
    ids = {e["id"] for _, e in page.elements if "id" in e}
    for label in page.all("label"):
        assert "for" not in label or label["for"] in ids
    described = [e["aria-describedby"] for _, e in page.elements if "aria-describedby" in e]
    assert {id_ for names in described for id_ in names.split()} <= ids
    assert "problem_name" in ids
