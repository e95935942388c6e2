"""The record of a workshop over HTTP: for whoever was in the room or led it, after the finish, and nobody else."""

from __future__ import annotations

import json
import logging
import random
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from okr_assistant.decision.registry import Models
from okr_assistant.export.workshop_formats import WORKSHOP_FORMATS
from okr_assistant.paths import MODELS, ROOM_SCRIPT
from okr_assistant.views.workshop.record import WorkshopRecordView
from okr_assistant.web.context import connect
from okr_assistant.web.scripts import script_address
from okr_assistant.web.workshop import files
from okr_assistant.web.workshop.facilitator.result import record_of
from okr_assistant.workshop.facilitation import Facilitation
from okr_assistant.workshop.voting import Choice
from tests.export.played import Played, every_kind, two_rounds
from tests.export.samples import sentences
from tests.export.test_workshop_markdown import KINDS, NOT_WORDS
from tests.web.asgi import Answer, Client, Page
from tests.web.site import Site, a_site, counted_token

BROWSER, OTHER_BROWSER = "BROWSER000000000000001", "BROWSER000000000000002"
PUBLIC = "https://okr.example.org"
ENDINGS = ["", *(f".{ending}" for ending in WORKSHOP_FORMATS)]


@dataclass
class Room:
    """A room on a site, in which a workshop was played; seats by number."""

    client: Client
    facilitation: Facilitation
    seats: dict[int, str]

    @property
    def path(self) -> str:
        return f"/w/{self.facilitation.room_id}/record"

    def get(self, ending: str = "", *, seat: str = "", browser: str = "") -> Answer:
        cookies = [f"{name}={value}" for name, value in (("okr_seat", seat), ("okr_browser", browser)) if value]
        return self.client.get(f"{self.path}{ending}", {"cookie": "; ".join(cookies)} if cookies else {})

    def mine(self, ending: str = "", seat: int = 1) -> Answer:
        return self.get(ending, seat=self.seats[seat])


def held(site: Site, played: Played, *, finished: bool = True, public_url: str | None = None) -> Room:
    """Do in a real room what was done in ``played``, in its order."""
    known, model, setup = site.services.workshops, site.services.models.newest, played.room.setup
    new = known.make(
        model, title=setup.title, about=setup.about, questions=setup.questions, named=setup.named,
        smallest_group=setup.smallest_group, decider=setup.decider, browser=BROWSER,
    )  # fmt: skip
    voting, facilitation = known.voting(new.id), known.facilitation(new.id, BROWSER)
    seats = {person.seat: known.tokens.token() for person in played.people}
    for person in played.people:
        voting.join(seats[person.seat], person.name, spectator=person.spectator)
    for round_ in played.room.rounds:
        if round_.kind == "check":
            facilitation.agree(played.room.agreed, model)
            facilitation.open_check()
        else:
            facilitation.open_round(round_.questions)
        for seat, token in seats.items():
            sent = [v for v in played.votes if (v.seat, v.round) == (seat, round_.number)]
            if sent:
                choices = [Choice(vote.question, vote.choice, vote.reason) for vote in sent]
                voting.vote(token, round_.number, choices, known.tokens.token(), model)
        facilitation.reveal()
    if not facilitation.room().answers_are_agreed:
        facilitation.agree(played.room.agreed, model)
    outcome = played.room.outcome
    if finished and outcome:
        facilitation.finish(outcome.decided, outcome.because, outcome.owner, outcome.review_on)
    return Room(Client(site, public_url), facilitation, seats)


@pytest.fixture(scope="module")
def _finished() -> tuple[Site, Room]:
    site = a_site()
    return site, held(site, two_rounds(site.services.models.newest, named=True))


@pytest.fixture
def room(_finished: tuple[Site, Room]) -> Room:
    """A finished one with names, in a site of its own that tests only read."""
    site, room = _finished
    connect(site.services)
    return room


def view_of(room: Room) -> WorkshopRecordView:
    return files.workshop_record(room.facilitation, "").view


# what is there


@pytest.mark.parametrize("name", KINDS)
def test_the_page_has_every_sentence_of_the_record(name: str, site: Site) -> None:
    played = every_kind(site.services.models.newest)[name]
    room = held(site, played)
    answer = room.mine()
    assert answer.status == 200
    said = Page(answer.text).text
    for path, sentence in sentences(view_of(room), NOT_WORDS):
        assert " ".join(sentence.split()) in said, (path, sentence)


def test_the_page_leads_to_the_result_the_link_the_files_and_back(room: Room) -> None:
    links = [link["href"] for link in Page(room.mine().text).all("a")]
    (explore,) = (link for link in links if link.startswith("/result?"))
    assert parse_qs(urlsplit(explore).query)["t"] == ["Faster checkout"]
    (portable,) = (link for link in links if link.startswith("/p/"))
    shared = room.client.get(portable)
    assert shared.status == 200
    assert "Change how something performs" in shared.text
    assert "Faster checkout" not in shared.text, "an address carries no text unless somebody asks for it"
    assert room.path.removesuffix("/record") in links
    assert {link for link in links if link.startswith(room.path)} == {f"{room.path}{e}" for e in ENDINGS if e}


@pytest.mark.parametrize("ending", WORKSHOP_FORMATS)
def test_every_file_is_what_the_library_writes(ending: str, room: Room) -> None:
    answer = room.mine(f".{ending}")
    assert answer.status == 200
    assert answer.body == WORKSHOP_FORMATS[ending].write(files.workshop_record(room.facilitation, ""))
    name = unquote(answer.headers["content-disposition"])
    assert name.startswith("attachment; filename*=UTF-8''Workshop-Faster-checkout-")
    assert name.endswith(f".{ending}")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"


def test_the_record_is_worked_out_once(site: Site) -> None:
    """For the page and all files, for everybody; and what is deleted is gone at once."""
    room = held(site, two_rounds(site.services.models.newest, named=True), public_url=PUBLIC)
    before = room.mine().text
    made = files.workshop_record(room.facilitation, "")
    assert files.workshop_record(room.facilitation, PUBLIC).reveal is made.reveal
    assert files.workshop_record(room.facilitation, "").view.address == ""
    assert room.mine(".md").status == 200
    assert room.mine().text == before
    room.facilitation.delete()
    assert [room.mine(ending).status for ending in ENDINGS] == [404] * len(ENDINGS)


def test_files_have_the_link_where_the_server_knows_its_address(site: Site) -> None:
    played = two_rounds(site.services.models.newest, named=False)
    known, unknown = held(site, played, public_url=PUBLIC), held(site, played)
    assert f"<{PUBLIC}/p/" in known.mine(".md").text
    assert f"URL:{PUBLIC}/p/" in known.mine(".ics").text
    assert "/p/" not in unknown.mine(".md").text


def test_the_page_is_plain_printable_and_kept_by_nobody(room: Room) -> None:
    answer = room.mine()
    assert "script" not in Page(answer.text).text
    assert Page(answer.text).all("script") == [{"src": script_address(ROOM_SCRIPT), "defer": ""}]
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert len(answer.body) < 25_000


# who may see it


@pytest.mark.robustness(23)
def test_to_anybody_else_it_is_not_there(site: Site) -> None:
    """Robustness 23 and 27: the same bytes as for a room that never was."""
    played = two_rounds(site.services.models.newest, named=True)
    room, other, share = held(site, played), held(site, played), site.share("notes")
    nothing = room.client.get(f"/w/{counted_token(9999)}/record")
    assert nothing.status == 404
    keys = {
        "nobody": {},
        "a seat in another room": {"seat": other.seats[1]},
        "the room itself": {"seat": room.facilitation.room_id},
        "a share token": {"seat": share.token},
        "an owner's key": {"seat": share.owner_key},
        "no token": {"seat": "x" * 500},
        "a browser that was not let in": {"browser": OTHER_BROWSER},
        "a participant as a browser": {"browser": room.seats[1]},
    }
    for name, cookies in keys.items():
        for ending in ENDINGS:
            answer = room.get(ending, **cookies)
            assert (answer.status, answer.body) == (404, nothing.body), (name, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_watcher_and_whoever_led_it_see_the_same(ending: str, room: Room) -> None:
    watcher = max(room.seats)
    voter, watching, leading = room.mine(ending), room.mine(ending, watcher), room.get(ending, browser=BROWSER)
    assert {answer.status for answer in (voter, watching, leading)} == {200}
    assert voter.body == watching.body == leading.body


def test_before_the_finish_there_is_a_page_that_says_so(site: Site) -> None:
    open_ = held(site, two_rounds(site.services.models.newest, named=True), finished=False)
    for ending in ENDINGS:
        answer = open_.mine(ending)
        assert answer.status == (404 if ending else 200), "a file would be kept as the record"
        page = Page(answer.text)
        assert "The record is made when the workshop is finished." in page.text
        assert open_.path.removesuffix("/record") in [link["href"] for link in page.all("a")]
        assert "Faster checkout" not in answer.text


def test_a_deleted_room_has_no_record(site: Site) -> None:
    room = held(site, two_rounds(site.services.models.newest, named=True))
    unknown = room.client.get(f"/w/{counted_token(9999)}/record").body
    room.facilitation.delete()
    for ending in ENDINGS:
        assert (room.mine(ending).status, room.mine(ending).body) == (404, unknown)
        assert room.get(ending, browser=BROWSER).body == unknown


def test_other_endings_are_not_there(room: Room) -> None:
    for ending in (".exe", ".csv", ".", "/", ".pdf/"):
        assert room.mine(ending).status == 404, ending


def test_a_room_whose_model_is_not_here_as_it_was_says_so() -> None:
    models = Models(MODELS)  # its own: it is changed
    room = held(a_site(models), two_rounds(models.newest, named=True))
    models._read[models.newest.version] = models.newest.model_copy(update={"digest": "0" * 64})
    for ending in ENDINGS:
        answer = room.mine(ending)
        assert answer.status == 404
        assert "another model" in answer.text


# anonymity, and texts of people


def test_who_is_who_changes_no_byte_of_an_anonymous_record() -> None:
    """From the join to the file, in a real store: the same tokens and the same clock, other people."""
    played = two_rounds(a_site().services.models.newest, named=False)
    others = played.permuted(random.Random(3)).renamed()
    one, other = ([room.mine(e) for e in ENDINGS] for room in (held(a_site(), each) for each in (played, others)))
    assert {answer.status for answer in one} == {200}
    assert [answer.body for answer in one] == [answer.body for answer in other]


def test_in_a_named_room_names_are_told(room: Room) -> None:
    """Or the test above would show nothing."""
    assert "Chen" in room.mine().text
    renamed = held(a_site(), two_rounds(a_site().services.models.newest, named=True).renamed())
    assert "Chen" not in renamed.mine().text


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</title></style><!--",
    "{{ 7 * 7 }} {% raw %} \" ' & &lt;",
    ":red[x] $x^2$ **b** ![x](https://evil.example/x.png)",
]


@pytest.fixture(scope="module")
def tame() -> list[str]:
    """The elements of a page on which people typed nothing but letters."""
    played = two_rounds(a_site().services.models.newest, named=True)
    return [tag for tag, _ in Page(held(a_site(), played.saying("x")).mine().text).elements]


@pytest.mark.robustness(34)
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_as_text(typed: str, tame: list[str], site: Site) -> None:
    """Robustness 34: a title, a reason, a name, a decision."""
    played = two_rounds(site.services.models.newest, named=True)
    page = Page(held(site, played.saying(typed)).mine().text)
    assert page.text.count(" ".join(typed.split())) >= 8
    assert [tag for tag, _ in page.elements] == tame


def test_nothing_of_it_reaches_the_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="okr_assistant"):
        for ending in ENDINGS:
            room.mine(ending)
            room.get(ending)
    assert caplog.text == ""


# for whoever leads it


def test_the_facilitators_files_are_the_same_as_everybodys(room: Room) -> None:
    found = {file.id: file for file in files.record_files(room.facilitation, "")}
    assert set(found) == set(WORKSHOP_FORMATS)
    for id_, file in found.items():
        assert file.make() == room.mine(f".{id_}").body
        assert file.name in unquote(room.mine(f".{id_}").headers["content-disposition"])


def test_the_votes_are_a_file_as_soon_as_a_round_is_revealed(site: Site) -> None:
    room = held(site, two_rounds(site.services.models.newest, named=True), finished=False)
    file = files.votes_file(room.facilitation)
    assert file.name == "Votes-Faster-checkout-2026-10-05.csv"
    assert "Still no baseline." in file.make().decode()
    assert "Not before March." in file.make().decode(), "of the check"


def test_votes_of_an_open_round_are_in_no_file(site: Site) -> None:
    """What is asked again and not revealed yet is not in the table."""
    room = held(site, two_rounds(site.services.models.newest, named=True), finished=False)
    before = files.votes_file(room.facilitation).make()
    room.facilitation.open_round(["work_kind"])
    number = len(room.facilitation.room().rounds)
    voting, key = site.services.workshops.voting(room.facilitation.room_id), counted_token(77)
    model = site.services.models.newest
    for seat in (1, 2, 3, 4):
        said = [Choice("work_kind", "learn", "Nobody may read this yet.")]
        voting.vote(room.seats[seat], number, said, key, model)
    assert files.votes_file(room.facilitation).make() == before


def test_the_result_of_a_workshop_is_an_ordinary_one(site: Site) -> None:
    """It can be kept and shared like every other."""
    room = held(site, two_rounds(site.services.models.newest, named=True))
    record = record_of(room.facilitation.room())
    assert record.sheet.title == "Faster checkout"
    assert record.sheet.model == site.services.models.newest.version
    assert record.decision.decided == "OKRs for two quarters"
    site.services.results.keep_once(OTHER_BROWSER, record)
    assert site.services.results.all(OTHER_BROWSER)[0].record == record
    shared = room.client.get(f"/r/{site.share('notes', record).token}")
    assert "OKRs for two quarters" in shared.text
    inside = json.loads(room.mine(".json").body)["record"]
    assert inside["sheet"]["answers"] == dict(record.sheet.answers)
