"""Whose words they are where the parser hangs a phrase or a verb on the wrong one."""

from collections.abc import Callable

import pytest

from polybius.record import Record


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "The daily Reforma quoted President Andres Manuel Lopez Obrador as saying that the border was calm.",
            "the border was calm",
            "Andrés Manuel López Obrador",
        ),
        (
            "Amnesty International accused Chadian soldiers of burning huts.",
            "burning huts",
            "Amnesty International",
        ),
        (
            "Chancellor Olaf Scholz said the law was wrong and urged Hungary to drop it.",
            "the law was wrong",
            "Olaf Scholz",
        ),
        (
            "Chancellor Olaf Scholz said the law was wrong and urged Hungary to drop it.",
            "to drop it",
            "Olaf Scholz",
        ),
    ],
)
def test_who_says_it(code: Callable[..., Record], text: str, content: str, speaker: str) -> None:
    record = code(text)
    names = {actor.id: actor.name for actor in record.actors}
    said = [(record.words(s.span).rstrip("."), names.get(s.speaker or "")) for s in record.statements]
    assert (content, speaker) in said
