"""Many reports into a store, on one machine or many: the same call, safe to stop and to run again.

outcome = add(["reports/", "feed.xml"], store, workers=2, progress=show)
outcome.added, outcome.already, outcome.failed
"""

from polybius.batch.add import Engine, EngineName, add
from polybius.batch.coding import AnyCoder, Coded, Load, code_batch
from polybius.batch.outcome import Outcome

__all__ = ["add", "Outcome", "Engine", "EngineName", "AnyCoder", "Coded", "Load", "code_batch"]
