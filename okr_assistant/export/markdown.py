"""The decision record as Markdown: what people typed, the model and the catalogue are text in it, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from okr_assistant.views.artefact import ArtefactView, PartView
from okr_assistant.views.outlook import OutlookView
from okr_assistant.views.parts import Citation, plain
from okr_assistant.views.record import DecisionView, RecordView, SourceView
from okr_assistant.views.result import ContestedView, RankedView, Statement
from okr_assistant.words import Words

# What CommonMark, tables, formulas, emoji codes, mentions and addresses without brackets are made of; beside
# these, what means something at the start of a line only.
_SIGNS = re.compile(
    r"([\\`*_\[\]{}<>~$&|#@]|:(?=\S)|(?<=www)\.|^[+=-]|^\d+(?=[.)](?:\s|$)))", re.MULTILINE | re.IGNORECASE
)


def markdown(view: RecordView, words: Words) -> str:
    """Return the whole record, ending in a line break; the same record gives the same text."""
    return "\n".join(_blocks(view, words)).rstrip("\n") + "\n"


def text(typed: str) -> str:
    """Return any text of one line so that Markdown shows it exactly as it is."""
    return _SIGNS.sub(_escaped, typed)


def lines(typed: str) -> str:
    """Return text of several lines likewise; line breaks and the blanks at the start of a line are kept."""
    kept = "\n".join(line.rstrip() for line in typed.split("\n"))
    shown = []
    for paragraph in kept.split("\n\n"):
        found = paragraph.strip("\n").split("\n")
        shown.append("\\\n".join(_blanks(line) + text(line.lstrip()) for line in found))
    return "\n\n".join(shown)


def _escaped(sign: re.Match[str]) -> str:
    found = sign.group()
    return f"{found}\\" if found.isdecimal() else f"\\{found}"


def _blanks(line: str) -> str:
    return "&nbsp;" * (len(line) - len(line.lstrip()))


def _blocks(view: RecordView, words: Words) -> Iterator[str]:
    result = view.result
    yield from (f"# {text(view.heading)}", "", f"**{text(result.sentence)}**", "")
    summary = [result.advice[0].summary] if len(result.advice) == 1 else []
    yield from paragraphs([*summary, result.form, result.split, result.still_open])
    if view.outlook:
        yield from (text(view.outlook.margin), "")
        if view.outlook.ahead:
            yield from (text(view.outlook.ahead), "")
    yield from (f"- {text(label)}: {text(value)}" for label, value in view.facts)
    yield ""
    if view.decision:
        yield from decision_blocks(view.decision, words)
    if view.goal:
        yield from section(words("goal_draft.heading", name=view.goal.name), _goal(view.goal))
    yield from section(words("result.contradictions"), stated(result.contradictions))
    yield from section(words("result.obstacles"), stated(result.obstacles))
    conditions = words.counted("result.conditions", len(result.conditions))
    yield from section(conditions, stated(result.conditions, numbered=True))
    for advice in result.advice:
        artefact = words("result.artefact", artefact=advice.artefact)
        # the words of an approach are Markdown already
        yield from section(f"{words('result.monday')} ({advice.name})", [advice.text.monday, "", text(artefact)])
    yield from section(words("result.find_out"), [f"- {text(question)}" for question in result.find_out])
    if view.outlook:
        yield from _outlook(view.outlook, words)
    yield from _answers(view, words)
    yield from section(words("result.ranking"), _ranking(result.ranking, words))
    yield from section(words("result.contested"), _contested(result.contested, words))
    if view.notes:
        yield from section(words("record.notes"), [lines(view.notes)])
    yield from section(words("record.sources"), (f"- {_source(source, words)}" for source in view.sources))
    yield from ("---", "", text(result.model), "", text(words("record.digest", digest=view.digest)))
    if view.address:
        yield from ("", f"{text(words('record.open_again'))} <{view.address}>")


def section(title: str, found: Iterable[str]) -> Iterator[str]:
    """Yield a heading with what is under it; nothing when that is nothing."""
    inside = list(found)
    if inside:
        yield from (f"## {text(title)}", "", *inside, "")


def paragraphs(found: Iterable[str]) -> Iterator[str]:
    """Yield each text, where there is one, as a paragraph."""
    for paragraph in found:
        if paragraph:
            yield from (text(paragraph), "")


def decision_blocks(decision: DecisionView, words: Words) -> Iterator[str]:
    """Yield what people decided, under its heading."""
    yield from (f"## {text(words('record.decision'))}", "")
    if decision.decided:
        yield from (f"**{text(decision.decided)}**", "")
    parts = (
        (words("record.because"), lines(decision.because)),
        (words("record.owner"), text(decision.owner)),
        (words("record.review_on"), text(decision.review_on)),
    )
    for label, value in parts:
        if value:
            yield from (f"**{text(label)}:** {value}", "")
    yield from (f"*{text(decision.note)}*", "")


def part_lines(part: PartView) -> Iterator[str]:
    """Yield what is written in a part of a first draft: a list, or text of one or several lines."""
    if part.listed:
        yield from (f"{number}. {text(sentence)}" for number, sentence in enumerate(part.sentences, start=1))
    else:
        yield from (lines(sentence) for sentence in part.sentences)


def _goal(goal: ArtefactView) -> Iterator[str]:
    yield text(goal.status)
    for part in goal.parts:
        yield from ("", f"### {text(part.name)}", "", *part_lines(part))


def stated(found: tuple[Statement, ...], *, numbered: bool = False) -> Iterator[str]:
    """Yield a list of statements, each with its sources."""
    for number, statement in enumerate(found, start=1):
        mark = f"{number}." if numbered else "-"
        said = (
            f"**{text(statement.text)}** {text(statement.because)}" if statement.because else text(statement.text)
        )
        yield f"{mark} {said} ({cited(statement.citations)})"


def cited(citations: tuple[Citation, ...]) -> str:
    """Return links to sources, separated by commas."""
    # model files hold only web addresses that cannot end a link early
    return ", ".join(f"[{text(citation.text)}]({citation.url})" for citation in citations)


def _outlook(outlook: OutlookView, words: Words) -> Iterator[str]:
    if outlook.counter:
        counter = outlook.counter
        yield from section(counter.title, [text(counter.said), "", *stated(counter.reasons)])
    flips = [f"- {text(flip)}" for flip in outlook.flips or (words("outlook.nothing"),)]
    yield from section(words("outlook.title"), [*flips, "", text(outlook.flips_total)])
    if outlook.rests_on:
        rests_on = (f"- {text(question)}" for question in outlook.rests_on)
        yield from (text(outlook.rests_on_lead), "", *rests_on, "")
    yield from paragraphs([outlook.stands])
    if outlook.paths or outlook.no_path:
        yield from section(words("outlook.path_title"), _paths(outlook))


def _paths(outlook: OutlookView) -> Iterator[str]:
    if outlook.no_path:
        yield text(outlook.no_path)
    for place, path in enumerate(outlook.paths):
        yield from ("",) if place else ()
        yield from (text(path.title), "", *(f"- {text(change)} {text(how)}" for change, how in path.steps))


def _answers(view: RecordView, words: Words) -> Iterator[str]:
    rows = [
        row(entry.row.question, f"{entry.row.answer}{entry.row.state}", *map(_number, entry.points))
        for entry in view.answers
    ]
    names = [entry.name for entry in view.approaches]
    header = row(words("record.question"), words("record.answer"), *names)
    total = row(words("export.table.total"), "", *(entry.points_text for entry in view.approaches))
    rule = f"|---|---|{'--:|' * len(names)}"
    position = ("", text(view.result.position.described)) if view.result.position.placed else ()
    yield from section(words("result.answers"), [header, rule, *rows, total, *position])


def _number(points: int | None) -> str:
    return "" if points is None else plain(points)


def row(*cells: str) -> str:
    """Return the row of a table with these texts."""
    return f"| {' | '.join(map(text, cells))} |"


def _ranking(ranking: tuple[RankedView, ...], words: Words) -> Iterator[str]:
    for entry in ranking:
        yield from (f"### {text(entry.heading)}", "")
        for block in entry.blocks:
            yield from (f"**{text(words('result.blocked'))}** {text(block.text)} ({cited(block.citations)})", "")
        for reason in entry.reasons:
            answer = words("record.from_answer", question=reason.question, answer=reason.answer)
            yield f"- **{reason.points}** {text(reason.because)} ({cited(reason.citations)})\\"
            yield f"  {text(answer)}"
        yield from ("", text(entry.total), "")


def _contested(contested: tuple[ContestedView, ...], words: Words) -> Iterator[str]:
    for topic in contested:
        yield from (f"### {text(topic.topic)}", "")
        for label, side in (("result.side_for", topic.for_), ("result.side_against", topic.against)):
            yield f"- **{text(words(label))}:** {text(side.text)} ({cited(side.citations)})"
        yield ""


def _source(source: SourceView, words: Words) -> str:
    known = {"author": source.author, "title": source.title, "year": source.year}
    line = words("record.source_line_year" if source.year else "record.source_line", **known)
    return f"{text(line)} <{source.url}>"
