"""Who may do what (contract §5), spelled out."""

from pathlib import Path

import pytest

from bot.domain.access import Action, Role, Seat, is_allowed

OWN, OTHER = 1, 2

# For each action: officer, head, secretariat, viewer. `own`: of the own agency only; `all`: everywhere; `-`: never.
TABLE = """
view               own own all -
acknowledge        own own -   -
report             own own -   -
snooze             own own -   -
request_extension  own own -   -
dispute            own own -   -
hand_on            -   own -   -
decide_extension   -   -   all -
review             -   -   all -
enter_report       -   -   all -
press              -   -   all -
steer              -   -   all -
assign             -   -   all -
report_upward      -   -   all -
settle_deadline    -   -   all -
see_overview       -   -   all all
see_forecast       -   -   all -
choose_past        -   -   all -
invite_officer     -   own all -
invite_anyone      -   -   all -
edit_settings      -   -   all -
name_contact       -   own all -
pause              -   -   all -
bind_group         own own all -
manage_people      -   own all -
manage_agencies    -   -   all -
"""
ROLES = (Role.OFFICER, Role.HEAD, Role.SECRETARIAT, Role.VIEWER)
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
CELLS = [
    (role, Action(action), extent)
    for action, extents in ROWS.items()
    for role, extent in zip(ROLES, extents, strict=True)
]


PAGE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
EXTENTS = {"own": "own agency", "all": "everywhere", "-": ""}


def make_page() -> str:
    lines = ["| action | " + " | ".join(role.value for role in ROLES) + " |", "|---|" + "---|" * len(ROLES)]
    for action, extents in ROWS.items():
        lines.append(
            f"| {action.replace('_', ' ')} | " + " | ".join(EXTENTS[each] for each in extents) + " |"
        )
    return "\n".join(lines) + "\n"


def test_the_page_shows_the_table() -> None:
    assert make_page() in PAGE.read_text(encoding="utf-8"), f"put this into {PAGE.name}:\n{make_page()}"


def seat_of(role: Role) -> Seat:
    return Seat(role, OWN if role in (Role.OFFICER, Role.HEAD) else None)


def test_the_table_has_every_action_and_every_role() -> None:
    assert set(ROWS) == {action.value for action in Action}
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(("role", "action", "extent"), CELLS)
def test_every_cell_of_the_table(role: Role, action: Action, extent: str) -> None:
    seats = [seat_of(role)]
    assert is_allowed(seats, action, OWN) is (extent in ("own", "all"))
    assert is_allowed(seats, action, OTHER) is (extent == "all")
    assert is_allowed(seats, action, None) is (extent == "all")


@pytest.mark.parametrize("action", Action)
def test_without_a_seat_nothing_is_allowed(action: Action) -> None:
    assert not any(is_allowed([], action, agency) for agency in (OWN, OTHER, None))


@pytest.mark.parametrize("action", Action)
def test_two_seats_allow_what_either_allows_and_no_more(action: Action) -> None:
    seats = [Seat(Role.HEAD, OWN), Seat(Role.OFFICER, OTHER), Seat(Role.VIEWER)]
    for agency in (OWN, OTHER, 3, None):
        assert is_allowed(seats, action, agency) is any(is_allowed([seat], action, agency) for seat in seats)


def test_an_agencys_seat_without_an_agency_opens_no_door() -> None:
    assert not is_allowed([Seat(Role.HEAD, None)], Action.VIEW, None)
    assert not is_allowed([Seat(Role.HEAD, None)], Action.VIEW, OWN)
