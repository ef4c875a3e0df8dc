"""The documents keep up with the commands: every option is explained, every command line shown can be given."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from polybius.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def command_lines(text: str) -> Iterator[str]:
    """Every `polybius …` call in the shell blocks of a page, without prompt, comment, pipe or redirection."""
    for block in re.findall(r"^```(?:sh|console|bash)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            for part in re.split(r"[|;]|&&", line.split(" #")[0]):
                if match := re.match(r"\s*(?:\$ )?(?:\S*/)?polybius\s+([^<>]+)", part):
                    yield match[1]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert "Examples" in command.help, "a command's help shows how it is called"
    for param in command.params:
        assert param.help, f"{name} {param.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_shown_exist(page: Path) -> None:
    for line in command_lines(page.read_text(encoding="utf8")):
        name, *rest = shlex.split(line)
        if name.startswith("--"):
            continue
        assert name in COMMANDS, f"{page.name} shows `polybius {line}`"
        known = {option for param in COMMANDS[name].params for option in param.opts} | {"--help", "-h"}
        assert {word.split("=")[0] for word in rest if word.startswith("--")} <= known, line


def test_the_readme_shows_every_command() -> None:
    shown = {line.split()[0] for line in command_lines((ROOT / "README.md").read_text(encoding="utf8"))}
    assert set(COMMANDS) <= shown


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_examples_in_help_can_be_given(name: str) -> None:
    lines = re.findall(r"polybius (.+?)(?:\[/cyan\])?$", COMMANDS[name].help, re.MULTILINE)
    assert any(line.startswith(name) for line in lines)
