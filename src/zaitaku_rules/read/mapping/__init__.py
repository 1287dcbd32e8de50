"""Exports of care software through a mapping file: whose columns and words are what in the contract.

`model` says what a mapping file is, `load` and `checks` read it and say what is wrong with it, `sheets` finds
the headings of an export, `records` and `cell_words` turn its records into rows, `exports` gathers tables.
"""

from zaitaku_rules.read.mapping.exports import cases_of_exports

__all__ = ["cases_of_exports"]
