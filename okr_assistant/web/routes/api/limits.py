"""How much one client may ask for: a bucket for each, which empties with use and fills up again with time."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from okr_assistant.web.routes.api.problems import RequestError

_MOST_CLIENTS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and as many again in so many seconds."""

    most: int
    seconds: int

    def __str__(self) -> str:
        return f"{self.most} in {self.seconds // 60} minutes" if self.seconds > 60 else f"{self.most} a minute"


@dataclass(frozen=True, slots=True)
class Limits:
    """Sheets that are worked out, other requests counting as one each; and links that are stored."""

    sheets: Rate = Rate(300, 60)
    links: Rate = Rate(30, 3600)


class Buckets:
    """One bucket for each client. ``now`` tells seconds that only ever grow. Any thread may use it.

    Only so many clients are remembered; the one that was not here for longest is forgotten first, and its bucket
    is full when it comes again.
    """

    def __init__(self, rate: Rate, now: Callable[[], float], most_clients: int = _MOST_CLIENTS) -> None:
        self._rate = rate
        self._now = now
        self._most = most_clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, client: str, count: int = 1) -> None:
        """Take so much from the client's bucket; ``RequestError``, and nothing taken, when there is less in it."""
        with self._lock:
            now = self._now()
            speed = self._rate.most / self._rate.seconds
            left, then = self._left.get(client, (float(self._rate.most), now))
            left = min(float(self._rate.most), left + (now - then) * speed)
            enough = left >= count
            self._left[client] = (left - count if enough else left, now)
            self._left.move_to_end(client)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        if not enough:
            wait = math.ceil((count - left) / speed)
            raise RequestError("too_many_requests", 429, place="client", allowed=str(self._rate), retry_after=wait)


def client_of(host: str | None) -> str:
    """Return what stands for a client: its address, or the network of 64 bits that an IPv6 address is in.

    Whoever has one such address has all of that network. An IPv4 address that a socket of IPv6 shows as one of its
    own (``::ffff:192.0.2.1``) is an IPv4 address: all of them are in the same network.
    """
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(address), 64), strict=False))
        address = address.ipv4_mapped
    return str(address)
