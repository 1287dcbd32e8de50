"""One page for each rule as Markdown: in Japanese, then in English, then cases drawn as calendars."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zaitaku_rules.explain import named, words
from zaitaku_rules.rules import CATALOGUE, Rule
from zaitaku_rules.write.day_pictures import Picture, drawn, legend, notation, said_of
from zaitaku_rules.write.entries import Entry
from zaitaku_rules.write.fact_words import fact_words
from zaitaku_rules.write.law_words import CERTAINTIES, SCOPES, day_span
from zaitaku_rules.write.markdown import GENERATED, Lines, bullets, code, fenced, linked, page, section, table
from zaitaku_rules.write.rule_entry import rule_entry
from zaitaku_rules.write.rule_index import index_page

_HEADINGS = {
    "duty": ("義務", "Duty"),
    "clauses": ("根拠", "Basis"),
    "breaks": ("満たさない日の求め方", "Which days break it"),
    "numbers": ("数値(施行日ごと)", "Numbers by date"),
    "differs": ("異なる定め", "Who differs"),
    "questions": ("取扱いが定まっていない点", "What is unsettled"),
    "mend": ("直し方", "How to mend"),
    "needs": ("判定に要る資料", "Data it needs"),
}
_WINDOWS = {
    "by_day": ("その日が終わるまで", "the day is over"),
    "by_week": ("その週が終わるまで", "the week is over"),
    "by_month": ("その月が終わるまで", "the month is over"),
    "by_recording": ("その日(またはその月)が終わるまで", "the day or the month is over"),
}


def rule_page(rule: Rule, pictures: Sequence[Picture]) -> str:
    """Return the page of a rule."""
    entry = rule_entry(rule.code)
    head = f"# {rule.code} {entry['title']['ja']} / {entry['title']['en']}"
    top = f"{code(rule.name)} · [English](#english) · [一覧 All rules](index.md)"
    japanese, english = (_part(rule, entry, lang) for lang in ("ja", "en"))
    parts = [*japanese, "---", "", '<a id="english"></a>', "", *english, "---", "", *_cases(pictures)]
    return page([GENERATED, "", head, "", top, "", *parts])


def _part(rule: Rule, entry: Entry, lang: str) -> Lines:
    number = 0 if lang == "ja" else 1
    bodies: dict[str, Lines] = {
        "duty": [entry["duty"][lang], "", *bullets(_standing(entry, lang))],
        "clauses": list(_clauses(entry["clauses"], lang)),
        "breaks": _formula(rule, lang),
        "numbers": _numbers(entry["numbers"], lang),
        "differs": _differences(entry["differs"], lang),
        "questions": bullets(_question(one, lang) for one in entry["questions"]),
        "mend": bullets(one["what"][lang] for one in entry["mend"]),
        "needs": bullets(_needs(entry["needs"], lang)),
    }
    return [line for name, body in bodies.items() for line in section(2, _HEADINGS[name][number], body)]


def _standing(entry: Entry, lang: str) -> Iterator[str]:
    """Say how a rule weighs, and where and when it is on."""
    severity = words()["severities"][entry["severity"]][lang]
    yield f"{'重さ' if lang == 'ja' else 'severity'}: {severity} ({code(entry['severity'])})"
    spans = [_enabled(one, lang) for one in entry["enabled"]]
    dated = f" ({', '.join(filter(None, spans))})" if any(spans) else ""
    yield f"{'適用' if lang == 'ja' else 'in force'}: {SCOPES[entry['on']].said_in(lang)}{dated}"


def _enabled(entry: Entry, lang: str) -> str:
    services = named("values", entry["services"])
    said = services.ja if lang == "ja" else services.en
    return " ".join(filter(None, (day_span(entry["from"], entry["to"], lang), said)))


def _clauses(entries: Iterable[Entry], lang: str) -> Iterator[str]:
    """Name each source once with its link; below it what its clauses say, those of few rules first."""
    by_source: dict[str, Lines] = {}
    for one in sorted(entries, key=lambda one: int(one["names_rules"])):
        source = linked(one["source"][lang], one["url"])
        head = f"{source} ({CERTAINTIES[one['certainty']].said_in(lang)})"
        said = f"  - {clause_link(one['clause'])} {one['locator'][lang]}: {one['says'][lang]}"
        by_source.setdefault(head, []).append(said)
    for head, clauses in by_source.items():
        yield from (f"- {head}", *clauses)
    if by_source:
        yield ""


def clause_link(clause: str) -> str:
    """Return a clause as a link into the certificate."""
    return f"[{code(clause)}](../law/coverage.md#{clause})"


def _formula(rule: Rule, lang: str) -> Lines:
    """Say what the rule judges and reads, and give the rule itself: its body is its formula."""
    judged, *read = (name for name in rule.facts if name != "calendar")
    is_ja = lang == "ja"
    items = [f"{'判定する日' if is_ja else 'judges'}: {_fact(judged, lang)}"]
    items += [f"{'読む事実' if is_ja else 'reads'}: {_fact(name, lang)}" for name in read]
    for name in rule.parameters:
        said = named("parameters", [name])
        items.append(f"{'数値' if is_ja else 'number'}: {code(name)} {said.ja if is_ja else said.en}")
    if rule.window:
        ja, en = _WINDOWS[rule.window.__name__]
        items.append(f"{ja}は、満たさないとは確定しない" if is_ja else f"never surely broken until {en}")
    duty = rule.duty.partition("\n")[0]
    intro = "規則のとおりに書くと:" if is_ja else f"{duty} As the rule itself has it:"
    return [*bullets(items), intro, "", *fenced(_body(rule), "python")]


def _fact(name: str, lang: str) -> str:
    return f"{code(name)} {fact_words(name)[lang]}"


def _body(rule: Rule) -> str:
    """Return the body of a rule as it is written, without its documentation."""
    source = textwrap.dedent(inspect.getsource(rule.breaking))
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    return textwrap.dedent("\n".join(source.splitlines()[function.body[1].lineno - 1 :]))


def _numbers(numbers: Iterable[Entry], lang: str) -> Lines:
    heads = ("数値", "いつから", "値", "根拠") if lang == "ja" else ("number", "from", "value", "clause")
    rows = [
        (f"{one['title'][lang]} ({code(one['parameter'])})", *value_row(value, lang))
        for one in numbers
        for value in one["values"]
    ]
    return table(heads, rows)


def value_row(value: Entry, lang: str) -> tuple[str, str, str]:
    """Return a value of the law as cells: from when (and for whom), the value, its clause."""
    span = day_span(value["from"], value["to"], lang) or ("当初から" if lang == "ja" else "at first")
    services = named("values", value["services"])
    scope = " ".join(filter(None, (span, services.ja if lang == "ja" else services.en)))
    asked = f" ({code(value['depends_on'])})" if value["depends_on"] else " ?" if value["readings"] else ""
    return scope, f"{value['words'][lang]}{asked}", clause_link(value["clause"])


def _differences(entries: Iterable[Entry], lang: str) -> Lines:
    heads = ("誰が", "いつから", "何を") if lang == "ja" else ("who", "from", "what")
    rows = [
        (
            f"[{one['name'][lang]}](../law/municipalities.md#{one['overlay']})",
            day_span(one["from"], one["to"], lang),
            "\n".join(_changes(one, lang)),
        )
        for one in entries
    ]
    return table(heads, rows)


def _changes(one: Entry, lang: str) -> Iterator[str]:
    for enabled in one["enables"]:
        severity = words()["severities"][enabled["severity"]][lang] if enabled["severity"] else ""
        said = ("適用する" if lang == "ja" else "on", f"({severity})" if severity else "")
        yield " ".join(filter(None, (*said, day_span(enabled["from"], enabled["to"], lang))))
    for value in one["sets"]:
        scope = day_span(value["from"], value["to"], lang)
        yield f"{code(value['parameter'])} = {value['words'][lang]}{f' ({scope})' if scope else ''}"


def _question(one: Entry, lang: str) -> str:
    readings = " / ".join(code(reading) for reading in one["readings"])
    return f"{one['question'][lang]}<br>{'読み方' if lang == 'ja' else 'readings'}: {readings}"


def _needs(needs: Iterable[str], lang: str) -> Iterator[str]:
    for need in needs:
        said = named("sources", need.split("|"))
        names = ", ".join(code(name) for name in need.split("|"))
        yield f"{said.ja if lang == 'ja' else said.en} ({names})"


def _cases(pictures: Sequence[Picture]) -> Lines:
    lines = [line for one in pictures for line in _case(one)]
    if not lines:
        return []
    return ["## 事例 / Cases", "", *lines, f"{legend(pictures, 'ja')}。", "", f"{legend(pictures, 'en')}."]


def _case(one: Picture) -> Lines:
    why = [one.why, ""] if one.why else []
    same = ["適合する月のまま。 The lawful month as it is.", ""]
    differs = fenced(notation(one.spec), "toml") if one.spec else same
    said = f"**{said_of(one, 'ja')}** / {said_of(one, 'en')}"
    return [f"### {one.name}", "", f"{one.report.month} · {said}", "", *why, *fenced(drawn(one)), *differs]


def rule_pages(pictures: Mapping[str, Sequence[Picture]]) -> dict[str, str]:
    """Return the pages of all rules and their index by path."""
    found = {f"rules/{code}.md": rule_page(rule, pictures.get(code, ())) for code, rule in CATALOGUE.items()}
    return {"rules/index.md": index_page(), **found}
