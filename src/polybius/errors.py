"""The family of errors polybius raises: each says what is wrong, where, and what to do about it.

PolybiusError
├── IntakeError      a file or text that cannot become a report
├── SettingsError    a setting, option or data file of the user's that cannot be used
├── RecordError      a record or gold table that does not hold together
└── KnowledgeError   a knowledge or ontology file of the project's own that is malformed
"""


class PolybiusError(Exception):
    """Anything polybius refuses to do. ``str()`` is one line a user can act on."""

    def __init__(self, message: str, remedy: str = "", *, source: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.source = source

    def __str__(self) -> str:
        line = f"{self.source}: {self.message}" if self.source else self.message
        line = f"{line}; {self.remedy}" if self.remedy else line
        return " ".join(line.split())


class IntakeError(PolybiusError):
    """A file or text that cannot become a report."""


class SettingsError(PolybiusError):
    """A setting, option or data file of the user's that cannot be used."""


class RecordError(PolybiusError):
    """A record or gold table that does not hold together."""


class KnowledgeError(PolybiusError):
    """A knowledge or ontology file of the project's own that is malformed."""
