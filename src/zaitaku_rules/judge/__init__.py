"""From facts and law to the report."""

from zaitaku_rules.judge.checking import check, due, selected
from zaitaku_rules.judge.judgement import Judgement, breaking, judge_rule

__all__ = ["Judgement", "breaking", "check", "due", "judge_rule", "selected"]
