"""What a program can see in an objective and its key results together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okr_assistant.drafting.key_results import KeyResult

FEWEST, MOST = 2, 5
_GUARDS = frozenset({"without", "while", "whilst"})
_WHO = frozenset({"who", "whom", "whose", "that", "which"})
_PUSHES = (frozenset({"volume", "speed"}), frozenset({"speed", "cost"}))


def set_findings(key_results: Sequence[KeyResult]) -> Iterator[tuple[str, int]]:
    """Every rule that the set breaks, with the number of the key result that shows it, from 0."""
    if len(key_results) < FEWEST:
        yield "too_few", 0
    if len(key_results) > MOST:
        yield "too_many", MOST
    if len(key_results) < FEWEST:
        return
    if _all_outputs(key_results):
        yield "all_outputs", next(at for at, one in enumerate(key_results) if one.output)
    elif (pushing := _only_pushes(key_results)) is not None:
        yield "no_counter_metric", pushing


def _all_outputs(key_results: Sequence[KeyResult]) -> bool:
    """Whether all are things to make or do; a gate, and a sentence without any number, do not change that."""
    made = sum(one.output is not None for one in key_results)
    others = [one for one in key_results if one.output is None]
    return 2 * made > len(key_results) and all(
        one.gate or not (one.measure.amounts or one.changes) for one in others
    )


def _only_pushes(key_results: Sequence[KeyResult]) -> int | None:
    """The first key result of a set that asks for more, faster or cheaper and nothing that this could spoil."""
    pushing = []
    for at, one in enumerate(key_results):
        if one.maintained or _GUARDS & set(one.reading.folds):
            return None
        if one.output or one.gate:
            continue
        pushing.append((at, _classes(one)))
    if len(pushing) < FEWEST or any(not classes or "quality" in classes for _, classes in pushing):
        return None
    every = frozenset().union(*(classes for _, classes in pushing))
    return pushing[0][0] if any(every <= allowed for allowed in _PUSHES) else None


def _classes(one: KeyResult) -> frozenset[str]:
    """What its measure is about: quality if any word of it is, else volume, speed or cost; nothing if unknown."""
    reading = one.reading
    first = min((amount.start for amount in one.measure.amounts), default=len(reading.sentence.plain))
    folds = [fold for token, fold in zip(reading.tokens, reading.folds, strict=True) if token.start < first]
    everywhere = frozenset().union(*(reading.words.metrics.get(fold, frozenset()) for fold in reading.folds))
    if "quality" in everywhere:
        return frozenset({"quality"})
    if "per" in folds:  # of *cost per order* only the cost
        folds = folds[: folds.index("per")]
    if _WHO & set(reading.folds):  # what people say or do can be either
        return frozenset()
    return frozenset().union(*(reading.words.metrics.get(fold, frozenset()) for fold in folds)) - {"other"}
