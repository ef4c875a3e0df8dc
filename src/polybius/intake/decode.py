"""Bytes to text: UTF-8 strictly first, then byte order marks, then a guess that must make sense."""

from polybius.errors import IntakeError

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"),
)  # fmt: skip

# What people hand over by mistake, by its first bytes.
_NOT_TEXT = (
    (b"%PDF", "a PDF", "save its text first, with pdftotext say"),
    (b"PK\x03\x04", "a zip archive or an Office document", "unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or end its name in .gz"),
)


def decode(data: bytes) -> str:
    """Give the text of ``data`` with newlines as they are, without a byte order mark.

    Raises IntakeError when the bytes are no text, or in no encoding that can be told.
    """
    _refuse_known_formats(data)
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise IntakeError(f"not {encoding} all through", "save it as UTF-8") from None
    if _looks_binary(text):
        raise IntakeError("not text but binary", "give plain text, HTML, JSON lines or CSV")
    return text.removeprefix("\ufeff")


def encoding_of(data: bytes) -> str:
    """Name the encoding of ``data``, the head of a file or all of it; raises IntakeError when it cannot."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if _is_utf8(data):
        return "utf-8"
    if b"\x00" in data:
        return _utf16_without_mark(data)
    if _mostly_ascii(data) and _decodes(data, "cp1252"):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise IntakeError("in no encoding that could be told", "save it as UTF-8")
    return best.encoding


def _refuse_known_formats(data: bytes) -> None:
    for first, what, remedy in _NOT_TEXT:
        if data.startswith(first):
            raise IntakeError(f"not text but {what}", remedy)


def _is_utf8(data: bytes) -> bool:
    """Say whether ``data`` is UTF-8 without NULs; a character cut off at the very end is forgiven."""
    if b"\x00" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start > 0
    return True


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(data: bytes) -> str:
    """Tell UTF-16 by its NULs: in Latin text nearly every other byte is one."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) > 0.4 * len(data) / 2 and min(even, odd) < 0.02 * len(data):
        return "utf-16-le" if odd > even else "utf-16-be"
    raise IntakeError("not text but binary", "give plain text, HTML, JSON lines or CSV")


def _mostly_ascii(data: bytes) -> bool:
    """English in a one-byte encoding has few high bytes; those are names and quotation marks in Windows-1252.

    Guessing by statistics goes wrong there: a handful of accents fits a dozen encodings equally well.
    """
    return sum(byte > 127 for byte in data) < 0.1 * len(data)


def _looks_binary(text: str) -> bool:
    controls = sum(char < " " and char not in "\t\n\r\f\v" for char in text)
    return controls > 0.01 * len(text)
