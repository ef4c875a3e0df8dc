"""In a report hardly of politics nobody acts who is named by a pronoun alone, unless he bears arms."""

from collections.abc import Callable

from polybius.record import Record

CLUB = (
    "The village choir of Lenham has lost its hall. The roof leaks and the piano is wet. Rain fell for a week. "
    "Conductor Jane Pell was in tears. The hall is a hundred years old. A new one would be dear. "
    "The parish council owns it. {} The choir will sing in the school."
)


def test_a_singer_who_begs_the_council_asks_nothing_of_it_in_public(code: Callable[..., Record]) -> None:
    record = code(CLUB.format('"I begged the council for money and they attacked me," she said.'))
    assert not [e for e in record.events if e.type in {"REQUEST", "ASSAULT"}]


def test_soldiers_stay_soldiers_under_a_pronoun(code: Callable[..., Record]) -> None:
    record = code(CLUB.format("Soldiers came by night. They shot three farmers."))
    assert "ASSAULT" in {e.type for e in record.events}
