"""Under which names this server answers, and at which addresses people find it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from okr_assistant.words import Words

LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - recognised, not bound here


def host_is_allowed(header: str, names: Collection[str]) -> bool:
    """Is ``header``, a Host header, one of ``names``, under ``.localhost``, or a bare IP address?

    Nobody can point the name of another site at us when there is no name, so addresses are always fine; the
    machine's own on the local network, and a container's, need no list.
    """
    name = _name(header)
    return name in names or name.endswith(".localhost") or name == "localhost" or _is_address(name)


def origin_is_allowed(origin: str | None, host_header: str, public_url: str | None) -> bool:
    """May a page of ``origin``, an Origin header, open a websocket to us?

    Pages of this server may, seen directly or through the public address, and programs that send no origin.
    """
    if origin is None or urlsplit(origin).netloc.lower() == host_header.lower() != "":
        return True
    return public_url is not None and origin.lower() == public_url.lower()


def own_names(host: str, public_url: str | None) -> frozenset[str]:
    """The names of this machine, of the address listened on and of the public address."""
    machine = socket.gethostname().lower()
    names = {machine, f"{machine}.local", host.lower()}
    if public_url:
        names.add(urlsplit(public_url).hostname or "")
    return frozenset(names - {""})


def address_lines(host: str, port: int, public_url: str | None, words: Words) -> list[str]:
    """What is said at start: where the app is, for this machine, the local network and the public."""
    lines = [words("serve.here", url=_url("localhost" if _is_local(host) else host, port))]
    if host in EVERY_ADDRESS and (address := lan_address()):
        lines.append(words("serve.local_network", url=_url(address, port)))
    if public_url:
        lines.append(words("serve.public", url=public_url))
    return lines


def lan_address() -> str | None:
    """This machine's address towards the outside, or None without a network. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # "Connecting" a UDP socket only chooses the way; the address is one kept for documentation.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith("127.") else found


def _is_local(host: str) -> bool:
    return host in LOOPBACK or host in EVERY_ADDRESS


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _name(header: str) -> str:
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return ""
    bare = not (parts.path or parts.query or parts.fragment or "@" in header)
    return (parts.hostname or "").rstrip(".") if bare else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
