"""The command line as a process of its own: pipes, signals, bytes, and a quick start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
POLYBIUS = [sys.executable, "-c", "from polybius.cli import main; main()"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("POLYBIUS_")}


def test_help_loads_no_room() -> None:
    """spaCy alone takes most of a second; help and completion must not wait for it."""
    heavy = {"spacy", "pydantic_settings", "trafilatura", "numpy"}
    rooms = {f"polybius.{room}" for room in ("coder", "intake", "knowledge", "parse", "record", "scoring")}
    code = f"import sys, polybius.cli.app; print(sorted({heavy | rooms} & set(sys.modules)))"
    call = [sys.executable, "-c", code]
    assert subprocess.run(call, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_same_bytes_whatever_the_hash_seed_and_locale() -> None:
    call = [
        *POLYBIUS,
        "code",
        str(EXAMPLES / "summit.txt"),
        str(EXAMPLES / "protest.html"),
        "--format",
        "jsonl",
    ]
    outputs = {
        subprocess.run(
            call,
            capture_output=True,
            check=True,
            env={**ENVIRONMENT, "PYTHONHASHSEED": seed, "LC_ALL": locale},
        ).stdout
        for seed, locale in (("1", "C.UTF-8"), ("2", "POSIX"))
    }
    assert len(outputs) == 1
    assert "Tomás Quiroga".encode() in outputs.pop()


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_a_closed_pipe_ends_cleanly(form: str) -> None:
    call = [*POLYBIUS, "code", str(EXAMPLES), "--format", form]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT between processes there")
@pytest.mark.parametrize("after", [0.15, 0.6, 4.0])
def test_an_interrupt_ends_cleanly(after: float) -> None:
    call = [*POLYBIUS, "code", "-"]
    with subprocess.Popen(
        call,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        # A shell that runs the tests in the background has its children ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize(("source", "shown"), [("reports.jsonl", True), ("summit.txt", False)])
def test_progress_is_shown_on_a_terminal_for_several_reports(source: str, shown: bool) -> None:
    ours, theirs = os.openpty()
    call = [*POLYBIUS, "code", str(EXAMPLES / source), "--format", "jsonl"]
    environment = {**ENVIRONMENT, "TERM": "xterm"}
    subprocess.run(call, stdout=subprocess.PIPE, stderr=theirs, check=True, env=environment)
    os.close(theirs)
    told = b""
    try:
        while part := os.read(ours, 4096):
            told += part
    except OSError:  # Linux says so where others give an empty end
        pass
    os.close(ours)
    assert (b"5 coded" in told, b"coded" in told) == (shown, shown)


def test_spacy_is_imported_without_its_commands_which_stay_to_be_had() -> None:
    code = """
import sys
from polybius.cli.lean import without_spacys_commands
with without_spacys_commands():
    import polybius.parse
print("spacy.cli" in sys.modules, "requests" in sys.modules)
import spacy.cli
print(spacy.cli.info.__module__)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "False False\nspacy.cli.info\n"
