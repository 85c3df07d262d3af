"""The fields of `tasks.json`: one official document, its agencies and groups, and the tasks it gives."""

from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.documents.values import SLUG, find_iso_date, find_nearest_date, one_line
from bot.domain.numbers import has_number
from bot.domain.policy import (
    ASK_MONTHS,
    DEFAULT_POLICY,
    MOST_DAYS,
    MOST_STEPS,
    WEEKDAYS,
    Policy,
    list_policy_faults,
)


def _as_date(value: Any) -> date:
    if isinstance(value, str) and (day := find_iso_date(value)) is not None:
        return day
    nearest = find_nearest_date(value) if isinstance(value, str) else None
    raise PydanticCustomError("no_such_date", "a day as YYYY-MM-DD", {"nearest": nearest})


def _as_source(value: str) -> str:
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or ":" in value:
        raise PydanticCustomError("unsafe_path", "a path below the folder of the file")
    return value


def _as_figure(value: str) -> str:
    if not has_number(value):
        raise PydanticCustomError("no_number", "words that name a number")
    return value


def _text(longest: int) -> Any:
    return StringConstraints(strict=True, min_length=1, max_length=longest)


Key = Annotated[str, StringConstraints(strict=True, pattern=SLUG, max_length=64)]
Short = Annotated[str, _text(64), AfterValidator(one_line)]
Line = Annotated[str, _text(300), AfterValidator(one_line)]
Title = Annotated[str, _text(1_000), AfterValidator(one_line)]
Text = Annotated[str, _text(20_000)]
Day = Annotated[date, BeforeValidator(_as_date)]
Source = Annotated[str, _text(255), AfterValidator(_as_source)]
Keys = Annotated[tuple[Key, ...], Field(max_length=1_000)]
SomeKeys = Annotated[tuple[Key, ...], Field(min_length=1, max_length=1_000)]


class Entry(BaseModel):
    """What every part of the file keeps: no unknown fields, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Received(Entry):
    """The stamp of one receiving office; never the document's own number or date."""

    office: Line = Field(description="Cơ quan nhận văn bản")
    number: Short | None = Field(None, description="Số đến")
    on: Day | None = Field(None, description="Ngày đến, YYYY-MM-DD")


_WEEKDAY = WithJsonSchema({"type": "string", "enum": [*WEEKDAYS]})
_TIME = WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
_MONTHS = WithJsonSchema({"type": "integer", "enum": [*ASK_MONTHS]})
_SomeDays = Annotated[tuple[Annotated[int, Field(ge=0, le=MOST_DAYS)], ...], Field(max_length=MOST_STEPS)]
_DaysAfter = Annotated[tuple[Annotated[int, Field(ge=1, le=MOST_DAYS)], ...], Field(max_length=MOST_STEPS)]


class Reminders(Entry):
    """What the reminder ladder has otherwise than the default (shown here), in working days."""

    before: _SomeDays = Field(
        DEFAULT_POLICY.before, description="Nhắc trước hạn bao nhiêu ngày; 0: ngày hạn cuối"
    )
    far: _SomeDays = Field(DEFAULT_POLICY.far, description="Nhắc thêm khi hạn còn xa")
    far_months: int = Field(DEFAULT_POLICY.far_months, ge=1, le=120, description="Hạn còn xa: trên mấy tháng")
    monthly: _SomeDays = Field(DEFAULT_POLICY.monthly, description="Nhắc trước hạn của việc hằng tháng")
    weekly: _SomeDays = Field(DEFAULT_POLICY.weekly, description="Nhắc trước hạn của việc hằng tuần")
    after: _DaysAfter = Field(
        DEFAULT_POLICY.after, description="Đôn đốc sau hạn bao nhiêu ngày, rồi hằng tuần"
    )
    weekly_on: Annotated[str | int, _WEEKDAY] = Field("monday", description="Ngày đôn đốc hằng tuần")
    at: Annotated[str, _TIME] = Field("08:00", description="Giờ nhắc, theo giờ địa phương")
    acknowledge_after: int = Field(
        DEFAULT_POLICY.acknowledge_after,
        ge=1,
        le=MOST_DAYS,
        description="Sau bao nhiêu ngày thì nhắc xác nhận đã nhận",
    )
    contact_after: int = Field(
        DEFAULT_POLICY.contact_after,
        ge=0,
        le=MOST_DAYS,
        description="Quá hạn bao nhiêu ngày thì gửi cả đầu mối; 0: không",
    )
    ask_months: Annotated[int, _MONTHS] = Field(
        DEFAULT_POLICY.ask_months,
        description="Mấy tháng hỏi tình hình việc thường xuyên một lần; 0: không hỏi",
    )

    @model_validator(mode="before")
    @classmethod
    def _check(cls, values: Any) -> Any:
        # The ladder's own reader knows what each item needs, and its faults are told by that.
        if list_policy_faults(values):
            raise PydanticCustomError("reminders", "a reminder ladder")
        return values

    def as_ladder(self) -> dict[str, Any]:
        """Only what the file gives, in the form it is stored in."""
        given = self.model_dump(exclude_unset=True)
        whole = Policy.from_json(given).as_json()
        return {name: whole[name] for name in given}


class Document(Entry):
    """The official document itself."""

    key: Key = Field(description="Khóa không đổi của văn bản, dù các trường khác sửa sau này")
    title: Title = Field(description="Tên văn bản như mọi người gọi")
    issuer: Line = Field(description="Cơ quan ban hành")
    number: Short | None = Field(None, description="Số, ký hiệu; null nếu không biết")
    issued_on: Day | None = Field(None, description="Ngày ban hành, YYYY-MM-DD; null nếu không biết")
    received: Received | None = Field(None, description="Dấu văn bản đến")
    signed_by: Line | None = Field(None, description="Người ký")
    secrecy: Short | None = Field(None, description="Độ mật; văn bản mật không được nạp")
    file: Source | None = Field(None, description="Tệp gốc, đường dẫn tính từ thư mục của tệp này")
    reminders: Reminders | None = Field(None, description="Lịch nhắc riêng của văn bản")
    note: Text | None = Field(None, description="Ghi chú")


class Agency(Entry):
    """A body that tasks are given to."""

    key: Key = Field(description="Khóa của cơ quan")
    name: Line = Field(description="Tên đầy đủ")
    aliases: Annotated[tuple[Line, ...], Field(max_length=50)] = Field((), description="Tên khác hay dùng")
    confirmed: StrictBool = Field(True, description="false: chưa chắc cơ quan này có hay không")
    note: Text | None = Field(None, description="Ghi chú")


class Group(Entry):
    """Agencies the document names together; as a lead it gives each member its own assignment."""

    key: Key = Field(description="Khóa của nhóm")
    name: Line = Field(description="Cách văn bản gọi nhóm")
    members: SomeKeys = Field(description="Khóa các cơ quan trong nhóm")
    note: Text | None = Field(None, description="Ghi chú")


class Target(Entry):
    """A figure the document sets, against which reviews report numbers."""

    key: Key = Field(description="Khóa của chỉ tiêu")
    name: Line = Field(description="Tên chỉ tiêu như mọi người đọc")
    value: Annotated[Short, AfterValidator(_as_figure)] | None = Field(
        None, description="Con số văn bản nêu, ví dụ trên 3.200; null nếu không nêu"
    )
    unit: Short | None = Field(None, description="Đơn vị tính, ví dụ hợp tác xã hoặc %")
    by: Day | None = Field(None, description="Phải đạt đến ngày nào, YYYY-MM-DD; null nếu không nêu")


class Task(Entry):
    """One obligation of the document."""

    clause: Short = Field(description="Khóa của nhiệm vụ trong văn bản, ví dụ IV.2.b")
    clause_label: Line = Field(description="Mục, điểm như mọi người đọc")
    title: Line = Field(description="Tên ngắn của nhiệm vụ")
    text: Text = Field(description="Nguyên văn")
    lead: SomeKeys = Field(description="Cơ quan hoặc nhóm chủ trì")
    coordinating: Keys = Field((), description="Cơ quan hoặc nhóm phối hợp")
    coordinating_text: Text | None = Field(None, description="Cơ quan phối hợp mà văn bản không nêu tên")
    deadline: Annotated[str, _text(1_000), AfterValidator(one_line)] | None = Field(
        None, description="Thời hạn đúng lời văn bản; null nếu văn bản không nêu"
    )
    due: Day | None = Field(None, description="Hạn ấn định thay cách đọc lời văn, YYYY-MM-DD")
    recurrence: Line | None = Field(None, description="Quy tắc lặp RFC 5545 thay cách đọc lời văn")
    deadline_confirmed: StrictBool | None = Field(
        None, description="false: hai cách hiểu, Văn phòng xác nhận"
    )
    product: Line | None = Field(None, description="Sản phẩm phải có, ví dụ Kế hoạch")
    person: Line | None = Field(None, description="Người phụ trách")
    report_to: Line | None = Field(None, description="Nơi nhận báo cáo")
    advising: Key | None = Field(None, description="Cơ quan tham mưu, nhận tin thay cơ quan chủ trì")
    reminders: Reminders | None = Field(None, description="Lịch nhắc riêng của nhiệm vụ")
    note: Text | None = Field(None, description="Ghi chú")


class TasksFile(Entry):
    """One file: one document with what it assigns."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tasks.json")

    schema_name: Annotated[str, _text(300)] | None = Field(
        None, alias="$schema", description="Lược đồ của tệp"
    )
    document: Document
    agencies: Annotated[tuple[Agency, ...], Field(max_length=2_000)]
    groups: Annotated[tuple[Group, ...], Field(max_length=500)] = ()
    targets: Annotated[tuple[Target, ...], Field(max_length=500)] = ()
    tasks: Annotated[tuple[Task, ...], Field(min_length=1, max_length=2_000)]
