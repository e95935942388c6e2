"""What a room refuses to do."""

from __future__ import annotations

from okr_assistant.errors import OkrAssistantError


class RoomError(OkrAssistantError):
    """Something that cannot be done in this room now; nothing was changed."""


class NoRoomError(OkrAssistantError):
    """There is no such room (any more), or this key does not open it: the same to whoever asks."""

    def __init__(self) -> None:
        super().__init__("no_room", place="workshop")
