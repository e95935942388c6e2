"""Shared results as tests open them."""

from __future__ import annotations

from okr_assistant.sharing.portable import portable_payload
from okr_assistant.sharing.record import Record
from tests.web.site import Site, sample_record


def payload(site: Site, record: Record | None = None, *, with_text: bool = False) -> str:
    models = site.services.models
    return portable_payload(models, record or sample_record(models), with_text=with_text)
