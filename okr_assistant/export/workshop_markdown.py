"""The workshop record as Markdown; what people typed is text in it, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from okr_assistant.export.markdown import decision_blocks, lines, paragraphs, row, section, stated, text
from okr_assistant.views.workshop.record import WorkshopRecordView
from okr_assistant.views.workshop.recorded import ReasonView, RecordedCheck, RecordedQuestion
from okr_assistant.words import Words


def workshop_markdown(view: WorkshopRecordView, words: Words) -> str:
    """Return the whole record, ending in a line break; the same record gives the same text."""
    return "\n".join(_blocks(view, words)).rstrip("\n") + "\n"


def _blocks(view: WorkshopRecordView, words: Words) -> Iterator[str]:
    yield from (f"# {text(view.title)}", "")
    if view.about:
        yield from (lines(view.about), "")
    yield from (f"- {text(label)}: {text(value)}" for label, value in view.facts)
    yield from (f"- {text(label)}: {_names(names)}" for label, names in view.people)
    yield ""
    yield from decision_blocks(view.decision, words)
    led_to = [f"**{text(view.sentence)}**", "", *_fix_first(view, words), *paragraphs(view.summary)]
    yield from section(words("workshop_record.leads_to"), led_to)
    yield from section(words("workshop_record.answers"), _answers(view, words))
    yield from section(words("workshop_record.before"), _before(view, words))
    yield from section(words("workshop_record.questions"), _questions(view.questions, words))
    yield from section(words("workshop_record.check"), _checks(view.checks, words))
    yield from section(words("workshop_record.not_shown"), paragraphs([*view.too_few, *view.rules]))
    yield from ("---", "", text(view.model), "", text(words("record.digest", digest=view.digest)))
    if view.address:
        yield from ("", f"{text(words('workshop_record.open_again'))} <{view.address}>")


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(text, names))


def _fix_first(view: WorkshopRecordView, words: Words) -> Iterator[str]:
    if view.conditions:
        yield from (
            text(words.counted("result.conditions", len(view.conditions))),
            "",
            *stated(view.conditions),
            "",
        )


def _answers(view: WorkshopRecordView, words: Words) -> Iterator[str]:
    yield from (row(words("record.question"), words("record.answer")), "|---|---|")
    yield from (row(answer.question, answer.answer) for answer in view.answers)


def _before(view: WorkshopRecordView, words: Words) -> Iterator[str]:
    yield from paragraphs(view.before)
    yield from (row(words("workshop_record.outcome"), words("workshop_record.people")), "|---|--:|")
    yield from (row(bar.label, str(bar.people)) for bar in view.by_person)
    if view.rounds:
        yield from ("", f"### {text(words('workshop_record.rounds_title'))}", "")
    yield from (f"- **{text(each.title)}:** {text(each.own)}. {text(each.group)}" for each in view.rounds)


def _questions(questions: Iterable[RecordedQuestion], words: Words) -> Iterator[str]:
    for question in questions:
        yield from _voted(question, words("workshop_record.choice"), words)
        yield from (f"**{text(' '.join(question.agreed))}**", "")
        yield from _reasons(words("workshop_record.against"), question.against)
        yield from _reasons(words("workshop_record.reasons"), question.reasons)
        yield from _reasons(words("workshop_record.earlier"), question.earlier)


def _checks(checks: Iterable[RecordedCheck], words: Words) -> Iterator[str]:
    for check in checks:
        yield from _voted(check, words("workshop_record.fingers"), words)
        yield from _reasons(words("workshop_record.speak"), check.against)


def _voted(found: RecordedQuestion | RecordedCheck, column: str, words: Words) -> Iterator[str]:
    """What was said of the votes, and the votes: how many in a table, and who below it."""
    yield from (f"### {text(found.text)}", "")
    yield from paragraphs(found.said)
    if found.choices:
        yield from (row(column, *found.rounds), f"|---|{'--:|' * len(found.rounds)}")
    for choice in found.choices:
        standing = words("workshop_record.standing", label=choice.label, standing=choice.standing)
        yield row(standing if choice.standing else choice.label, *choice.counts)
    yield ""
    named = [choice for choice in found.choices if choice.names]
    yield from (f"- {text(choice.label)}: {_names(choice.names)}" for choice in named)
    yield from ("",) if named else ()


def _reasons(title: str, reasons: Sequence[ReasonView]) -> Iterator[str]:
    for place, said in enumerate(reasons):
        yield from () if place else (f"**{text(title)}**", "")
        typed = lines(said.reason).replace("\n", "\n  ")
        by = ", ".join(map(text, filter(None, (said.name, said.choice))))
        yield f"- {typed}\\\n  {by}" if typed else f"- {by}"
    yield from ("",) if reasons else ()
