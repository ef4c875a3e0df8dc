"""Room 1: anything becomes a Report.

for taken in read("reports/", published=None):        # a file, a folder, bytes, "-"
    if isinstance(taken, Failure): ...                 # one clear line: str(taken.error)
    else: ...                                          # a Report; its offsets never move again

from_text(text, published="2019-09-26")    # one text in hand; raises IntakeError
"""

from polybius.intake.pages import from_html
from polybius.intake.plain import from_text
from polybius.intake.raw import Raw
from polybius.intake.readers import (
    READERS,
    Reader,
    files_in,
    read,
    read_bytes,
    read_file,
    read_folder,
    read_stdin,
    register,
)
from polybius.intake.report import MAX_BYTES, Failure, FieldNames, Report, Span, Taken

__all__ = [
    "Report", "Failure", "FieldNames", "Span", "Taken", "MAX_BYTES",
    "from_text", "from_html", "read", "read_file", "read_folder", "files_in", "read_bytes", "read_stdin",
    "Raw", "Reader", "READERS", "register",
]  # fmt: skip
