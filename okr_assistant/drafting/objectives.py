"""What a program can see in one objective."""

from __future__ import annotations

import re
from collections.abc import Iterator

from okr_assistant.drafting.reading import Head, Reading

_MOST_WORDS = 25
_MOST_WORDS_OF_TWO_SENTENCES = 12
_SENTENCE_END = re.compile(r"(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bno)[.!?]+\s+(?=[\"'A-Z])")
_SMALL = frozenset(
    "a an the of to in on for with and or by at from as into our we us be is are all every that this it its their your more most so than".split()
)
_DELIVERED = frozenset("that which who where so because before without".split())


def objective_findings(text: str) -> Iterator[tuple[str, str]]:
    """Every rule that the objective breaks, with the words that say so."""
    reading = Reading(text)
    words = [token for token in reading.tokens if token.kind == "word"]
    if not words:
        return
    if number := _number(reading):
        yield "number_in_objective", number
    if output := _output(reading):
        yield "output_as_objective", output
    elif not number and _is_vague(reading):
        yield "vague", reading.opening()
    if long := _too_long(reading, len(words)):
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
    if not head.has("once", "count") or head.verb.base in {"address", "define", "focus"}:
        return ""
    first, end = reading.object_of(head)
    if first == end and reading.folds[end : end + 1] in {("to",), ("into",), ("from",)}:
        first, end = end + 1, reading.phrase_end(end + 1)
    folds = set(reading.folds[first:end])
    if head.verb.base in words.words("objective.open_verb") and not _is_thing(reading, first, end):
        return ""
    soft = words.words("objective.soft_object")
    if reading.folds[end - 1] in soft and end > first or folds & words.words("objective.praise"):
        return ""
    if _DELIVERED & set(reading.folds[end : end + 2]) or (end > first and reading.folds[end : end + 1] in {("people",), ("customers",)}):
        return ""
    return reading.quote(head.at, end)


def _is_thing(reading: Reading, first: int, end: int) -> bool:
    """Whether the object begins as the name of a thing does: *a new training catalogue*, *the payments integration*."""
    folds = reading.folds[first:end]
    return bool(folds) and (folds[0] in {"a", "an", "the", "new"} or reading.tokens[first].kind == "number")


def _nominal_output(reading: Reading) -> str:
    folds = reading.folds
    if folds[1:2] == ("of",) and folds[0] in reading.words.words("noun.output"):
        return reading.quote(0, reading.phrase_end(2))
    return ""


def _is_vague(reading: Reading) -> bool:
    """Whether nothing in it is particular: every word could stand in the objective of any team."""
    words = reading.words
    generic = words.words("objective.generic") | words.words("objective.improve")
    content = [
        fold for token, fold in zip(reading.tokens, reading.folds, strict=True) if token.kind == "word" and fold not in _SMALL
    ]
    if not content:
        return False
    particular = [fold for fold in content if fold not in generic and not _generic_form(reading, fold, generic)]
    if not particular:
        return True
    head = reading.head
    return head is not None and _improves_one_word(reading, head, content)


def _generic_form(reading: Reading, fold: str, generic: frozenset[str]) -> bool:
    verb = reading.words.verb(fold)
    return (verb is not None and verb.base in generic) or fold.removesuffix("s") in generic or f"{fold}s" in generic


def _improves_one_word(reading: Reading, head: Head, content: list[str]) -> bool:
    """``Improve teaching``, ``Optimise production``: to make something better, and not a word about what or for whom."""
    return head.has("better", "up") and head.verb.base in reading.words.words("objective.improve") and len(content) <= 2 and head.verb.base != "make"


def _too_long(reading: Reading, count: int) -> str:
    """The part beyond what one can say in one breath: the second sentence, or what follows the 25th word."""
    text = reading.sentence.text.rstrip()
    second = _SENTENCE_END.search(reading.sentence.plain.rstrip(), reading.sentence.begin)
    if second and count > _MOST_WORDS_OF_TWO_SENTENCES:
        return text[second.end() :][:90].strip()
    if count > _MOST_WORDS:
        at = [token for token in reading.tokens if token.kind == "word"][_MOST_WORDS]
        return text[at.start :][:90].strip()
    return ""
