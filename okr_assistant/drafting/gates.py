"""Gates that somebody else must grant or sign: a licence, an audit, a contract. They are passed or not."""

from __future__ import annotations

import re

from okr_assistant.drafting.reading import Reading

_STANDARD = re.compile(
    r"(?:iso|soc|pci|hipaa|fedramp|iatf|tisax|wcag|ofsted|gdpr|dora|nis|haccp|section|ce|fda|ema|mdr)\d*$"
)
_RANK = re.compile(
    r"\btop \d|\btop (?:three|five|ten)|#1\b|\bnumber one\b|\bno\. ?1\b|\bpage (?:1|one)\b|\b1st place\b",
    re.IGNORECASE,
)
_NEAR_THE_BEGINNING = 3


def has_rank(reading: Reading) -> bool:
    """Whether it names a place in an order, which says how far without a measure."""
    return _RANK.search(reading.sentence.plain) is not None


def gate(reading: Reading) -> tuple[int, int] | None:
    """The tokens of what is granted or signed; None where there is an amount to reach, or something is made."""
    head, words = reading.head, reading.words
    if reading.measure.amounts or has_rank(reading):
        return None
    base = head.verb.base if head else ""
    if head and head.has("once", "count", "effort") and base not in words.terms("gate.ended"):
        return None
    for at, fold in enumerate(reading.folds):
        if reading.folds[at + 1 : at + 2] and reading.folds[at + 1] in words.metrics:  # "approval rate"
            continue
        if fold in words.terms("gate.gates") and _is_passed(reading, at):
            return at, at + 1
        if head and _STANDARD.match(fold) and base in words.terms("gate.granted"):
            return head.at, at + 1
        if head and fold in words.terms("gate.agreements") and base in words.terms("gate.signed"):
            return head.at, at + 1
    if head and base in {"be", "get", "become"} and words.terms("gate.named") & set(reading.folds):
        return head.at, min(head.at + 3, len(reading.folds))
    return None if head else _settled(reading)


def _is_passed(reading: Reading, at: int) -> bool:
    """Whether the sentence is about getting it, and not about its time, its number or its preparation."""
    if reading.head:
        return reading.head.verb.base in reading.words.terms("gate.granted") | reading.words.terms("gate.ended")
    at_once = at <= _NEAR_THE_BEGINNING and reading.phrase_end(at) == at + 1
    return at_once or _settled(reading, at + 1) is not None


def _settled(reading: Reading, first: int = 1) -> tuple[int, int] | None:
    """``Contract signed``, ``Permission for the new hall granted``: somebody said yes."""
    for at in range(first, len(reading.folds)):
        verb = reading.words.verb(reading.folds[at])
        if verb and "said_yes" in verb.kinds and verb.form == "ed" and reading.phrase_end(at + 1) == at + 1:
            return 0, at + 1
    return None
