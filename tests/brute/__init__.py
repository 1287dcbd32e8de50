"""A plain brute-force reading of the contract, to be compared with the engine."""

from .judge import judge
from .months import random_call, random_document

__all__ = ["judge", "random_call", "random_document"]
