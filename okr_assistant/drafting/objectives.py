"""What a program can see in one objective."""

from __future__ import annotations

import re
from collections.abc import Iterator

from okr_assistant.drafting.reading import Reading
from okr_assistant.drafting.verbs import Head

_MOST_WORDS = 25
_MOST_WORDS_OF_TWO_SENTENCES = 12
_SENTENCE_END = re.compile(r"(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bno)[.!?]+\s+(?=[\"'A-Z])")
_WORDS_OF_A_WISH = 2
_MOST_QUOTED = 90
_JOINS = frozenset({"and", ",", "&"})
"""Between two words for one thing: *a profitable and fair company*."""


def objective_findings(text: str) -> Iterator[tuple[str, str]]:
    """Every rule that the objective breaks, with the words that say so."""
    reading = Reading(text)
    if not reading.has_words:
        return
    if number := _number(reading):
        yield "number_in_objective", number
    if output := _output(reading):
        yield "output_as_objective", output
    elif not number and _is_vague(reading):
        yield "vague", reading.opening()
    if long := _too_long(reading):
        yield "too_long", long


def _number(reading: Reading) -> str:
    """The first amount that says how much; names, dates and *one* are none."""
    for amount in reading.measure.amounts:
        if amount.word and reading.head is None:  # "Two great products instead of five mediocre ones"
            continue
        word = reading.sentence.plain[amount.start : amount.end].lower()
        if word in {"zero", "twice as", "half"} or word.startswith(("double ", "first")):
            continue
        return reading.sentence.quote(amount.start, amount.end)
    return ""


def _output(reading: Reading) -> str:
    """The verb and the thing, if the objective is to make or do one; a culture or a reputation is not a thing."""
    head, words = reading.head, reading.words
    if head is None:
        return _nominal_output(reading)
    if not head.has("once", "count") or head.verb.base in {"address", "define"}:
        return ""
    first, end = reading.object_of(head)
    if reading.folds[first : first + 1] in {("ourselves",), ("us",), ("yourself",), ("themselves",)}:
        return ""
    if first == end and "".join(reading.folds[end : end + 1]) in {"to", "into", "from"}:
        first, end = end + 1, reading.phrase_end(end + 1)
    praised = bool(words.terms("objective.praise") & set(reading.folds[first:end]))
    while reading.folds[end : end + 1] and reading.folds[end] in _JOINS:
        end = reading.phrase_end(end + 1)
    concrete = head.verb.base in words.terms("objective.concrete_verb")
    soft = not concrete and end > first and reading.folds[end - 1] in words.terms("objective.soft_object")
    needs_thing = head.verb.base in words.terms("objective.open_verb") and not _is_thing(reading, first, end)
    if praised or soft or needs_thing or _says_what_for(reading, end):
        return ""
    return reading.quote(head.at, end)


def _says_what_for(reading: Reading, place: int) -> bool:
    """``... that people trust``, ``... in order to keep the nurses``, ``... to win back families``."""
    if reading.words.terms("objective.delivered") & set(reading.folds[place : place + 2]):
        return True
    for at in range(place, len(reading.folds) - 1):
        if reading.folds[at] == "to":
            verb = reading.verb_at(at + 1)
            if (verb and verb.has("up", "down", "better", "reach", "stay")) or reading.folds[at - 1] == "order":
                return True
    return False


def _is_thing(reading: Reading, first: int, end: int) -> bool:
    """Whether the object begins as the name of a thing does: *a new catalogue*, *the payments integration*."""
    folds = reading.folds[first:end]
    return bool(folds) and (folds[0] in {"a", "an", "the", "new"} or reading.tokens[first].kind == "number")


def _nominal_output(reading: Reading) -> str:
    folds = reading.folds
    if folds[1:2] == ("of",) and folds[0] in reading.words.terms("noun.output"):
        return reading.quote(0, reading.phrase_end(2))
    return ""


def _is_vague(reading: Reading) -> bool:
    """Whether nothing in it is particular: every word could stand in the objective of any team."""
    words = reading.words
    generic = words.terms("objective.generic") | words.terms("objective.improve")
    named = zip(reading.tokens, reading.folds, strict=True)
    content = [
        fold for token, fold in named if token.kind == "word" and fold not in words.terms("objective.small")
    ]
    if all(fold in generic or _generic_form(reading, fold, generic) for fold in content):
        return bool(content)
    return reading.head is not None and len(content) <= _WORDS_OF_A_WISH and _improves(reading, reading.head)


def _generic_form(reading: Reading, fold: str, generic: frozenset[str]) -> bool:
    verb = reading.words.verb(fold)
    return (
        (verb is not None and verb.base in generic) or fold.removesuffix("s") in generic or f"{fold}s" in generic
    )


def _improves(reading: Reading, head: Head) -> bool:
    """``Improve teaching``, ``Optimise production``: to make something better, without a word about for whom."""
    wishes = reading.words.terms("objective.improve") - {"make"}
    return head.has("better", "up") and head.verb.base in wishes


def _too_long(reading: Reading) -> str:
    """The part beyond what one can say in one breath: the second sentence, or what follows the 25th word."""
    text = reading.sentence.text.rstrip()
    words = [token for token in reading.tokens if token.kind == "word"]
    second = _SENTENCE_END.search(reading.sentence.plain.rstrip(), reading.sentence.begin)
    if second and len(words) > _MOST_WORDS_OF_TWO_SENTENCES:
        return text[second.end() :][:_MOST_QUOTED].strip()
    return text[words[_MOST_WORDS].start :][:_MOST_QUOTED].strip() if len(words) > _MOST_WORDS else ""
