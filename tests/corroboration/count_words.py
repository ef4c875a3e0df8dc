"""Counts how common words are in the training corpus and writes ``data/words.en.tsv`` of the corroboration room.

Run from the project's folder: ``python tests/corroboration/count_words.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from polybius.corroboration.words import WORD, stem

ROOT = Path(__file__).parents[2]
OUT = ROOT / "src/polybius/corroboration/data/words.en.tsv"
FEWEST = 4  # sentences that must hold a stem for it to be listed


def main() -> None:
    """Count each sentence once; of a contrast set, which repeats one with another verb, the first."""
    counts: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for path in sorted((ROOT / "training/corpus").glob("*.tsv")):
        for line in path.read_text(encoding="utf8").splitlines():
            text = re.sub(r"\{[a-z]\|([^}]*)\}", r"\1", line.split("\t")[-1])
            if line.startswith(("#", "type\t")) or (path.name, text[-40:]) in seen:
                continue
            seen.add((path.name, text[-40:]))
            counts.update({stem(word.group()) for word in WORD.finditer(text)})
    head = (
        f"# How common words are: the share of sentences, among {len(seen)} of the training corpus, that hold\n"
        f"# the stem; those in fewer than {FEWEST} are left out and count as rarest.\n"
        "# Written by tests/corroboration/count_words.py.\n"
    )
    rows = sorted(
        (item for item in counts.items() if item[1] >= FEWEST), key=lambda item: (-item[1], item[0])
    )
    OUT.write_text(
        head + "stem\tshare\n" + "".join(f"{s}\t{c / len(seen):.5f}\n" for s, c in rows), encoding="utf8"
    )


if __name__ == "__main__":
    main()
