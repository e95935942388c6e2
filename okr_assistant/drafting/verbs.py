"""Verbs in a sentence: which word is one here, and which of them the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from okr_assistant.drafting.lexicon import Lexicon, Verb
from okr_assistant.drafting.tokens import Token

_ADVERB = re.compile(
    r"^(?!(?:family|supply|reply|comply|multiply|fly|early|daily|weekly|monthly|quarterly|yearly|hourly|italy|july"
    r"|only|assembly|apply|rely)$)\w{3,}ly$"
)
_MOST_AUXILIARIES = 6
_VOLUME = frozenset({"volume"})
_NO_VERBS = ("phrase.ends", "phrase.more", "phrase.determiners", "number.function", "number.words")


@dataclass(frozen=True, slots=True)
class Head:
    """The verb that a sentence or a part of it is about, with the places of its first and last token."""

    verb: Verb
    at: int
    last: int

    def has(self, *kinds: str) -> bool:
        """Whether the verb is of one of these kinds."""
        return not self.verb.kinds.isdisjoint(kinds)


class Verbs:
    """The verbs of one sentence, from its tokens and from how they are looked up."""

    def __init__(self, tokens: Sequence[Token], folds: Sequence[str], words: Lexicon) -> None:
        self._tokens = tokens
        self._folds = folds
        self._words = words

    def opening(self) -> int:
        """Where the sentence begins to say something, behind *We will*, *Ensure that*, *Continue to*."""
        folds, at = self._folds, self._behind_subject()
        promise = 1 if self._is(at, "verb_use.ensure") else 2 * (folds[at : at + 2] == ("make", "sure"))
        if promise:
            return at + promise + (folds[at + promise : at + promise + 1] == ("that",))
        verb = self._words.verb(folds[at + 2]) if at + 2 < len(folds) else None
        goes_on = folds[at : at + 2] == ("continue", "to") and verb and verb.kinds & {"up", "down", "better"}
        return at + 2 if goes_on else at

    def _behind_quotes(self) -> int:
        return next((at for at, token in enumerate(self._tokens) if token.text not in {'"', "'"}), 0)

    def _behind_subject(self) -> int:
        at, folds = self._behind_quotes(), self._folds
        while at < min(len(folds), _MOST_AUXILIARIES):
            subject = self._is(at, "verb_use.subject")
            if not subject and not self._is(at, "verb_use.auxiliary"):
                break
            if subject and not any(self._is(next_, "verb_use.auxiliary") for next_ in range(at + 1, at + 4)):
                return at
            if folds[at] in {"have", "be", "plan"} and folds[at + 1 : at + 2] not in {("to",), ("able",)}:
                return at
            at += 1
        while at < len(folds) and _ADVERB.match(folds[at]):
            at += 1
        return at

    def head(self) -> Head | None:
        """The verb that the sentence begins with: a known one, one with a slip of a key, or one by its place."""
        first = self.opening()
        found = self._at(first, slips=True)
        if found and found.verb.form == "s" and first == self._behind_quotes():  # "Calls get answered"
            return None
        return found or self._unknown(first)

    def at(self, at: int) -> Head | None:
        """The verb that stands there, if the word is used as one."""
        return self._at(at, slips=False)

    def _unknown(self, at: int) -> Head | None:
        """``Waterproof the cellar``, ``Thatch 12 roofs``: a word that must be a verb, of the kind ``unknown``."""
        if at + 2 >= len(self._tokens) or not self._may_be_verb(at) or self._tokens[at + 2].kind != "word":
            return None
        number = self._tokens[at + 1].kind == "number" and not self._tokens[at + 1].stuck
        thing = number and not self._is(at + 2, "phrase.ends") and not self._is(at + 2, "number.units")
        if not thing and not self._is(at + 1, "verb_use.before_thing"):
            return None
        return Head(Verb(self._folds[at], frozenset({"unknown"}), "base"), at, at)

    def _may_be_verb(self, at: int) -> bool:
        fold = self._folds[at]
        known = fold in self._words.verbs or fold in self._words.all_nouns
        acronym = self._tokens[at].text.isupper() or fold in self._words.terms("number.names")  # "ISO 14001"
        small = len(fold) <= 2 or any(self._is(at, name) for name in _NO_VERBS)
        return fold.isalpha() and not (known or acronym or small or fold.endswith(("s", "ly")))

    def _at(self, at: int, *, slips: bool) -> Head | None:
        if at >= len(self._tokens) or self._tokens[at].kind != "word":
            return None
        fold = self._folds[at]
        known = self._words.verb(fold)
        for ahead, second in enumerate(self._folds[at + 1 : at + 5], start=1):
            verb = self._words.phrase_verb(known.base if known else fold, second)
            if verb and (ahead == 1 or second in self._words.terms("verb_use.separable")):
                return Head(verb, at, at + 1 if ahead == 1 else at)
        verb = known or (self._words.verb_with_a_slip(fold) if slips else None)
        if verb is None or self._is_noun(verb, at) or self._describes(verb, at):
            return None
        return Head(verb, at, at)

    def _is_noun(self, verb: Verb, at: int) -> bool:
        """``Test coverage``, ``Support tickets per team``: a noun, although the word could be a verb."""
        following = self._folds[at + 1 : at + 4]
        if verb.base != self._folds[at] or not following:
            return False
        if self._is(at + 1, "verb_use.behind_noun") or (following[0] == "in" and verb.kinds & {"up", "down"}):
            return True
        if verb.base not in self._words.terms("noun.also_noun"):
            return False
        for ahead, fold in enumerate(following, start=1):
            if self._tokens[at + ahead].kind == "number" or self._is(at + ahead, "verb_use.behind_verb"):
                return False
            if self._words.metrics.get(fold, _VOLUME) != _VOLUME:
                return True
            if ahead > 1 and self._is(at + ahead, "verb_use.behind_measure"):
                return True
        return False

    def _describes(self, verb: Verb, at: int) -> bool:
        """``Planning permission``, ``Engaged employees``: before a bare noun, *-ing* and *-ed* describe it."""
        if verb.form not in {"ing", "ed"} or not verb.kinds & {"once", "count", "effort"}:
            return False
        bare = at + 1 < len(self._tokens) and self._tokens[at + 1].kind == "word"
        return bare and not self._is(at + 1, "verb_use.behind_verb")

    def _is(self, at: int, name: str) -> bool:
        return at < len(self._folds) and self._folds[at] in self._words.terms(name)
