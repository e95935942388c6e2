"""What a sentence holds: amounts and names, baselines and targets, dates, verbs."""

from __future__ import annotations

import pytest

from okr_assistant.drafting.reading import Reading


def listed(text: str) -> list[str]:
    return " ".join(text.split()).split("; ")


NAMES = """
Support iOS 17
Pass the SOC 2 audit
Get ISO 27001
Offer 24/7 support
Launch v2.0
Release version 3.1 of the SDK
A B2B shop
Explore Web3
Section 508 report
Integrate GPT-4
Fix P1 bugs
Improve p95 latency
A 5G network
Log in with OAuth2
Finish phase 2
Tier 1 support
Call on the Fortune 500
One-click checkout
Upgrade to Windows 11
Plan for COVID-19
Maths in Year 9
The 30-day readmission rate
Retention in week 4
Move to S3 and EC2
Stream 4K video
Classes for under-18s
Courses for children aged 5 to 11
Care for patients over 75
Upgrade to Java 21
Migrate to HTTP/2 and TLS 1.3
Meet WCAG 2.2
Be in the top 10
Become the #1 choice
Ward 7
Win Series B investors
Introduce 5S on the floor
Our strategy for the 2030 agenda
Infections per 1,000 bed days
Years 5 and 6
A Boeing 737 crew
Zero trust
The Big Four as customers
""".strip().splitlines()

AMOUNTS = {
    "Reach 45%": "45%",
    "Reach 45 %": "45 %",
    "Reach 20 percent": "20 percent",
    "Reach 20 per cent": "20 per cent",
    "Grow by +20%": "20%",
    "Get 3x more users": "3x",
    "Reach $1.2M": "$1.2M",
    "Save €500k": "€500k",
    "Save 500k€": "500k€",
    "Save CHF 3.4m": "3.4m",
    "Reach ₹12 crore": "₹12 crore",
    "Reach 1.2 million users": "1.2 million",
    "Reach 1,200 teams": "1,200",
    "Reach 5 000 members": "5 000",
    "A score of 4.6": "4.6",
    "Answer in 250ms": "250ms",
    "Open five shops": "five",
    "A third of users": "A third",
    "Cut waste in half": "in half",
    "Double sales": "Double",
    "1 in 5 users": "1 in 5",
    "Eight out of ten patients": "Eight out of ten",
    "Bring defects to zero": "zero",
    "NPS 50": "50",
    "A 10-point rise": "10-point",
    "Guarantee a 24-hour response time": "24-hour",
    "Release 3 features": "3",
    "“Reach 45% of users”": "45%",
}

MEASURES = {
    "Churn from 5% to 3%": ("5%", "3%"),
    "Churn form 5% to 3%": ("5%", "3%"),
    "Churn 5% -> 3%": ("5%", "3%"),
    "Churn 5 % → 3 %": ("5 %", "3 %"),
    "Increase NPS 30 to 50": ("30", "50"),
    "Close in 4 days instead of 9": ("9", "4"),
    "Reach 60% (currently 35%)": ("35%", "60%"),
    "Reach 60% (today: 35%)": ("35%", "60%"),
    "On time now at 83%; 95% by May": ("83%", "95%"),
    "Sick days: 11 last year, 5 this year": ("11", "5"),
    "Time to hire from 3 h 40 min to 2 h": ("3", "2"),
    "Delivery from 5-7 days to 2-3 days": ("5", "2"),
    "From $1,200 to $900 a month": ("$1,200", "$900"),
    "Revenue 1.200.000 € -> 1.800.000 €": ("1.200.000 €", "1.800.000 €"),
}

DATED = listed(
    """
    by 30 September 2027; by 31.12.2027; by 2027-03-31; by March 31; by Q3; in Q2/27; in H1; in FY27;
    by EOY; by year-end; by the end of the quarter; this quarter; next year; by the end of June;
    by mid-November; by June; in May; end of March; by Easter; by Black Friday;
    before the summer holidays; by the start of the season; by week 40; within 6 weeks;
    within the next 90 days; in the second half of the year; by autumn 2027; by Friday;
    by World Water Day; in 2027; by the AGM; 1st July; no later than 3 May; by the 15th; due: 3 May;
    over the next six months; (Q4); by 30/11
    """
)

NOT_DATED = listed(
    """
    within 24 hours; in 2 minutes; per month; monthly; a day; every quarter; year over year;
    compared to last year; than in 2024; since January 2024; after 6 months; in under 5 minutes;
    answered within 2 days; a second opinion; within two weeks of going live; for the spring campaign;
    a quarter of users; next year's platform; for the long march
    """
)


def amounts(text: str) -> list[str]:
    reading = Reading(text)
    return [text[amount.start : amount.end] for amount in reading.measure.amounts]


@pytest.mark.parametrize("text", NAMES)
def test_numbers_that_name_something_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize("text", AMOUNTS)
def test_numbers_that_say_how_much_are_amounts(text: str) -> None:
    assert amounts(text) == [AMOUNTS[text]]


@pytest.mark.parametrize("text", MEASURES)
def test_a_baseline_is_told_from_its_target(text: str) -> None:
    measure = Reading(text).measure
    first = (measure.baselines[0], measure.targets[0])
    assert tuple(text[amount.start : amount.end] for amount in first) == MEASURES[text]


def test_a_range_to_reach_is_no_baseline() -> None:
    for text in ("Answer within 2 to 3 days", "Deliver in 5-7 days", "Between 15 and 20 partners"):
        assert Reading(text).measure.baselines == (), text


@pytest.mark.parametrize("when", DATED)
def test_days_and_periods_are_deadlines(when: str) -> None:
    assert any(date.ahead for date in Reading(f"Cut churn from 5% to 3% {when}").dates)


@pytest.mark.parametrize("when", NOT_DATED)
def test_promises_rates_and_comparisons_are_no_deadlines(when: str) -> None:
    assert not any(date.ahead for date in Reading(f"Cut churn in all shops {when}").dates)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Launch the app", "launch"),
        ("LAUNCH THE APP", "launch"),
        ("We will launch the app", "launch"),
        ("Our team will successfully launch the app", "launch"),
        ("KR 2: Launch the app", "launch"),
        ("1. Launch the app", "launch"),
        ("🚀 Launch the app", "launch"),
        ("[KR3] – Launch the app", "launch"),
        ("Launching the app", "launch"),
        ("Lauch the app", "launch"),
        ("Redcue churn", "reduce"),
        ("Incraese churn", "increase"),
        ("Roll the app out", "roll out"),
        ("Test coverage of 80%", None),
        ("Support tickets per team", None),
        ("Planning permission granted", None),
        ("Engaged employees", None),
        ("Calls answered within a minute", None),
        ("“Launch” the app", "launch"),
        ("Waterproof the cellar", "waterproof"),
        ("ISO 14001 certification", None),
        ("Project delays from 9 to 3 weeks", None),
        ("Lunch breaks from 20 to 30 minutes", None),
    ],
)
def test_the_verb_in_front_is_found_whatever_stands_around_it(text: str, base: str | None) -> None:
    head = Reading(text).head
    assert (head.verb.base if head else None) == base


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    text = "🚀 KR1: “Raise” NPS – from 30 to 50"
    reading = Reading(text)
    for token in reading.tokens:
        assert len(text[token.start : token.end]) == token.end - token.start
    assert amounts(text) == ["30", "50"]
    assert reading.opening() == "“Raise” NPS – from 30 to 50"
