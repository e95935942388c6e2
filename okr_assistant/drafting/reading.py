"""What one sentence of ordinary English says: its verb, what that acts on, amounts, dates and measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from okr_assistant.drafting.amounts import amounts
from okr_assistant.drafting.dates import Date, dates
from okr_assistant.drafting.lexicon import Lexicon, Verb, folded, lexicon
from okr_assistant.drafting.measure import Measure, measure
from okr_assistant.drafting.tokens import Sentence, Token

_SUBJECT = re.compile(r"^(?:we|i|they|you|our|the|team|teams|all)$")
_AUXILIARY = re.compile(r"^(?:will|shall|must|should|can|want|aim|plan|going|to|would|like|have|need|please|also|then|be|able|now)$")
_ADVERB = re.compile(r"^(?!(?:family|supply|reply|comply|multiply|fly|early|daily|weekly|monthly|quarterly|yearly|hourly|italy|july|only|assembly|apply|rely)$)\w{3,}ly$")
_PHRASE_ENDS = frozenset(
    "to from by of at in on for with than per within through into across during until till before after as while without so that which who "
    "via using because where when can is are has have will do does and or & + / , ; : ( ) - > →".split()
)
_DETERMINERS = frozenset("a an the our this that its their both every each all my your one another".split())
_MORE = frozenset({"more", "fewer", "less", "higher", "lower", "better", "faster", "shorter", "additional", "extra"})
_SEPARABLE = frozenset({"up", "down", "out", "off", "live", "place", "together"})


@dataclass(frozen=True, slots=True)
class Head:
    """The verb that the sentence is about, with the place of its first and of its last token."""

    verb: Verb
    at: int
    last: int

    def has(self, *kinds: str) -> bool:
        """Whether the verb is of one of these kinds."""
        return not self.verb.kinds.isdisjoint(kinds)


class Reading:
    """One text, read once; everything is worked out when it is asked for."""

    def __init__(self, text: str, words: Lexicon | None = None) -> None:
        self.words = words or lexicon()
        self.sentence = Sentence(text)
        self.tokens = self.sentence.tokens

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """Every date and period."""
        return dates(self.sentence.plain)

    @cached_property
    def measure(self) -> Measure:
        """The amounts: where it stands, where it should be."""
        found = amounts(self.sentence, self.dates, self.words)
        return measure(self.sentence.plain, found, self.dates)

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """The tokens without capitals and possessives."""
        return tuple(token.low for token in self.tokens)

    @cached_property
    def folds(self) -> tuple[str, ...]:
        """The tokens as they are looked up."""
        return tuple(folded(low) for low in self.lows)

    @cached_property
    def head(self) -> Head | None:
        """The verb that begins the sentence, behind *we will* and the like; None if it begins with something else."""
        at = self._skip_opening()
        if at >= len(self.tokens) or self.tokens[at].kind != "word":
            return None
        return self.verb_at(at, slips=True)

    def _skip_opening(self) -> int:
        """Behind *We will*, *Our team aims to*, *to*, *successfully*."""
        at, lows = 0, self.lows
        while at < len(lows) and at < 6 and (_SUBJECT.match(lows[at]) or _AUXILIARY.match(lows[at])):
            if _SUBJECT.match(lows[at]) and not any(_AUXILIARY.match(low) for low in lows[at + 1 : at + 4]):
                return at
            if lows[at] in {"have", "be", "plan"} and (at + 1 >= len(lows) or lows[at + 1] not in {"to", "able"}):
                return at
            at += 1
        while at < len(lows) and _ADVERB.match(lows[at]):
            at += 1
        return at

    def verb_at(self, at: int, *, slips: bool = False) -> Head | None:
        """The verb that stands there, if it is used as one."""
        fold = self.folds[at]
        phrases = self._phrase_verbs.get(self._base(fold), {})
        for ahead in range(1, 5):
            if at + ahead < len(self.folds) and (verb := phrases.get(self.folds[at + ahead])):
                if ahead == 1 or self.folds[at + ahead] in _SEPARABLE:
                    return Head(verb, at, at + ahead if ahead == 1 else at)
        verb = self.words.verb(fold) or (self.words.verb_with_a_slip(fold) if slips else None)
        if verb is None or (verb.base == fold and self._is_noun_here(verb, at)) or self._is_name_of_doing(verb, at):
            return None
        return Head(verb, at, at)

    def _base(self, fold: str) -> str:
        if verb := self.words.verb(fold):
            return verb.base
        return next((base for base in self._phrase_verbs if fold in {base, f"{base}s", f"{base}ing", f"{base}{base[-1]}ing", f"{base}ed"}), fold)

    @cached_property
    def _phrase_verbs(self) -> dict[str, dict[str, Verb]]:
        return self.words.phrase_verbs

    def _is_noun_here(self, verb: Verb, at: int) -> bool:
        """``Test coverage`` and ``Support tickets per team``: a noun, although the word could be a verb."""
        following = self.folds[at + 1 : at + 4]
        if not following or following[0] in {"of", ":", "→", "is", "are"} | ({"in"} if verb.kinds & {"up", "down"} else set()):
            return bool(following)
        if verb.base not in self.words.words("noun.also_noun"):
            return False
        for number, fold in enumerate(following):
            if fold in _DETERMINERS | _MORE or fold in {"new", "to", "and", "with", "on", "for", "out"} or self.tokens[at + 1 + number].kind == "number":
                return False
            if fold in self.words.metrics:
                return True
            if number and fold in {"per", "from", "below", "above", "under", "over", "stays", "is", "are", "up", "down", "at", ":", "→"}:
                return True
        return False

    def _is_name_of_doing(self, verb: Verb, at: int) -> bool:
        """``Planning permission``, ``Training hours``: *-ing* before a bare noun names something."""
        if verb.form != "ing" or not verb.kinds & {"once", "count", "effort"} or at + 1 >= len(self.tokens):
            return False
        return self.folds[at + 1] not in _DETERMINERS | _MORE | {"new"} and self.tokens[at + 1].kind == "word"

    def object_of(self, head: Head) -> tuple[int, int]:
        """The places of the first and behind the last token of what the verb acts on; empty if there is nothing."""
        first = head.last + 1
        return first, self.phrase_end(first)

    def phrase_end(self, first: int) -> int:
        """Where the noun phrase that begins there ends: at a preposition, a mark, a date or an amount behind a noun."""
        starts = {date.start for date in self.dates}
        for at in range(first, len(self.tokens)):
            token = self.tokens[at]
            if self.folds[at] in _PHRASE_ENDS or token.start in starts or (token.kind == "mark" and token.text not in "$€£¥₹%\"'#"):
                return at
        return len(self.tokens)

    def is_plural(self, first: int, end: int) -> bool:
        """Whether a phrase names an open number of things: ``case studies``, ``more trips``; not ``the papers``."""
        words = [self.lows[at] for at in range(first, end) if self.tokens[at].kind == "word"]
        if not words or words[0] in _DETERMINERS:
            return False
        return words[0] in _MORE or is_plural_noun(words[-1])

    def has_amount(self, start: int, end: int) -> bool:
        """Whether there is an amount between two places of the text."""
        return any(start <= amount.start < end for amount in self.measure.amounts)

    def verbs(self) -> Iterator[Head]:
        """Every verb, wherever it stands."""
        for at, token in enumerate(self.tokens):
            if token.kind == "word" and (found := self.verb_at(at)):
                yield found

    def quote(self, first: int, end: int) -> str:
        """The words from one token up to another."""
        if first >= end or first >= len(self.tokens):
            return self.opening()
        return self.sentence.quote(self.tokens[first].start, self.tokens[end - 1].end)

    def opening(self, most: int = 90) -> str:
        """The text itself, as far as one likes to quote it."""
        text, begin = self.sentence.text.rstrip(), self.sentence.begin
        if len(text) - begin <= most:
            return text[begin:].strip()
        return text[begin : begin + most].rsplit(" ", 1)[0].strip()


def is_plural_noun(word: str) -> bool:
    """Whether the ending is that of a plural."""
    irregular = {"people", "children", "women", "men", "girls", "media"}
    return word in irregular or (word.endswith("s") and not word.endswith(("ss", "us", "is", "news", "series")))
