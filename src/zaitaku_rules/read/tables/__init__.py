"""Tables of the contract to cases, whatever file they stand in.

A reader of files makes a `Table` of each table that it finds, its cells as they came (text, or what a
typed file holds), with functions that say where a cell stands. `cases_of_tables` does the rest: it checks
names and columns, reads the cells, joins the tables into a case for each user and month, and tells what
is wrong at the row and column where it stands, so that one bad row costs one case and not the others.
"""

from zaitaku_rules.read.tables.cases import cases_of_tables
from zaitaku_rules.read.tables.headings import unknown_table
from zaitaku_rules.read.tables.table import Spot, Table, TableRow

__all__ = ["Spot", "Table", "TableRow", "cases_of_tables", "unknown_table"]
