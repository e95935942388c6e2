"""Stored links: made, opened, managed by whoever has the owner's key. The key and the token are never stored."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, TypeAlias, get_args

from okr_assistant.clock import TOKEN_LENGTH, Clock, Tokens, hashed, is_token
from okr_assistant.decision.assessment import Assessment
from okr_assistant.decision.model import Model
from okr_assistant.errors import OkrAssistantError, SheetError, StoreError
from okr_assistant.free_text import clean_note, clean_title
from okr_assistant.sharing.base62 import DIGITS, encode
from okr_assistant.sharing.ports import LinkStore, Remark, StoredLink
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import Level, freeze

Days: TypeAlias = Literal[30, 90, 365]
DAYS: tuple[Days, ...] = get_args(Days)
"""How long a stored link can live."""
USUAL_DAYS: Days = 365
MOST_REMARKS = 200
_REMARKS_A_MINUTE = 10
_MINUTE = timedelta(minutes=1)
REASON_LIMIT = 1000


class LinkError(OkrAssistantError):
    """A stored link that does not do what is asked of it."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """The two keys of a new link, of which nobody can look the owner's up again, and when it ends."""

    token: str
    owner_key: str
    expires_at: datetime


def token_of(owner_key: str) -> str:
    """Return the token of the link that a new owner's key manages; nobody finds the key from it.

    Links that were made at first have a token of their own.
    """
    number = int.from_bytes(sha256(f"token of a shared link: {owner_key}".encode()).digest())
    return encode(number % len(DIGITS) ** TOKEN_LENGTH, TOKEN_LENGTH)


@dataclass(frozen=True, slots=True)
class Links:
    """All that can be done with stored links. A link that is unknown, expired or revoked is None, alike."""

    store: LinkStore
    clock: Clock
    tokens: Tokens

    def make(self, found: Assessment, record: Record, level: Level, lifetime: timedelta) -> NewLink:
        """Freeze a result at this level and keep it until ``lifetime`` has passed."""
        now = self.clock.now()
        owner_key = self.tokens.token()
        new = NewLink(token_of(owner_key), owner_key, now + lifetime)
        snapshot = freeze(found, record, level, now.date())
        self.store.add_link(StoredLink(hashed(new.token), hashed(new.owner_key), snapshot, now, new.expires_at))
        return new

    def open(self, token: str) -> StoredLink | None:
        """Return the link with this token, if it is valid now."""
        return self._valid(self.store.link(hashed(token))) if is_token(token) else None

    def owned(self, owner_key: str) -> StoredLink | None:
        """Return the link that this key manages, if it is valid now."""
        return self._valid(self.store.link_of_owner(hashed(owner_key))) if is_token(owner_key) else None

    def revoke(self, link: StoredLink) -> None:
        """End a link now; whoever opens it sees what they would see of a link that never was."""
        self.store.end_link(link.token_hash, self.clock.now())

    def remark(
        self, token: str, model: Model, question: str, option: str, reason: str, name: str, form: str = ""
    ) -> None:
        """Keep a remark on a link whose answers are shown; the same one, sent again with the same form, once.

        ``LinkError`` when the link takes none or has enough of them, ``SheetError`` and ``TextError`` when the
        remark cannot be kept.
        """
        link = self.open(token)
        if link is None or not link.remarks_open or link.snapshot.record is None:
            raise LinkError("remarks_closed", place="remark")
        known = model.questions_by_id.get(question)
        if known is None:
            raise SheetError("unknown_question", place="remark", found=question, allowed=model.questions_by_id)
        if option not in known.choices:
            raise SheetError("unknown_option", place="remark", found=option, allowed=known.choices)
        now = self.clock.now()
        said = (question, option, clean_note(reason, "remark", REASON_LIMIT), clean_title(name, "name"))
        # Of what was said too: who goes back, changes it and sends it again has said something else.
        id_ = hashed("\n".join((form, *said))).hex() if form else self.tokens.token()
        remark = Remark(id_, now, *said)
        limits = {"most": MOST_REMARKS, "since": now - _MINUTE, "most_since": _REMARKS_A_MINUTE}
        try:
            kept = self.store.add_remark(link.token_hash, remark, **limits)  # type: ignore[arg-type]
        except StoreError as error:
            if error.problem == "remarks_closed":  # meanwhile
                raise LinkError("remarks_closed", place="remark") from error
            raise
        if not kept:
            raise LinkError("too_many_remarks", place="remark", allowed=str(MOST_REMARKS))

    def _valid(self, link: StoredLink | None) -> StoredLink | None:
        """The one place that judges. At the very instant of its expiry a link is expired.

        That is then kept: a clock that is set back does not revive it. Where it cannot be kept now, the link is
        no less expired, and looks no different from others that are.
        """
        if link is None or link.ended_at is not None:
            return None
        if self.clock.now() >= link.expires_at:
            with suppress(StoreError):
                self.store.end_link(link.token_hash, link.expires_at)
            return None
        return link
