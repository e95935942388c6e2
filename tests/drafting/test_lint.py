"""What the linter says: how rules relate, what it quotes, sets, metric sheets, hypotheses."""

from __future__ import annotations

import doctest

import pytest

from okr_assistant.drafting import lint as lint_module
from okr_assistant.drafting.lint import (
    Findings,
    lint_hypothesis,
    lint_key_result,
    lint_metric,
    lint_objective,
    lint_set,
)


def ids(found: Findings) -> str:
    return " ".join(finding.rule.id for finding in found)


KEY_RESULTS = {
    # a wanted change: every part of the form that is missing
    "Reduce churn from 5% to 3% by the end of Q3": "",
    "Reduce churn from 5% to 3%": "no_deadline",
    "Reduce churn to 3% by Q3": "no_baseline",
    "Reduce churn by a fifth by Q3": "no_baseline",
    "Reduce churn from 5% by Q3": "no_target",
    "Reduce churn by Q3": "no_baseline no_target",
    "Improve customer satisfaction": "no_metric no_baseline no_target no_deadline",
    "Improve the customer satisfaction score by Q3": "no_baseline no_target",
    "Reduce the number of complaints by Q3": "no_baseline no_target",
    # an output: what to write instead, and nothing about its parts
    "Launch the new website": "output_not_outcome no_metric no_deadline binary",
    "Launch the new website by May": "output_not_outcome no_metric binary",
    "New website launched by May": "output_not_outcome no_metric binary",
    "Launch of the new website by May": "output_not_outcome no_metric binary",
    "Hold 6 workshops by May": "output_not_outcome",
    "Support the sales team until May": "output_not_outcome no_metric",
    "Write case studies until May": "output_not_outcome no_metric",
    "Train all nurses by May": "output_not_outcome",
    # the effect is named with its number
    "Launch a new website to raise sign-ups per visit from 2% to 4% by May": "",
    "Deliver 95% of orders on time by May": "no_baseline",
    # a gate that others grant
    "Get ISO 27001 certified by May": "binary",
    "Sign the contract with the city by May": "binary",
    "Building permit granted by May": "binary",
    "Permit applications decided within 4 weeks: 40% to 80% by May": "",
    # a level to hold
    "Keep churn below 3%": "maintain",
    "Churn stays below 3%": "maintain",
    "No more than 3 complaints a week": "maintain",
    "Maintain good relations with suppliers": "no_metric maintain",
    "Reduce churn from 5% to 3% by May while keeping margins above 40%": "",
    "Reduce the length of stay from 6 to 5 days by May": "",
    # what starts or ends at nothing, or is compared
    "Win 10 new customers by May": "",
    "Raise €250,000 for the shelter by May": "",
    "Zero accidents in 2027": "",
    "Grow donations by 10% over last year by May": "",
    # finding out first
    "Measure how long a repair takes, as a baseline, by May": "",
    "Find out how many families miss the bus by May": "",
    # counts that only grow
    "50,000 app downloads by May": "no_baseline vanity",
    "Conversion of visitors to trials from 2% to 4% by May": "",
    "Reduce page views per purchase from 9 to 6 by May": "",
    # two in one
    "Raise NPS from 30 to 50 and cut churn from 5% to 3% by May": "several_results",
    "Increase output and quality by May": "no_baseline no_target several_results",
    "Design, build and launch the portal by May": "output_not_outcome no_metric binary",
    "Recruit and train 50 mentors by May": "",
    "Waiting time for MRI and CT from 20 to 10 days by May": "",
    # an unknown verb before a thing is work, before a number it may be a result
    "Waterproof the cellar by May": "output_not_outcome no_metric binary",
    "Rehome 120 dogs by May": "",
    # nothing to read
    "": "",
    "…": "",
}


@pytest.mark.parametrize("text", KEY_RESULTS)
def test_the_rules_about_a_key_result_relate_as_the_docs_say(text: str) -> None:
    assert ids(lint_key_result(text)) == KEY_RESULTS[text]


OBJECTIVES = {
    "Customers recommend us before we ask": "",
    "Increase sales by 25%": "number_in_objective",
    "Double our customer base": "number_in_objective",
    "Be ready for iOS 17 and Web3 by 2027": "",
    "Win the Indy 500": "",
    "Launch the new website": "output_as_objective",
    "Launch an awesome MVP": "",
    "Build a culture of trust": "",
    "Build a shop that people love": "",
    "Open 5 new shops": "number_in_objective output_as_objective",
    "Be the best": "vague",
    "Calls get answered by people": "",
    "Improve quality": "vague",
    "Improve the quality of feedback that students get on their essays": "",
    "Fewer falls. Safer wards.": "",
    " ".join(["Help every child in the valley to read and write"] * 3): "too_long",
    "": "",
}


@pytest.mark.parametrize("text", OBJECTIVES)
def test_the_rules_about_an_objective_relate_as_the_docs_say(text: str) -> None:
    assert ids(lint_objective(text)) == OBJECTIVES[text]


def test_a_finding_quotes_what_it_saw_as_it_was_written() -> None:
    text = "🚀 KR2: “Launch” the NEW portal – by May"
    saw = {finding.rule.id: finding.saw for finding in lint_key_result(text)}
    assert saw["output_not_outcome"] == "Launch” the NEW portal"
    assert saw["no_metric"] == "“Launch” the NEW portal – by May"


def test_a_finding_as_json_has_the_documented_keys() -> None:
    (finding,) = lint_key_result("Reduce churn from 5% to 3%")
    found = finding.to_json()
    assert list(found) == ["rule", "item", "saw", "why", "fix", "sources"]
    assert (found["rule"], found["item"]) == ("no_deadline", "key_result")
    assert [list(source) for source in found["sources"]] == [["author", "title", "year", "url"]] * 2


def test_where_the_end_of_the_cycle_is_the_deadline_no_date_is_asked_for() -> None:
    assert lint_key_result("Reduce churn from 5% to 3%", in_cycle=True) == ()
    results = ["Churn from 5% to 3%", "Complaints from 90 to 60 a month"]
    assert ids(lint_set("Win back trust", results)) == "no_deadline no_deadline"
    assert lint_set("Win back trust by the end of Q3", results) == ()
    assert lint_set("Win back trust", results, in_cycle=True) == ()


def test_a_set_says_of_which_text_each_finding_is() -> None:
    found = lint_set("Be the best", ["Launch the app by May", " ", "Write a manual by May"])
    items = {(finding.item, finding.rule.id) for finding in found}
    assert ("objective", "vague") in items
    assert ("key_result 1", "binary") in items
    assert ("key_result 3", "binary") in items, "numbered as they were given; an empty one does not count"
    assert ("set", "all_outputs") in items


SETS = {
    "too_few": [["Churn from 5% to 3%"], []],
    "too_many": [[f"Complaints in shop {name} from 9 to 3" for name in "ABCDEF"]],
    "all_outputs": [
        ["Launch the app", "Write a manual"],
        ["Launch the app", "Write a manual", "Get ISO 27001 certified"],
    ],
    "no_counter_metric": [
        ["Orders from 400 to 600 a day", "Revenue from €1m to €2m"],
        ["Time per order from 9 to 5 minutes", "Cost per order from €9 to €7"],
    ],
    "": [
        ["Time per order from 9 to 5 minutes", "Wrong orders from 3% to 1%"],
        ["Orders from 400 to 600 a day", "Keep returns below 2%"],
        ["Orders from 400 to 600 a day without longer queues", "Revenue from €1m to €2m"],
        ["Orders from 400 to 600 a day", "Frobs from 3 to 9"],
        ["Launch the app", "Orders from 400 to 600 a day"],
    ],
}


@pytest.mark.parametrize(("rule", "results"), [(rule, results) for rule in SETS for results in SETS[rule]])
def test_the_rules_about_a_set(rule: str, results: list[str]) -> None:
    found = lint_set("Shops that people like to come back to", results, in_cycle=True)
    assert " ".join(finding.rule.id for finding in found if finding.item == "set") == rule


def test_a_metric_sheet_needs_a_range_and_an_action() -> None:
    assert ids(lint_metric("Crash rate: below 0.5%. If it is higher, we stop features.")) == ""
    assert ids(lint_metric("Happiness between 7 and 9, otherwise the team meets")) == ""
    assert ids(lint_metric("Bed occupancy 85-92 % -> call the pool when above")) == ""
    assert ids(lint_metric("Crash rate: below 0.5%")) == "no_action"
    assert ids(lint_metric("Crash rate. If it rises, we stop features.")) == "no_range"
    assert ids(lint_metric("Crash rate")) == "no_range no_action"
    assert ids(lint_metric("")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "We believe parents order by voice. We stop if fewer than 10 of 50 do.",
        "We believe parents order by voice. We are wrong if nobody orders twice.",
        "We believe parents order by voice. Kill criterion: under 5 orders a week.",
        "Parents want to order by voice; unless 20% order twice in a month, we drop it.",
        "We know that we are right when 20% of them order twice.",
    ],
)
def test_a_hypothesis_that_could_turn_out_to_be_wrong_is_fine(text: str) -> None:
    assert ids(lint_hypothesis(text)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "We believe that parents want to order by voice.",
        "We believe that parents want to order by voice. We will build a prototype and see.",
        "We believe parents order by voice and we know it when they like it.",
    ],
)
def test_a_hypothesis_needs_something_that_would_prove_it_wrong(text: str) -> None:
    assert ids(lint_hypothesis(text)) == "no_falsifier"


def test_the_example_in_the_docstring_runs() -> None:
    found = doctest.testmod(lint_module)
    assert found.attempted > 0
    assert found.failed == 0
