"""The template of an overlay: TOML with comments in both languages and placeholders to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from string import Template

from zaitaku_rules.explain import named, title
from zaitaku_rules.law import nation
from zaitaku_rules.law.model import Parameter
from zaitaku_rules.rules import CATALOGUE

_TEXT = Template("""\
# 上書き規則(overlay)のひな形。 Template of an overlay.
# << >> の箇所を書き換え(中は書き方の例)、要らない表は消します。`zaitaku overlay check FILE` で確かめます。
# Replace what stands in << >> (inside is an example), delete tables you do not need, then check the file.
# ページに書いていないことは書きません。 What the page does not say, the overlay does not set.
# 書き方 How to: docs/adding-an-overlay.md

[overlay]
id = $id                            # 6桁コード-名前 / code-name
municipality = $code                # 支給決定をする市町村 / that decides. 事業所 an office: office = true
name.ja = $ja
name.en = "<<Example City>>"
from = <<2025-04-01>>               # この日から。to も書ける / from this day on; `to` may follow
certainty = "<<official>>"          # official 原文を確かめた / official_in_part 一部 / second_hand 引用による

# 出典。ページや要綱ごとに1つ。 One for each page or document.
[[source]]
id = "<<city-page>>"
kind = "<<instrument>>"             # instrument 定め / guidance 手引き / practice 実務
title.ja = "<<在宅利用の取扱い>>"
title.en = "<<Handling of home use>>"
date = <<2025-04-01>>               # ページの日付。なければ行を消す / date of the page, if it has one
url = "<<https://www.example.lg.jp/>>"
checked = <<2026-11-22>>            # 最後に確かめた日 / the day you last looked
certainty = "<<official>>"

# 条項。ページの求めること1つに1つ、自分の言葉で。 One for each thing that the page asks, in your own words.
[[clause]]
id = "<<city.report>>"
source = "<<city-page>>"
locator.ja = "<<3 実績の報告>>"
locator.en = "<<3, monthly report>>"
says.ja = "<<在宅支援の実績を、翌月5日までに市へ出す。>>"
says.en = "<<The record of support at home reaches the city by the 5th of the next month.>>"
fate = "encoded"                    # 規則にした / a rule checks it
rules = ["<<Z601>>"]
parameters = ["<<submission_day>>"] # 数値を定めないなら行を消す / the numbers that it fixes, if any

# 規則で調べられない条項も、理由とともに残す。 A clause that no rule can check stays, with the reason.
[[clause]]
id = "<<city.review>>"
source = "<<city-page>>"
locator.ja = "<<5 見直し>>"
locator.en = "<<5, review>>"
says.ja = "<<在宅の効果を半年ごとに見直す。>>"
says.en = "<<The effect of home use is reviewed every half year.>>"
fate = "<<human_judgement>>"        # human_judgement 人が判断する / out_of_scope 対象外
because.ja = "<<直近の見直しで効果を認めたか。>>"
because.en = "<<Did the latest review find the effect?>>"

# 全国では働かない規則を働かせる。 Switch on a rule that is off nationally.
# severity は変えるときだけ / only to re-grade: payment, duty, advice, record
$rules
[[enable]]
rule = "<<Z601>>"
clause = "<<city.report>>"

# 数値を変える、取扱いを決める。 Change a number, or settle a question.
# value(この値にする)、add(集合に加える)、readings(ありうる読み方)のどれか1つ。
# 全国より緩い値には because.ja と because.en(理由)が要る。
# One of value, add and readings; a value looser than the nation needs because.ja and because.en.
$parameters
[[set]]
parameter = "<<submission_day>>"
value = <<5>>                       # 5、true、"monday"、["phone", "video"]
clause = "<<city.report>>"

# 人への注記。 A note for people.
[[note]]
clause = "<<city.review>>"
ja = "<<半年ごとの見直しの記録を確かめる。>>"
en = "<<See the record of the half-yearly review.>>"
""")


def template(municipality: str | None = None, name: str | None = None) -> str:
    """Return the template of an overlay, with code and name where they are given."""
    return _TEXT.substitute(
        id=f'"{municipality or "<<222143>>"}-<<example>>"',
        code=f'"{municipality or "<<222143>>"}"',
        ja=json.dumps(name, ensure_ascii=False) if name else '"<<例の市>>"',
        rules="\n".join(_rules()),
        parameters="\n".join(_parameters()),
    )


def _rules() -> Iterator[str]:
    for code in CATALOGUE:
        if all(entry.to is not None for entry in nation().enablings_of(code)):
            yield f"#   {code}  {title(code).ja} / {title(code).en}"


def _parameters() -> Iterator[str]:
    for name, parameter in nation().parameters.items():
        said = named("parameters", [name])
        yield f"#   {name}  {said.ja} / {said.en}: {allowed_values(parameter)}"


def allowed_values(parameter: Parameter) -> str:
    """Return which values a parameter takes, as a law file writes them."""
    match parameter.kind:
        case "int":
            return f"{parameter.allowed_from}-{parameter.allowed_to}"
        case "flag":
            return "true, false"
        case "word":
            return ", ".join(f'"{word}"' for word in parameter.allowed)
        case "words":
            listed = ", ".join(f'"{word}"' for word in parameter.allowed)
            return f"[{listed}]"
