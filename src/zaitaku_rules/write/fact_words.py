"""What the facts that rules read are, in Japanese; in English their own first lines say it."""

from __future__ import annotations

import inspect

from zaitaku_rules.facts import Facts

_JA = {
    "home": "居宅またはサテライトオフィス等での利用日(在宅利用日)",
    "use": "サービスの利用日(場所を問わない)",
    "office": "通所した日(どこでも使える予定の日は、通所になりうる)",
    "wished": "在宅利用の希望を本人が示した日から後の日",
    "approved": "このサービスと事業所について、在宅利用の決定が有効な日",
    "certified": "受給者証に記載された在宅利用の決定が有効な日",
    "issued": "その日までに交付された受給者証がある、在宅利用の決定の期間の日",
    "applied_before_month": "届出または申請をした月の、翌月から後の日",
    "notified_late": "届出による在宅利用の日のうち、どの届出も、ある期間だけ前には提出されていない日",
    "decided": "このサービスと事業所について、支給決定が有効な日",
    "notified": "受理された届出が有効な日(更新の時期と事業所の別による)",
    "planned_for_home": "在宅利用を記載した個別支援計画の期間の日",
    "signed_for_home": "在宅利用を記載し、本人が署名した個別支援計画の期間の日",
    "ground": "在宅利用の決定が有効な日(認めた理由ごと。別の言葉の理由は、どれにも当たりうる)",
    "aged": "ある年齢の誕生日から後の日(2月29日生まれは3月1日)",
    "found_appropriate": "直近の利用前アセスメントに留意点のない日",
    "approved_for_months": "有効な決定がすべて、ある月数以上前に始まっている日",
    "readiness": "体制の項目ごとに、それが整っている日",
    "same_municipality": "事業所の所在地が支給決定市町村であれば全日、そうでなければなし",
    "contacts": "連絡の回数(手段ごと。利用者からのものは、職員が応じたときに数える)",
    "any_contact": "連絡の記録がある日(数えるかどうかを問わない)",
    "contact_in_person": "訪問または事業所での、数えられる連絡がある日",
    "contacts_within": "2回以上の連絡の最初と最後が、ある分数以内にある日",
    "daily_report": "日報がある日",
    "timed_report": "作成日の分かる日報がある日",
    "reported_later_than": "日報が、ある日数より遅れて作成された日",
    "activity": "活動の内容が記録された在宅利用日(空白はなし、欄がなければ不明)",
    "support": "支援の内容が記録された在宅利用日",
    "training_recording": "訓練の様子の記録(音声・動画・静止画)が安全に保存された日",
    "support_recording": "支援の様子の記録(音声・動画・静止画)が安全に保存された日",
    "recording": "音声・動画・静止画の記録がある日",
    "recording_consent": "記録についての本人の同意が有効な日",
    "inquiry": "疑義照会があった日",
    "unanswered_within": "疑義照会に、ある日数以内に回答していない日",
    "emergency": "緊急の事態があった日",
    "unattended_within": "緊急の事態に、職員がある日数以内に駆けつけていない日",
    "off_menu": "事業所のメニューにない活動をした在宅利用日",
    "weekly_evaluation": "週の評価等(方法ごと。達成度の評価を兼ねた訪問を除く)",
    "joint_visit_evaluation": "週の評価等と達成度の評価を兼ねた訪問",
    "achievement": "達成度の評価(方法と場所ごと)",
    "evaluation_in_person": "訪問または通所による評価がある日",
    "commute_evaluation": "通所による評価がある日",
    "allotted_days": "その月に有効な支給決定の日数のうち最大のもの",
    "inside_hospital_stay": "入院の初日と最終日の間の日",
    "absence": "欠席の記録がある日",
    "absence_addition": "欠席時対応加算の日(請求明細、なければ欠席の記録による)",
    "life_support": "在宅時生活支援サービス加算を請求した日",
    "monthly_record_by": "ある日までに月の実績が提出されていれば全日、そうでなければなし",
    "claimed_use": "利用日として請求した日",
    "two_places": "在宅と通所の時間が重なる日(時間の記載がない場合を含む)",
    "event_record": "出来事の記録がある日",
    "untimely_record": "先の日付の記録、または出来事より前に作成された記録がある日",
}


def fact_words(name: str) -> dict[str, str]:
    """Return what a fact is, in both languages."""
    said = (inspect.getattr_static(Facts, name).__doc__ or "").strip().partition("\n")[0].rstrip(".")
    return {"ja": _JA.get(name, said), "en": said}
