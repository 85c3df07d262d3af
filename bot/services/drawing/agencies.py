"""Draws what is said about agencies over time: someone has left, one is renamed, merged, split or ended."""

from datetime import date

from bot.screens.base import Button, Keyboard, Screen
from bot.services.context import Work
from bot.services.drawing.reports import member_name
from bot.services.notice.said import Said
from bot.services.standing.views import list_views
from bot.texts import Texts, clip, join
from db.models import Agency, Succession

SHOWN = 6


def draw_left(work: Work, t: Texts, notice: Said) -> Screen | None:
    """To the others of the agency: who has left, and what nobody has in hand now."""
    agency = work.session.get(Agency, notice.agency_id)
    if agency is None:
        return None
    freed = notice.data["freed"]
    views = list_views(work, freed)
    to_nobody = notice.audience == "secretariat"
    text = join(
        t(
            "left.title",
            name=member_name(work, notice.data["member"]),
            role=t(f"role.{notice.data['role']}"),
            agency=agency.name,
        ),
        t("left.nobody") if to_nobody else "",
        t("left.freed", n=len(views)) if views else "",
        *(
            t("left.row", label=clip(each.clause_label, 80), task=clip(each.task, 120))
            for each in views[:SHOWN]
        ),
        t("digest.more", count=len(views) - SHOWN) if len(views) > SHOWN else "",
        t("left.hand_on") if views and not to_nobody else "",
    )
    return Screen(text, [] if to_nobody else [[Button(t.plain("button.my_tasks"), f"tasks:{agency.id}:0")]])


def draw_succession(work: Work, t: Texts, notice: Said) -> Screen | None:
    """To the agencies concerned and the secretariat: what an agency has become, and what follows from it."""
    data = notice.data
    rows = [row for key in data["successions"] if (row := work.session.get(Succession, key)) is not None]
    if not rows:
        return None
    row, old = rows[0], work.session.get_one(Agency, rows[0].from_agency_id)
    into = [work.session.get_one(Agency, each.to_agency_id).name for each in rows if each.to_agency_id]
    text = join(
        t(
            f"succession.{row.kind}",
            day=row.effective_on,
            old=row.old_name or old.name,
            new=row.new_name or ", ".join(into) or "—",
        ),
        t("succession.moved", n=data["moved"]) if data.get("moved") else "",
        t("succession.doubled", n=data["doubled"]) if data.get("doubled") else "",
        t("succession.withdrawn", n=data["withdrawn"]) if data.get("withdrawn") else "",
        t("steer.reason", reason=clip(row.note, 1000)) if row.note else "",
        t("succession.split_wait") if row.kind == "split" else "",
    )
    rows_of: Keyboard = []
    if row.kind == "split" and notice.audience == "secretariat":
        rows_of.append([Button(t.plain("button.split_choose"), f"agw:{old.id}")])
    return Screen(text, rows_of)


def draw_succession_failed(work: Work, t: Texts, notice: Said) -> Screen | None:
    """To the secretariat: what was planned for a day could not be done, and what to do."""
    agency, day = work.session.get_one(Agency, notice.data["agency"]), date.fromisoformat(notice.data["day"])
    left = notice.data["left"]
    why = t("succession.failed_tasks", n=left) if left else t("succession.failed_heir")
    return Screen(join(t("succession.failed", agency=agency.name, day=day), why))
