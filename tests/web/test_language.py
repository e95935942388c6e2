"""Plain pages in the language of their address, or of the browser, and everything that goes on from them."""

from __future__ import annotations

import re

import pytest

from okr_assistant.paths import LOCALES, TEMPLATES
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.web.language import as_now, current, preferred, speaking, spoken_in
from okr_assistant.words import read_words
from tests.web.asgi import Client, Page
from tests.web.people import hold
from tests.web.site import NOTES, TITLE, Site, sample_record, share_samples

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}
BOTH = ["de", "es"]


def portable(site: Site) -> str:
    return f"/p/{portable_payload(site.services.models, sample_record(site.services.models))}"


def said(language: str, key: str) -> str:
    return read_words(LOCALES, language)(key)


# which language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-CH, en;q=0.8", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr;q=1.0, es;q=0.7, de;q=0.6", "es"),
        ("fr", "en"),
        ("de;q=0", "en"),
        ("de;q=x, es", "es"),
        ("*", "en"),
        ("ES-419", "es"),
        (",;q=,,=;" * 1000, "en"),
    ],
)
def test_a_browser_is_answered_in_the_language_it_likes_best_of_those_here(header: str, language: str) -> None:
    assert preferred(header, ("en", "de", "es")) == language


def test_the_address_is_asked_before_the_browser() -> None:
    assert spoken_in({"lang": "es"}, "de").language == "es"
    assert spoken_in({"lang": "en"}, "de").language == "en"
    assert spoken_in({}, "de").language == "de"


@pytest.mark.parametrize("unknown", ["", "fr", "DE", "../de", "de/models", "x" * 10_000, "<script>"])
def test_a_language_that_is_not_here_is_none(unknown: str) -> None:
    found = spoken_in({"lang": unknown}, "")
    assert (found.language, found.chosen) == ("en", "")


# shared pages


@pytest.mark.parametrize("language", BOTH)
def test_a_shared_page_is_in_the_language_of_its_address(site: Site, client: Client, language: str) -> None:
    answer = client.get(f"{portable(site)}?lang={language}")
    page = Page(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert said(language, "shared.asked") in page.text
    assert said("en", "shared.asked") not in page.text
    model = site.services.speaking(language).models.newest
    assert model.questions[0].text in page.text


def test_without_a_language_in_the_address_the_browser_s_counts_and_caches_know(
    site: Site, client: Client
) -> None:
    german, english = client.get(portable(site), GERMAN), client.get(portable(site))
    assert Page(german.text).all("html") == [{"lang": "de"}]
    assert Page(english.text).all("html") == [{"lang": "en"}]
    assert "accept-language" in german.headers["vary"].lower()
    carried = [link["href"] for link in Page(german.text).all("a") if "lang=" in link["href"]]
    assert carried == ["?lang=en", "?lang=es"]


def test_the_page_can_be_had_in_every_language(site: Site, client: Client) -> None:
    links = [link for link in Page(client.get(portable(site)).text).all("a") if "hreflang" in link]
    assert [(link["href"], link["lang"]) for link in links] == [("?lang=de", "de"), ("?lang=es", "es")]


def test_a_language_that_was_chosen_goes_on_with_every_address(site: Site, client: Client) -> None:
    link = share_samples(site)["notes"]
    page = Page(client.get(f"/r/{link.token}?lang=es").text)
    addresses = [a["href"] for a in page.all("a") if a["href"].startswith("/")]
    addresses += [form["action"] for form in page.all("form")]
    assert len(addresses) > 5
    assert [address for address in addresses if not address.endswith("lang=es")] == []
    assert page.meta("og:image").endswith("/card.png?lang=es")


def test_what_people_typed_is_as_they_typed_it(site: Site, client: Client) -> None:
    link = share_samples(site)["notes"]
    text = Page(client.get(f"/r/{link.token}?lang=de").text).text
    assert TITLE in text
    assert NOTES.split("\n")[0] in text
    assert "5. Oktober 2026" in text


@pytest.mark.parametrize("language", BOTH)
def test_links_that_are_not_here_have_the_same_bytes_in_each_language(client: Client, language: str) -> None:
    unknown = [client.get(f"/r/{token * 22}?lang={language}") for token in "ab"]
    assert unknown[0].body == unknown[1].body
    assert said(language, "not_here.title") in unknown[0].text


@pytest.mark.parametrize("language", BOTH)
def test_files_are_in_the_language_of_the_page_but_json(site: Site, client: Client, language: str) -> None:
    address, chosen = portable(site), f"?lang={language}"
    assert said(language, "record.untitled") in client.get(f"{address}/record.md{chosen}").text
    assert client.get(f"{address}/record.pdf{chosen}").body != client.get(f"{address}/record.pdf").body
    assert client.get(f"{address}/record.json{chosen}").body == client.get(f"{address}/record.json").body
    assert client.get(f"{address}/card.png{chosen}").body != client.get(f"{address}/card.png").body


def test_programs_are_answered_in_english(client: Client) -> None:
    assert client.get("/api/v1/model", GERMAN).body == client.get("/api/v1/model").body


# a workshop


@pytest.mark.parametrize("language", BOTH)
def test_a_participant_goes_from_the_code_to_the_last_answer_in_one_language(language: str) -> None:
    held = hold()
    held.facilitator.open_round()
    client, chosen = held.client, f"?lang={language}"
    assert said(language, "join.title") in Page(client.get(f"/join{chosen}").text).text
    code = held.facilitator.room().code
    found = client.post(f"/join{chosen}", {"code": code})
    assert found.headers["location"] == f"{held.path}{chosen}"
    kim = held.person()
    joined = kim.post(f"join{chosen}", kim.page(chosen).hidden | {"name": "Kim"})
    assert joined.headers["location"] == f"{held.path}?joined=1&lang={language}"
    page = kim.page(chosen)
    question = site_model(held.site, language).questions[0]
    assert question.text in page.text
    assert said(language, "vote.save") in page.text or said(language, "vote.next") in page.text
    assert [f["action"] for f in page.all("form")] == [f"{held.path}/vote?lang={language}"]
    refused = kim.post(f"vote{chosen}", page.hidden | {f"choice.{question.id}": "", f"reason.{question.id}": ""})
    assert said(language, "vote.choose") in Page(refused.text).text
    kept = kim.post(f"vote{chosen}", page.hidden | {f"choice.{question.id}": "unsure"})
    assert kept.headers["location"] == f"{held.path}?after={question.id}&lang={language}"


def site_model(site: Site, language: str):  # type: ignore[no-untyped-def]
    return site.services.speaking(language).models.newest


def test_everybody_sees_the_same_votes_in_their_own_language() -> None:
    held = hold()
    held.facilitator.open_round()
    people = [held.person(name) for name in ("Kim", "Ana", "Lena")]
    for person in people:
        person.vote({question.id: question.choices[0] for question in held.model.questions})
    held.facilitator.close()
    held.facilitator.reveal()
    for person, language in zip(people, ("en", "es", "de"), strict=True):
        text = person.page(f"?lang={language}").text
        assert said(language, "room.revealed_title") in text
        assert site_model(held.site, language).questions[0].text in text


def test_the_question_of_the_address_stays_in_another_language() -> None:
    held = hold()
    held.facilitator.open_round()
    kim = held.person("Kim")
    links = [link["href"] for link in kim.page("?q=autonomy").all("a") if "hreflang" in link]
    assert links == ["?q=autonomy&lang=de", "?q=autonomy&lang=es"]


# how it is done


def test_every_address_of_ours_in_a_template_carries_the_language() -> None:
    allowed = re.compile(r"^(\{\{ to\(.*\) \}\}|\{\{ (explore|result|citation\.url|each\.address) \}\}|#\w+|)$")
    for file in TEMPLATES.glob("*.html"):
        text = re.sub(r"<link [^>]*>", "", file.read_text("utf-8"))
        found = re.findall(r'\b(?:href|action|data-next|data-now|data-here)="((?:\{\{.*?\}\}|[^"{])*)"', text)
        assert [address for address in found if not allowed.match(address)] == [], file.name


def test_what_is_made_later_is_in_the_language_of_now() -> None:
    with speaking(spoken_in({"lang": "es"}, "")):
        later = as_now(lambda: current().language)
    assert (later(), current().language) == ("es", "en")
