"""Link cards: the picture shows what is shared and no more, at one size, from the shared chart code."""

from __future__ import annotations

import asyncio
import json
import struct
import threading
from typing import Any

import pytest

from okr_assistant.charts import card
from okr_assistant.decision.assessment import assessment
from okr_assistant.decision.model import Model
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import LEVELS, Level
from okr_assistant.views.shared import SharedView, whole_view
from okr_assistant.web.opened import opened_token
from okr_assistant.web.routes import shared
from okr_assistant.web.routes.guard import MOST_WAITING
from okr_assistant.words import Words
from tests.conftest import random_sheets
from tests.web.asgi import Answer, Client, Page
from tests.web.site import ANSWERS, Site, sample_record

LABELS = ["a:Q", "a.b", "x[0]", 'it\'s "quoted" \\ back', "<b>&amp;</b>", "datum.text", "%E2%80%AE"]


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def view_of(model: Model, words: Words, answers: dict[str, str], title: str = "") -> SharedView:
    return whole_view(assessment(model, AnswerSheet(answers, title, model.version)), words)


def spec_of(view: SharedView, words: Words) -> dict[str, Any]:
    return card._spec(card._drawn(view), words)


def data(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows]


def test_it_is_a_picture_of_1200_by_630_at_every_level(site: Site, client: Client) -> None:
    addresses = [f"/r/{site.share(level).token}" for level in LEVELS]
    addresses.append(f"/p/{portable_payload(site.services.models, sample_record(site.services.models))}")
    for address in addresses:
        answer = client.get(f"{address}/card.png")
        assert answer.status == 200
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["cache-control"] == ("no-store" if "/r/" in address else "private, max-age=300")
        assert size(answer.body) == (1200, 630)
        assert len(answer.body) < 300_000
        head = client.get(f"{address}/card.png", method="HEAD")
        assert (head.status, head.headers) == (answer.status, answer.headers)


def test_whatever_the_verdict_it_has_its_size_and_fits(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 2, seed=61):
        assert size(card.card_png(view_of(model, words, answers, "W" * 120), words)) == (1200, 630)


def test_every_verdict_fits_above_the_bars(model: Model, words: Words) -> None:
    for answers in random_sheets(model, 300, seed=62):
        view = view_of(model, words, answers)
        lines, height = card._fitted(f"{view.sentence}.", card._SIZES)
        assert " ".join(lines) == f"{view.sentence}.", "nothing is cut"
        title = card._Text("title", 15, "normal", "")
        used = 40 + 4 + title.height + sum(card._Text(line, height, "bold", "").height for line in lines)
        assert used <= 630 / 2 - 7 * 22 - 28


def test_the_bars_are_those_of_the_ranking(model: Model, words: Words) -> None:
    view = view_of(model, words, ANSWERS)
    assert view.detail
    bars = [row for row in data(spec_of(view, words)) if "points" in row and "name" in row]
    assert [(row["name"], row["points"]) for row in bars] == [
        (entry.name, entry.points) for entry in view.detail.result.ranking
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_the_picture_is_made_of_what_is_shared_and_nothing_else(site: Site, level: Level, model: Model) -> None:
    """All that is drawn is in its specification; at the level *verdict* no approach has points there."""
    view = opened_token(site.services, site.share(level).token).view
    text = json.dumps(spec_of(view, site.services.words))
    assert "payment team" not in text
    assert "drop-outs" not in text
    assert ("KPIs and health metrics" in text) == (level != "verdict")
    assert ('"points"' in text) == (level != "verdict")
    for question, answer in ANSWERS.items():
        assert model.questions_by_id[question].text not in text
        option = model.questions_by_id[question].option(answer)
        assert not option or len(option.label) < 9 or option.label not in text


def test_two_results_of_one_verdict_have_one_picture(site: Site, model: Model) -> None:
    """At the level *verdict* the picture cannot tell answers: other answers, and the same is drawn."""
    pictures = set()
    for answer in ("team", "unsure"):
        sheet = AnswerSheet(ANSWERS | {"autonomy": answer}, "Checkout", model.version)
        token = site.share("verdict", Record(sheet)).token
        pictures.add(card._drawn(opened_token(site.services, token).view))
    assert len(pictures) == 1


@pytest.mark.robustness(34)
@pytest.mark.parametrize("title", LABELS)
def test_a_title_with_signs_of_chart_code_is_text(model: Model, words: Words, title: str) -> None:
    view = view_of(model, words, {"work_kind": "change"}, title)
    assert title in [row.get("text") for row in data(spec_of(view, words))]


def test_a_picture_of_such_a_title_is_made(model: Model, words: Words) -> None:
    view = view_of(model, words, {"work_kind": "change"}, " ".join(LABELS))
    assert size(card.card_png(view, words)) == (1200, 630)


@pytest.mark.parametrize("title", ["日本語", "مرحبا", "👩‍👩‍👧", "A 😀"])
def test_a_title_that_the_font_cannot_draw_is_left_out(model: Model, words: Words, title: str) -> None:
    """Instead of boxes, or of another font on another machine; the preview's text has it anyway."""
    with_title, without = (view_of(model, words, {"work_kind": "change"}, text) for text in (title, ""))
    assert card._drawn(with_title) == card._drawn(without)


@pytest.mark.parametrize("title", ["Müller & Söhne – „Kasse“…", "Работа", "Δοκιμή", "Čeština", "€ 5"])
def test_other_titles_are_drawn(model: Model, words: Words, title: str) -> None:
    view = view_of(model, words, {"work_kind": "change"}, title)
    assert title in [row.get("text") for row in data(spec_of(view, words))]


def test_a_title_changes_the_picture(model: Model, words: Words) -> None:
    with_title, without = (view_of(model, words, {"work_kind": "change"}, text) for text in ("Работа €", ""))
    assert card.card_png(with_title, words) != card.card_png(without, words)


def test_a_picture_is_specified_and_made_once(model: Model, words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache once had the specification as its key, which took half as long as the picture."""
    first = card.card_png(view_of(model, words, {"work_kind": "change"}, "Only here"), words)
    monkeypatch.setattr(card, "_spec", None)
    assert card.card_png(view_of(model, words, {"work_kind": "change"}, "Only here"), words) == first
    assert card._png.cache_info().maxsize


def test_a_page_does_not_wait_for_pictures(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty fresh cards once took all threads of pages, each waiting for its turn, and a page came 10 s later."""
    go_on = threading.Event()

    def slow(view: SharedView, words: Words) -> bytes:
        del view, words
        assert go_on.wait(60)
        return b"picture"

    monkeypatch.setattr(shared, "card_png", slow)
    address = f"/p/{portable_payload(site.services.models, sample_record(site.services.models))}"

    async def all_at_once() -> tuple[Answer, int, list[Answer]]:
        cards = [asyncio.create_task(client.asked("GET", f"{address}/card.png")) for _ in range(50)]
        try:
            await asyncio.sleep(0)
            page = await asyncio.wait_for(client.asked("GET", address), 30)
            made = sum(each.done() and each.result().status == 200 for each in cards)
        finally:
            go_on.set()
        return page, made, list(await asyncio.gather(*cards))

    page, made, answers = asyncio.run(all_at_once())
    assert (page.status, made) == (200, 0)
    assert [answer.status for answer in answers] == [200] * (2 + MOST_WAITING) + [503] * (48 - MOST_WAITING)
    assert answers[-1].headers["retry-after"] == "60"
    assert "pictures and files" in Page(answers[-1].text).text
    assert client.get(f"{address}/record.md").status == 200, "and then there is room again"


def test_a_damaged_link_has_no_picture(client: Client) -> None:
    answer = client.get("/p/nothing/card.png")
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/html")
