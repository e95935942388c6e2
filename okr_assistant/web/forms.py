"""Forms on our plain pages: reading what was sent, and knowing that our own page sent it, without a cookie.

A form carries a token: an HMAC, with the secret of this installation, over what the form is for, its link and the
hour. Nobody else can make one, and it is worth nothing for another link. Where sending a form twice would do
something twice, the token also has a name, of this one form and no other.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from starlette.requests import Request

from okr_assistant.web.bodies import LargeBodyError, read_body
from okr_assistant.web.hosts import origin_is_allowed

_TYPE = "application/x-www-form-urlencoded"
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of a form."""

    most_bytes: int
    most_fields: int


SMALL = Limits(32 * 1024, 10)
"""For most forms; the longest remark that is allowed has a third of these bytes."""


class FormError(Exception):
    """A form that did not arrive as our page sends it."""


class LargeFormError(FormError):
    """A form of more bytes than are read."""


async def read_form(request: Request, public_url: str | None, limits: Limits = SMALL) -> dict[str, str]:
    """Return the fields, each there once; ``FormError`` for anything that is not a form of our own pages.

    No more than ``limits`` allow is read. Browsers send no origin, or "null", from pages that tell nobody where
    they are, as ours do; what names another origin comes from another site.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    from_us = origin_is_allowed(None if origin == "null" else origin, request.headers.get("host", ""), public_url)
    if not from_us or site in {"cross-site", "same-site"}:
        raise FormError("origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise FormError("type")
    try:
        body = await read_body(request, limits.most_bytes)
    except LargeBodyError as error:
        raise LargeFormError from error
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=limits.most_fields,
        )
    except ValueError as error:
        raise FormError("content") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise FormError("repeated")
    return fields


def form_token(secret: bytes, purpose: str, link: str, now: datetime, name: str = "") -> str:
    """Return the token of a form for this purpose on this link, good for this hour and the next."""
    hour = int(now.timestamp() // _HOUR.total_seconds())
    code = hmac.new(secret, f"{purpose}\n{link}\n{hour}\n{name}".encode(), hashlib.sha256).hexdigest()
    return f"{name}.{code}"


def form_name(token: str, secret: bytes, purpose: str, link: str, now: datetime) -> str | None:
    """Return the name of our own form for this purpose and link, of this hour or the one before; else None."""
    name = token.rpartition(".")[0]
    good = [form_token(secret, purpose, link, then, name) for then in (now, now - _HOUR)]
    return name if any(hmac.compare_digest(token.encode(), known.encode()) for known in good) else None
