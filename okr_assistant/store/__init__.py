"""The one SQL implementation of ``housekeeping.Store``. ``open_store`` is the way in."""

from okr_assistant.store.opening import open_store
from okr_assistant.store.sql_store import SqlStore
from okr_assistant.store.sqlite_opening import FILE_NAME

__all__ = ["FILE_NAME", "SqlStore", "open_store"]
