"""The pages on the law as Markdown: the coverage certificate, the municipalities and the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from zaitaku_rules.explain import named, title
from zaitaku_rules.law import Overlay, nation, shipped_overlay, shipped_overlays
from zaitaku_rules.law.model import LawSource, Setting
from zaitaku_rules.write.coverage import by_source, coverage_entries, fates
from zaitaku_rules.write.entries import Entry, both, iso, setting_entry, sources_with
from zaitaku_rules.write.law_words import CERTAINTIES, FATES, KINDS, day_span
from zaitaku_rules.write.markdown import GENERATED, Lines, bullets, code, linked, page, section, table
from zaitaku_rules.write.overlay_words import enabling_words
from zaitaku_rules.write.rule_pages import clause_link, value_row


def law_pages() -> dict[str, str]:
    """Return the pages on the law by path."""
    overlays = [shipped_overlay(name) for name in shipped_overlays()]
    entries = coverage_entries(overlays)
    return {
        "law/coverage.md": _page("条項の扱い / Clause coverage", lambda lang: _coverage(entries, lang)),
        "law/municipalities.md": _page(
            "市町村の定め / Municipalities", lambda lang: _municipalities(overlays, lang)
        ),
        "law/history.md": _page("定めの移り変わり / History", lambda lang: _history(overlays, lang)),
    }


def _page(heading: str, part: Callable[[str], Lines]) -> str:
    english = ["---", "", '<a id="english"></a>', "", *part("en")]
    return page([GENERATED, "", f"# {heading}", "", "[English](#english)", "", *part("ja"), *english])


# ------------------------------------------------------------------ the certificate


def _coverage(entries: list[Entry], lang: str) -> Lines:
    is_ja = lang == "ja"
    decided = sum(fates(entries).values())
    share = f"{decided} / {len(entries)}"
    lines = [f"扱いの決まった条項: {share}" if is_ja else f"Clauses with a fate: {share}", ""]
    names = [FATES[fate].said_in(lang) for fate in FATES]
    lines += table(names, [[str(count) for count in fates(entries).values()]])
    groups = by_source(entries)
    heads = ("出典", "定め", *names) if is_ja else ("source", "law", *names)
    lines += table(heads, (_counted(group, lang) for group in groups))
    columns = ("条項", "扱い", "規則・数値", "内容") if is_ja else ("clause", "fate", "reaches", "says")
    for group in groups:
        rows = [_clause(one, lang) for one in group]
        heading = linked(group[0]["source_title"][lang], group[0]["url"])
        seen = f"{KINDS[group[0]['kind']].said_in(lang)}, {CERTAINTIES[group[0]['certainty']].said_in(lang)}"
        lines += section(2, group[0]["source"], [f"{heading} ({seen})", "", *table(columns, rows)])
    return lines


def _counted(group: list[Entry], lang: str) -> list[str]:
    counts = [str(count) for count in fates(group).values()]
    return [linked(group[0]["source_title"][lang], group[0]["url"]), code(group[0]["law"]), *counts]


def _clause(one: Entry, lang: str) -> tuple[str, str, str, str]:
    anchor = f'<a id="{one["clause"]}"></a>' if lang == "ja" else ""
    rules = [f"[{rule}](../rules/{rule}.md)" for rule in one["rules"]]
    reached = " ".join((*rules, *(code(name) for name in one["parameters"])))
    says = [one["says"][lang]]
    if one["because"]:
        says.append(f"{'理由: ' if lang == 'ja' else 'because: '}{one['because'][lang]}")
    place = f"{anchor}{code(one['clause'])}\n{one['locator'][lang]}"
    return place, FATES[one["fate"]].said_in(lang), reached, "\n".join(says)


# ------------------------------------------------------------------ municipalities


def _municipalities(overlays: Iterable[Overlay], lang: str) -> Lines:
    found = list(overlays)
    heads = ("市町村等", "いつから", "確かさ", "規則", "数値") if lang == "ja" else _HEADS
    rows = [_short(overlay, lang) for overlay in found]
    return [*table(heads, rows), *(line for overlay in found for line in _overlay(overlay, lang))]


_HEADS = ("municipality", "from", "certainty", "rules", "numbers")


def _short(overlay: Overlay, lang: str) -> tuple[str, ...]:
    """Return an overlay as a row: whose it is, from when, how surely it is known, what it touches."""
    header = overlay.file.overlay
    seen = CERTAINTIES[header.certainty].said_in(lang) if header.certainty else ""
    rules = dict.fromkeys(rule for one in overlay.file.enable for rule in one.codes)
    numbers = dict.fromkeys(code(one.parameter) for one in overlay.file.set)
    name = f"[{header.name.ja if lang == 'ja' else header.name.en}](#{overlay.id})"
    return name, str(header.from_ or ""), seen, " ".join(rules), " ".join(numbers)


def _overlay(overlay: Overlay, lang: str) -> Lines:
    header, is_ja = overlay.file.overlay, lang == "ja"
    anchor = [f'<a id="{overlay.id}"></a>', ""] if is_ja else []
    heads = ("何を", "どう", "いつから", "根拠") if is_ja else ("what", "how", "from", "clause")
    body = [
        *bullets(_facts(overlay, lang)),
        *table(heads, _sets(overlay, lang)),
        *section(3, "注記" if is_ja else "Notes", bullets(_notes(overlay, lang))),
    ]
    name = header.name.ja if is_ja else header.name.en
    return [*anchor, *section(2, f"{name} {code(overlay.id)}", body)]


def _facts(overlay: Overlay, lang: str) -> Iterator[str]:
    header, is_ja = overlay.file.overlay, lang == "ja"
    if span := day_span(iso(header.from_), iso(header.to), lang):
        yield f"{'適用' if is_ja else 'holds'}: {span}"
    if header.certainty:
        yield f"{'確かさ' if is_ja else 'certainty'}: {CERTAINTIES[header.certainty].said_in(lang)}"
    for source in overlay.file.source:
        yield f"{'出典' if is_ja else 'source'}: {_source(source, lang)}"
    if header.office:
        yield "`--overlay` で渡したときだけ使います" if is_ja else "only where it is passed with `--overlay`"


def _source(source: LawSource, lang: str) -> str:
    name = source.title.ja if lang == "ja" else source.title.en
    seen = CERTAINTIES[source.certainty].said_in(lang)
    dates = [str(source.date)] if source.date else []
    if source.checked:
        dates.append(f"{source.checked} に確認" if lang == "ja" else f"checked {source.checked}")
    return f"{linked(name, source.url)} ({', '.join(filter(None, (source.number, *dates, seen)))})"


def _sets(overlay: Overlay, lang: str) -> Iterator[tuple[str, str, str, str]]:
    header = overlay.file.overlay
    begin = iso(header.from_)
    for enabling in overlay.file.enable:
        rules = "\n".join(_rule(rule, lang) for rule in enabling.codes)
        since = day_span(iso(enabling.from_) or begin, iso(enabling.to), lang)
        clause = clause_link(enabling.clause) if enabling.clause else ""
        yield rules, enabling_words(enabling, lang).removeprefix("を"), since, clause
    for setting in overlay.file.set:
        said = named("parameters", [setting.parameter])
        since = day_span(iso(setting.from_) or begin, iso(setting.to), lang)
        value = value_row(setting_entry(setting), lang)[1]
        because = _because(setting, lang)
        what = f"{said.ja if lang == 'ja' else said.en} ({code(setting.parameter)})"
        yield what, f"{value}{because}", since, clause_link(setting.clause)


def _rule(rule: str, lang: str) -> str:
    said = title(rule)
    return f"[{rule}](../rules/{rule}.md) {said.ja if lang == 'ja' else said.en}"


def _because(setting: Setting, lang: str) -> str:
    if setting.because is None:
        return ""
    return f"\n理由: {setting.because.ja}" if lang == "ja" else f"\nbecause: {setting.because.en}"


def _notes(overlay: Overlay, lang: str) -> Iterator[str]:
    for note in overlay.file.note:
        yield f"{note.ja if lang == 'ja' else note.en} ({clause_link(note.clause)})"


# ------------------------------------------------------------------ history


def _history(overlays: list[Overlay], lang: str) -> Lines:
    is_ja = lang == "ja"
    events = ("いつ", "何が", "根拠") if is_ja else ("when", "what", "basis")
    numbers = ("数値", "いつから", "値", "根拠") if is_ja else ("number", "from", "value", "clause")
    papers = sorted((one for one in sources_with(overlays).values() if one.date), key=_when)
    return [
        *section(2, "日付の順" if is_ja else "By date", table(events, _events(overlays, lang))),
        *section(2, "数値ごと" if is_ja else "Numbers by date", table(numbers, _numbers(lang))),
        *section(
            2, "改正と出典" if is_ja else "Dated sources", bullets(_source(one, lang) for one in papers)
        ),
    ]


def _when(source: LawSource) -> tuple[str, str]:
    return str(source.date), source.id


def _numbers(lang: str) -> Iterator[tuple[str, ...]]:
    for name in nation().parameters:
        said = named("parameters", [name])
        for setting in nation().settings_of(name):
            what = f"{said.ja if lang == 'ja' else said.en} ({code(name)})"
            yield what, *value_row(setting_entry(setting), lang)


def _events(overlays: Iterable[Overlay], lang: str) -> list[tuple[str, str, str]]:
    found = [*_national_events(lang)]
    for overlay in overlays:
        name = both(overlay.file.overlay.name)[lang]
        link = f"[{name}](municipalities.md#{overlay.id})"
        if begin := overlay.file.overlay.from_:
            found.append((str(begin), f"{link}{'の定め' if lang == 'ja' else ''}", code(overlay.id)))
    return sorted(found, key=lambda event: event[0])


def _national_events(lang: str) -> Iterator[tuple[str, str, str]]:
    is_ja = lang == "ja"
    for setting in nation().file.set:
        if setting.from_:
            said = named("parameters", [setting.parameter])
            _, value, clause = value_row(entry := setting_entry(setting), lang)
            services = named("values", entry["services"])
            ja, en = f"{said.ja} = {value} {services.ja}", f"{said.en} = {value} {services.en}"
            yield str(setting.from_), (ja if is_ja else en).strip(), clause
    for step in nation().file.note:
        yield str(step.from_), step.ja if is_ja else step.en, clause_link(step.clause)
    for enabling in nation().file.enable:
        rules = " ".join(_rule(rule, lang) for rule in enabling.codes)
        if enabling.from_:
            yield str(enabling.from_), f"{rules}: {'適用' if is_ja else 'on'}", _basis(enabling.clause)
        if enabling.to:
            ends = "この日まで適用" if is_ja else "last day"
            yield str(enabling.to), f"{rules}: {ends}", _basis(enabling.clause)


def _basis(clause: str | None) -> str:
    return clause_link(clause) if clause else ""
