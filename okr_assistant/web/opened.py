"""A link that was opened: the result behind it, with no more than it may show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from okr_assistant.clock import hashed
from okr_assistant.decision.assessment import Assessment, assessment
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, carry_over
from okr_assistant.errors import UnknownModelError
from okr_assistant.sharing.links import token_of
from okr_assistant.sharing.portable import open_portable
from okr_assistant.sharing.ports import StoredLink
from okr_assistant.sharing.record import Record
from okr_assistant.sharing.snapshot import Snapshot
from okr_assistant.views.comparison import ComparisonView, comparison_view
from okr_assistant.views.shared import SharedView, verdict_view, whole_view
from okr_assistant.web.context import Services
from okr_assistant.web.draft import Draft, address_of


class NotHereError(Exception):
    """No valid link or room has this token, id or key; that it never had one, or has no longer, is the same."""


@dataclass(frozen=True)
class Opened:
    """A result behind a link, on the model it was made with; ``record`` is None at the level *verdict*."""

    services: Services
    path: str
    """The address of the page, without the host."""
    snapshot: Snapshot | None
    record: Record | None
    stored: StoredLink | None = None

    @cached_property
    def found(self) -> Assessment | None:
        """What follows from the answers; None where they were not shared."""
        return None if self.record is None else _assessed(self.services.models, self.record.sheet)

    @cached_property
    def view(self) -> SharedView:
        """What the page shows."""
        words = self.services.words
        if self.found is None or self.record is None:
            assert self.snapshot is not None  # noqa: S101 - only a snapshot can be without answers
            return verdict_view(self.services.models.get(self.snapshot.model), self.snapshot, words)
        return whole_view(
            self.found,
            words,
            notes=self.record.notes,
            decision=self.record.decision or None,
            made_on=self.snapshot.made_on if self.snapshot else None,
        )

    @property
    def explore(self) -> str:
        """The address of the interactive result; empty where the answers were not shared."""
        if self.found is None:
            return ""
        sheet = self.found.sheet
        return f"/result?{urlencode(address_of(Draft(self.found.model, sheet.answers, sheet.title)))}"

    @property
    def older(self) -> bool:
        """There is a newer model than the one that this was made with, and there are answers to take to it."""
        models = self.services.models
        if self.found is None:
            return False
        versions = models.versions
        return versions.index(self.found.model.version) < versions.index(models.newest.version)

    def on_todays_model(self) -> tuple[Opened, ComparisonView]:
        """Return the same answers on the newest model, and what differs; only for what is ``older``."""
        assert self.found is not None  # noqa: S101 - as promised
        assert self.record is not None  # noqa: S101
        newest = self.services.models.newest
        sheet = self.record.sheet
        kept = AnswerSheet(carry_over(newest, sheet.answers), sheet.title, newest.version)
        today = replace(self, record=replace(self.record, sheet=kept))
        assert today.found is not None  # noqa: S101
        return today, comparison_view(self.found, today.found, self.services.words)


@dataclass(frozen=True)
class Owned:
    """A stored link for whoever manages it; ``opened`` is None where its model is not here as it was.

    ``shared`` is the address of what is shared; empty where the key does not tell it.
    """

    path: str
    stored: StoredLink
    opened: Opened | None
    shared: str = ""


def opened_payload(services: Services, payload: str) -> Opened:
    """Open a portable link; ``PayloadError`` when it cannot be read."""
    return Opened(services, f"/p/{payload}", None, open_portable(services.models, payload))


def opened_token(services: Services, token: str) -> Opened:
    """Open a stored link; ``NotHereError`` when there is no valid one."""
    stored = services.links.open(token)
    if stored is None:
        raise NotHereError
    return _stored(services, f"/r/{token}", stored)


def opened_by_owner(services: Services, owner_key: str) -> Owned:
    """Open a stored link for whoever manages it; ``NotHereError`` when there is no valid one."""
    stored = services.links.owned(owner_key)
    if stored is None:
        raise NotHereError
    path = f"/o/{owner_key}"
    try:
        token = token_of(owner_key)
        shared = f"/r/{token}" if hashed(token) == stored.token_hash else ""
        return Owned(path, stored, _stored(services, path, stored), shared)
    except UnknownModelError:  # which is no reason why it could not be ended
        return Owned(path, stored, None)


def _stored(services: Services, path: str, stored: StoredLink) -> Opened:
    snapshot = stored.snapshot
    if services.models.get(snapshot.model).digest != snapshot.digest:
        raise UnknownModelError("unknown_model", place="link", found=snapshot.model)
    record = snapshot.record
    if record is not None:  # a record need not name its model; its snapshot does
        record = replace(record, sheet=replace(record.sheet, model=snapshot.model))
    return Opened(services, path, snapshot, record, stored)


def _assessed(models: Models, sheet: AnswerSheet) -> Assessment:
    assert sheet.model is not None  # noqa: S101 - every opened sheet is pinned
    return assessment(models.get(sheet.model), sheet)
