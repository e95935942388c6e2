"""Should this piece of work have OKRs, and if not, what should it have instead?

>>> from okr_assistant import AnswerSheet, assess, load_model
>>> assess(load_model(), AnswerSheet({"work_kind": "sustain"})).approach
'health_metrics'
"""

from okr_assistant.decision.assess import assess
from okr_assistant.decision.model import Model
from okr_assistant.decision.recommendation import Recommendation
from okr_assistant.decision.registry import Models
from okr_assistant.decision.sheet import AnswerSheet, read_sheet
from okr_assistant.errors import OkrAssistantError
from okr_assistant.paths import MODELS

__all__ = [
    "AnswerSheet",
    "Model",
    "Models",
    "OkrAssistantError",
    "Recommendation",
    "assess",
    "load_model",
    "read_sheet",
]


def load_model(version: str | None = None) -> Model:
    """Return the released model of this version, or the newest; ``UnknownModelError`` names those there are."""
    models = Models(MODELS)
    return models.newest if version is None else models.get(version)
