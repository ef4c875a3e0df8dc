"""Adds reports with the fake coder, as a process of its own that a test can kill: PATH URL SECONDS WORKERS."""

import sys

from fakes import LoadFake

from polybius.batch import add
from polybius.store import Store

if __name__ == "__main__":
    path, url, seconds, workers = sys.argv[1:]
    with Store.open(url) as store:
        outcome = add([path], store, load=LoadFake(seconds=float(seconds)), workers=int(workers))
    print(outcome.found, outcome.failed)
