"""The page First draft under AppTest: from a result to a draft, its remarks and files; nothing typed is lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from okr_assistant.decision.model import Model
from okr_assistant.drafting.forms import DraftForm
from okr_assistant.drafting.goal_draft import GoalDraft
from okr_assistant.store import SqlStore
from okr_assistant.web.draft import Draft, address_of
from tests.drafting.drafts import EVERY, NAMES, full
from tests.pages.app import OurApp, draft_of

ANSWERS = {
    "work_kind": "change", "product_stage": "growing", "people_to_align": "many_teams", "outcome_clarity": "words",
    "measurability": "instrument",
}  # fmt: skip
HOSTILE = "*Launch* <b>the</b> [app](http://x.y) :red[x] $y$"


@pytest.fixture
def app(store: SqlStore) -> OurApp:
    return OurApp(store).open("result", t="Faster booking", **ANSWERS).press("Write the first draft")


def field(app: OurApp, end: str) -> Any:
    """The widget of this place, such as ``key_results_1_metric``."""
    kinds = (app.at.text_input, app.at.text_area, app.at.date_input, app.at.number_input, app.at.radio)
    return next(each for kind in kinds for each in kind if str(each.key).endswith(end))


def write(app: OurApp, end: str, value: Any) -> OurApp:
    field(app, end).set_value(value)
    return app.run()


def choose(app: OurApp, id_: str) -> OurApp:
    app.at.selectbox[0].set_value(id_)
    return app.run()


def put_in(app: OurApp, form: DraftForm, draft: GoalDraft) -> OurApp:
    """Write everything, as a person does who goes through the form."""
    for asked in (each for each in form.fields(draft.variant) if each.is_asked({})):
        value = draft.values[asked.id]
        if asked.kind == "rows":
            for number, row in enumerate(draft.rows(asked.id), start=1):
                for column in asked.columns:
                    cell: Any = row[column.id]
                    cell = date.fromisoformat(cell) if column.kind == "date" else cell
                    field(app, f"{asked.id}_{number}_{column.id}").set_value(cell)
        elif asked.kind == "lines":
            assert isinstance(value, tuple)
            field(app, asked.id).set_value("\n".join(map(str, value)))
        else:
            field(app, asked.id).set_value(date.fromisoformat(str(value)) if asked.kind == "date" else value)
    return app.run()


def test_the_result_leads_to_the_form_that_the_answers_speak_for(app: OurApp) -> None:
    assert app.heading == "First draft"
    assert app.at.selectbox[0].value == "okr."
    assert field(app, "title").value == "Faster booking"
    assert "What it needs first" in app.everything
    assert "Measure where the result stands today" in app.everything
    assert "How will you find out where it stands today" in field(app, "first_measure").label
    assert "Nothing is written yet." in app.everything


def test_what_is_read_aloud_of_a_field_is_its_question_alone_and_the_hint_is_seen(app: OurApp) -> None:
    assert field(app, "objective").label == "What should be better, and for whom?"
    assert field(app, "key_results_1_date").label == "By when?"
    assert ":small[You can name the result in words: write those words." in app.everything


def test_a_remark_appears_beside_the_field_and_goes_when_it_is_mended(app: OurApp) -> None:
    write(app, "objective", "Launch the new app")
    assert "Something to make or do" in app.everything
    assert "“Launch the new app”" not in [str(each.value) for each in app.at.markdown], "typed text is no Markdown"
    write(app, "objective", "Guests book a table without having to call us")
    assert "Something to make or do" not in app.everything
    assert "Guests book a table without having to call us" in [each.value for each in app.at.text]


def test_what_is_missing_is_said_in_the_order_of_the_form(app: OurApp) -> None:
    write(app, "key_results_1_metric", "Tables that are booked without a call")
    assert "Key result 1: Where does it stand today? Where should it be? By when?" in app.everything
    write(app, "key_results_1_baseline", "35%")
    assert "Key result 1: Where should it be? By when? Who looks after it?" in app.everything


def test_nothing_typed_is_lost_when_pages_forms_or_answers_change(app: OurApp, model: Model) -> None:
    write(app, "objective", "Guests book a table")
    write(app, "key_results_2_date", date(2027, 6, 30))
    choose(app, "bets.")
    write(app, "judges", "Ada\nBo")
    address = app.address
    app.open("method", **address).open("goal_draft", **address)
    assert app.at.selectbox[0].value == "bets."
    assert field(app, "judges").value == "Ada\nBo"
    choose(app, "okr.")
    assert field(app, "objective").value == "Guests book a table"
    assert field(app, "key_results_2_date").value == date(2027, 6, 30)
    app.open("assess", **address, q="autonomy").answer("autonomy", "team")
    app.open("goal_draft", **app.address)
    choose(app, "okr.")
    assert field(app, "objective").value == "Guests book a table"
    other = Draft(model, {"work_kind": "change", "outcome_clarity": "number"}, "Other work")
    app.open("goal_draft", **address_of(other))
    choose(app, "okr.")
    assert field(app, "objective").value in {None, ""}, "another piece of work"


def test_variants_of_one_form_share_what_is_written(app: OurApp) -> None:
    choose(app, "milestones.")
    write(app, "done", "All 40 branches book in the new system.")
    choose(app, "milestones.critical_project")
    assert field(app, "done").value == "All 40 branches book in the new system."
    assert field(app, "gives_way").value in {None, ""}
    assert "Your answers speak for OKRs" in app.everything


def test_more_rows_up_to_the_most(app: OurApp) -> None:
    for number in range(3, 6):
        app.press("One more key result")
        assert field(app, f"key_results_{number}_metric").value in {None, ""}
    assert "One more key result" not in [button.label for button in app.at.button]
    write(app, "key_results_4_metric", "Launch it")
    assert "Key result 1: Where does it stand today?" in app.everything, "rows that are empty do not count"
    assert "Something to do, not something that gets better" in app.everything


@pytest.mark.parametrize("bad", ["a\u202eb", "e" + "\u0301" * 30, "\u200b"])
def test_a_text_that_cannot_be_kept_stays_in_its_field_and_is_left_out(app: OurApp, bad: str) -> None:
    write(app, "objective", bad)
    assert field(app, "objective").value == bad
    assert "It is not in the draft below." in app.everything
    assert "Nothing is written yet." in app.everything
    assert "\u202e" not in "".join(str(each.value) for each in app.at.markdown)


@pytest.mark.robustness(35)
def test_emoji_families_and_persian_joiners_survive(app: OurApp) -> None:
    write(app, "objective", "👨‍👩‍👧 می\u200cخواهم")
    assert "👨‍👩‍👧 می\u200cخواهم" in [each.value for each in app.at.text]


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_every_form_can_be_filled_in_and_then_nothing_is_missing(
    store: SqlStore, form: DraftForm, variant: str
) -> None:
    app = OurApp(store).open("goal_draft", t="Work")
    choose(app, f"{form.approach}.{variant}")
    draft = full(form, variant, lambda place: f"{HOSTILE} {place}")
    put_in(app, form, draft)
    assert "Nothing is missing." in app.everything
    texts = [str(each.value) for each in app.at.text]
    assert any(HOSTILE in text for text in texts)
    for element in app.at.markdown:
        assert HOSTILE not in str(element.value)
    assert [button.label for button in app.at.get("download_button")] == [
        "Draft (PDF)", "Draft as text (Markdown)", "Draft as a spreadsheet (XLSX)", "Draft as a table (CSV)",
        "Draft, to open here again (JSON)",
    ]  # fmt: skip


@pytest.mark.parametrize(("form", "variant"), EVERY, ids=NAMES)
def test_a_saved_draft_is_opened_in_its_form(store: SqlStore, form: DraftForm, variant: str) -> None:
    app = OurApp(store).open("goal_draft")
    draft = full(form, variant)
    app.at.file_uploader[0].set_value(("draft.json", json.dumps(draft.to_json()).encode(), "application/json"))
    app.run().press("Open draft.json")
    assert app.at.selectbox[0].value == f"{form.approach}.{variant}"
    assert draft_of(app).title == "Text of title"
    assert "Nothing is missing." in app.everything


def test_a_file_that_is_no_draft_is_refused_and_nothing_changes(app: OurApp) -> None:
    write(app, "objective", "Guests book a table")
    app.at.file_uploader[0].set_value(("*x*.json", b'{"format": 2}', "application/json"))
    app.run()
    next(button for button in app.at.button if button.key == "open_goal_draft").click()
    app.run()
    assert "format: found 2; allowed: 1" in app.everything
    assert field(app, "objective").value == "Guests book a table"


def test_an_address_opens_the_form_that_it_asks_for(store: SqlStore, model: Model) -> None:
    item = Draft(model, {"work_kind": "sustain"}, "Pay the wages")
    app = OurApp(store).open("goal_draft", **address_of(item))
    assert app.at.selectbox[0].value == "health_metrics."
    app.open("goal_draft", **address_of(item), form="okr")
    assert app.at.selectbox[0].value == "okr."
    assert app.address == {**address_of(item), "form": "okr"}
    assert "Your answers speak for health metrics" in app.everything
    write(app, "title", "Pay the wages on time")
    assert app.at.selectbox[0].value == "okr.", "a new title is the same piece of work"


def test_without_answers_any_form_can_be_chosen(store: SqlStore) -> None:
    app = OurApp(store).open("goal_draft", form="nothing")
    assert app.at.selectbox[0].value is None
    assert app.at.header == []
    choose(app, "flow.")
    assert "No question is answered yet" in app.everything


def test_the_record_has_the_draft_of_the_same_work(app: OurApp) -> None:
    write(app, "objective", "Guests book a table")
    app.open("share", **app.address)
    assert "Decision record (PDF)" in [button.label for button in app.at.get("download_button")]


@pytest.mark.parametrize("lines", [11, 10_000])
def test_more_lines_than_are_allowed_stay_in_their_field_with_what_is_allowed(app: OurApp, lines: int) -> None:
    choose(app, "bets.")
    text = "\n".join(["x"] * lines)
    field(app, "not_do").set_value(text[:3010])
    app.run()
    assert field(app, "not_do").value == text[:3010]
    assert "allowed: at most 10. It is not in the draft below." in app.everything
