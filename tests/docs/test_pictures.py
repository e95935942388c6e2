"""The pictures in the docs: each is made by the script and shown with a text, and the script makes each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.docs.pictures import FOLDER, PICTURES, take_pictures
from tests.test_docs import DOCUMENTS, name_of, prose, read

LARGEST = 120_000
"""Bytes: a page with all of them still opens at once."""


def shown(document: Path) -> list[tuple[str, str]]:
    """The pictures that a document shows, each with the text for those who do not see it."""
    text = prose(read(document))
    in_html = (re.search(r'src="([^"]+)".* alt="([^"]*)"', tag) for tag in re.findall(r"<img [^>]*>", text))
    in_markdown = [(path, alt) for alt, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)]
    return [*in_markdown, *(found.groups() if found else ("", "") for found in in_html)]  # type: ignore[list-item]


def test_the_script_makes_every_picture_and_every_picture_is_made_by_it() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.png" for name in PICTURES}


def test_every_picture_is_in_a_document() -> None:
    used = {(document.parent / path).resolve() for document in DOCUMENTS for path, _ in shown(document)}
    assert used == {(FOLDER / f"{name}.png").resolve() for name in PICTURES}


@pytest.mark.parametrize("document", [document for document in DOCUMENTS if shown(document)], ids=name_of)
def test_a_picture_says_in_words_what_it_shows(document: Path) -> None:
    for path, alt in shown(document):
        assert len(alt.split()) >= 5, path


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_wide_enough_to_read(name: str) -> None:
    file = FOLDER / f"{name}.png"
    assert file.stat().st_size <= LARGEST
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 780


@pytest.mark.browser
@pytest.mark.long
def test_the_script_works(tmp_path: Path) -> None:
    """What it waits for is on the pages; how they look is seen by whoever runs it."""
    take_pictures(tmp_path)
    for name in PICTURES:
        with Image.open(tmp_path / f"{name}.png") as new, Image.open(FOLDER / f"{name}.png") as kept:
            assert new.size == kept.size, name
            assert len(new.convert("RGB").getcolors(1 << 20) or ()) > 50, f"{name} is nearly empty"
