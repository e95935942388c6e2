"""Two results in one sentence."""

from __future__ import annotations

from okr_assistant.drafting.reading import Reading
from okr_assistant.drafting.verbs import Head

_WANTED = ("up", "down", "better", "reach")
_MADE = ("once", "count")
_MOST_WORDS_OF_A_MEASURE = 6


def second_result(reading: Reading) -> str:
    """The words of the second result, or nothing."""
    folds, words = reading.folds, reading.words
    for at, fold in enumerate(folds):
        stuck = at and fold == "+" and reading.tokens[at - 1].end == reading.tokens[at].start
        if fold not in words.terms("several.and") or not at or stuck:
            continue
        first = at + 1
        while first < len(folds) and folds[first] in words.terms("several.openings"):
            first += 1
        if (
            first < len(folds)
            and folds[first] not in words.terms("several.guards")
            and _is_second(reading, at, first)
        ):
            return reading.quote(first, len(folds))
    return ""


def _is_second(reading: Reading, at: int, first: int) -> bool:
    """Whether what begins at ``first``, behind the *and* at ``at``, is a result of its own."""
    verb = reading.verb_at(first)
    if verb and verb.verb.form != "s" and not verb.has("stay") and _same_form(reading, verb):
        return _has_own_object(reading, at, verb)
    if reading.tokens[first].kind == "word" and _has_pairs(reading, first):
        return True
    if reading.folds[at] == ",":
        return False
    return _has_own_amount(reading, at, first) or _shares_verb(reading, at, first)


def _same_form(reading: Reading, verb: Head) -> bool:
    """Whether it stands beside the verb of the sentence: not *used by schools and trained staff*."""
    head = reading.head
    return head is None or head.verb.form == verb.verb.form or "base" in {head.verb.form, verb.verb.form}


def _has_own_object(reading: Reading, at: int, verb: Head) -> bool:
    """``..., and cut support tickets from 3 to 1``: both sides act on something of their own."""
    head, place = reading.head, reading.tokens[at].start
    first, end = reading.object_of(verb)
    own = reading.folds[first:end]
    amount = reading.has_amount(reading.tokens[verb.at].start, len(reading.sentence.plain))
    if not own or own[0] in reading.words.terms("several.pronouns") or (verb.verb.form == "ed" and not amount):
        return False
    if head is None:
        return amount and reading.has_amount(0, place) and verb.has(*_WANTED)
    if at - head.last <= 1:  # "attract and retain talent"
        return False
    if head.has(*_WANTED) and verb.has(*_WANTED):
        return True
    if head.has(*_MADE) and verb.has(*_MADE):
        return _differs(reading, head, at, own)
    return amount and (verb.has("up", "down", "reach") or reading.has_amount(0, place))


def _differs(reading: Reading, head: Head, at: int, own: tuple[str, ...]) -> bool:
    """Whether two things are made; *build the portal and launch the portal* is about one."""
    between = range(head.last + 1, at)
    words = [reading.folds[place] for place in between if reading.tokens[place].kind == "word"]
    things = [word for word in words if not reading.words.verb(word)]
    number = any(reading.tokens[place].kind == "number" for place in between)
    return bool(things) and (number or len(words) > 1) and not set(words) >= set(own)


def _has_pairs(reading: Reading, first: int) -> bool:
    """Whether it says from where to where both before and behind a place."""
    place = reading.tokens[first].start
    before = sum(amount.start < place for amount in reading.measure.baselines)
    return 0 < before < len(reading.measure.baselines)


def _has_own_amount(reading: Reading, at: int, first: int) -> bool:
    """``retention by 5%``: a measure with an amount of its own, behind an amount."""
    tokens, place = reading.tokens, reading.tokens[first].start
    amount = next((amount for amount in reading.measure.amounts if amount.start >= place), None)
    if amount is None or tokens[first].kind == "number" or not reading.has_amount(0, tokens[at].start):
        return False
    between = [
        fold
        for token, fold in zip(tokens[first:], reading.folds[first:], strict=True)
        if token.start < amount.start
    ]
    return len(between) <= _MOST_WORDS_OF_A_MEASURE and any(fold in reading.words.metrics for fold in between)


def _shares_verb(reading: Reading, at: int, first: int) -> bool:
    """``Increase output and quality``: one verb of change, two measures."""
    head = reading.head
    if head is None or not head.has("up", "down", "better") or reading.object_of(head)[1] != at:
        return False
    end = reading.phrase_end(first)
    known = reading.words.metrics.keys() | reading.words.terms("metric.soft")
    pair = (reading.folds[at - 1], reading.folds[first])
    both = pair[0] in known and reading.folds[end - 1] in known
    return both and 0 < end - first <= 2 and pair not in reading.words.phrases("several.one_name")
