"""Where the parts that are not Python modules lie: data, pages and the launcher.

In a checkout they are at the top level; in the wheel the build puts them into ``okr_assistant/_bundle``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLE = _PACKAGE / "_bundle"

ROOT = _BUNDLE if _BUNDLE.is_dir() else _PACKAGE.parent
"""The folder that holds ``app.py``, ``pages/`` and ``data/``."""

MODELS = ROOT / "data" / "models"
CASES = ROOT / "data" / "cases" / "published.jsonl"
KEPT = ROOT / "data" / "cases" / "kept.toml"
EXAMPLE_PORTFOLIO = ROOT / "data" / "portfolios" / "example.json"
LINT = ROOT / "data" / "lint"
DRAFTS = ROOT / "data" / "drafts"
LOCALES = ROOT / "data" / "locales"
PAGES = ROOT / "pages"
LAUNCHER = ROOT / "app.py"
STREAMLIT_CONFIG = ROOT / ".streamlit" / "config.toml"
MAIN_SCRIPT = _PACKAGE / "web" / "main.py"
STYLE = _PACKAGE / "web" / "style.css"
COPY_SCRIPT = _PACKAGE / "web" / "copy.js"
FOCUS_SCRIPT = _PACKAGE / "web" / "focus.js"
PAGE_SCRIPT = _PACKAGE / "web" / "page.js"
ROOM_SCRIPT = _PACKAGE / "web" / "room.js"
ICON = _PACKAGE / "web" / "icon.png"
RECORD_TEMPLATE = _PACKAGE / "export" / "record.typ"
GOAL_DRAFT_TEMPLATE = _PACKAGE / "export" / "goal_draft.typ"
WORKSHOP_TEMPLATE = _PACKAGE / "export" / "workshop.typ"
MAP_TEMPLATE = _PACKAGE / "export" / "map.typ"
TEMPLATES = _PACKAGE / "web" / "templates"
