"""What people are promised when they join."""

import pytest

from bot.domain.access import Role, Seat
from bot.screens.people import welcome
from bot.texts import Texts
from tests.conftest import ZONE

PROMISED = {
    Role.OFFICER: "bot sẽ nhắc tại đây",
    Role.HEAD: "chưa có chuyên viên thì nhắc đồng chí",
    Role.SECRETARIAT: "sẽ đến đây để xác nhận",
    Role.VIEWER: "không gửi tin nhắc việc",
}


@pytest.mark.parametrize("role", Role)
def test_each_role_is_promised_what_it_will_get(role: Role) -> None:
    is_of_agency = role in (Role.OFFICER, Role.HEAD)
    seat = Seat(role, 1 if is_of_agency else None, "Huyện ủy Mường Tè" if is_of_agency else "")
    shown = str(welcome(Texts("vi", ZONE, "Văn phòng Tỉnh ủy"), "Bình", seat, 7).text)
    assert PROMISED[role] in shown
    assert ("7 nhiệm vụ" in shown) == is_of_agency
