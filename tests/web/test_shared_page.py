"""The plain page of a shared result: what it shows, and what it never shows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.paths import ICON
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.views.shared import SharedView, whole_view
from okr_assistant.words import Words
from tests.conftest import random_sheets
from tests.web.asgi import Client, Page
from tests.web.shared_links import payload
from tests.web.site import ANSWERS, HOSTILE, Site

MOST_BYTES = 60_000

TYPICAL_BYTES = 8_000
"""Of a compressed answer."""


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


def test_a_stored_page_says_at_its_top_until_when_it_is_open_and_how_to_object(client: Client, site: Site) -> None:
    """Regression: on a phone the objection was the last thing of a long page, and the end date was nowhere."""
    token = site.share("reasons").token
    html = client.get(f"/r/{token}").text
    page = Page(html)
    assert "Open until 5 October 2027. Say what you would answer differently" in page.text
    objection = f"/r/{token}/remark"
    targets = [link["href"] for link in page.all("a")]
    assert targets.count(objection) == 2
    assert html.index(objection) < html.index("<h2"), "before all that is behind the verdict"
    last = len(targets) - 1 - targets[::-1].index(objection)
    assert targets[last + 1].startswith("/result?a="), "and at the end before the way into the app"


def test_a_page_says_nothing_at_its_top_that_is_not_so(client: Client, site: Site) -> None:
    alone, whole = site.share("verdict"), site.share("reasons")
    link = site.links.open(whole.token)
    assert link
    site.store.set_remarks_open(link.token_hash, is_open=False)
    for token in (alone.token, whole.token):
        page = Page(client.get(f"/r/{token}").text)
        assert "Open until 5 October 2027." in page.text
        assert f"/r/{token}/remark" not in [each["href"] for each in page.all("a")]
    assert "Open until" not in Page(client.get(f"/p/{payload(site)}").text).text


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
