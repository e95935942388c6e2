"""The projector: what everybody may see, large, and all of it at once. Counts, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import streamlit as st

from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError
from okr_assistant.views.workshop.closing import closes
from okr_assistant.views.workshop.progress import counted
from okr_assistant.views.workshop.reveal import RevealedQuestion, RevealView
from okr_assistant.views.workshop.vote_parts import few_moves
from okr_assistant.web.context import services
from okr_assistant.web.errors import sentence
from okr_assistant.web.language import carried
from okr_assistant.web.parts.share import base, is_local, qr_code
from okr_assistant.web.text import md, user_text
from okr_assistant.web.workshop.facilitator import agreement, votes
from okr_assistant.web.workshop.facilitator.desk import ROOM
from okr_assistant.web.workshop.facilitator.live_part import Live, live_part, not_now, seen, was_deleted
from okr_assistant.web.workshop.facilitator.result import model_of
from okr_assistant.web.workshop.revealed import checks, revealed
from okr_assistant.workshop.codes import shown_code
from okr_assistant.workshop.errors import NoRoomError
from okr_assistant.workshop.room import Phase, Pulse, Room
from okr_assistant.workshop.voting import Voting

_MOVES, _NAMED = 2, 3
"""How many moves and questions the picture has room for; nobody scrolls on a wall."""


@dataclass(frozen=True)
class Screen:
    """A room as the projector shows it: read once, when the page is drawn."""

    voting: Voting
    room: Room
    at: datetime
    model: Model

    @property
    def phase(self) -> Phase:
        """Where the workshop stood then."""
        return self.room.phase(self.at)

    @property
    def view(self) -> RevealView | None:
        """What was revealed."""
        return revealed(self.room, self.model, self.voting)

    @property
    def is_check(self) -> bool:
        """The latest round is the check."""
        return self.room.round is not None and self.room.round.kind == "check"

    @property
    def focus(self) -> RevealedQuestion | None:
        """The question that is being talked about, if its votes may be shown."""
        found = self.view.questions if self.view else ()
        return next((question for question in found if question.id == self.room.focus), None)


def screen_or_stop() -> Screen:
    """Return the room in the address; whoever has it may see what the projector shows."""
    try:
        screen = _screen()
    except NoRoomError as error:
        if was_deleted(st.query_params.get(ROOM, "")):
            st.title(services().words("facilitate.deleted"), anchor=False)
        else:
            st.title(services().words("facilitate.gone_title"), anchor=False)
            st.markdown(md(sentence(error)))
        st.stop()
    except OkrAssistantError as error:
        not_now(error, _screen)
        st.stop()
    return screen


def title(screen: Screen) -> None:
    """Draw what the workshop is about."""
    user_text(screen.room.setup.title, "screen_title" if screen.phase == "lobby" else "screen_topic")


def live(screen: Screen) -> None:
    """Draw the counts, and the page anew when the room is another one than it shows."""
    live_part(Live(screen.room, screen.at, screen.voting.pulse, partial(_counts, screen)))


def lobby(screen: Screen) -> None:
    """Draw where and with which code people join."""
    words = services().words
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        st.markdown(words("screen.join"))
        _large(_short_address(), "address")
        st.markdown(words("screen.code"))
        _large(shown_code(screen.room.code), "code")
    with right:
        _qr(f"/w/{screen.room.id}", "screen.qr_alt")
        if is_local():
            st.markdown(md(words("screen.local")))
    live(screen)
    st.markdown(md(words("screen.waiting")))


def voting(screen: Screen) -> None:
    """Draw how many have finished, and how late comers join."""
    words = services().words
    again = len(screen.room.rounds) > 1
    _large(
        words("screen.fist" if screen.is_check else "screen.voting_again" if again else "screen.voting"), "said"
    )
    live(screen)
    if screen.is_check:
        agreement.asked(screen.room, screen.model)
    st.markdown(md(words("screen.kept" if again and not screen.is_check else "screen.private")))
    _late(screen)


def closed(screen: Screen) -> None:
    """Draw that nobody can vote any more."""
    words = services().words
    _large(words("screen.closed"), "said")
    live(screen)
    st.markdown(md(words("screen.closed_about")))


def picture(screen: Screen, view: RevealView) -> None:
    """Draw what people's own answers lead to, what the group's do, and how many disagreements decide."""
    _large(md(view.headline), "said")
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="screen_chart"):
        votes.outcomes(view, large=True)
    with right, st.container(key="screen_words"):
        if view.group:
            st.markdown(f"**{md(view.group)}**")
        st.markdown(md(view.deciding))
        votes.to_find_out(view, _NAMED)
        votes.still_open(view, _NAMED)
        _moved(screen, view)
    live(screen)


def question(screen: Screen, shown: RevealedQuestion) -> None:
    """Draw the question that is being talked about with its votes."""
    _large(md(shown.text), "said")
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="screen_chart"):
        votes.bars(shown, large=True)
    with right, st.container(key="screen_words"):
        if shown.agreed is not None:
            answer = next(bar.label for bar in shown.bars if bar.choice == shown.agreed)
            st.markdown(f"**{md(services().words('screen.agreed', answer=answer))}**")
        votes.consequence(shown)
        with st.container(key="screen_facts"):
            votes.facts(shown.statistic)
            votes.facts(shown.spread, shown.shift)
            votes.moved(shown)
    live(screen)


def check(screen: Screen) -> None:
    """Draw how far people stand behind the group's answers."""
    _large(services().words("screen.check"), "said")
    view = checks(screen.room, screen.voting)[-1]
    left, right = st.columns([3, 2], gap="large")
    with left:
        votes.fingers(view)
    with right:
        votes.check(view)
        agreement.advised(screen.room, screen.model)
    live(screen)


def finished(screen: Screen) -> None:
    """Draw what was decided, why, and where the record is."""
    words, outcome = services().words, screen.room.outcome
    assert outcome is not None  # noqa: S101 - a finished room has one
    st.markdown(words("screen.decided"))
    user_text(outcome.decided, "screen_decided")
    left, right = st.columns([3, 1], gap="large")
    with left:
        if outcome.because:
            user_text(words("facilitate.because_said", because=outcome.because), "screen_because")
        if outcome.owner:
            user_text(words("facilitate.owner_said", owner=outcome.owner), "screen_owner")
        if outcome.review_on:
            st.markdown(md(words("facilitate.review_said", date=words.date(outcome.review_on))))
        record = "screen.record_here" if is_local() else "screen.record"  # without a code nothing is scanned
        st.markdown(md(words(record, label=words("room.record"))))
    with right:
        _qr(f"/w/{screen.room.id}/record", "screen.record_alt")
    live(screen)


def _screen() -> Screen:
    voting = services().workshops.voting(st.query_params.get(ROOM, ""))
    room = voting.room()
    seen(room)
    return Screen(voting, room, services().clock.now(), model_of(services().models, room))


def _counts(screen: Screen, pulse: Pulse) -> None:
    words = services().words
    if screen.phase in {"lobby", "voting", "closed"}:
        _large(md(counted(pulse, words)), "counts")
    if screen.phase == "voting":
        st.progress(pulse.done / pulse.joined if pulse.joined else 0.0)
        if left := closes(pulse.closes_at, services().clock.now(), words):
            _large(md(left), "clock")


def _moved(screen: Screen, view: RevealView) -> None:
    """Draw how people moved on what was voted on again, those questions first that matter most."""
    if len(screen.room.votes_shown) > 1:
        again = screen.room.votes_shown[-1].questions
        moves = [(each.text, move) for each in view.questions if each.id in again for move in each.moves]
        lines = [f"**{md(text)}** {md(move)}" for text, move in moves]
        with st.container(key="screen_facts"):
            for line in few_moves(lines, _MOVES, services().words):
                st.markdown(line)


def _late(screen: Screen) -> None:
    words = services().words
    code = shown_code(screen.room.code)
    with st.container(key="screen_late"):
        st.markdown(md(words("screen.late", address=_short_address(), code=code)))


def _qr(path: str, said: str) -> None:
    """Draw the address as a QR code; nothing where it is one of this machine alone, which no phone can open."""
    if not is_local():
        with st.container(key="screen_qr"):
            st.image(qr_code(carried(f"{base()}{path}")), alt=services().words(said))


def _short_address() -> str:
    """The address of the page for codes, as people type it."""
    return f"{base().partition('://')[2]}/join"


def _large(text: str, key: str) -> None:
    with st.container(key=f"screen_{key}"):
        st.markdown(text)
