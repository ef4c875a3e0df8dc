"""What stands between quotation marks, in the manners of many newsrooms."""

import pytest

from polybius.parse.quotes import quotations

TABLE = [
    ('He said "no way" twice.', ["no way"]),
    ("He said “no way” and ‘yes’.", ["no way", "yes"]),
    ("''We came,'' he said. ''We saw.''", ["We came,", "We saw."]),
    ("``We came,'' he said.", ["We came,"]),
    ("“ It is so ”, he said.", ["It is so"]),
    ("“As Germans print it“, he said.", ["As Germans print it"]),
    ("'The officers' houses burned,' she said.", ["The officers' houses burned,"]),
    ("It's the ministers' choice, isn't it?", []),
    ("In the '90s the officers' wives left.", []),
    ('"One.\n\n"Two," he said.', ["One.", "Two,"]),
    ("‘One.\n\n‘Two,’ he said.", ["One.", "Two,"]),
    ('"Left open. He went.\n\nAnother day.', ["Left open. He went."]),
    ("\"I said 'go' to him,\" he said.", ["I said 'go' to him,"]),
    ("He called it 'theirs' and 'ours'.", ["theirs", "ours"]),
    ('A 6" gun was found.', []),
    ('He left "the house. She said "no" again.', ["no"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "quotes"), TABLE)
def test_finds_what_is_quoted(text: str, quotes: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == quotes
