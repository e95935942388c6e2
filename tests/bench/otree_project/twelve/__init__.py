"""Twelve questions of our model as an oTree app: three pages of four, and nobody waits for anybody."""

import json
from pathlib import Path

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

# Written by `otree_site.py` beside the settings: the texts of our questions and their options.
QUESTIONS = json.loads(Path("questions.json").read_text(encoding="utf-8"))


def _field(place):
    question = QUESTIONS[place]
    return models.StringField(label=question["text"], choices=question["options"], widget=widgets.RadioSelect)


class C(BaseConstants):
    NAME_IN_URL = "twelve"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    q0 = _field(0)
    q1 = _field(1)
    q2 = _field(2)
    q3 = _field(3)
    q4 = _field(4)
    q5 = _field(5)
    q6 = _field(6)
    q7 = _field(7)
    q8 = _field(8)
    q9 = _field(9)
    q10 = _field(10)
    q11 = _field(11)


class First(Page):
    form_model = "player"
    form_fields = ("q0", "q1", "q2", "q3")
    template_name = "twelve/Four.html"


class Second(Page):
    form_model = "player"
    form_fields = ("q4", "q5", "q6", "q7")
    template_name = "twelve/Four.html"


class Third(Page):
    form_model = "player"
    form_fields = ("q8", "q9", "q10", "q11")
    template_name = "twelve/Four.html"


page_sequence = [First, Second, Third]
