import json
from datetime import UTC, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import ASK_MONTHS, Policy, PolicyError
from tests.saying import SAY, SAY_IN_ENGLISH

day_lists = st.lists(st.integers(0, 250), max_size=20, unique=True).map(tuple)
policies = st.builds(
    Policy,
    before=day_lists,
    far=day_lists,
    far_months=st.integers(1, 120),
    monthly=day_lists,
    weekly=day_lists,
    after=st.lists(st.integers(1, 250), max_size=20, unique=True).map(tuple),
    weekly_on=st.integers(0, 4),
    at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    acknowledge_after=st.integers(1, 250),
    contact_after=st.integers(0, 250),
    ask_months=st.sampled_from(ASK_MONTHS),
)


@given(policies)
def test_a_policy_survives_being_stored_as_json(policy: Policy) -> None:
    assert Policy.from_json(json.loads(json.dumps(policy.as_json()))) == policy


def test_the_default_policy_is_the_one_of_the_design() -> None:
    assert Policy().as_json() == {
        "before": [10, 5, 2, 0],
        "far": [30],
        "far_months": 6,
        "monthly": [5, 1],
        "weekly": [1],
        "after": [2, 5],
        "weekly_on": "monday",
        "at": "08:00",
        "acknowledge_after": 2,
        "contact_after": 5,
        "ask_months": 3,
    }
    assert Policy.from_json({}) == Policy()


def test_days_may_be_given_in_any_order() -> None:
    policy = Policy.from_json({"before": [0, 7, 3], "after": [5, 1]})
    assert (policy.before, policy.after) == ((7, 3, 0), (1, 5))


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("before", [5, 5], "số nguyên khác nhau từ 0 đến 250"),
        ("before", "10", "danh sách"),
        ("before", [True], "số nguyên"),
        ("after", [0], "từ 1 đến 250"),
        ("far", list(range(21)), "không quá 20"),
        ("far_months", 0, "từ 1 đến 120"),
        ("weekly_on", "sunday", "monday, tuesday"),
        ("weekly_on", None, "monday, tuesday"),
        ("at", "25:00", "ví dụ 08:00"),
        ("at", 8, "ví dụ 08:00"),
        ("acknowledge_after", "2", "số nguyên từ 1 đến 250"),
        ("acknowledge_after", 0, "số nguyên từ 1 đến 250"),
        ("contact_after", -1, "số nguyên từ 0 đến 250"),
        ("ask_months", 5, "một trong các số 0, 1, 2, 3, 4, 6, 12"),
        ("ask_months", True, "một trong các số"),
    ],
)
def test_a_wrong_value_is_refused_with_its_field_and_what_would_be_right(
    field: str, value: object, right: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_json({field: value})
    [fault] = refused.value.faults
    assert (fault.name, fault.value) == (field, value)
    assert right in SAY(fault.wanted)
    assert SAY_IN_ENGLISH(fault.wanted) != SAY(fault.wanted)
    assert field in str(refused.value)


def test_all_faults_of_a_policy_are_named_at_once_and_unknown_fields_with_their_nearest() -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_json({"befor": [1], "at": "8h", "after": [-1]})
    assert len(refused.value.faults) == 3
    assert refused.value.faults[0].nearest == "before"
    with pytest.raises(PolicyError):
        Policy.from_json([1, 2])


def test_a_policy_made_in_code_is_checked_as_well() -> None:
    with pytest.raises(PolicyError):
        Policy(after=(0,))
    with pytest.raises(PolicyError):
        Policy(at=time(8, tzinfo=UTC))
