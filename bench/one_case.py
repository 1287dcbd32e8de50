"""One case: what it costs to import the library, and to judge the records of one user in one month."""

from __future__ import annotations

import sys

from months import broken_month, text_of, typical_texts
from plain_models import PlainCase
from timing import alternating, alternating_imports, line, machine
from zen_rules import CODES, decision

from zaitaku_rules import Case, Report, check

judged_by_zen = decision()


def judge(text: str) -> Report:
    """Return the report of a JSON text, by all rules."""
    return check(Case.model_validate_json(text))


def judge_four(text: str) -> Report:
    """Return the report of a JSON text, by the four rules that zen-engine judges too."""
    return check(Case.model_validate_json(text), select=CODES)


def differences(text: str) -> list[str]:
    """Return where the answers of the two engines differ: none, or the figures are worth nothing."""
    report, theirs = judge_four(text), judged_by_zen(text)
    ours = {code: [day.isoformat() for day in report.rule(code).days] for code in CODES}
    wrong = [code for code in CODES if ours[code] != theirs[code]]
    return [f"{code}: ours {ours[code]}, zen-engine {theirs[code]}" for code in wrong]


def show_imports() -> None:
    """Print what the imports cost, against pydantic's own."""
    taken = alternating_imports(
        {
            "import pydantic": "import pydantic",
            "import zaitaku_rules": "import zaitaku_rules",
            "from pydantic import BaseModel": "from pydantic import BaseModel",
            "from zaitaku_rules import Case, check": "from zaitaku_rules import Case, check",
        }
    )
    names = list(taken)
    print("import, in a fresh interpreter")
    for base, ours in ((names[0], names[1]), (names[2], names[3])):
        print(line(base, taken[base], taken[base]))
        print(line(ours, taken[ours], taken[base]))


def show_judging(place: str, text: str) -> None:
    """Print what one case costs, against the same document read by plain pydantic."""
    taken = alternating(
        {
            "PlainCase.model_validate_json(text)": lambda: PlainCase.model_validate_json(text),
            "check(Case.model_validate_json(text))": lambda: judge(text),
        }
    )
    base, *_ = taken.values()
    case, report = Case.model_validate_json(text), judge(text)
    parts = alternating(
        {
            "of it Case.model_validate_json(text)": lambda: Case.model_validate_json(text),
            "of it check(case)": lambda: check(case),
            "on demand: the hash in the receipt": lambda: Case.model_validate_json(text).sha256,
            "on demand: report.to_json(), hash known": report.to_json,
        }
    )
    parts["on demand: the hash in the receipt"] -= parts["of it Case.model_validate_json(text)"]
    print(f"one case, {place}: JSON text of {len(text.encode())} bytes to {len(report.rules)} rules judged")
    for label, nanoseconds in (taken | parts).items():
        print(line(label, nanoseconds, base))


def show_rule_engine(text: str) -> None:
    """Print what the same four rules cost in zen-engine and here."""
    taken = alternating(
        {
            "zen-engine: the four rules, the document unchecked": lambda: judged_by_zen(text),
            "zen-engine: the same, after plain pydantic has checked it": lambda: (
                PlainCase.model_validate_json(text),
                judged_by_zen(text),
            ),
            "zaitaku-rules: the four rules, and the document checked": lambda: judge_four(text),
            "zaitaku-rules: all rules, and the document checked": lambda: judge(text),
        }
    )
    base, *_ = taken.values()
    print(f"rule engine, national: JSON text to the days that break {', '.join(CODES)}")
    for label, nanoseconds in taken.items():
        print(line(label, nanoseconds, base))


def main() -> int:
    """Run the benchmark; 1 only where the two engines do not give the same answer."""
    texts = typical_texts()
    print(machine("zaitaku-rules", "pydantic", "zen-engine"))
    for text in (texts["national"], text_of(broken_month())):
        if found := differences(text):
            print("The answers differ:", *found, sep="\n  ", file=sys.stderr)
            return 1
    show_imports()
    for place, text in texts.items():
        show_judging(place, text)
    show_rule_engine(texts["national"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
