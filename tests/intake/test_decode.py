"""Bytes in the encodings that reports come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybius.errors import IntakeError
from polybius.intake.decode import decode

TEXT = "President Nicolás Bravo told “his people” on Monday:\r\nthe señor would return — soon.\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_russian_in_koi8() -> None:
    text = "Президент прибыл в столицу в понедельник и подписал соглашение о поставках газа. " * 4
    assert decode(text.encode("koi8-r")) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")))
def test_utf8_is_kept_as_it_is(text: str) -> None:
    # "%PDF" and its like at the very start are refused, not decoded.
    assert decode(("A" + text).encode()) == "A" + text


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04xx", bytes(range(256)), b"\x00\x01\x02" * 50])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(IntakeError, match="not text but"):
        decode(data)
