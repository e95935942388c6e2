"""The goal map: every work item in its place, by the approach that its answers lead to.

The picture follows Stein-Otto Svorstøl, "OKRs are not a silver bullet for tracking work" (2022): work is followed
by KPIs on the level of the company, by OKRs where a change is wanted, by a roadmap where something is delivered,
and by health metrics where something has to stay as it is. The other approaches have places of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from okr_assistant.decision.batch import code_sheets
from okr_assistant.decision.many import Found, find_many
from okr_assistant.decision.model import OKR, Model
from okr_assistant.portfolio.items import Portfolio, WorkItem
from okr_assistant.portfolio.split import is_of_several_kinds

HEALTH = "health_metrics"
"""The approach whose items are KPIs on the level of the company, and become OKRs while they are out of range."""
KPIS, UNDECIDED, NOT_PLACED = "kpis", "undecided", "not_placed"
"""Places that are no approach: health metrics of the company, items with several leading approaches or of
several kinds of work, and items of which nothing is answered."""
LIKELY = 0.5
"""Above this share, more ways of answering the open questions lead to the place than to all others together."""
FIRM = 0.95
"""The share of ways of answering the open questions from which on a place is firm; as on the short path."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its place: an approach of the model, ``KPIS``, ``UNDECIDED`` or ``NOT_PLACED``.

    ``found`` is what follows from its answers; None when it has none. ``until_it_holds`` says that it is among the
    OKRs only because its health metric is out of range; it goes back when that holds again (What Matters, Perdoo).
    """

    item: WorkItem
    place: str
    found: Found | None = None
    until_it_holds: bool = False

    @property
    def has_place(self) -> bool:
        """The answers lead to one approach."""
        return self.place not in {UNDECIDED, NOT_PLACED}

    @property
    def likely(self) -> bool:
        """Most ways of answering the open questions lead here: enough is answered to advise something."""
        return self.has_place and self.found is not None and self.found.share > LIKELY

    @property
    def without_okrs(self) -> bool:
        """OKRs are not for it: something stands in their way for good, or its place is likely and another one."""
        return self.has_place and self.place != OKR and (self.likely or self.okr_blocked)

    @property
    def okr_blocked(self) -> bool:
        """Something stands in the way of OKRs, whatever the open questions are answered with."""
        return self.found is not None and self.found.okr_blocked and not self.until_it_holds

    @property
    def firm(self) -> bool:
        """Hardly any way of answering the open questions leads to another approach."""
        return self.has_place and self.found is not None and self.found.share >= FIRM


@dataclass(frozen=True)
class GoalMap:
    """All items of a portfolio in their places, in the portfolio's order."""

    model: Model
    items: tuple[Placed, ...]

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Every place, in the order of the picture; those without items too."""
        return KPIS, *self.model.approaches_by_id, UNDECIDED, NOT_PLACED

    @cached_property
    def by_id(self) -> dict[str, Placed]:
        """The items by what their tracker calls them."""
        return {placed.item.id: placed for placed in self.items}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many items are in each place."""
        counted = Counter(placed.place for placed in self.items)
        return {place: counted[place] for place in self.places}

    @cached_property
    def by_team(self) -> dict[str, dict[str, int]]:
        """Likewise for each team, in alphabetical order; items without a team count under the empty name."""
        counted = Counter((placed.item.team, placed.place) for placed in self.items)
        teams = sorted({placed.item.team for placed in self.items}, key=lambda team: (not team, team.casefold()))
        return {team: {place: counted[team, place] for place in self.places} for team in teams}

    def at(self, place: str) -> tuple[Placed, ...]:
        """Return the items in a place."""
        return tuple(placed for placed in self.items if placed.place == place)


def goal_map(model: Model, portfolio: Portfolio | Iterable[WorkItem], before: GoalMap | None = None) -> GoalMap:
    """Place all items at once; ``SheetError`` when the answers of one do not fit the model.

    Items that are the very objects of a map ``before`` on the same model are where they were, at no cost.
    """
    items = tuple(portfolio.items if isinstance(portfolio, Portfolio) else portfolio)
    same_model = before is not None and before.model is model
    known = {id(placed.item): placed for placed in before.items} if before and same_model else {}
    new = [item for item in items if id(item) not in known]
    found = find_many(model, code_sheets(model, (item.answers for item in new)))
    known |= {id(item): _placed(item, follows) for item, follows in zip(new, found, strict=True)}
    return GoalMap(model, tuple(known[id(item)] for item in items))


def _placed(item: WorkItem, found: Found) -> Placed:
    if not item.answers:
        return Placed(item, NOT_PLACED)
    if len(found.outcome) > 1 or is_of_several_kinds(item.answers):
        return Placed(item, UNDECIDED, found)
    (approach,) = found.outcome
    if approach == HEALTH and item.out_of_range:
        return Placed(item, OKR, found, until_it_holds=True)
    if approach == HEALTH and item.level == "company":
        return Placed(item, KPIS, found)
    return Placed(item, approach, found)
