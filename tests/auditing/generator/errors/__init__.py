"""The kinds of error: for each, the places in a document where it can be made."""

from tests.auditing.generator.errors import quantities, signs, slips, states
from tests.auditing.generator.errors.kinds import KINDS, Kind, Scene

__all__ = ["KINDS", "Kind", "Scene", "quantities", "signs", "slips", "states"]
