"""A map is only in this tab until all of it is kept: then nothing asks before it is closed."""

from __future__ import annotations

import pytest

from okr_assistant.errors import StoreError
from okr_assistant.portfolio.maps import Maps
from tests.pages.rooms import Tab
from tests.pages.test_goal_map import answer_first, opened, section, site, tab, taken

__all__ = ["site", "tab"]  # fixtures


def only_here(tab: Tab) -> bool:
    """As the page has it, which asks before it closes such a map."""
    asks = "Close" not in tab.labels
    assert opened(tab).only_here is asks
    return asks


def test_a_kept_map_is_only_here_while_its_last_change_is_not_saved(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise StoreError("storage_full", place="storage")

    tab.press("Start with an empty table")
    assert not only_here(tab), "there is nothing in it"
    tab.press("Keep in this browser")
    assert not only_here(tab)
    section(taken(tab, "title\nSomething\n"), "questions")
    assert not only_here(tab), "it was saved"
    with monkeypatch.context() as full:
        full.setattr(Maps, "save", fails)
        answer_first(tab)
        assert opened(tab).head
        assert only_here(tab)
    answer_first(tab)
    assert not only_here(tab), "it is saved again, with what was not"
