"""Many users at once: tables in, findings out, by the same rules (extra `bulk`)."""

from zaitaku_rules.bulk.comparing import compare
from zaitaku_rules.bulk.comparison import Comparison
from zaitaku_rules.bulk.file_sweep import Swept, sweep_to_files
from zaitaku_rules.bulk.sweep import sweep

__all__ = ["Comparison", "Swept", "compare", "sweep", "sweep_to_files"]
