"""Lists the lines of the corpus that the shipped model doubts most, to be looked at: python training/doubts.py

A line the model was trained on and still denies is often labelled wrongly (or marks the wrong words). Prints, the
worst first: the likelihood of the label, what the model says instead, file and line, and the text with its marks.
Needs polybius alone, not PyTorch.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import CORPUS, parse
from polybius.relations import Model, Pair


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--below", type=float, default=0.1, help="likelihood of the label (default 0.1)")
    parser.add_argument("--model", type=Path, help="a folder with a model (default: the shipped one)")
    options = parser.parse_args()
    model = Model(options.model) if options.model else Model.load()
    places, examples, marked = [], [], []
    for path in sorted(CORPUS.glob("*.tsv")):
        with path.open(encoding="utf8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
                places.append(f"{path.stem}:{number}")
                examples.append(parse(row, path.stem))
                marked.append(row["text"])
    judged = model.judge([Pair(e.text, e.actor, e.recipient, e.trigger) for e in examples])
    doubts = sorted((j.types[e.type], n) for n, (j, e) in enumerate(zip(judged, examples, strict=True)))
    for likelihood, n in doubts:
        if likelihood >= options.below:
            break
        said = judged[n].type
        print(
            f"{likelihood:.3f}\t{examples[n].type} or {said} ({judged[n].types[said]:.2f})\t{places[n]}\t{marked[n]}"
        )


if __name__ == "__main__":
    main()
