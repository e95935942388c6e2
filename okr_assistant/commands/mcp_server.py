"""The server behind `okr-assistant mcp`: the tools over the official library. Nothing else may import it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import anyio
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.types import INVALID_PARAMS, CallToolRequestParams, CallToolResult, ListToolsResult, TextContent
from mcp.types import Tool as Offered

from okr_assistant.commands.mcp_tools import Tool, Tools
from okr_assistant.decision.registry import Models
from okr_assistant.errors import OkrAssistantError
from okr_assistant.export.programs.answers import fault
from okr_assistant.paths import LOCALES, MODELS
from okr_assistant.words import Words, read_words


def serve() -> None:
    """Answer until standard input ends; ``OSError`` when standard output cannot be written."""
    try:
        anyio.run(_serve)
    except* BrokenPipeError:
        pass  # the program has gone, and misses nothing
    except* OSError as group:
        raise _first(group) from group


async def _serve() -> None:
    server = build_server(Models(MODELS), read_words(LOCALES))
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def build_server(models: Models, words: Words) -> Server[Any]:
    """Return the server with all tools, whose errors are those of the command line."""
    tools = {tool.id: tool for tool in Tools(models, words).all()}

    offered = [Offered(name=tool.id, description=tool.about, input_schema=tool.schema) for tool in tools.values()]

    async def listed(_context: Any, _params: Any) -> ListToolsResult:
        return ListToolsResult(tools=offered)

    async def called(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        if params.name not in tools:
            error = OkrAssistantError("not_allowed", place="tool", found=params.name, allowed=tools)
            raise MCPError(INVALID_PARAMS, words.error_line(error))
        # In a thread: a call takes some milliseconds, and others may come meanwhile.
        return await anyio.to_thread.run_sync(partial(_answer, tools[params.name], params.arguments or {}, words))

    return Server("okr-assistant", title="OKR Assistant", on_list_tools=listed, on_call_tool=called)


def _answer(tool: Tool, arguments: dict[str, Any], words: Words) -> CallToolResult:
    """What the tool says; an error of ours is an answer too, from which the program can learn."""
    try:
        found, wrong = tool(arguments), False
        text = found["text"] if list(found) == ["text"] else json.dumps(found, ensure_ascii=False)
    except OkrAssistantError as error:
        found, wrong = fault(error, words), True
        text = words.error_line(error)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=found, is_error=wrong)


def _first(group: BaseExceptionGroup[OSError]) -> OSError:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
