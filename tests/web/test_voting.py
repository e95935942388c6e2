"""Votes as they are sent: kept, each once, and in which order questions are asked."""

from __future__ import annotations

import json

import pytest

from okr_assistant.workshop.room import FIST
from okr_assistant.workshop.voting import REASON_LIMIT
from tests.web.asgi import Page
from tests.web.ballots import ONE, WHY, kept, said, typed
from tests.web.people import ALL_ALIKE, JSON, Held, Person, all_answered, sheet

# keeping


def test_a_vote_is_kept_and_the_next_question_comes(in_vote: Held, kim: Person) -> None:
    answer = kim.post("vote", kim.form() | sheet(ONE, {"work_kind": "It was sold.\r\nLast year."}))
    assert (answer.status, answer.headers["location"]) == (303, f"{in_vote.path}?after=work_kind")
    assert kept(in_vote) == {"work_kind": ("deliver", WHY["work_kind"])}
    assert "Question 2 of 15 How far along" in kim.page("?after=work_kind").text


def test_a_script_is_told_that_it_is_kept(in_vote: Held, kim: Person) -> None:
    answer = kim.post("vote", kim.form() | sheet(ONE), JSON)
    assert answer.status == 200
    assert json.loads(answer.body)["received"] == "saved"
    assert answer.headers["cache-control"] == "no-store"


def test_all_questions_can_be_sent_as_one_form(in_vote: Held, kim: Person) -> None:
    page = kim.page("?q=all")
    assert len(page.all("fieldset")) == len(in_vote.model.questions) == 15
    answer = kim.vote(ALL_ALIKE)
    assert (answer.status, answer.headers["location"]) == (303, in_vote.path)
    assert {question: choice for question, (choice, _) in kept(in_vote).items()} == ALL_ALIKE
    assert "You have answered everything" in kim.page().text


def test_a_whole_form_of_reasons_as_long_as_they_may_be_fits(in_vote: Held, kim: Person) -> None:
    """In a script whose every character takes the most bytes of a form, and with lines."""
    for reason in ("😀" * REASON_LIMIT, "字\r\n" * (REASON_LIMIT // 2)):
        assert kim.vote(ALL_ALIKE, dict.fromkeys(ALL_ALIKE, reason)).status == 303
        assert {why for _, why in kept(in_vote).values()} == {reason.replace("\r\n", "\n").strip()}


def test_some_questions_of_the_whole_form_can_be_left_open(in_vote: Held, kim: Person) -> None:
    some = {"work_kind": "deliver", "autonomy": "unsure"}
    fields = sheet(some) | {"reason.commitment": ""}
    assert kim.post("vote", kim.form("?q=all") | fields).status == 303
    assert set(kept(in_vote)) == set(some)
    assert "Question 2 of 15" in kim.page().text


def test_i_do_not_know_is_an_answer(in_vote: Held, kim: Person) -> None:
    choices = [e["value"] for e in kim.page().all("input") if e.get("type") == "radio"]
    assert choices == [*(option.id for option in in_vote.model.questions[0].options), "unsure"]
    kim.vote({"work_kind": "unsure"})
    assert kept(in_vote) == {"work_kind": ("unsure", "")}


def test_a_later_answer_takes_the_place_of_the_one_before(in_vote: Held, kim: Person) -> None:
    kim.vote(ONE, WHY)
    kim.vote({"work_kind": "learn"})
    assert kept(in_vote) == {"work_kind": ("learn", "")}
    assert kim.chosen("?q=work_kind") == {"work_kind": "learn"}


# once


@pytest.mark.robustness(17, 18)
def test_a_double_click_and_a_replay_are_one_submission(in_vote: Held, kim: Person) -> None:
    """Robustness 17 and 18: also when it was closed meanwhile."""
    sent = kim.form() | sheet(ONE, WHY)
    for _ in range(2):
        assert kim.post("vote", sent).status == 303
    before = in_vote.site.store.everything()
    assert json.loads(kim.post("vote", sent, JSON).body)["received"] == "already_received"
    in_vote.facilitator.close()
    assert json.loads(kim.post("vote", sent, JSON).body)["received"] == "already_received"
    assert kim.post("vote", sent).status == 303
    after = in_vote.site.store.everything()
    assert after["votes"] == before["votes"]
    assert after["receipts"] == before["receipts"]


@pytest.mark.robustness(13)
def test_something_else_under_the_same_key_is_refused_and_said_so(in_vote: Held, kim: Person) -> None:
    """Robustness 13; the form that comes back has a key of its own, so that it can be sent."""
    sent = kim.form() | sheet(ONE)
    kim.post("vote", sent)
    other = sent | sheet({"work_kind": "learn"}, WHY)
    assert "something else was received under the same key" in said(kim.post("vote", other, JSON))
    again = kim.post("vote", other)
    assert again.status == 409
    assert kept(in_vote) == {"work_kind": ("deliver", "")}
    assert typed(again) == {"choice.work_kind": "learn", "reason.work_kind": WHY["work_kind"]}
    assert kim.post("vote", Page(again.text).hidden | sheet({"work_kind": "learn"}, WHY)).status == 303
    assert kept(in_vote) == {"work_kind": ("learn", WHY["work_kind"])}


@pytest.mark.parametrize("key", ["", "x", "é", "0" * 5000])
def test_without_a_key_nothing_is_kept(in_vote: Held, kim: Person, key: str) -> None:
    answer = kim.post("vote", kim.form() | sheet(ONE) | {"key": key})
    assert answer.status == 409
    assert kept(in_vote) == {}
    assert typed(answer) == {"choice.work_kind": "deliver"}


# questions and their order


def test_going_back_and_forth(in_vote: Held, kim: Person) -> None:
    first, second = (Page(kim.get(f"?q={id_}").text) for id_ in ("work_kind", "product_stage"))
    assert f"{in_vote.path}?q=product_stage" in [link["href"] for link in first.all("a")], "skip for now"
    assert f"{in_vote.path}?q=work_kind" in [link["href"] for link in second.all("a")], "back"
    kim.post("vote", kim.form("?q=product_stage") | sheet({"product_stage": "growing"}))
    assert "Question 3 of 15" in kim.page("?after=product_stage").text, "what was skipped does not come at once"
    assert "Question 1 of 15" in kim.page().text
    assert "Question 1 of 15" in kim.page("?after=review_rhythm").text, "from the top again"


@pytest.mark.parametrize("rest", ["?q=", "?q=nothing", "?q=%00", f"?q={FIST}", "?q=a&q=b", "?after=x", "?x=y"])
def test_whatever_else_is_asked_for_the_next_open_question_comes(in_vote: Held, kim: Person, rest: str) -> None:
    assert "Question 1 of 15" in kim.page(rest).text


NOT_COUNTED = "With your other answers this question does not count for your own result."


def test_questions_that_ones_own_answers_hide_are_asked_and_say_so(in_vote: Held, kim: Person) -> None:
    hidden = {"measurability", "known_lever"}
    answer = kim.post("vote", kim.form() | sheet({"outcome_clarity": "unknown"}), JSON)
    assert json.loads(answer.body) == {"received": "saved"}
    assert "Question 1 of 15" in kim.page().text
    assert {id_ for id_ in ALL_ALIKE if NOT_COUNTED in kim.page(f"?q={id_}").text} == hidden
    assert len(kim.page("?q=all").all("fieldset")) == 15
    kim.vote({id_: choice for id_, choice in ALL_ALIKE.items() if id_ not in {*hidden, "outcome_clarity"}})
    assert "Could you see that result in your data" in kim.page().text
    kim.vote({id_: ALL_ALIKE[id_] for id_ in hidden})
    assert "You have answered everything" in kim.page().text
    kim.vote({"outcome_clarity": "number"})
    assert "You have answered everything" in kim.page().text, "as before"
    assert NOT_COUNTED not in kim.page("?q=known_lever").text


def test_in_a_later_round_earlier_answers_count_for_what_does_not(in_vote: Held, kim: Person) -> None:
    all_answered(kim, outcome_clarity="only_output")
    in_vote.facilitator.reveal()
    in_vote.facilitator.open_round(["known_lever"])
    page = kim.page()
    assert NOT_COUNTED in page.text
    assert "Last time you answered" in page.text


def test_who_is_done_sees_their_answers_and_can_change_them(in_vote: Held, kim: Person) -> None:
    all_answered(kim)
    in_vote.person("Ada")
    page = kim.page()
    assert "Finished: 1 of 2." in page.text
    changes = [link["href"] for link in page.all("a") if "?q=" in link["href"]]
    assert changes == [f"{in_vote.path}?q={question.id}" for question in in_vote.model.questions]
    answer = kim.post("vote", kim.form("?q=autonomy") | sheet({"autonomy": "unsure"}))
    assert answer.headers["location"] == f"{in_vote.path}?after=autonomy"
    assert "You have answered everything" in kim.page("?after=autonomy").text
    assert kept(in_vote)["autonomy"] == ("unsure", "")


def test_a_later_round_asks_only_what_was_chosen_and_says_what_one_answered(in_vote: Held, kim: Person) -> None:
    all_answered(kim)
    in_vote.facilitator.reveal()
    in_vote.facilitator.open_round(["autonomy", "commitment"])
    page = kim.page()
    assert "We vote on this once more." in page.text
    assert "Question 1 of 2 Who decides how the result is reached?" in page.text
    assert "Last time you answered: The team." in page.text
    assert kim.chosen("") == {}
    assert len(kim.page("?q=all").all("fieldset")) == 2
    late = in_vote.person("Late")
    assert "Last time" not in late.page().text


def test_the_check_asks_for_fingers(in_vote: Held, kim: Person) -> None:
    in_vote.facilitator.reveal()
    in_vote.facilitator.agree(ALL_ALIKE, in_vote.model)
    in_vote.facilitator.open_check()
    page = kim.page()
    for text in (
        "Fist of five: how far do you stand behind what was agreed?",
        "0 fingers A fist: I cannot live with it.",
        "5 fingers It is just right, and I will help to make it happen.",
        "What you are asked about Use OKRs, once this is fixed.",
        "What is this work mainly for? Change how something performs",
    ):
        assert text in page.text
    assert [e["value"] for e in page.all("input") if e.get("type") == "radio"] == list("012345")
    kim.post("vote", kim.form() | sheet({FIST: "2"}, {FIST: "We cannot measure it."}))
    assert in_vote.site.store.own_votes(in_vote.facilitator.room_id, 1)[-1].choice == "2"
    assert "2 fingers" in kim.page().text
    six = kim.post("vote", kim.form(f"?q={FIST}") | sheet({FIST: "6"}), JSON)
    assert said(six) == "Not saved. Unknown answer 6; allowed: 0, 1, 2, 3, 4, 5."
