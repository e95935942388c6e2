"""Two results in one sentence."""

from __future__ import annotations

from okr_assistant.drafting.reading import Head, Reading

_AND = frozenset({"and", "&", ";", ",", "plus", "+", "whilst"})
_OPENING = frozenset({"and", "&", ",", ";", "also", "then", "to", "plus", "+", "as", "well"})
_GUARD = frozenset({"without", "while", "whilst", "keep", "keeping", "maintain", "maintaining", "with"})
_PRONOUNS = frozenset({"it", "them", "these", "those", "this", "that"})
_PAIRS = frozenset({("sales", "marketing"), ("research", "development"), ("terms", "conditions"), ("time", "time"), ("wear", "tear")})


def second_result(reading: Reading) -> str:
    """The words of the second result, or nothing."""
    folds = reading.folds
    for at, fold in enumerate(folds):
        if fold not in _AND or at == 0:
            continue
        first = at + 1
        while first < len(folds) and folds[first] in _OPENING:
            first += 1
        if first < len(folds) and folds[first] not in _GUARD and _is_second(reading, at, first):
            return reading.quote(first, len(folds))
    return ""


def _is_second(reading: Reading, at: int, first: int) -> bool:
    verb = reading.verb_at(first)
    if verb and verb.verb.form in {"base", "ing", "ed"} and not verb.has("stay") and _same_form(reading, verb):
        return _clause_is_result(reading, at, verb)
    if reading.tokens[first].kind == "word" and _has_pair(reading, first):
        return True
    if reading.folds[at] == ",":
        return False
    return _has_own_amount(reading, at, first) or _shares_verb(reading, at, first)


def _same_form(reading: Reading, verb: Head) -> bool:
    """Whether it stands beside the verb of the sentence, and is not the end of *used by schools and trained ...*."""
    head = reading.head
    return head is None or head.verb.form == verb.verb.form or "base" in {head.verb.form, verb.verb.form}


def _clause_is_result(reading: Reading, at: int, verb: Head) -> bool:
    """``..., and cut support tickets from 3 to 1``: both sides have something of their own that they act on."""
    head = reading.head
    tokens, folds = reading.tokens, reading.folds
    end = reading.object_of(verb)[1]
    own = folds[verb.last + 1 : end]
    amount_here = reading.has_amount(tokens[verb.at].start, len(reading.sentence.plain))
    if verb.verb.form == "ed" and not amount_here:
        return False
    if not own or own[0] in _PRONOUNS:
        return False
    if head is None:
        return amount_here and reading.has_amount(0, tokens[at].start) and verb.has("up", "down", "reach", "better")
    if at - head.last <= 1:  # "attract and retain talent"
        return False
    if head.has("up", "down", "better", "reach") and verb.has("up", "down", "better", "reach"):
        return True
    if head.has("once", "count") and verb.has("once", "count"):
        return _differs(reading, head, at, own)
    return amount_here and (verb.has("up", "down", "reach") or reading.has_amount(0, tokens[at].start))


def _differs(reading: Reading, head: Head, at: int, own: tuple[str, ...]) -> bool:
    """Whether two things are made: *design and build the portal* is about one."""
    first = set(reading.folds[head.last + 1 : at])
    return len(first) >= 2 - any(token.kind == "number" for token in reading.tokens[head.last + 1 : at]) and not first >= set(own)


def _has_pair(reading: Reading, first: int) -> bool:
    """Whether there are a baseline and a target both before and behind a place."""
    place = reading.tokens[first].start
    before = sum(amount.start < place for amount in reading.measure.baselines)
    return 0 < before < len(reading.measure.baselines)


def _has_own_amount(reading: Reading, at: int, first: int) -> bool:
    """``retention by 5%``: a noun with an amount of its own, behind an amount."""
    tokens, measure = reading.tokens, reading.measure
    if not any(amount.start < tokens[at].start for amount in measure.amounts) or tokens[first].kind == "number":
        return False
    amount = next((amount for amount in measure.amounts if amount.start >= tokens[first].start), None)
    if amount is None:
        return False
    between = [at for at in range(first, len(tokens)) if tokens[at].start < amount.start]
    return any(reading.folds[at] in reading.words.metrics for at in between) and len(between) <= 6


def _shares_verb(reading: Reading, at: int, first: int) -> bool:
    """``Increase output and quality``: one verb of change, two measures."""
    head = reading.head
    if head is None or not head.has("up", "down", "better"):
        return False
    begin = reading.object_of(head)[0]
    if reading.phrase_end(begin) != at or at == begin:
        return False
    end = reading.phrase_end(first)
    known = reading.words.metrics.keys() | reading.words.words("metric.soft")
    one, other = reading.folds[at - 1], reading.folds[end - 1] if end > first else ""
    return one in known and other in known and end - first <= 2 and (one, reading.folds[first]) not in _PAIRS
