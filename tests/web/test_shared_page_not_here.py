"""What comes in the place of a shared result: links that do not open, other models, trouble."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import StoreError
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import LEVELS
from okr_assistant.web import logs
from tests.second_model import FEWER_POINTS, NEW, OLD, two_models
from tests.web.asgi import Answer, Client, Page
from tests.web.shared_links import payload
from tests.web.site import ANSWERS, YEAR, Site, a_site


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


# links that do not open


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
