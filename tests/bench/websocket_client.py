"""One browser tab without the browser: Streamlit's websocket protocol, as streamlit 1.67 speaks it.

The messages are Streamlit's internals (``BackMsg`` and ``ForwardMsg``), so this file is what a new version of
Streamlit may break; it then fails loudly. Like the browser it sends the value of every input it has been shown,
takes over an address the server writes, and knows a run to be over by ``script_finished``. Fragments that ask to
be run every few seconds are run while it is told to ``watch``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Radio_pb2 import Radio
from websockets.asyncio.client import ClientConnection, connect

_TIMEOUT = 60.0

Tree: TypeAlias = list[tuple[tuple[int, ...], str]]
"""What a run puts on the page, in the order of arrival: each delta as its place and what stands there."""


@dataclass
class Run:
    """What one run of the script sent, and how long it took from our request to its last message.

    ``whole`` says that the whole page was run, and not one fragment of it.
    """

    seconds: float = 0.0
    messages: int = 0
    delta_bytes: int = 0
    tree: Tree = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    deltas: bytearray = field(default_factory=bytearray)
    whole: bool = False

    def says(self, text: str) -> bool:
        """Tell whether anything that was sent has this text in one piece."""
        return text.encode() in self.deltas


class Tab:
    """One session; ``open_tab`` makes one."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self._socket = socket
        self._page = page
        self._page_hash = ""
        self.query = query
        self.radios: dict[str, Radio] = {}
        self._values: dict[str, str] = {}
        self._timers: dict[str, float] = {}
        """The fragments that asked to be run again and again, and after how many seconds."""

    async def load(self) -> Run:
        """Run the script for the first time, as the browser does on arrival."""
        return await self._run(page_name=self._page)

    async def choose(self, key: str, place: int) -> Run:
        """Choose this option of the radio with this key, and wait for the run that follows."""
        radio = self.radios[key]
        self._values[radio.id] = radio.options[place]
        return await self._run()

    async def watch(self, until: Callable[[Run], bool]) -> Run:
        """Do nothing but obey the fragments' timers, until a run is as wanted; return that run."""
        due: dict[str, float] = {}
        while True:
            now = time.perf_counter()
            due = {fragment: due.get(fragment, now + every) for fragment, every in self._timers.items()}
            assert due, "no fragment asks to be run again"
            fragment = min(due, key=due.__getitem__)
            await asyncio.sleep(due.pop(fragment) - now)
            run = await self._run(fragment=fragment)
            assert not run.errors, run.errors
            if until(run):
                return run

    async def _run(self, page_name: str = "", fragment: str = "") -> Run:
        request = self._request(page_name, fragment).SerializeToString()
        run = Run()
        start = time.perf_counter()
        await self._socket.send(request)
        async with asyncio.timeout(_TIMEOUT):
            while not self._take(await self._socket.recv(decode=False), run):
                pass
        run.seconds = time.perf_counter() - start
        return run

    def _request(self, page_name: str, fragment: str) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._page_hash
        state.page_name = page_name
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment)
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en-US"
        state.context_info.color_scheme = "light"
        for widget, value in self._values.items():
            state.widget_states.widgets.add(id=widget, string_value=value)
        return message

    def _take(self, data: bytes, run: Run) -> bool:
        """Note what the message says; True when it ends the run."""
        message = ForwardMsg.FromString(data)
        run.messages += 1
        match message.WhichOneof("type"):
            case "new_session" if not message.metadata.run.fragment_ids:
                run.whole = True
                self._timers.clear()
            case "auto_rerun":
                self._timers[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._timers.pop(fragment, None)
            case "delta":
                run.delta_bytes += len(data)
                run.deltas += data
                run.tree.append((tuple(message.metadata.delta_path), self._delta(message, run)))
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "ref_hash":
                raise AssertionError("the server relies on a cache that this client does not have")
            case "script_finished":
                # A run that was interrupted is followed by another one, which answers our request.
                return bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        return False

    def _delta(self, message: ForwardMsg, run: Run) -> str:
        """Return what the delta puts on the page, and remember inputs with their values."""
        if message.delta.WhichOneof("type") != "new_element":
            block = message.delta.add_block
            return f"{message.delta.WhichOneof('type')} {block.WhichOneof('type')}"
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            run.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "radio":
            self._radio(element.radio)
        elif kind == "text_input":
            text = element.text_input
            self._values.setdefault(text.id, text.value if text.set_value else text.default)
        return str(kind)

    def _radio(self, radio: Radio) -> None:
        self.radios[_user_key(radio.id)] = radio
        if radio.set_value:
            # Set by the script: to an option, or (without `raw_value`) to none of them.
            self._values.pop(radio.id, None)
            if radio.HasField("raw_value"):
                self._values[radio.id] = radio.raw_value
        elif radio.HasField("default"):
            self._values.setdefault(radio.id, radio.options[radio.default])


@asynccontextmanager
async def open_tab(port: int, page: str, query: str, cookie: str = "") -> AsyncIterator[Tab]:
    """Open the page at this address on 127.0.0.1, as a browser with this cookie; nothing has run yet."""
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit", "no-token"],  # type: ignore[list-item]  # the second is where Streamlit wants XSRF's
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else None,
        compression=None,
        max_size=None,
        ping_interval=None,
    ) as socket:
        yield Tab(socket, page, query)


def _user_key(widget_id: str) -> str:
    """``$$ID-<hash>-<key>``, where the hash has no hyphen."""
    return widget_id.split("-", 2)[2]
