"""From facts and law to the report."""

from zaitaku_rules.judge.checking import check, due, selected
from zaitaku_rules.judge.judgement import Judgement, breaking, judge_rule
from zaitaku_rules.judge.replay import receipt_of, verify

__all__ = ["Judgement", "breaking", "check", "due", "judge_rule", "receipt_of", "selected", "verify"]
