"""How well reports are put together: B-cubed (Bagga and Baldwin 1998) and pairwise F1."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

from polybius.corroboration import Happening
from polybius.record import Record

Labelled = list[tuple[str, Record]]
"""Records with the happening that each report is mainly about."""

Groups = Mapping[str, Hashable]


def main_happenings(found: Sequence[Happening], reports: Sequence[str]) -> dict[str, str]:
    """The happening each report is mainly about, told from nothing but the listed happenings.

    That of its main claims; of a report without any, itself.
    """
    homes = {claim.report: happening.id for happening in found for claim in happening.claims if claim.main}
    return {report: homes.get(report, report) for report in reports}


def largest_happenings(found: Sequence[Happening], reports: Sequence[str]) -> dict[str, str]:
    """The same as a reader would who knows nothing of main claims: the happening most reports tell of, the first
    listed of equals."""
    homes: dict[str, str] = {}
    for happening in sorted(found, key=lambda h: -h.reports):
        for claim in happening.claims:
            homes.setdefault(claim.report, happening.id)
    return {report: homes.get(report, report) for report in reports}


def b_cubed(found: Groups, gold: Groups) -> float:
    """B-cubed F1 over the reports of the gold table."""

    def mates(groups: Groups, report: str) -> set[str]:
        return {other for other in gold if groups[other] == groups[report]}

    shared = {report: len(mates(found, report) & mates(gold, report)) for report in gold}
    precision = sum(shared[r] / len(mates(found, r)) for r in gold) / len(gold)
    recall = sum(shared[r] / len(mates(gold, r)) for r in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def pairwise(found: Groups, gold: Groups) -> float:
    """F1 over all pairs of reports that are, or are said to be, of one happening."""
    both = {pair for pair in combinations(sorted(gold), 2) if found[pair[0]] == found[pair[1]]}
    true = {pair for pair in combinations(sorted(gold), 2) if gold[pair[0]] == gold[pair[1]]}
    right = len(both & true)
    return 2 * right / (len(both) + len(true)) if right else 0.0
