"""What a program can see in one key result.

How the rules relate: a key result has the form *metric: baseline -> target by date*, and for a wanted change each
part that is missing is a finding. Where something is made or done instead (an output), a gate is passed, or a
level is held, baseline and target are not asked for: the first finding says what to write instead, and a second
one about the same words would be noise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from okr_assistant.drafting.gates import gate, has_rank
from okr_assistant.drafting.measures import goes_to_nothing, measure_is_named, starts_at_nothing, wants_change
from okr_assistant.drafting.outputs import ALL, one_thing, output
from okr_assistant.drafting.reading import Reading
from okr_assistant.drafting.several import second_result
from okr_assistant.drafting.stays import maintained
from okr_assistant.drafting.vanity import vanity_count

_MEASURING = frozenset({"measure", "quantify", "instrument"})


class KeyResult:
    """One key result, and what it is: an output, a gate, a level to hold, or a wanted change."""

    def __init__(self, text: str) -> None:
        self.reading = Reading(text)
        self.measure = self.reading.measure

    @cached_property
    def finds_out_first(self) -> bool:
        """Whether something is measured for the first time, which is a good first key result."""
        reading = self.reading
        if reading.head and reading.head.verb.base in _MEASURING:
            return True
        return reading.folds[:2] == ("find", "out") or ("baseline" in reading.folds and not self.measure.amounts)

    @cached_property
    def maintained(self) -> tuple[int, int] | None:
        """The tokens that say that something stays as it is."""
        return None if self.finds_out_first else maintained(self.reading)

    @cached_property
    def gate(self) -> tuple[int, int] | None:
        """The tokens of something that others grant or sign."""
        return None if self.finds_out_first or self.maintained else gate(self.reading)

    @cached_property
    def output(self) -> tuple[int, int] | None:
        """The tokens that say that something is made or done."""
        return None if self.finds_out_first or self.maintained or self.gate else output(self.reading)

    @property
    def is_result(self) -> bool:
        """Whether it is none of these, so that a measure, a baseline and a target belong to it."""
        return not (self.finds_out_first or self.maintained or self.gate or self.output)

    @cached_property
    def changes(self) -> bool:
        """Whether it wants something to change, or names a measure."""
        return self.is_result and wants_change(self.reading)

    def findings(self) -> Iterator[tuple[str, str]]:
        """Every rule that it breaks, with the words that say so."""
        if self.reading.has_words:
            yield from self._about_its_kind()
            yield from self._about_its_parts()

    def _about_its_kind(self) -> Iterator[tuple[str, str]]:
        reading = self.reading
        if self.output:
            yield "output_not_outcome", reading.quote(*self.output)
        if done := self.gate or (self.output if self.output and one_thing(reading, self.output) else None):
            yield "binary", reading.quote(*done)
        if self.maintained:
            yield "maintain", reading.quote(*self.maintained)
        if count := vanity_count(reading):
            yield "vanity", count
        if second := second_result(reading):
            yield "several_results", second

    def _about_its_parts(self) -> Iterator[tuple[str, str]]:
        reading = self.reading
        if self._lacks_metric():
            yield "no_metric", reading.opening()
        if self._lacks_baseline():
            first = next(iter(self.measure.targets), None)
            yield "no_baseline", reading.sentence.quote(first.start, first.end) if first else reading.opening()
        if self.changes and not self.measure.targets and not goes_to_nothing(reading):
            yield "no_target", reading.opening()
        if not self.maintained and not any(date.ahead for date in reading.dates):
            yield "no_deadline", reading.opening()

    def _lacks_metric(self) -> bool:
        reading = self.reading
        if self.measure.amounts or self.gate or self.finds_out_first:
            return False
        if self.output:
            return not ALL & set(reading.folds)
        if self.maintained:
            return not {"same", "budget"} & set(reading.folds) and not reading.names_hard_metric
        if reading.begins_with in ALL or has_rank(reading):
            return False
        return not measure_is_named(reading) and not goes_to_nothing(reading)

    def _lacks_baseline(self) -> bool:
        unknown = self.reading.head is not None and self.reading.head.has("unknown")
        if not self.is_result or unknown or self.measure.baselines or self.measure.compared:
            return False
        if self.measure.targets:
            return not starts_at_nothing(self.reading)
        return self.changes and not goes_to_nothing(self.reading)
