"""Counts that grow whatever one does: followers, page views, registered users."""

from __future__ import annotations

from okr_assistant.drafting.reading import Reading

_NEAR = 24
_WORDS_TO_A_SITE = 6


def vanity_count(reading: Reading) -> str:
    """The words of a count that says nothing about value, when it should grow; nothing if there is none."""
    if (reading.head and reading.head.has("down")) or reading.words.terms("vanity.rates") & set(reading.folds):
        return ""
    for at in range(len(reading.folds)):
        for length in _lengths(reading, at):
            if not _is_qualified(reading, at, at + length):
                return reading.quote(at, at + length)
    return ""


def _lengths(reading: Reading, at: int) -> list[int]:
    """How many tokens the names of such counts have that begin there."""
    folds, words = reading.folds, reading.words
    found = [len(phrase) for phrase in words.phrases("vanity.counts") if folds[at : at + len(phrase)] == phrase]
    near = folds[at] in words.terms("vanity.counts_near_a_medium") and _near_a_medium(reading, at)
    if near or folds[at] in words.terms("vanity.counts"):
        found.append(1)
    if folds[at] in words.terms("vanity.visits"):  # "visits to the city's website"
        sites = words.terms("vanity.sites")
        found += [ahead + 1 for ahead, fold in enumerate(folds[at : at + _WORDS_TO_A_SITE]) if fold in sites]
    return found


def _near_a_medium(reading: Reading, at: int) -> bool:
    """Whether a word of many meanings is a count here: with a number, or with the name of a medium near."""
    start, end = reading.tokens[max(0, at - 3)].start, reading.tokens[min(len(reading.tokens) - 1, at + 5)].end
    near = set(reading.folds[max(0, at - 3) : at + 5])
    return reading.has_amount(start, end) or bool(near & reading.words.terms("vanity.media"))


def _is_qualified(reading: Reading, at: int, end: int) -> bool:
    """Whether the count is a part of a rate, or of people who do something."""
    words, before = reading.words, set(reading.folds[max(0, at - 3) : at])
    if before & words.terms("vanity.parts") or _is_share(reading, at):
        return True
    behind = reading.folds[end : end + 2]
    if not behind or behind[0] not in words.terms("vanity.qualified_by"):
        return False
    if behind[0] == "per":
        return not words.terms("vanity.periods") & set(behind[1:])
    return behind[0] not in {"to", "→"} or not reading.has_amount(
        reading.tokens[end].start, reading.tokens[end].start + _NEAR
    )


def _is_share(reading: Reading, at: int) -> bool:
    """``30% of our followers``."""
    start = reading.tokens[max(0, at - 4)].start
    of = "of" in reading.folds[max(0, at - 3) : at]
    return of and any(
        amount.share and start <= amount.start < reading.tokens[at].start for amount in reading.measure.amounts
    )
