"""The figures of ``make coverage`` are of branches, and one package below the limit is enough to fail."""

from __future__ import annotations

from typing import Any

from tests.branch_coverage import PACKAGES, report


def measured(**covered: int) -> dict[str, Any]:
    """A report with a file of 100 branches in each package; all are covered but where it is said."""
    return {
        "files": {
            f"okr_assistant/{package}/file.py": {
                "summary": {
                    "num_branches": 100,
                    "covered_branches": covered.get(package, 100),
                    "percent_covered": 1,
                },
                "missing_branches": [[3, -1]] * (100 - covered.get(package, 100)),
            }
            for package in (*PACKAGES, "views")
        }
    }


def test_each_package_has_its_own_figure_and_the_branches_that_are_missing_follow() -> None:
    lines, enough = report(measured(sharing=99, views=1))
    assert enough
    assert lines == [
        "decision    100 of  100 branches  100.00 %",
        "sharing      99 of  100 branches   99.00 %",
        "  not taken: okr_assistant/sharing/file.py: 3->-1",
        "workshop    100 of  100 branches  100.00 %",
        "store       100 of  100 branches  100.00 %",
    ]


def test_one_package_below_the_limit_fails() -> None:
    assert report(measured(store=95))[1]
    assert not report(measured(store=94))[1]
