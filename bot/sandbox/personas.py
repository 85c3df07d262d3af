"""The people one can play in the sandbox."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Persona:
    """Someone with a chat. `on_page` gives a column on the page; `title`/`subtitle` are shown above it."""

    key: str
    user_id: int
    first_name: str
    last_name: str | None = None
    title: str = ""
    subtitle: str = ""
    username: str | None = None
    language_code: str | None = "vi"
    on_page: bool = False

    def as_user(self) -> dict[str, Any]:
        """The Bot API's User."""
        return {
            "id": self.user_id,
            "is_bot": False,
            "first_name": self.first_name,
            **_present(last_name=self.last_name, username=self.username, language_code=self.language_code),
        }

    def as_private_chat(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        names = _present(first_name=self.first_name, last_name=self.last_name, username=self.username)
        return {"id": self.user_id, "type": "private", **names}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _present(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


DEFAULT_PERSONAS = (
    Persona(
        "hu-muong-te", 710000011, "Bình", title="Huyện ủy Mường Tè", subtitle="Bình, văn thư", on_page=True
    ),
    Persona(
        "ban-tuyen-giao",
        710000012,
        "Dung",
        title="Ban Tuyên giáo",
        subtitle="Dung, chuyên viên",
        on_page=True,
    ),
    Persona(
        "van-phong-tinh-uy",
        710000013,
        "An",
        title="Văn phòng Tỉnh ủy",
        subtitle="An, giao việc",
        on_page=True,
    ),
)
