"""Where things are, how large they are, and what the code must not do. Import arrows are held by lint-imports."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from jinja2 import StrictUndefined

from okr_assistant.paths import PAGES, ROOT, TEMPLATES
from okr_assistant.web import plain_pages

PACKAGE = ROOT / "okr_assistant"
PAGE_FILES = sorted(PAGES.glob("*.py"))
PACKAGE_FILES = sorted(PACKAGE.rglob("*.py"))
APP_FILES = [ROOT / "app.py", *PAGE_FILES, *PACKAGE_FILES]

PAGE_LINES = 60
FILE_LINES = 250
FUNCTION_LINES = 40

LONG: dict[str, int] = {}
"""Files and functions ("file::function") beyond the limit, with their lines. It may only shrink."""

TEST_FILE_LINES = 350
TEST_FUNCTION_LINES = 50
"""Of tests, which are read one at a time: a journey through the app is long, a file has one subject."""

LONG_IN_TESTS = {
    "tests/browser/test_main_job.py::test_from_start_to_result": 55,
    "tests/browser/test_participant.py": 408,
    "tests/decision/random_models.py::random_model": 54,
}
"""What is longer, with its lines. Nothing is added, and what is mended is taken out."""

MAY_OPEN_FILES = {"loader.py", "registry.py"}
"""Of ``decision/``."""


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def read(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(tree: ast.AST) -> set[str]:
    """The modules a file imports, or imports from."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module or ''}")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


class Names:
    """The names in a file, each in full, whatever it was imported as: ``datetime.datetime.now``."""

    def __init__(self, tree: ast.AST) -> None:
        self._tree = tree
        self._meaning: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                self._meaning |= {alias.asname: alias.name for alias in node.names if alias.asname}
            elif isinstance(node, ast.ImportFrom):
                self._meaning |= {
                    alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names
                }

    def full(self, node: ast.AST) -> str:
        """The full name of a name or of a chain such as ``a.b.c``; nothing for other code."""
        if isinstance(node, ast.Name):
            return self._meaning.get(node.id, node.id)
        if isinstance(node, ast.Attribute) and (start := self.full(node.value)):
            return f"{start}.{node.attr}"
        return ""

    @property
    def used(self) -> set[str]:
        """Every name and chain that is used."""
        return {self.full(node) for node in ast.walk(self._tree)}

    def called(self, *, with_arguments: bool) -> set[str]:
        """Every name that is called with, or without, arguments."""
        calls = [node for node in ast.walk(self._tree) if isinstance(node, ast.Call)]
        return {self.full(call.func) for call in calls if bool(call.args or call.keywords) == with_arguments}


CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}


def forbidden(
    tree: ast.AST, *, in_decision: bool = False, may_show_text: bool = False, may_tell_time: bool = False
) -> set[str]:
    """What no file of the package does, and what only some files do."""
    names = Names(tree)
    found = names.used & {*CLOCKS, "print", "streamlit.write"}
    found |= {name for name in names.used if name.startswith("random.") and not name.startswith("random.Random")}
    found |= names.called(with_arguments=False) & {"random.Random"}
    if may_tell_time:
        found -= CLOCKS
    if not may_show_text:
        found |= names.used & {"streamlit.text"}
    found |= names.used & {"markupsafe.Markup", "jinja2.utils.markupsafe.Markup"}
    if in_decision:
        found |= names.called(with_arguments=True) & {"open"}
        found |= modules(tree) & {"glob", "io", "os", "os.path", "pathlib", "shutil", "tempfile"}
    keywords = {str(node.arg) for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    return found | keywords & {"unsafe_allow_html"}


BAD_CODE = {
    "import datetime\nx = datetime.datetime.now()": "datetime.datetime.now",
    "from datetime import datetime as d\nx = d.now(tz)": "datetime.datetime.now",
    "from datetime import date\nx = date.today()": "datetime.date.today",
    "import time as t\nx = t.time()": "time.time",
    "from time import time\nx = time()": "time.time",
    "import random\nx = random.choice([1])": "random.choice",
    "from random import shuffle\nshuffle([1])": "random.shuffle",
    "import random\nx = random.Random()": "random.Random",
    "print(1)": "print",
    "import streamlit as st\nst.write(x)": "streamlit.write",
    "import streamlit as st\nst.text(x)": "streamlit.text",
    "import streamlit as st\nst.markdown(x, unsafe_allow_html=True)": "unsafe_allow_html",
    "from markupsafe import Markup\nx = Markup(y)": "markupsafe.Markup",
    "x = open('file')": "open",
    "from pathlib import Path": "pathlib",
    "import os.path": "os.path",
}


@pytest.mark.parametrize("code", BAD_CODE)
def test_the_search_finds_what_it_looks_for(code: str) -> None:
    assert forbidden(ast.parse(code), in_decision=True) == {BAD_CODE[code]}


def test_the_search_lets_a_seed_pass() -> None:
    good = "import random\nimport time\ndice = random.Random(1)\ny = dice.random()\nz = time.monotonic()"
    assert forbidden(ast.parse(good), in_decision=True) == set()


@pytest.mark.parametrize("file", APP_FILES, ids=name_of)
def test_no_clock_no_chance_no_print_no_html(file: Path) -> None:
    in_decision = file.parent.name == "decision" and file.name not in MAY_OPEN_FILES
    may_show_text = name_of(file) == "okr_assistant/web/text.py"
    may_tell_time = name_of(file) == "okr_assistant/clock.py"
    found = forbidden(
        read(file), in_decision=in_decision, may_show_text=may_show_text, may_tell_time=may_tell_time
    )
    assert found == set()


def test_the_places_of_files_of_text_and_of_time_are_still_used() -> None:
    """Otherwise the exceptions above stand for nothing."""
    for name in MAY_OPEN_FILES:
        assert "pathlib" in modules(read(PACKAGE / "decision" / name)), name
    assert "streamlit.text" in Names(read(PACKAGE / "web" / "text.py")).used
    assert Names(read(PACKAGE / "clock.py")).used & CLOCKS


UNSAFE_IN_TEMPLATES = re.compile(
    r"\|\s*(safe|tojson|xmlattr|urlize)\b|autoescape|Markup|<script|javascript:|\bon[a-z]+=|\bstyle=",
    re.IGNORECASE,
)
"""Text that would not be escaped, scripts, and styles that the policy of the plain pages refuses."""


OUR_SCRIPTS = {"script.html": '<script src="{{ script }}" defer></script>'}
"""The one script of each page that includes it: a file of ours, which the policy of that page lets run."""


def test_the_search_in_templates_finds_what_it_looks_for() -> None:
    for bad in ("{{ x|safe }}", "{{ x | safe }}", "{% autoescape false %}", "<a onclick=x>", "<p style='x'>"):
        assert UNSAFE_IN_TEMPLATES.search(bad)


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.html")), ids=name_of)
def test_a_template_shows_text_as_text(file: Path) -> None:
    """Besides web/text.py, templates are where text that people typed is shown; autoescape is on for all."""
    text = file.read_text(encoding="utf-8")
    if file.name in OUR_SCRIPTS:
        assert OUR_SCRIPTS[file.name] in text
        text = text.replace(OUR_SCRIPTS[file.name], "")
    assert UNSAFE_IN_TEMPLATES.search(text) is None
    assert re.findall(r"\s[\w-]+=\{\{", text) == [], "an attribute without quotes"


def test_templates_are_escaped_and_know_all_their_values() -> None:
    environment = plain_pages._environment()
    assert environment.autoescape is True
    assert environment.undefined is StrictUndefined
    users = [file.name for file in PACKAGE_FILES if "jinja2" in modules(read(file))]
    assert users == ["plain_pages.py"]


@pytest.mark.parametrize("file", PAGE_FILES, ids=name_of)
def test_a_page_is_short_and_only_draws(file: Path) -> None:
    tree = read(file)
    assert len(file.read_text(encoding="utf-8").splitlines()) <= PAGE_LINES
    defined = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    assert [node.name for node in defined] == []
    ours = {module for module in modules(tree) if module.startswith(("okr_assistant", "."))} - {"okr_assistant"}
    allowed = re.compile(r"okr_assistant\.(web|views|charts|decision)(\..+)?")
    assert [module for module in ours if not allowed.fullmatch(module)] == []


@pytest.mark.parametrize("file", PAGE_FILES, ids=name_of)
def test_an_f_string_on_a_page_holds_escaped_text_only(file: Path) -> None:
    for string in (node for node in ast.walk(read(file)) if isinstance(node, ast.JoinedStr)):
        for part in string.values:
            if isinstance(part, ast.FormattedValue):
                assert isinstance(part.value, ast.Call), ast.unparse(string)
                assert ast.unparse(part.value.func) in {"md", "cite"}, ast.unparse(string)


def longer(files: Iterable[Path], file_lines: int, function_lines: int) -> dict[str, int]:
    """The lines of every file and function that has more than these."""
    found = {}
    for file in files:
        found[name_of(file)] = (len(file.read_text(encoding="utf-8").splitlines()), file_lines)
        for node in ast.walk(read(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno
                found[f"{name_of(file)}::{node.name}"] = (node.end_lineno - node.lineno + 1, function_lines)
    return {name: lines for name, (lines, limit) in found.items() if lines > limit}


def test_files_and_functions_stay_small() -> None:
    """A ratchet: nothing new may be long, and an exception is lowered or removed as soon as it can be."""
    assert longer(PACKAGE_FILES, FILE_LINES, FUNCTION_LINES) == LONG


def test_tests_do_not_grow_beyond_what_one_can_read() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    assert longer(tests, TEST_FILE_LINES, TEST_FUNCTION_LINES) == LONG_IN_TESTS


@pytest.mark.parametrize("file", sorted((PACKAGE / "web").glob("*.js")), ids=name_of)
def test_scripts_stay_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_the_import_contracts_are_there_and_run_in_make_check() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]} >= {
        "Arrows point one way: web, export, charts, views, store, sharing, decision, errors",
        "The decision is pure: standard library and pydantic",
        "Streamlit and HTTP stay in web",
        "Altair and pandas stay in charts, pictures and web",
        "SQL stays in the store",
        "Web reaches the store through Services only",
    }
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = re.search(r"^check:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    assert check
    assert "lint-imports" in check[1]
    assert "\nmake check\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


ADDRESSES = re.compile(r"pypi[.]org|files[.]pythonhosted|(?<![\w.}>])/(?:work|root|opt)/")
"""Of package registries, and paths of somebody's machine."""


def our_files() -> Iterator[Path]:
    """Every file of the checkout but those that .gitignore names; it works without git as well."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    assert not [pattern for pattern in ignored if "/" in pattern or pattern[0] in "!#"], "plain names only"
    ignored.append(".git")
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignored)]
        for name in files:
            if not any(fnmatch(name, pattern) for pattern in ignored):
                yield Path(folder) / name


def test_the_search_for_addresses_finds_them() -> None:
    for host in ("pypi", "test.pypi"):
        assert ADDRESSES.search(f"https://{host}.org/simple")
    for folder in ("work", "root", "opt"):
        assert ADDRESSES.search(f"cd /{folder}/main")
        assert ADDRESSES.search(f'"/{folder}/main"')
        assert not ADDRESSES.search(f"tests/{folder}/main")


def test_no_file_has_an_address_of_a_registry_or_a_path_of_one_machine() -> None:
    files = list(our_files())
    assert {"README.md", "pyproject.toml", "okr_assistant/cli.py", "tests/test_architecture.py"} <= set(
        map(name_of, files)
    )
    for file in files:
        content = file.read_bytes()
        if b"\0" not in content:  # text
            found = ADDRESSES.search(content.decode("utf-8"))
            assert found is None, f"{name_of(file)}: {found}"


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.lock")), ids=name_of)
def test_lock_files_have_no_addresses_at_all(file: Path) -> None:
    assert not re.search(r"https?:", file.read_text(encoding="utf-8"))


def test_the_decision_imports_nothing_that_reads_a_clock_a_file_or_a_network() -> None:
    """The import contract names packages; this names every module, so that a new one is a choice."""
    allowed = {
        "__future__", "collections", "collections.abc", "contextlib", "dataclasses", "functools", "hashlib",
        "itertools",
        "json", "math", "pathlib", "re", "string", "tomllib", "typing", "pydantic", "numpy", "numpy.typing",
    }  # fmt: skip
    ours = ("okr_assistant.decision", "okr_assistant.errors", "okr_assistant.free_text")
    for file in sorted((ROOT / "okr_assistant" / "decision").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            strange = [name for name in names if name not in allowed and not name.startswith(ours)]
            assert strange == [], file.name
