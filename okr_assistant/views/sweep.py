"""The report over the whole space of answers as Markdown; kept in ``docs/`` for every released model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okr_assistant.decision.model import Model
from okr_assistant.decision.sweep import Sweep
from okr_assistant.words import Words

_TIES = 10


def sweep_lines(found: Sweep, model: Model, words: Words) -> Iterator[str]:
    """Yield the report line by line: shares, verdicts, ties, what can be reached, and what questions do."""
    yield from (f"# {words('sweep.title', model=found.model)}", "")
    sheets, counted = words.number(found.sheets), words.number(found.counted)
    yield words("sweep.exact" if found.exact else "sweep.sampled", sheets=sheets, counted=counted)
    yield from ("", words("sweep.digest", digest=found.digest))
    names = {approach.id: approach.name for approach in model.approaches}
    shares = {names[id_]: share for id_, share in found.approaches.items()} | {words("sweep.tie"): found.tie}
    yield from _table(words("sweep.shares"), words("sweep.shares_header"), shares, words)
    verdicts = {f"`{verdict}`": share for verdict, share in found.verdicts.items()}
    yield from _table(words("sweep.verdicts"), words("sweep.verdicts_header"), verdicts, words)
    ties = {words.listed([names[id_] for id_ in members]): share for members, share in found.ties[:_TIES]}
    yield from _table(words("sweep.ties"), words("sweep.ties_header"), ties, words)
    yield from _reached(found, words)
    yield from ("", f"## {words('sweep.questions')}", "", *_questions(found, words))


def _table(title: str, header: str, shares: Mapping[str, float], words: Words) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    if not shares:
        yield words("sweep.no_ties")
        return
    yield from (header, "|---|---|")
    yield from (words("sweep.row", label=label, share=words.percent(share, 2)) for label, share in shares.items())


def _reached(found: Sweep, words: Words) -> Iterator[str]:
    yield from ("", f"## {words('sweep.reached')}", "", words("sweep.reached_note"), "")
    yield from (words("sweep.reached_header"), "|---|---|---|")
    for kind, sheets in found.reached.items():
        for id_, answers in sheets.items():
            sheet = words("sweep.not_reached")
            if answers is not None:
                sheet = ", ".join(f"{question}={answer}" for question, answer in answers.items())
            yield words("sweep.reached_row", kind=words(f"sweep.kind.{kind}"), id=id_, sheet=sheet)


def _questions(found: Sweep, words: Words) -> Iterator[str]:
    dead = ", ".join(f"`{id_}`" for id_ in found.dead)
    yield "- " + (words("sweep.dead", ids=dead) if dead else words("sweep.no_dead"))
    pairs = ", ".join(words("sweep.pair", one=f"`{one}`", two=f"`{two}`") for one, two in found.interchangeable)
    yield "- " + (words("sweep.interchangeable", ids=pairs) if pairs else words("sweep.no_interchangeable"))
    checked = ", ".join(f"`{id_}`" for id_ in found.orders)
    yield "- " + (words("sweep.orders", ids=checked) if checked else words("sweep.no_orders"))
    if checked and not found.rises:
        yield f"- {words('sweep.no_rises')}"
    for rise in found.rises:
        step = {"question": rise.question, "better": rise.better, "worse": rise.worse}
        yield f"- {words('sweep.rise', **step)}"
