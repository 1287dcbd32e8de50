"""Z2xx: what the provider keeps ready."""

from __future__ import annotations

from zaitaku_rules.days import Days, Split
from zaitaku_rules.rules.mark import rule


@rule("Z201", severity="payment", needs=("readiness",))
def operating_rules_state_home_support(home: Days, readiness: Split) -> Days:
    """The operating rules (運営規程) name training and support at home."""
    return home - readiness.every(["operating_rules"])


@rule("Z202", severity="payment", needs=("readiness",))
def work_menu_kept(home: Days, readiness: Split) -> Days:
    """A menu of work and training (作業活動・訓練等のメニュー) for home users is kept."""
    return home - readiness.every(["work_menu"])


@rule("Z203", severity="payment", needs=("readiness",))
def emergency_response_ready(home: Days, readiness: Split, *, emergency_kinds: frozenset[str]) -> Days:
    """The provider can respond in an emergency (緊急時の対応), in every way that the law asks for."""
    return home - readiness.every(emergency_kinds)


@rule("Z204", severity="payment", needs=("readiness",))
def support_on_request_ready(home: Days, readiness: Split) -> Days:
    """Support by visit or contact is ready whenever the user has a question (疑義照会への随時の支援)."""
    return home - readiness.every(["on_request_support"])


@rule("Z205", severity="payment", needs=("readiness",))
def records_submittable(home: Days, readiness: Split) -> Days:
    """Records of training and support can be handed in on request (記録の提出体制)."""
    return home - readiness.every(["record_submission"])


@rule("Z206", severity="payment", needs=("readiness",))
def staff_can_reach_user(home: Days, readiness: Split) -> Days:
    """Staff of the provider can reach the user promptly (駆けつけ体制)."""
    return home - readiness.every(["emergency_arrival"])


@rule("Z207", severity="payment", needs=("provider.municipality", "readiness"))
def out_of_area_agreed(home: Days, same_municipality: Days, readiness: Split) -> Days:
    """The city has agreed to a provider that lies in another municipality (区域外の事業所)."""
    return home - same_municipality - readiness.every(["area_agreement"])


@rule("Z208", severity="advice", needs=("readiness",))
def home_environment_checked(home: Days, readiness: Split) -> Days:
    """The home has been visited and its environment checked before home use (事前の環境確認)."""
    return home - readiness.every(["home_environment_check"])


@rule("Z209", severity="advice", needs=("readiness",))
def complaint_desk_named(home: Days, readiness: Split) -> Days:
    """A complaint desk (苦情受付窓口) is named to the user."""
    return home - readiness.every(["complaint_desk"])


@rule("Z210", severity="advice", needs=("readiness",))
def equipment_lent(home: Days, readiness: Split) -> Days:
    """The provider lends the equipment that the work needs (機器の貸与)."""
    return home - readiness.every(["equipment_lent"])


@rule("Z211", severity="advice", needs=("readiness",))
def confidential_work_protected(home: Days, readiness: Split) -> Days:
    """Confidential work is protected at home (秘密保持の環境)."""
    return home - readiness.every(["confidential_workplace"])


@rule("Z212", severity="payment", needs=("readiness",))
def change_notice_received(home: Days, readiness: Split) -> Days:
    """The authority has received the change of the operating rules (運営規程の変更届)."""
    return home - readiness.every(["operating_rules_change_received"])
