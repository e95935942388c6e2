"""Scripts in a process of their own, with the interpreter and the checkout of the tests."""

from __future__ import annotations

import subprocess
import sys

from okr_assistant.paths import ROOT


def start_script(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python code; it is talked to by its standard input and output."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def at_once(code: str, *arguments: tuple[object, ...]) -> list[str]:
    """Run Python code in a process for each of these arguments; return what each printed after "ready".

    The code says "ready" and reads a line, which all are given when the last one is there.
    """
    processes = [start_script(code, *of_one) for of_one in arguments]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return printed


def run_script(code: str, *arguments: object) -> str:
    """Run Python code to its end, which must be a good one; return what it printed."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
