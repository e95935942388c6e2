"""What a workshop came to, as an ordinary result: to open, share, keep and export like every other."""

from __future__ import annotations

from urllib.parse import urlencode

from okr_assistant.decision.model import Model
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet
from okr_assistant.errors import UnknownModelError
from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Decision, Record
from okr_assistant.web.draft import Draft, address_of
from okr_assistant.workshop.room import Room


def record_of(room: Room) -> Record:
    """Return the group's agreed answers under the workshop's title, with the decision once there is one."""
    sheet = AnswerSheet(dict(room.agreed), room.setup.title, room.setup.model)
    outcome = room.outcome
    if outcome is None:
        return Record(sheet)
    return Record(sheet, decision=Decision(outcome.decided, outcome.because, outcome.owner, outcome.review_on))


def model_of(models: Models, room: Room) -> Model:
    """Return the model that the room votes on; ``UnknownModelError`` when it is not here as it was."""
    model = models.get(room.setup.model, "workshop")
    if model.digest != room.setup.digest:
        raise UnknownModelError("unknown_model", place="workshop", found=model.version)
    return model


def draft_of(models: Models, room: Room) -> Draft:
    """Return the group's answers as a draft of whoever opens them; nothing they change reaches the room."""
    return Draft(model_of(models, room), dict(room.agreed), room.setup.title)


def explore_address(models: Models, room: Room) -> str:
    """Return the address of the interactive result of the group's answers."""
    return f"/result?{urlencode(address_of(draft_of(models, room)))}"


def portable_path(models: Models, room: Room) -> str:
    """Return the address of the plain page that has the group's answers, and no text, in the address itself."""
    return f"/p/{portable_payload(models, record_of(room))}"
