"""Writes docs/settings.md from the settings' own descriptions: python tools/settings_page.py"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args, get_origin

from polybius.settings import FILE, PREFIX, Settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

HEAD = f"""\
# Settings

Written by `tools/settings_page.py` from `src/polybius/settings.py`; change it there.

A setting is given on the command line, in the environment as `{PREFIX}…`, or in `{FILE}` in the working
folder. The command line wins over the environment, the environment over the file. An unknown key or a value
that cannot be used stops polybius with a line that names the file or variable.

```toml
# {FILE}
format = "jsonl"
min_confidence = 0.5
```

| setting | environment | default | what it does |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, as it should stand in docs/."""
    rows = []
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        values = " (one of " + ", ".join(get_args(kind)) + ")" if get_origin(kind) is Literal else ""
        rows.append(
            f"| `{name}` | `{PREFIX}{name.upper()}` | `{field.default}` | {field.description}{values} |\n"
        )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
