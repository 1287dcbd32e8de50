"""From facts and law to the report."""

from zaitaku_rules.judge.checking import check, selected
from zaitaku_rules.judge.judgement import Judgement, breaking, judge_rule

__all__ = ["Judgement", "breaking", "check", "judge_rule", "selected"]
