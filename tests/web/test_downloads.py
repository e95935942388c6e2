"""Files of a shared result: what was shared, as the exports make it, and nothing at the level *verdict*."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from okr_assistant.export import typeset
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.web.routes.downloads import OFFERED
from tests.export.reading import read_document
from tests.web.asgi import Client
from tests.web.site import DECISION, NOTES, TITLE, Site, sample_record


def portable(site: Site, *, with_text: bool = False) -> str:
    return f"/p/{portable_payload(site.services.models, sample_record(site.services.models), with_text=with_text)}"


@pytest.mark.parametrize("ending", OFFERED)
def test_every_link_on_the_page_is_a_file_with_a_name(site: Site, client: Client, ending: str) -> None:
    for address in (portable(site), f"/r/{site.share('reasons').token}"):
        assert f'href="{address}/record.{ending}"' in client.get(address).text
        answer = client.get(f"{address}/record.{ending}")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert unquote(answer.headers["content-disposition"]).endswith(f".{ending}")
        assert len(answer.body) > 100


def test_the_json_opens_again_to_the_same_result(site: Site, client: Client) -> None:
    record, found, differences = read_document(
        client.get(f"/r/{site.share('notes').token}/record.json").body, site.services.models
    )
    assert record == sample_record(site.services.models)
    assert differences == ()
    assert found.result.approach == "okr"


def leaves(data: Any) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from leaves(value)


def in_file(client: Client, address: str, ending: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """All that a file says, as people typed it; of a PDF, whose letters are glyphs, what Typst was given."""
    given: list[Any] = []
    compiled = typeset._compiled

    def watched(template: Any, data: Any, *more: Any) -> bytes:
        given.append(data)
        return compiled(template, data, *more)

    with monkeypatch.context() as patch:
        patch.setattr(typeset, "_compiled", watched)
        body = client.get(f"{address}/record.{ending}").body
    if ending == "pdf":
        assert given
        return "\n".join(leaves(given))
    text = body.decode()
    if ending == "md":
        return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))
    if ending == "json":
        return "\n".join(leaves(json.loads(text)))
    if ending == "ics":
        return re.sub(r"\\([,;\\])", r"\1", text.replace("\r\n ", ""))
    return text


PRIVATE = (
    *(line for line in NOTES.split("\n")),
    DECISION.decided,
    DECISION.because,
    DECISION.owner,
    "*Signs* of [Markdown], & <more>; \\ and_so_on",
)
WITH_SIGNS = f"{NOTES}\n{PRIVATE[-1]}"


@pytest.mark.parametrize("ending", OFFERED)
def test_free_text_is_in_no_file_of_the_level_reasons(
    ending: str, site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that is escaped in the file was once not found there, and nobody looked into the PDF."""
    record = sample_record(site.services.models, notes=WITH_SIGNS)
    record = replace(record, decision=replace(record.decision, review_on=date(2027, 2, 1)))
    reasons, notes = (
        in_file(client, f"/r/{site.share(level, record).token}", ending, monkeypatch)
        for level in ("reasons", "notes")
    )
    assert [text for text in PRIVATE if text in reasons] == []
    expected = {"ics": [DECISION.decided, DECISION.owner]}.get(ending, [*PRIVATE])
    assert [text for text in expected if text not in notes] == [], "or it would not be found above either"


def test_a_portable_link_without_text_has_files_without_text(site: Site, client: Client) -> None:
    assert TITLE not in client.get(f"{portable(site)}/record.md").text
    assert TITLE in client.get(f"{portable(site, with_text=True)}/record.md").text
    assert json.loads(client.get(f"{portable(site)}/record.json").body)["notes"] == ""


def test_the_verdict_alone_has_no_files_and_other_kinds_are_not_there(site: Site, client: Client) -> None:
    verdict = f"/r/{site.share('verdict').token}"
    assert "/record." not in client.get(verdict).text
    assert {client.get(f"{verdict}/record.{ending}").status for ending in OFFERED} == {404}
    for address in (f"{portable(site)}/record.exe", f"{portable(site)}/record.", f"/r/{'A' * 22}/record.pdf"):
        assert client.get(address).status == 404
