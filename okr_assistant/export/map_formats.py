"""Every export of a goal map, by id, as ``formats.py`` has those of a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from okr_assistant.export.format import Format, by_id
from okr_assistant.export.formats import file_name
from okr_assistant.export.map_document import map_document
from okr_assistant.export.map_markdown import map_markdown
from okr_assistant.export.map_sheets import map_xlsx
from okr_assistant.export.map_tables import map_csv
from okr_assistant.portfolio.advice import Advice, advice
from okr_assistant.portfolio.goal_map import GoalMap
from okr_assistant.portfolio.quarters import Difference, difference
from okr_assistant.views.portfolio.difference import DifferenceView, difference_view
from okr_assistant.views.portfolio.goal_map import GoalMapView, goal_map_view
from okr_assistant.views.portfolio.report import ReportView, report_view
from okr_assistant.words import Words


@dataclass(frozen=True, slots=True)
class MapExport:
    """Everything that the files of a goal map are made from; the last two are there when it has an earlier one."""

    name: str
    map_: GoalMap
    advice: Advice
    view: GoalMapView
    words: Words
    made_at: datetime
    difference: Difference | None = None
    changes: DifferenceView | None = None

    @property
    def report(self) -> ReportView:
        """The map as a document to read."""
        return report_view(self.map_, self.view, self.words, self.name, self.made_at.date(), self.changes)


def map_export(
    map_: GoalMap, name: str, words: Words, made_at: datetime, before: GoalMap | None = None
) -> MapExport:
    """Return what files of this map are made from; ``before`` is an earlier map of the same portfolio."""
    advised = advice(map_)
    made = MapExport(name, map_, advised, goal_map_view(map_, advised, words), words, made_at)
    if before is None:
        return made
    return MapExport(
        name,
        map_,
        advised,
        made.view,
        words,
        made_at,
        difference(before, map_),
        difference_view(before, map_, words),
    )


def _pdf(made: MapExport) -> bytes:
    from okr_assistant.export.map_pdf import map_pdf  # Typst is large; who exports text does without it

    return map_pdf(made.report, made.words)


def _image(name: str) -> Callable[[MapExport], bytes]:
    def write(made: MapExport) -> bytes:
        from okr_assistant.export import map_image  # so are Altair and vl-convert

        drawn: bytes = getattr(map_image, name)(made.view, made.words)
        return drawn

    return write


MAP_FORMATS = by_id(
    Format("pdf", "goal_map.export.pdf", _pdf),
    Format("md", "goal_map.export.md", lambda made: map_markdown(made.report, made.words).encode()),
    Format("xlsx", "goal_map.export.xlsx", map_xlsx),
    Format("csv", "goal_map.export.csv", map_csv),
    Format("json", "goal_map.export.json", map_document),
    Format("png", "goal_map.export.png", _image("map_png")),
    Format("svg", "goal_map.export.svg", _image("map_svg")),
    Format("plot-png", "goal_map.export.plot_png", _image("plot_png")),
    Format("plot-svg", "goal_map.export.plot_svg", _image("plot_svg")),
)


def map_file_name(name: str, made_on: date, ending: str, words: Words) -> str:
    """Return the name of a file of the map with this name, which may be empty."""
    return file_name(name or words("goal_map.title"), made_on, ending)
