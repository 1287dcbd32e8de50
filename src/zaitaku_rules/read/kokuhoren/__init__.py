"""Files of the 国保連 interface (J11, J41, J61): read as they are, each deviation with its place."""

from zaitaku_rules.read.kokuhoren.deviation import KINDS, Deviation, FileKind, ItemKind, Kind
from zaitaku_rules.read.kokuhoren.exchanges import Exchange, exchanges
from zaitaku_rules.read.kokuhoren.layout import Item, Layout, layouts
from zaitaku_rules.read.kokuhoren.reading import DeviantFile, Mode, Part, Reading, Source, read_kokuhoren
from zaitaku_rules.read.kokuhoren.record import Control, End, Key, Record
from zaitaku_rules.read.kokuhoren.table import Table, table_of
from zaitaku_rules.read.kokuhoren.values import Value

__all__ = [
    "KINDS",
    "Control",
    "DeviantFile",
    "Deviation",
    "End",
    "Exchange",
    "FileKind",
    "Item",
    "ItemKind",
    "Key",
    "Kind",
    "Layout",
    "Mode",
    "Part",
    "Reading",
    "Record",
    "Source",
    "Table",
    "Value",
    "exchanges",
    "layouts",
    "read_kokuhoren",
    "table_of",
]
