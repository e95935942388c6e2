"""The plain page of a shared result: what it shows, what it never shows, and what comes instead of it."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import StoreError
from okr_assistant.paths import ICON
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.views.shared import SharedView, whole_view
from okr_assistant.web import logs
from okr_assistant.words import Words
from tests.conftest import random_sheets
from tests.second_model import FEWER_POINTS, NEW, OLD, two_models
from tests.web.asgi import Answer, Client, Page
from tests.web.site import ANSWERS, HOSTILE, YEAR, Site, a_site, sample_record

MOST_BYTES = 60_000
TYPICAL_BYTES = 8_000
"""Of a compressed answer."""


def payload(site: Site, record: Record | None = None, *, with_text: bool = False) -> str:
    models = site.services.models
    return portable_payload(models, record or sample_record(models), with_text=with_text)


def sentences(view: SharedView) -> Iterator[str]:
    """Every text of a view that its page must have."""
    yield from filter(None, (view.title, view.sentence, view.form, view.margin, view.made_on, view.model))
    for advice in view.advice:
        yield advice.artefact
        yield from (run.text for block in advice.monday for run in block.runs)
    if not view.detail:
        return
    result, outlook = view.detail.result, view.detail.outlook
    yield from filter(None, (result.split, result.still_open, view.detail.notes, view.detail.review_on))
    yield from filter(
        None, (view.detail.decision.decided, view.detail.decision.because, view.detail.decision.owner)
    )
    for statement in (*result.contradictions, *result.obstacles, *result.conditions):
        yield from (statement.text, statement.because, *(citation.text for citation in statement.citations))
    for entry in result.ranking:
        yield from (entry.name, entry.points_text, entry.standing_text, entry.heading, entry.total)
        yield from (block.text for block in entry.blocks)
        for reason in entry.reasons:
            yield from (f"{reason.points} {reason.because}", f"{reason.question} {reason.answer}")
            yield from (citation.text for citation in reason.citations)
    for topic in result.contested:
        for side in (topic.for_, topic.against):
            yield from (topic.topic, side.text, *(citation.text for citation in side.citations))
    yield from result.find_out
    for row in result.answers:
        yield f"{row.question} {row.answer}{row.state}"
    if outlook:
        yield from (*outlook.flips, outlook.no_path)
        for path in outlook.paths:
            yield from (path.title, *(f"{change} {how}" for change, how in path.steps))
        if outlook.counter:
            yield from (outlook.counter.title, outlook.counter.said)
            yield from (f"{reason.text} {reason.because}" for reason in outlook.counter.reasons)


# what it shows


def test_the_page_has_every_sentence_of_its_view(site: Site, client: Client, model: Model, words: Words) -> None:
    for answers in random_sheets(model, 25, seed=51):
        sheet = AnswerSheet(answers, "Checkout", model.version)
        address = f"/p/{payload(site, Record(sheet, 'A note'), with_text=True)}"
        answer = client.get(address)
        assert answer.status == 200
        said = Page(answer.text).text
        for sentence in sentences(whole_view(assessment(model, sheet), words, notes="A note")):
            assert " ".join(sentence.split()) in said, sentence


def test_sources_are_links(client: Client, site: Site, model: Model) -> None:
    links = {link["href"]: link for link in Page(client.get(f"/p/{payload(site)}").text).all("a")}
    cited = [link for link in links if link.startswith("http")]
    assert len(cited) > 5
    assert set(cited) <= {source.url for source in model.sources}
    assert all("noreferrer" in links[link]["rel"] for link in cited)


def test_a_portable_page_has_texts_only_when_they_are_in_the_address(client: Client, site: Site) -> None:
    bare, told = (client.get(f"/p/{payload(site, with_text=with_text)}").text for with_text in (False, True))
    assert "Faster checkout" not in bare
    assert "payment team" not in bare
    assert "Faster checkout" in told
    assert "payment team is with us from March.\nLegal" in told
    assert "Use OKRs, and fix the measuring first" not in told, "a decision is never in an address"


def test_it_leads_into_the_app_with_the_same_answers_and_to_empty_questions(client: Client, site: Site) -> None:
    page = Page(client.get(f"/p/{payload(site, with_text=True)}").text)
    targets = [link["href"] for link in page.all("a")]
    assert f"/result?a={payload(site)}&t=Faster+checkout+in+the+app" in targets
    assert "/assess" in targets


def test_it_works_without_scripts_and_asks_nobody_else(client: Client, site: Site) -> None:
    page = Page(client.get(f"/p/{payload(site, with_text=True)}").text)
    assert page.all("script") == []
    assert [link["href"] for link in page.all("link")] == ["/favicon.png"]
    assert page.all("img") == []
    assert page.all("html")[0]["lang"] == "en"
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_everything_it_loads_is_small(client: Client, site: Site, model: Model) -> None:
    """The largest there is: all texts as long as they may be, in letters of three bytes."""
    icon = ICON.stat().st_size
    long = "字" * 2000
    decision = Decision("字" * 120, long, "字" * 120, None)
    for answers in (ANSWERS, *random_sheets(model, 20, seed=52)):
        token = site.share("notes", Record(AnswerSheet(answers, "字" * 120, model.version), long, decision)).token
        assert len(client.get(f"/r/{token}").body) + icon < MOST_BYTES
    assert len(client.get(f"/p/{payload(site)}", {"accept-encoding": "gzip"}).body) < TYPICAL_BYTES


def test_a_preview_has_title_verdict_and_a_picture_by_whole_address(client: Client, site: Site) -> None:
    address = f"/p/{payload(site, with_text=True)}"
    page = Page(client.get(address).text)
    assert page.meta("og:title") == "Faster checkout in the app"
    assert page.meta("og:description").startswith("Use OKRs, once this is fixed. Margin: clear")
    assert page.meta("og:url") == f"http://localhost:8501{address}"
    assert page.meta("og:image") == f"http://localhost:8501{address}/card.png"
    assert page.meta("twitter:card") == "summary_large_image"
    public = Page(Client(site, "https://okr.example.org").get(address).text)
    assert public.meta("og:image") == f"https://okr.example.org{address}/card.png"


@pytest.mark.robustness(34)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_shown_as_they_typed_it(site: Site, client: Client, text: str, model: Model) -> None:
    record = Record(AnswerSheet(ANSWERS, text, model.version), f"{text}\n{text}", Decision(text, text, text, None))
    answer = client.get(f"/r/{site.share('notes', record).token}")
    page = Page(answer.text)
    assert page.text.count(text) == 1 + 1 + 2 + 3, "head, title, notes, decision"
    assert page.meta("og:title") == text
    assert page.all("script") == page.all("img") == []
    assert "49" not in page.text


# what it never shows


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_not_shared_is_nowhere(
    site: Site, client: Client, level: Level, model: Model, words: Words
) -> None:
    """Not in the bytes of the page, of the picture, or of any header."""
    record = Record(
        AnswerSheet(ANSWERS, "QTITLE", model.version), "QNOTES", Decision("QDECIDED", "QBECAUSE", "QOWNER", None)
    )
    new = site.share(level, record)
    answers = [client.get(f"/r/{new.token}{path}") for path in ("", "/card.png", "/today", "/remark")]
    answers.append(client.get(f"/o/{new.owner_key}"))
    everything = b"\n".join(answer.body + str(answer.headers).encode() for answer in answers)
    assert b"QTITLE" in everything
    for marker in (b"QNOTES", b"QDECIDED", b"QBECAUSE", b"QOWNER"):
        assert (marker in everything) == (level == "notes")
    if level == "verdict":
        coded = payload(site, record)
        assert coded.encode() not in everything
        text = Page(answers[0].text).text
        for question, answer in ANSWERS.items():
            assert model.questions_by_id[question].text not in text
            option = model.questions_by_id[question].option(answer)
            if option and len(option.label) > 8:
                assert option.label not in text
        ranking = assessment(model, record.sheet).result.ranking
        assert not any(given.because in text for entry in ranking for given in entry.contributions)
        assert words("result.ranking") not in text
        assert answers[2].status == 307, "there are no answers to see on another model"


# headers


def test_headers_of_both_kinds(site: Site, client: Client) -> None:
    portable, stored = client.get(f"/p/{payload(site)}"), client.get(f"/r/{site.share('notes').token}")
    for answer in (portable, stored):
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert Page(answer.text).meta("robots") == "noindex, nofollow"
    assert portable.headers["cache-control"] == "private, max-age=300"
    assert stored.headers["cache-control"] == "no-store"


def test_the_policy_lets_our_style_and_nothing_else(site: Site, client: Client) -> None:
    answer = client.get(f"/p/{payload(site)}")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.endswith("img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
    assert "style=" not in answer.text


def test_head_and_a_second_get_say_the_same(site: Site, client: Client) -> None:
    for address in (f"/p/{payload(site)}", f"/r/{site.share('notes').token}"):
        first, again, head = client.get(address), client.get(address), client.get(address, method="HEAD")
        assert first.body == again.body
        assert (head.status, head.headers) == (first.status, first.headers)


def test_a_get_changes_nothing(site: Site, client: Client) -> None:
    new = site.share("notes")
    before = site.store.everything()
    for path in (f"/r/{new.token}", f"/r/{new.token}/card.png", f"/r/{new.token}/remark", f"/o/{new.owner_key}"):
        assert client.get(path).status == 200
    assert site.store.everything() == before


# links that do not open


def not_here_pages(site: Site, client: Client) -> dict[str, Answer]:
    expired, revoked = site.share("notes", lifetime=timedelta(hours=1)), site.share("notes")
    site.clock.time += timedelta(hours=1)  # to the very instant
    owned = site.links.owned(revoked.owner_key)
    assert owned
    site.links.revoke(owned)
    live = site.share("notes").token
    tokens = {
        "expired": expired.token,
        "revoked": revoked.token,
        "unknown": "A" * 22,
        "truncated": live[:-1],
        "case": live.swapcase(),
        "one off": f"{live[:-1]}Z",
        "equals": f"{live}=",
        "accent": f"{live}%C3%A9",
        "long": "A" * 1_000_000,
        "space": "%20",
        "nul": f"{live}%00",
        "bytes": "%ED%A0%80",
        "dots": "..",
        "owner's key": site.share("notes").owner_key,
    }
    found = {name: client.get(f"/r/{token}") for name, token in tokens.items()}
    found |= {f"{name}, picture": client.get(f"/r/{token}/card.png") for name, token in tokens.items()}
    found |= {f"{name}, remark": client.get(f"/r/{token}/remark") for name, token in tokens.items()}
    found |= {f"{name}, owner": client.get(f"/o/{token}") for name, token in tokens.items() if "owner" not in name}
    found |= {"a share token as a key": client.get(f"/o/{live}"), "empty": client.get("/r/")}
    assert client.get(f"/r/{live}?token=a&token=b").status == 200
    return found


@pytest.mark.robustness(23, 24)
def test_unknown_expired_and_revoked_links_are_the_same_bytes(site: Site, client: Client) -> None:
    pages = not_here_pages(site, client)
    answers = {(answer.status, answer.body, str(sorted(answer.headers.items()))) for answer in pages.values()}
    assert len(answers) == 1
    (status, body, _) = answers.pop()
    page = Page(body.decode())
    assert status == 404
    assert "Ask whoever sent it" in page.text
    assert {"/", "/assess"} <= {link["href"] for link in page.all("a")}


@pytest.mark.robustness(21)
def test_a_clock_that_goes_back_does_not_revive_a_link(site: Site, client: Client) -> None:
    new = site.share("notes", lifetime=timedelta(hours=1))
    site.clock.time += timedelta(hours=2)
    assert client.get(f"/r/{new.token}").status == 404
    site.clock.time -= timedelta(days=1)
    assert client.get(f"/r/{new.token}").status == 404


@pytest.mark.robustness(25)
def test_what_cannot_be_a_token_never_reaches_the_store(site: Site, client: Client) -> None:
    asked = site.store.asked
    for token in ("A" * 21, "A" * 23, "A" * 1_000_000, "A" * 21 + "%C3%A9", "A" * 21 + "=", "%00" * 22):
        client.get(f"/r/{token}")
        client.get(f"/o/{token}")
    assert site.store.asked == asked


@pytest.mark.robustness(26)
@pytest.mark.parametrize(
    "damage",
    ["", "x", "-", "A" * 12, "A" * 1_000_000, "%00", "%ED%A0%80", "é", "{}=", "{}-", "{}-A", "{}%C3%A9", "a/b"],
)
def test_a_damaged_portable_link_is_a_clear_page(site: Site, client: Client, damage: str) -> None:
    address = f"/p/{damage.format(payload(site))}".replace("é", "%C3%A9")
    answer = client.get(address)
    page = Page(answer.text)
    assert answer.status == 404
    assert "This link is damaged" in page.text
    assert "copy it whole" in page.text
    assert "/assess" in [link["href"] for link in page.all("a")]


def test_every_cut_and_every_other_sign_is_damage(site: Site, client: Client) -> None:
    whole = payload(site, with_text=True)
    places = [*range(0, len(whole), 3)]
    damaged = [whole[:place] for place in places]
    damaged += [f"{whole[:p]}{'1' if whole[p] != '1' else '2'}{whole[p + 1 :]}" for p in places]
    opened = [text for text in damaged if client.get(f"/p/{text}").status == 200]
    assert opened in ([], [payload(site)]), "cut before its text it is a whole link without text"


# the models


@pytest.mark.robustness(31)
def test_a_link_of_an_older_model_stays_on_it_and_offers_the_newer(tmp_path: Path) -> None:
    models = two_models(tmp_path, FEWER_POINTS)
    site = a_site(models)
    client = Client(site)
    record = Record(AnswerSheet(ANSWERS, "Checkout", OLD))
    for address in (f"/p/{payload(site, record)}", f"/r/{site.share('reasons', record).token}"):
        page = Page(client.get(address).text)
        assert "Worked out with model 2026.1" in page.text
        assert "OKRs: 29 points" in page.text
        assert f"{address}/today" in [link["href"] for link in page.all("a")]
        today = Page(client.get(f"{address}/today").text)
        assert "What moved because of the model OKRs: 29 points before, 24 now." in today.text
        assert "What moved because of answers Nothing." in today.text
        assert "OKRs: 24 points" in today.text
        assert "Worked out with model 2027.1" in today.text
        assert today.meta("og:url").endswith(f"{address}/today")
        assert not [e for e in today.all("meta") if ":image" in str(e)], "the picture is of the older verdict"
        assert address in [link["href"] for link in today.all("a")]


def test_a_link_of_todays_model_offers_nothing_newer(site: Site, client: Client) -> None:
    address = f"/p/{payload(site)}"
    assert "/today" not in client.get(address).text
    answer = client.get(f"{address}/today")
    assert (answer.status, answer.headers["location"]) == (307, address)


def test_a_stored_link_is_never_shown_on_another_model(tmp_path: Path) -> None:
    """The model is gone, or has the same version and other numbers."""
    site = a_site(two_models(tmp_path / "one", FEWER_POINTS))
    record = Record(AnswerSheet(ANSWERS, "Checkout", NEW))
    tokens = [site.share(level, record).token for level in LEVELS]
    edited = a_site(two_models(tmp_path / "two"), store=site.store)
    gone = a_site(store=site.store)
    for other in (edited, gone):
        client = Client(other)
        for token in tokens:
            answer = client.get(f"/r/{token}")
            assert answer.status == 404
            assert "another model" in Page(answer.text).text


# trouble


def test_a_store_that_fails_is_a_page_with_a_next_step(site: Site, client: Client) -> None:
    new = site.share("notes")
    site.store.fails = StoreError("storage_failed", place="/secret/path", found="TOKEN")
    for path in (f"/r/{new.token}", f"/r/{new.token}/card.png", f"/r/{new.token}/remark", f"/o/{new.owner_key}"):
        answer = client.get(path)
        assert (answer.status, answer.headers["retry-after"]) == (503, "60")
        assert "Try again in a minute" in Page(answer.text).text
        assert b"secret" not in answer.body
    site.store.fails = None
    assert client.get(f"/r/{new.token}").status == 200


@pytest.mark.robustness(44)
def test_any_other_error_is_a_page_and_a_line_without_what_it_said(
    site: Site, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    new = site.share("notes")
    site.store.fails = RuntimeError(f"/home/somebody: {new.token} Faster checkout")
    before = logging.getLogRecordFactory()
    logs.keep_private()
    try:
        answer = client.get(f"/r/{new.token}")
    finally:
        logging.setLogRecordFactory(before)
    assert answer.status == 500
    for secret in (new.token, "somebody", "Traceback", "RuntimeError", ".py"):
        assert secret not in answer.text
    assert "Something went wrong on our side" in answer.text
    assert "RuntimeError at tests.web.site:" in caplog.text
    assert not any(secret in caplog.text for secret in (new.token, "somebody", "checkout", "Traceback"))


def test_another_host_is_refused(site: Site, client: Client) -> None:
    assert client.get(f"/p/{payload(site)}", {"host": "evil.example"}).status == 403


def test_a_link_of_a_year_is_there_for_a_year(site: Site, client: Client) -> None:
    """Daylight-saving days and a clock that is off by a minute and a half make no difference."""
    token = site.share("notes", lifetime=YEAR).token
    for later in (timedelta(seconds=90), timedelta(seconds=-90), timedelta(days=180), YEAR - timedelta(seconds=1)):
        site.clock.time = a_site().clock.time + later
        assert client.get(f"/r/{token}").status == 200
