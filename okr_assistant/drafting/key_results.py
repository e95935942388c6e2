"""What a program can see in one key result.

How the rules relate: a key result has the form *metric: baseline -> target by date*. Where something is made or done
instead (an output), a gate is passed, or a level is held, baseline and target are not asked for: the first finding says
what to write instead, and a second one about the same words would be noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from okr_assistant.drafting.reading import Head, Reading, is_plural_noun
from okr_assistant.drafting.vanity import vanity_count

_MORE = frozenset({"more", "fewer", "less", "higher", "lower", "better", "faster", "shorter"})
_LESS_THAN = frozenset({"below", "above", "under", "over", "at", "within", "between", "exceed", "higher", "lower", "more", "less"})
_STANDARD = re.compile(r"(?:iso|soc|pci|hipaa|fedramp|iatf|tisax|wcag|ofsted|gdpr|dora|nis|ifrs|haccp|section|ce|fda|ema|mdr)\d*$")
_RANK = re.compile(r"\btop \d|\btop (?:three|five|ten)|#1\b|\bnumber one\b|\bno\. ?1\b", re.IGNORECASE)
_GRANTING = frozenset(
    "get obtain achieve secure receive gain pass become be earn win reach attain have complete finish finalise meet land comply".split()
)
_PURPOSE = frozenset({"to", "so", "that", "which", "and", "by", "thus", "thereby", "order"})
_ENDING = frozenset({"complete", "finish", "finalise"})
_NOTHING = frozenset({"no", "zero", "nobody", "none"})
_ALL = frozenset({"all", "every", "each"})


class KeyResult:
    """One key result, and what it is: an output, a gate, a level to hold, or a wanted change."""

    def __init__(self, text: str) -> None:
        self.reading = Reading(text)
        self.words = self.reading.words
        self.measure = self.reading.measure
        self.head = self.reading.head

    # what kind of sentence it is

    @cached_property
    def finds_out_first(self) -> bool:
        """Whether something is measured for the first time, which is a good first key result."""
        folds = set(self.reading.folds)
        if self.head and self.head.verb.base in {"measure", "quantify", "instrument"}:
            return True
        first = self.reading.folds[:2]
        return "baseline" in folds and not self.measure.amounts or first == ("find", "out")

    @cached_property
    def maintained(self) -> tuple[int, int] | None:
        """The tokens that say that something stays as it is."""
        if self.measure.pairs or (self.head and self.head.has("up", "down", "better")):
            return None
        if self.head and self.head.has("stay") and self._stays(self.head):
            return self.head.at, self.head.last + 1
        return self._limit()

    def _stays(self, head: Head) -> bool:
        following = self.reading.folds[head.last + 1 :]
        base = head.verb.base
        if base == "hold":
            return following[:1] not in {("time",), ("times",)} and any(fold in {"at", "steady", "stable", "constant", "below", "above", "under"} for fold in following) and not (
                self.reading.tokens[head.last + 1].kind == "number"
            )
        if base == "retain":
            return any(fold in self.words.words("metric.other") | {"score", "rating", "level"} for fold in following)
        if base == "continue":
            return following[:1] == ("to",)
        return not (following and following[0].endswith("ing") and self.words.verb(following[0]))

    def _limit(self) -> tuple[int, int] | None:
        """``stays below``, ``must not exceed``, ``no more than`` at the beginning."""
        folds = self.reading.folds
        for at, fold in enumerate(folds):
            after = folds[at + 1] if at + 1 < len(folds) else ""
            before = folds[at - 1] if at else ""
            if fold in {"stay", "stays", "staying", "remain", "remains", "remaining"} and before not in {"of", "hospital", "a", "the"}:
                if after in _LESS_THAN | {"the", "stable", "flat", "constant", "unchanged", "in", "as", "green"} or (before == "to"):
                    return at, at + 1
            if self.head is None and fold in {"maintained", "kept", "held", "sustained", "preserved"} and self.reading.phrase_end(at + 1) == at + 1:
                return at, at + 1
            if fold == "kept" and before in {"is", "are", "be"}:
                return at, at + 1
            if fold in {"not", "never", "no"} and after in {"exceed", "below", "above", "lower", "higher", "under", "fall", "drop", "let", "rise", "exceeds"}:
                return at, at + 2
            if at <= 1 and (fold, after) in {("no", "more"), ("not", "more"), ("at", "most")} and folds[at + 2 : at + 3] in {("than",), ()} | (
                {folds[at + 2 : at + 3]} if fold == "at" else set()
            ):
                return at, at + 2
            if at == 0 and fold in {"ensure", "guarantee", "assure"} and {"uptime", "availability", "sla"} & set(folds):
                return 0, 1
        return None

    @cached_property
    def gate(self) -> tuple[int, int] | None:
        """The tokens of something that others grant or sign: it is there or not."""
        if self.measure.amounts or self.maintained:
            return None
        if self.head and self.head.has("once", "count", "effort") and self.head.verb.base not in _ENDING:
            return None
        for at, fold in enumerate(self.reading.folds):
            after = self.reading.folds[at + 1] if at + 1 < len(self.reading.folds) else ""
            if fold in self.words.words("noun.gate") and after not in self.words.metrics and self._grants(at):
                return at, at + 1
            if _STANDARD.match(fold) and self.head and self.head.verb.base in _GRANTING - _ENDING and after not in self.words.metrics:
                return self.head.at, at + 1
            if fold in self.words.words("noun.agreement") and self.head and self.head.verb.base in {"sign", "close", "secure", "win", "get", "agree", "raise"}:
                return self.head.at, at + 1
        text = " ".join(self.reading.lows)
        if self.head and self.head.verb.base in {"be", "get", "become"} and ("rated" in text or "listed" in text or "ranked" in text):
            return self.head.at, min(self.head.at + 3, len(self.reading.folds))
        return None

    def _grants(self, at: int) -> bool:
        if self.head:
            return self.head.verb.base in _GRANTING
        given = self.words.words("noun.grant")
        behind = (self.words.verb(fold) for fold in self.reading.folds[at + 1 :])
        return any(verb and verb.base in given and verb.form == "ed" for verb in behind) or (
            at <= 3 and self.reading.phrase_end(at) == at + 1
        )

    @cached_property
    def output(self) -> tuple[int, int] | None:
        """The tokens that say that something is made or done."""
        if self.finds_out_first or self.gate or self.maintained or self.measure.pairs or self.measure.baselines:
            return None
        if self.head and self.head.has("once", "count", "effort"):
            return None if self._has_outcome(self.head) else (self.head.at, self.reading.object_of(self.head)[1])
        if self.head:
            return None
        return self._done_thing()

    def _has_outcome(self, head: Head) -> bool:
        """Whether an effect is named with its amount, or the verb is that of a service with its share."""
        reading = self.reading
        first = next(iter(self.measure.amounts), None)
        if first and first.share and head.verb.base in self.words.words("noun.service"):
            return True
        if first and not first.plain_count and not first.share and {"deliver", "build", "create"} & {head.verb.base}:
            return True
        for at in range(head.last + 1, len(reading.folds)):
            if reading.folds[at] in self.words.words("noun.change") and first:
                return True
            verb = reading.verb_at(at)
            if verb and verb.has("up", "down", "better", "reach") and reading.folds[at - 1] in _PURPOSE and at > head.last + 2:
                return reading.has_amount(reading.tokens[at].start, len(reading.sentence.plain))
        return False

    def _done_thing(self) -> tuple[int, int] | None:
        """``New website launched``, ``Launch of the portal``, ``Portal live``: done, without a verb in front."""
        reading, folds = self.reading, self.reading.folds
        if folds[0] in _NOTHING or any(amount.share for amount in self.measure.amounts) or {"number", "share", "percentage"} & set(folds):
            return None
        if folds[1:2] == ("of",) and folds[0] in self.words.words("noun.output"):
            return 0, reading.phrase_end(2)
        for at in range(1, len(folds)):
            verb = self.words.verb(folds[at])
            done = verb is not None and verb.form == "ed" and verb.kinds & {"once", "count"} and folds[at] not in reading.words.all_nouns
            ends = at + 1 == len(folds) or reading.phrase_end(at + 1) == at + 1
            if ends and (folds[at] == "live" or (done and not self._is_service(at))):
                return 0, at + 1
            if folds[at : at + 2] in {("in", "place"), ("in", "production"), ("in", "use")} and at + 2 == reading.phrase_end(at + 1):
                return 0, at + 2
        return None

    def _is_service(self, at: int) -> bool:
        verb = self.words.verb(self.reading.folds[at])
        return bool(self.measure.amounts) and verb is not None and verb.base in self.words.words("noun.service")

    # what it lacks

    @cached_property
    def changes(self) -> bool:
        """Whether it wants something to change, or names a metric, so that a baseline and a target belong to it."""
        if self.output or self.gate or self.maintained or self.finds_out_first:
            return False
        if self.head:
            return self.head.has("up", "down", "better") or self._object_is_counted(self.head)
        return bool(self.measure.baselines) or self.names_metric or bool(_MORE & set(self.reading.folds[:2]))

    def _object_is_counted(self, head: Head) -> bool:
        first, end = self.reading.object_of(head)
        folds = self.reading.folds[first:end]
        return bool(folds) and (folds[0] in _MORE or folds[-1] in self.words.metrics)

    @cached_property
    def names_metric(self) -> bool:
        """Whether it names something that is counted or measured; *satisfaction* alone is not, its score is."""
        reading, metrics = self.reading, self.words.metrics
        vague = self.words.words("metric.soft") | self.words.words("number.people")
        if self.head is None:
            first, end = 0, len(reading.folds)
        else:
            first, end = reading.object_of(self.head)
        folds = reading.folds[first:end]
        if not folds:
            return False
        if self.head and self.head.has("up", "down", "reach"):
            last = folds[-1]
            return (last in metrics and last not in self.words.words("metric.soft")) or (
                is_plural_noun(last) and last not in self.words.words("metric.soft") and (len(folds) > 1 or last in metrics)
            ) or folds[0] in _MORE and is_plural_noun(last) or bool({"number", "rate", "share", "gap"} & set(folds)) or folds[0] in _MORE
        if folds[0] in _MORE and len(folds) > 1 and is_plural_noun(folds[-1]):
            return True
        if self.head and self.head.has("better"):
            return folds[-1] in metrics and folds[-1] not in vague
        return any(fold in metrics and fold not in vague for fold in folds)

    def findings(self) -> Iterator[tuple[str, str]]:
        """Every rule that it breaks, with the words that say so."""
        reading = self.reading
        if not any(token.kind == "word" for token in reading.tokens):
            return
        if self.output:
            yield "output_not_outcome", reading.quote(*self.output)
        if self._lacks_metric():
            yield "no_metric", reading.opening()
        if self._lacks_baseline():
            yield "no_baseline", self._quoted_target()
        if self.changes and not self.measure.targets and not self._goes_to_nothing():
            yield "no_target", reading.opening()
        if not self.maintained and not any(date.ahead for date in reading.dates):
            yield "no_deadline", reading.opening()
        if done := self._done_or_not():
            yield "binary", reading.quote(*done)
        if self.maintained:
            yield "maintain", reading.quote(*self.maintained)
        if count := vanity_count(reading):
            yield "vanity", count
        from okr_assistant.drafting.several import second_result

        if second := second_result(reading):
            yield "several_results", second

    def _lacks_metric(self) -> bool:
        if self.measure.amounts or self.gate or self.finds_out_first:
            return False
        if self.output:
            return not _ALL & set(self.reading.folds)
        if self.maintained:
            return not ({"same", "level"} & set(self.reading.folds)) and not self._has_hard_metric()
        if self.reading.folds[0] in _ALL or _RANK.search(self.reading.sentence.plain):
            return False
        return not self.names_metric and not self._goes_to_nothing()

    def _has_hard_metric(self) -> bool:
        vague = self.words.words("metric.soft") | self.words.words("number.people")
        return any(fold in self.words.metrics and fold not in vague for fold in self.reading.folds)

    def _lacks_baseline(self) -> bool:
        measure = self.measure
        if self.output or self.gate or self.maintained or self.finds_out_first or measure.baselines or measure.compared:
            return False
        if not measure.targets:
            return self.changes and not self._goes_to_nothing()
        return not self._starts_at_nothing()

    def _starts_at_nothing(self) -> bool:
        """``Win 10 new customers``, ``Raise €1m``: what comes in during the cycle is counted from zero."""
        plain, first = self.reading.sentence.plain, self.measure.targets[0]
        if plain[first.start : first.end].lower() == "zero":
            return not (self.head and self.head.has("up", "down", "better"))
        if first.share:
            return False
        new = {"new", "first", "additional"} & {token.low for token in self.reading.tokens if first.end <= token.start < first.end + 30}
        before = plain[: first.start].rstrip(" $€£").lower()
        comes_in = self.head is not None and self.head.has("flow") and not before.endswith((" to", " at", " than"))
        return bool(new) or comes_in

    def _goes_to_nothing(self) -> bool:
        return bool(self.head and self.head.verb.base in {"eliminate", "prevent", "avoid"}) or self.reading.folds[0] in _NOTHING

    def _quoted_target(self) -> str:
        if not self.measure.targets:
            return self.reading.opening()
        first = self.measure.targets[0]
        return self.reading.sentence.quote(first.start, first.end)

    def _done_or_not(self) -> tuple[int, int] | None:
        """The tokens of one thing that is done or not, with nothing to count between."""
        if self.gate:
            return self.gate
        if not self.output or self.measure.amounts or _ALL & set(self.reading.folds):
            return None
        if self.head is None:
            return None if self.reading.is_plural(*self.output) else self.output
        first, end = self.reading.object_of(self.head)
        if self.reading.folds[end - 1] in self.words.words("metric.soft"):  # "Develop talent"
            return None
        return self.output if self.head.has("once") and not self.reading.is_plural(first, end) else None
