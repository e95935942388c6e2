"""Importing a table on the page Goal map: what is recognised, what is missing, and what is offered."""

from __future__ import annotations

from tests.pages.rooms import Tab
from tests.pages.test_goal_map import paste, places, section, site, tab, taken

__all__ = ["site", "tab"]  # fixtures


def test_a_value_that_nobody_chose_is_told_apart_and_comes_after_those_to_choose(tab: Tab) -> None:
    paste(tab, "title,work_kind\nOne,Improve\nTwo,Improve\nThree,Fix\n")
    boxes = [box for box in tab.at.selectbox if str(box.key).startswith("value_1_")]
    assert [(box.label, box.value) for box in boxes] == [
        ("“Fix”, in 1 row, stands for", None),
        ("“Improve”, in 2 rows, is the name or id of an answer, and so is taken as", "improve"),
    ]
    boxes[1].set_value("change")
    tab.run()
    assert tab.at.selectbox(key=str(boxes[1].key)).value == "change"


def test_rows_can_be_taken_once_one_column_alone_names_the_work(tab: Tab) -> None:
    paste(tab, "Task,Squad,Crew\nOne,A,B\n")
    assert tab.at.button(key="take_rows").disabled
    assert "Choose the column that means “Piece of work”: it names each piece of work." in tab.texts
    for place, meaning in enumerate(("title", "team", "team")):
        tab.at.selectbox(key=f"meaning_{place}").set_value(meaning)
        tab.run()
    assert tab.at.button(key="take_rows").disabled
    assert "These columns all mean “Team”: Squad, Crew. Leave out all but one." in tab.texts
    tab.at.selectbox(key="meaning_2").set_value("")
    tab.run()
    tab.at.button(key="take_rows").click()
    tab.run()
    assert list(places(tab)) == ["One"]


def test_the_column_with_the_kind_of_work_is_pointed_to_until_one_is_chosen(tab: Tab) -> None:
    """Title and team were filled in and "Type" left out, under the words that nothing is guessed."""
    paste(tab, "Title,Type\nOne,Story\n")
    assert [tab.at.selectbox(key=f"meaning_{place}").value for place in (0, 1)] == ["title", ""]
    assert "1 row and 2 columns. Columns whose headings are known" in tab.everything
    hint = "Is there a column with the kind of work, perhaps “Type”? Choose “What is this work mainly for?”"
    assert hint in tab.everything
    tab.at.selectbox(key="meaning_1").set_value("work_kind")
    tab.run()
    assert hint not in tab.everything


def test_a_map_without_answers_leads_to_the_next_questions(tab: Tab) -> None:
    paste(tab, "Title\nOne\n")
    assert "1 row and 1 column. " in tab.everything
    tab.at.button(key="take_rows").click()
    tab.run()
    led = "Go to “Next questions”: what you answer there says where each piece of work belongs."
    assert led in tab.everything
    section(tab, "questions")
    tab.at.radio[0].set_value("sustain")
    tab.run()
    section(tab, "map")
    assert led not in tab.everything


def test_only_files_that_can_be_read_are_offered_to_be_chosen(tab: Tab) -> None:
    assert list(tab.at.file_uploader[0].proto.type) == [".csv", ".tsv", ".txt", ".xlsx", ".json"]


def test_an_answer_that_nobody_gave_is_a_blank_cell(tab: Tab) -> None:
    section(taken(tab), "items")
    (editor,) = tab.at.dataframe
    assert editor.proto.HasField("placeholder")
    assert editor.proto.placeholder == ""
