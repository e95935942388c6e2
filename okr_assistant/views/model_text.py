"""The Markdown of a model's texts as runs of plain text, for whoever does not speak Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks alike."""

    text: str
    strong: bool = False
    emph: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list."""

    runs: tuple[Run, ...]
    item: bool


def blocks(markdown: str) -> tuple[Block, ...]:
    """Return the paragraphs and items in order. HTML is text; what has no words, a picture say, is its text."""
    found, depth = [], 0
    for token in _PARSER.parse(markdown):
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline":
            found.append(Block(_runs(token.children or []), item=depth > 0))
        elif token.content:  # code, HTML
            found.append(Block((Run(token.content.strip()),), item=depth > 0))
    return tuple(found)


def _runs(tokens: list[Token]) -> tuple[Run, ...]:
    runs: list[Run] = []
    strong = emph = 0
    url = ""
    for token in tokens:
        if token.tag == "strong":
            strong += token.nesting
        elif token.tag == "em":
            emph += token.nesting
        elif token.tag == "a":
            url = str(token.attrGet("href") or "") if token.nesting > 0 else ""
        text = " " if token.type == "softbreak" else "\n" if token.type == "hardbreak" else token.content
        if text:
            runs.append(Run(text, strong > 0, emph > 0, url))
    return tuple(runs)
