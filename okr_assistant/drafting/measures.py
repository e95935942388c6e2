"""Whether a wanted result names what it would measure, and whether it starts or ends at nothing."""

from __future__ import annotations

from okr_assistant.drafting.outputs import ALL, NOTHING
from okr_assistant.drafting.reading import Reading, is_plural_noun

_NEW = frozenset({"new", "first", "additional"})
_COUNTED = frozenset({"number", "rate", "share", "gap", "percentage", "proportion"})
_MORE_OF_THEM = frozenset({"more", "fewer", "less", "additional", "extra"})
_FASTER = frozenset({"speed up", "shorten", "accelerate"})
_AVOIDED = frozenset({"eliminate", "prevent", "avoid"})
_DIRECTIONS = frozenset({"up", "down", "below", "above", "under", "over"})


def wants_change(reading: Reading) -> bool:
    """Whether it says that something should change, or names a measure."""
    head, words = reading.head, reading.words
    if head:
        first, end = reading.object_of(head)
        folds = reading.folds[first:end]
        if folds[:1] and folds[0] in ALL:  # "Resolve all critical bugs"
            return False
        counted = bool(folds) and (folds[0] in words.terms("phrase.more") or folds[-1] in words.metrics)
        return head.has("up", "down", "better") or counted
    if reading.begins_with in ALL:
        return False
    more = words.terms("phrase.more") & set(reading.folds[reading.first :][:2])
    changes = bool(more) or reading.begins_with in words.terms("noun.change")
    return changes or bool(reading.measure.baselines) or measure_is_named(reading)


def measure_is_named(reading: Reading) -> bool:
    """Whether it names something that is counted or measured: *satisfaction* alone is not, its score is."""
    head, words = reading.head, reading.words
    first, end = reading.object_of(head) if head else _leading_phrase(reading)
    folds = reading.folds[first:end]
    if not folds:
        return False
    if head and head.verb.base in _FASTER:
        return True
    last, soft = folds[-1], words.terms("metric.soft")
    several = is_plural_noun(last) and last not in soft
    hard = last not in soft and (last in words.metrics or last.removesuffix("s") in words.metrics)
    if head and head.has("up", "down", "reach"):
        return hard or (several and len(folds) > 1) or bool(_COUNTED & set(folds))
    more_of_them = folds[0] in _MORE_OF_THEM and len(folds) > 1 and several
    return more_of_them or (hard and last not in words.terms("number.people"))


def _leading_phrase(reading: Reading) -> tuple[int, int]:
    """The noun phrase that begins a sentence without a verb in front; of *reduction in waste* the waste."""
    first = reading.first
    of = reading.folds[first + 1 : first + 2] in {("in",), ("of",)}
    if of and reading.begins_with in reading.words.terms("noun.change"):
        first += 2
    end = reading.phrase_end(first)
    starts = {amount.start for amount in reading.measure.amounts}
    for at in range(first, end):
        verb = reading.words.verb(reading.folds[at])
        if (
            reading.tokens[at].start in starts
            or reading.folds[at] in _DIRECTIONS
            or (at > first and verb and verb.form == "ed")
        ):
            return first, at
    return first, end


def starts_at_nothing(reading: Reading) -> bool:
    """``Win 10 new customers``, ``Raise €1m``: what comes in during the cycle is counted from zero."""
    plain, head, first = reading.sentence.plain, reading.head, reading.measure.targets[0]
    if plain[first.start : first.end].lower() == "zero":
        return not (head and head.has("up", "down", "better"))
    if first.share:
        return False
    behind = [token.low for token in reading.tokens if token.start >= first.end][:2]
    if _NEW & set(behind[:1]) or behind in (["in", "new"], ["more", "new"]):
        return True
    before = plain[: first.start].rstrip(" $€£").lower()
    return head is not None and head.has("flow") and not before.endswith((" to", " at", " than"))


def goes_to_nothing(reading: Reading) -> bool:
    """``Eliminate manual entries``, ``No complaints``: the target is none."""
    head = reading.head
    return bool(head and head.verb.base in _AVOIDED) or reading.begins_with in NOTHING
