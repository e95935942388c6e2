"""Counts that grow whatever one does: followers, page views, registered users."""

from __future__ import annotations

from okr_assistant.drafting.reading import Reading

_RATE_BEHIND = frozenset(
    "rate rates ratio who that which converting convert converts → to per time times speed error errors quality button buttons".split()
)
_RATE_BEFORE = frozenset("per share percentage percent proportion rate ratio conversion within fewer cost costs % paying active returning".split())
_RATES = frozenset("conversion conversions convert rate rates ratio share percentage proportion churn retention cost costs".split())
_PERIODS = frozenset("month week day quarter year sprint term season night".split())
_SOCIAL = frozenset("facebook instagram tiktok linkedin twitter youtube social media github posts post page".split())
_VISITS = frozenset({"visits", "visitors", "traffic", "visit", "hits"})
_SITES = frozenset({"website", "site", "homepage", "webpage", "blog", "portal", "webshop"})
_NEEDS_CONTEXT = frozenset({"likes", "views", "hits", "mentions", "clicks", "installs", "installations", "commits", "stars", "shares", "following"})


def vanity_count(reading: Reading) -> str:
    """The words of a count that says nothing about value, when it should grow; nothing if there is none."""
    head = reading.head
    if head is not None and head.has("down"):
        return ""
    folds = reading.folds
    if _RATES & set(folds):
        return ""
    for at in range(len(folds)):
        for length in _lengths(reading, at):
            if not _is_rate(reading, at, at + length):
                return reading.quote(at, at + length)
    return ""


def _lengths(reading: Reading, at: int) -> list[int]:
    """How many tokens the names of vanity counts have that begin there."""
    folds, words = reading.folds, reading.words
    found = [len(phrase) for phrase in words.phrases("metric.vanity_phrase") if folds[at : at + len(phrase)] == phrase]
    if folds[at] in _VISITS and _SITES & set(folds[at + 1 : at + 6]):
        found.append(1)
    if folds[at] in words.words("metric.vanity") and (folds[at] not in _NEEDS_CONTEXT or _in_context(reading, at)):
        found.append(1)
    return found


def _in_context(reading: Reading, at: int) -> bool:
    """Whether a word of many meanings is a count here: with a number, *more*, or the name of a medium near."""
    start, end = reading.tokens[max(0, at - 3)].start, reading.tokens[min(len(reading.tokens) - 1, at + 3)].end
    near = set(reading.folds[max(0, at - 3) : at + 5])
    return reading.has_amount(start, end) or bool(near & (_SOCIAL | {"more", "ad", "video", "app"}))


def _is_rate(reading: Reading, at: int, end: int) -> bool:
    """Whether the count is only a part of a rate, or qualified by what people do."""
    behind = reading.folds[end : end + 1]
    if behind and behind[0] in _RATE_BEHIND and not (behind[0] in {"to", "→"} and _amount_follows(reading, end)):
        return not (behind[0] == "per" and _PERIODS & set(reading.folds[end + 1 : end + 2]))
    before = set(reading.folds[max(0, at - 3) : at])
    if before & (_RATE_BEFORE - {"%"}):
        return True
    return "%" in before or (at >= 2 and reading.folds[at - 1] in {"of", "our"} and any(a.share for a in reading.measure.amounts) and "of" in before and _share_of(reading, at))  # fmt: skip


def _share_of(reading: Reading, at: int) -> bool:
    """``30% of followers``."""
    start = reading.tokens[max(0, at - 4)].start
    return any(amount.share and start <= amount.start < reading.tokens[at].start for amount in reading.measure.amounts)


def _amount_follows(reading: Reading, at: int) -> bool:
    start = reading.tokens[at].start
    return reading.has_amount(start, start + 24)
