"""What is kept in these tests: links, remarks, results and rooms that can be told apart by a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from okr_assistant.clock import hashed
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.portfolio.ports import Head, KeptPortfolio
from okr_assistant.sharing.ports import Remark, SavedResult, StoredLink
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.sharing.snapshot import Level, Snapshot, VerdictAlone
from okr_assistant.workshop.ports import Keys
from okr_assistant.workshop.room import FIST, Outcome, Room, Round, Setup, Vote
from tests.still import NOON

YEAR = timedelta(days=365)
MICROSECOND = timedelta(microseconds=1)
# Of more than one script, with a family of emoji and what JSON escapes.
TEXT = 'Größe „Straße"\n\\ اردو 👩‍👩‍👧 Здравствуй'


def a_record(title: str = "Checkout") -> Record:
    sheet = AnswerSheet({"work_kind": "change", "autonomy": "unsure"}, title, "2026.1")
    return Record(sheet, TEXT, Decision("OKRs", TEXT, "Анна", date(2026, 12, 31)))


def a_snapshot(level: Level = "notes") -> Snapshot:
    alone = VerdictAlone("okr", "okr", ("flow", "bets"), None, "thin", final=True, blocked=False)
    record = None if level == "verdict" else a_record()
    return Snapshot(level, "Checkout", "2026.1", "ab" * 32, date(2026, 6, 1), alone, record)


def a_link(number: int = 1, *, made_at: datetime = NOON, lifetime: timedelta = YEAR) -> StoredLink:
    return StoredLink(token(number), hashed(f"owner {number}"), a_snapshot(), made_at, made_at + lifetime)


def token(number: int) -> bytes:
    return hashed(f"token {number}")


def a_remark(number: int = 1, made_at: datetime = NOON) -> Remark:
    return Remark(f"remark-{number:04}", made_at, "work_kind", "learn", TEXT, "Ann")


def a_result(number: int = 1, changed_at: datetime = NOON, title: str = "Checkout") -> SavedResult:
    return SavedResult(f"result-{number:04}", a_record(title), NOON - YEAR, changed_at)


def a_portfolio(number: int = 1, changed_at: datetime = NOON, of: str = "", frozen: str = "") -> KeptPortfolio:
    head = Head(f"portfolio-{number:04}", TEXT, 3, frozen, of, NOON - YEAR, changed_at)
    return KeptPortfolio(head, TEXT.encode() * 100 + b"\x00\xff")


def browser(number: int) -> bytes:
    return hashed(f"browser {number}")


def a_room(number: int = 1, made_at: datetime = NOON) -> Room:
    setup = Setup(
        TEXT, TEXT, "2026.1", "ab" * 32, ("work_kind", "autonomy"), named=True, smallest_group=3, decider="Анна"
    )
    return Room(f"room-{number:04}", f"{number:08}", setup, made_at)


def keys(number: int = 1) -> Keys:
    return Keys(hashed(f"facilitator {number}"), hashed(f"co-facilitator {number}"))


def an_old_room(number: int = 1) -> Room:
    """The same room when its workshop was over: with everything that a room can have."""
    hour = timedelta(hours=1)
    voted = Round(
        1, "vote", ("work_kind", "autonomy"), NOON, NOON + hour, NOON + hour / 3, NOON + hour, ("autonomy",)
    )
    checked = Round(2, "check", (FIST,), NOON + hour, None, NOON + hour + MICROSECOND, NOON + 2 * hour)
    return replace(
        a_room(number),
        rounds=(voted, checked),
        agreed={"work_kind": "change", "autonomy": "unsure"},
        focus="autonomy",
        nudged_at=NOON + hour / 7,
        outcome=Outcome(TEXT, TEXT, "Анна", date(2026, 12, 31), NOON + 4 * hour),
        finished_at=NOON + 3 * hour,
    )


def a_vote(seat: int = 1, round_: int = 1, question: str = "work_kind", choice: str = "change") -> Vote:
    return Vote(seat, round_, question, choice, TEXT, NOON + seat * MICROSECOND)
