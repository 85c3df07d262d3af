"""Who may do what (contract §5): one table, asked by every service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is, in an agency or in the secretariat."""

    OFFICER = "officer"
    HEAD = "head"
    SECRETARIAT = "secretariat"
    VIEWER = "viewer"


class Action(StrEnum):
    """Everything a person can ask for."""

    VIEW = "view"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    SNOOZE = "snooze"
    REQUEST_EXTENSION = "request_extension"
    DISPUTE = "dispute"
    HAND_ON = "hand_on"
    DECIDE_EXTENSION = "decide_extension"
    REVIEW = "review"
    ENTER_REPORT = "enter_report"
    PRESS = "press"
    STEER = "steer"
    ASSIGN = "assign"
    REPORT_UPWARD = "report_upward"
    SETTLE_DEADLINE = "settle_deadline"
    SEE_OVERVIEW = "see_overview"
    SEE_FORECAST = "see_forecast"
    CHOOSE_PAST = "choose_past"
    INVITE_OFFICER = "invite_officer"
    INVITE_ANYONE = "invite_anyone"
    EDIT_SETTINGS = "edit_settings"
    NAME_CONTACT = "name_contact"
    PAUSE = "pause"
    BIND_GROUP = "bind_group"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_AGENCIES = "manage_agencies"


_OFFICER = frozenset(
    {
        Action.VIEW,
        Action.ACKNOWLEDGE,
        Action.REPORT,
        Action.SNOOZE,
        Action.REQUEST_EXTENSION,
        Action.DISPUTE,
        Action.BIND_GROUP,
    }
)

ALLOWED: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.OFFICER: _OFFICER,
        Role.HEAD: _OFFICER
        | {Action.HAND_ON, Action.INVITE_OFFICER, Action.NAME_CONTACT, Action.MANAGE_PEOPLE},
        Role.SECRETARIAT: frozenset(
            {
                Action.VIEW,
                Action.REVIEW,
                Action.ENTER_REPORT,
                Action.DECIDE_EXTENSION,
                Action.PRESS,
                Action.STEER,
                Action.ASSIGN,
                Action.REPORT_UPWARD,
                Action.SETTLE_DEADLINE,
                Action.SEE_OVERVIEW,
                Action.SEE_FORECAST,
                Action.CHOOSE_PAST,
                Action.INVITE_OFFICER,
                Action.INVITE_ANYONE,
                Action.EDIT_SETTINGS,
                Action.NAME_CONTACT,
                Action.PAUSE,
                Action.BIND_GROUP,
                Action.MANAGE_PEOPLE,
                Action.MANAGE_AGENCIES,
            }
        ),
        Role.VIEWER: frozenset({Action.SEE_OVERVIEW}),
    }
)

EVERYWHERE = frozenset({Role.SECRETARIAT, Role.VIEWER})
LEAD_ONLY = frozenset({Action.REQUEST_EXTENSION})


@dataclass(frozen=True)
class Seat:
    """A role a person holds now; `agency_id` is None for the secretariat and viewers."""

    role: Role
    agency_id: int | None = None
    agency_name: str = ""


def is_allowed(seats: Iterable[Seat], action: Action, agency_id: int | None = None) -> bool:
    """Whether one of the seats permits the action on something of that agency (None: of no agency)."""
    return any(
        action in ALLOWED[seat.role]
        and (seat.role in EVERYWHERE or (agency_id is not None and seat.agency_id == agency_id))
        for seat in seats
    )
