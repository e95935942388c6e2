"""The one SQL implementation of ``housekeeping.Store``. ``open_store`` is the way in."""

from okr_assistant.store.opening import FILE_NAME, open_store
from okr_assistant.store.sql_store import SqlStore

__all__ = ["FILE_NAME", "SqlStore", "open_store"]
