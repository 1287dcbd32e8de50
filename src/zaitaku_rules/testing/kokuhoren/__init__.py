"""Billing files for tests: a month of an office in few words, written as 国保連 files J11 and J61."""

from zaitaku_rules.testing.kokuhoren.big import big_claims, big_records
from zaitaku_rules.testing.kokuhoren.claims import claims_file
from zaitaku_rules.testing.kokuhoren.dice import random_month, random_office
from zaitaku_rules.testing.kokuhoren.month import Day, OfficeMonth, Person
from zaitaku_rules.testing.kokuhoren.near_misses import all_near_misses
from zaitaku_rules.testing.kokuhoren.pair import NearMiss, Pair, plain_month
from zaitaku_rules.testing.kokuhoren.rows import BillingFile, Row
from zaitaku_rules.testing.kokuhoren.sheets import records_file

__all__ = [
    "BillingFile",
    "Day",
    "NearMiss",
    "OfficeMonth",
    "Pair",
    "Person",
    "Row",
    "all_near_misses",
    "big_claims",
    "big_records",
    "claims_file",
    "plain_month",
    "random_month",
    "random_office",
    "records_file",
]
