"""Outputs: something is made, done or delivered, with the verb in front or behind."""

from __future__ import annotations

import re

from okr_assistant.drafting.reading import Reading
from okr_assistant.drafting.verbs import Head

ALL = frozenset({"all", "every", "each"})
NOTHING = frozenset({"no", "zero", "nobody", "none"})
_PURPOSE = frozenset({"to", "so", "that", "which", "and", "by", "thus", "thereby", "order"})
_IN_TIME = re.compile(
    r"\b(?:on time|in time|within \w+ \w+|same day|correctly|at the first|first[- ]time right|without \w+)\b",
    re.IGNORECASE,
)
_BUILT_UP = frozenset({"build", "create", "develop"})
_STANDING = frozenset({"live", "operational", "available", "functional", "online"})
_IN_PLACE = frozenset({("in", "place"), ("in", "production"), ("in", "use"), ("in", "operation")})


def output(reading: Reading) -> tuple[int, int] | None:
    """The tokens that say what is made or done; None where its effect is named with an amount."""
    if reading.measure.baselines:
        return None
    head = reading.head
    if head is None:
        return _done_thing(reading)
    if head.has("unknown") and not _is_work(reading, head):
        return None
    if not head.has("once", "count", "effort", "unknown") or _has_effect(reading, head):
        return None
    return head.at, reading.object_of(head)[1]


def _is_work(reading: Reading, head: Head) -> bool:
    """Whether an unknown verb is about a thing; with a number (*rehome 120 dogs*) it may be a result."""
    first, end = reading.object_of(head)
    return not reading.measure.amounts and not reading.words.metrics.keys() & set(reading.folds[first:end])


def one_thing(reading: Reading, found: tuple[int, int]) -> bool:
    """Whether the output is one thing, done or not done, with nothing to count on the way."""
    if reading.measure.amounts or ALL & set(reading.folds):
        return False
    head = reading.head
    if head is None:
        return not reading.is_plural(found[0], found[1] - 1)
    first, end = reading.object_of(head)
    named = "".join(reading.folds[first : first + 1]) in reading.words.terms("phrase.determiners")
    if not named and reading.folds[end - 1] in reading.words.terms("metric.soft"):  # "Develop talent"
        return False
    if first == end and reading.folds[end : end + 1] in {("for",), ("on",), ("with",)}:  # "Prepare for the audit"
        return False
    # "Test a subscription box"
    one = head.has("count") and "".join(reading.folds[first : first + 1]) in {"a", "an"}
    return (head.has("once", "unknown") or one) and not reading.is_plural(first, end)


def _has_effect(reading: Reading, head: Head) -> bool:
    """Whether an effect is named with its amount, or the work is a service with its level."""
    first = next(iter(reading.measure.amounts), None)
    if first is None:
        return False
    base, (begin, end) = head.verb.base, reading.object_of(head)
    if first.share and (base in reading.words.terms("noun.service") or _IN_TIME.search(reading.sentence.plain)):
        return True
    if base in _BUILT_UP | {"deliver"} and not first.plain_count and not first.share:  # "Deliver €2m of savings"
        return True
    if base in _BUILT_UP and reading.words.metrics.keys() & set(reading.folds[begin:end]):
        return True
    return any(
        reading.folds[at] in reading.words.terms("noun.change") or _leads_to_change(reading, head, at)
        for at in range(head.last + 1, len(reading.folds))
    )


def _leads_to_change(reading: Reading, head: Head, at: int) -> bool:
    """``... to raise repeat orders by 10%``."""
    if reading.folds[at - 1] not in _PURPOSE or at <= head.last + 2:
        return False
    verb = reading.verb_at(at)
    wanted = verb is not None and verb.has("up", "down", "better", "reach")
    return wanted and reading.has_amount(reading.tokens[at].start, len(reading.sentence.plain))


def _done_thing(reading: Reading) -> tuple[int, int] | None:
    """``New website launched``, ``Launch of the portal``, ``Portal live``: done, without a verb in front."""
    folds, words = reading.folds, reading.words
    shares = any(amount.share for amount in reading.measure.amounts)
    if shares or reading.begins_with in NOTHING or {"number", "share", "percentage"} & set(folds):
        return None
    if folds[1:2] == ("of",) and folds[0] in words.terms("noun.output"):
        return 0, reading.phrase_end(2)
    for at in range(1, len(folds)):
        ends = reading.phrase_end(at + 1) == at + 1
        if ends and (folds[at] in _STANDING or _is_done(reading, at)):
            return 0, at + 1
        if folds[at : at + 2] in _IN_PLACE and reading.phrase_end(at + 1) == at + 2:
            return 0, at + 2
    return None


def _is_done(reading: Reading, at: int) -> bool:
    """Whether the word is *launched*, *trained*; a service with a number (*delivered 300*) is none."""
    verb = reading.words.verb(reading.folds[at])
    if (
        verb is None
        or verb.form != "ed"
        or not verb.kinds & {"once", "count"}
        or reading.folds[at] in reading.words.all_nouns
    ):
        return False
    return not (reading.measure.amounts and verb.base in reading.words.terms("noun.service"))
