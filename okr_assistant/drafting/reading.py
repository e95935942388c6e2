"""What one sentence of ordinary English says: its verb, what that acts on, amounts, dates and measures."""

from __future__ import annotations

from functools import cached_property

from okr_assistant.drafting.amounts import amounts
from okr_assistant.drafting.dates import Date, dates
from okr_assistant.drafting.lexicon import Lexicon, folded, lexicon
from okr_assistant.drafting.measure import Measure, measure
from okr_assistant.drafting.tokens import Sentence
from okr_assistant.drafting.verbs import Head, Verbs

_PEOPLE = frozenset({"people", "children", "women", "men", "media"})
_MOST_QUOTED = 90


class Reading:
    """One text, read once; everything is worked out when it is asked for. Places are those of tokens."""

    def __init__(self, text: str, words: Lexicon | None = None) -> None:
        self.words = words or lexicon()
        self.sentence = Sentence(text)
        self.tokens = self.sentence.tokens
        self.folds = tuple(folded(token.low) for token in self.tokens)
        """The tokens as they are looked up."""
        self._verbs = Verbs(self.tokens, self.folds, self.words)

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
    def first(self) -> int:
        """The place of the first token that says something, behind *We will* and *Ensure that*."""
        return self._verbs.opening()

    @cached_property
    def head(self) -> Head | None:
        """The verb that begins the sentence; None if it begins with something else."""
        return self._verbs.head()

    def verb_at(self, at: int) -> Head | None:
        """The verb that stands there, if the word is used as one."""
        return self._verbs.at(at)

    @property
    def begins_with(self) -> str:
        """The first word that says something, as it is looked up; empty if there is none."""
        return "".join(self.folds[self.first : self.first + 1])

    @cached_property
    def has_words(self) -> bool:
        """Whether there is any word to read."""
        return any(token.kind == "word" for token in self.tokens)

    @cached_property
    def names_hard_metric(self) -> bool:
        """Whether any word of it is a measure, people and soft words left out."""
        vague = self.words.terms("metric.soft") | self.words.terms("number.people")
        return any(fold in self.words.metrics and fold not in vague for fold in self.folds)

    @cached_property
    def _phrase_ends(self) -> tuple[int, ...]:
        """For each token where its noun phrase ends: at a preposition, a mark, an arrow or a date."""
        dates, words = {date.start for date in self.dates}, self.words.terms("phrase.ends")
        found = [len(self.tokens)]
        for at in range(len(self.tokens) - 1, -1, -1):
            token = self.tokens[at]
            mark = token.kind == "arrow" or (token.kind == "mark" and token.text not in "$€£¥₹%\"'#")
            ends = mark or token.start in dates or self.folds[at] in words
            found.append(at if ends else found[-1])
        return tuple(reversed(found))

    def phrase_end(self, first: int) -> int:
        """Where the noun phrase that begins there ends."""
        return self._phrase_ends[first] if first < len(self.tokens) else first

    def object_of(self, head: Head) -> tuple[int, int]:
        """Where that begins and ends on which the verb acts; the same place if there is nothing."""
        return head.last + 1, self.phrase_end(head.last + 1)

    def is_plural(self, first: int, end: int) -> bool:
        """Whether a phrase names any number of things: ``case studies``, ``more trips``; not ``the papers``."""
        words = [token.low for token in self.tokens[first:end] if token.kind == "word"]
        if not words or words[0] in self.words.terms("phrase.determiners"):
            return False
        return words[0] in self.words.terms("phrase.more") or is_plural_noun(words[-1])

    def has_amount(self, start: int, end: int) -> bool:
        """Whether there is an amount between two places of the text."""
        return any(start <= amount.start < end for amount in self.measure.amounts)

    def quote(self, first: int, end: int) -> str:
        """The words from one token up to another; the opening if that is nothing."""
        if first >= end or first >= len(self.tokens):
            return self.opening()
        return self.sentence.quote(self.tokens[first].start, self.tokens[end - 1].end)

    def opening(self) -> str:
        """The text itself, as far as one likes to quote it."""
        text, begin = self.sentence.text.rstrip(), self.sentence.begin
        if len(text) - begin <= _MOST_QUOTED:
            return text[begin:].strip()
        return text[begin : begin + _MOST_QUOTED].rsplit(" ", 1)[0].strip()


def is_plural_noun(word: str) -> bool:
    """Whether the ending is that of a plural."""
    return word in _PEOPLE or (word.endswith("s") and not word.endswith(("ss", "us", "is", "news", "series")))
