"""The one list of exports, and the names of their files."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_assistant.decision.model import Model
from okr_assistant.export.formats import FORMATS, file_name, offered
from okr_assistant.words import Words
from tests.export.samples import SAMPLES, made

DAY = date(2026, 3, 4)
STARTS = {
    "md": b"# ", "pdf": b"%PDF-", "csv": b"\xef\xbb\xbf", "json": b"{", "svg": b"<svg", "png": b"\x89PNG",
    "position-svg": b"<svg", "position-png": b"\x89PNG", "ics": b"BEGIN:VCALENDAR\r\n",
}  # fmt: skip


def test_each_writes_what_it_says(model: Model, words: Words) -> None:
    export = made(model, SAMPLES["good"], words)
    assert set(FORMATS) == set(STARTS)
    for id_, each in FORMATS.items():
        assert each.id == id_
        assert words(each.label)
        assert each.write(export).startswith(STARTS[id_]), id_
        assert each.write(export) == each.write(export)


def test_the_position_is_offered_once_it_is_known(model: Model, words: Words) -> None:
    everything, less = (offered(made(model, SAMPLES[name], words).view) for name in ("good", "blocked"))
    assert [each.id for each in everything] == list(FORMATS)
    assert {each.id for each in everything} - {each.id for each in less} == {"position-svg", "position-png"}


def test_another_process_writes_the_same_bytes(model: Model, words: Words) -> None:
    """Nothing comes from the clock, from the order of a set or from what was drawn before.

    And whoever wants text loads neither Typst nor Altair: they are slow to load.
    """
    code = """
import hashlib, json, sys
from okr_assistant import load_model
from okr_assistant.export.formats import FORMATS
print(json.dumps(sorted({'altair', 'pandas', 'typst'} & set(sys.modules))))
from okr_assistant.paths import LOCALES
from okr_assistant.words import read_words
from tests.export.samples import SAMPLES, made
export = made(load_model(), SAMPLES["good"], read_words(LOCALES))
print(json.dumps({id_: hashlib.sha256(each.write(export)).hexdigest() for id_, each in FORMATS.items()}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    loaded, elsewhere = map(json.loads, done.stdout.splitlines())
    export = made(model, SAMPLES["good"], words)
    assert elsewhere == {id_: hashlib.sha256(each.write(export)).hexdigest() for id_, each in FORMATS.items()}
    assert loaded == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Faster checkout", "Faster-checkout-2026-03-04.pdf"),
        ("", "decision-record-2026-03-04.pdf"),
        ("🎉", "decision-record-2026-03-04.pdf"),
        ("../../etc/passwd", "etc-passwd-2026-03-04.pdf"),
        ('-rf $(x) `y` "z"', "rf-x-y-z-2026-03-04.pdf"),
        ("CON", "CON-2026-03-04.pdf"),
        ("שיפור תהליך", "שיפור-תהליך-2026-03-04.pdf"),
        ("Größe: 中文", "Größe-中文-2026-03-04.pdf"),
        ("हिन्दी", "हिन्दी-2026-03-04.pdf"),
    ],
)
def test_a_file_is_named_after_the_title(title: str, name: str) -> None:
    assert file_name(title, DAY, "pdf") == name


@given(st.text(max_size=200))
def test_any_title_gives_a_safe_name(title: str) -> None:
    name = file_name(title, DAY, "csv")
    assert name.endswith("-2026-03-04.csv")
    assert len(name.encode()) <= 255
    assert name[0] not in "-."
    assert not set(name) & set("<>:\"/\\|?*'`$&;\0\r\n\t ")
    assert name.isprintable()
