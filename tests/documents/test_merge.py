"""Three sides, one result: nothing anybody changed is lost, and a second load changes nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.merge import Conflict, Merge, is_same, merge_fields, to_json

NAMES = ("title", "text", "due", "kind", "aliases")
TOGETHER = (("due", "kind"),)
words = st.none() | st.sampled_from(["a", "b", "c"])
dates = st.none() | st.sampled_from([date(2023, 5, 31), date(2023, 6, 30)])
lists = st.lists(st.sampled_from(["x", "y", "z"]), unique=True).map(tuple)
sides = st.fixed_dictionaries({"title": words, "text": words, "due": dates, "kind": words, "aliases": lists})
bases = st.none() | sides

Side = dict[str, object]


def applied(current: Side, merge: Merge) -> Side:
    return current | merge.changes


def test_what_changed_only_in_the_file_is_taken() -> None:
    assert merge_fields({"title": "a"}, {"title": "a"}, {"title": "b"}) == Merge({"title": "b"})


def test_what_people_changed_meanwhile_stays() -> None:
    assert merge_fields({"title": "a"}, {"title": "b"}, {"title": "a"}) == Merge({})


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    assert merge_fields({"title": "a"}, {"title": "b"}, {"title": "b"}) == Merge({})


def test_different_changes_are_a_conflict_and_neither_wins() -> None:
    merge = merge_fields({"title": "a"}, {"title": "b"}, {"title": "c"})
    assert merge == Merge({}, (Conflict("title", "a", "b", "c"),))
    assert merge.forced() == Merge({"title": "c"})


def test_a_date_from_a_json_base_is_the_same_date() -> None:
    due: Side = {"due": date(2023, 5, 31)}
    assert merge_fields(to_json(due), due, due) == Merge({})


def test_fields_that_belong_together_never_mix() -> None:
    base: Side = {"due": date(2023, 5, 31), "kind": "month"}
    by_people = base | {"due": date(2023, 6, 15)}
    by_file = base | {"kind": "date"}
    merge = merge_fields(base, by_people, by_file, TOGETHER)
    assert merge.changes == {}
    assert {conflict.field for conflict in merge.conflicts} == {"due", "kind"}


def test_lists_keep_what_either_side_added_or_removed() -> None:
    merge = merge_fields({"aliases": ["x", "y"]}, {"aliases": ["y", "w"]}, {"aliases": ("x", "y", "z")})
    assert merge == Merge({"aliases": ("y", "w", "z")})


@given(base=bases, current=sides, incoming=sides)
def test_a_second_load_changes_nothing(base: Side | None, current: Side, incoming: Side) -> None:
    merge = merge_fields(base, current, incoming, TOGETHER).forced()
    assert merge.conflicts == ()
    first = merge_fields(base, current, incoming, TOGETHER)
    after = applied(applied(current, first), first.forced())
    assert merge_fields(to_json(incoming), after, incoming, TOGETHER) == Merge({})


@given(base=bases, current=sides, incoming=sides, order=st.permutations(NAMES))
def test_the_order_of_fields_does_not_matter(
    base: Side | None, current: Side, incoming: Side, order: list[str]
) -> None:
    first = merge_fields(base, current, incoming, TOGETHER)
    other = merge_fields(base, current, {name: incoming[name] for name in order}, TOGETHER)
    assert first.changes == other.changes
    assert set(first.conflicts) == set(other.conflicts)


@given(base=bases, current=sides, incoming=sides)
def test_no_change_is_lost(base: Side | None, current: Side, incoming: Side) -> None:
    merge = merge_fields(base, current, incoming, TOGETHER)
    after, disputed = applied(current, merge), {conflict.field for conflict in merge.conflicts}
    known = base or {}
    for name in ("title", "text", "due", "kind"):
        if not is_same(current[name], known.get(name)) and name not in disputed:
            assert is_same(after[name], current[name])
        if not is_same(incoming[name], known.get(name)) and name not in disputed:
            assert is_same(after[name], incoming[name])


@given(base=bases, current=sides, incoming=sides)
def test_no_item_of_a_list_is_lost(base: Side | None, current: Side, incoming: Side) -> None:
    after = items(applied(current, merge_fields(base, current, incoming, TOGETHER)))
    was, stands, wanted = items(base or {}), items(current), items(incoming)
    assert (stands | wanted) - was <= after
    assert not after & ((was - stands) | (was - wanted))


@given(base=bases, current=sides)
def test_an_unchanged_file_changes_nothing(base: Side | None, current: Side) -> None:
    assert merge_fields(base, current, base or {}, TOGETHER) == Merge({})


def items(side: Side) -> set[str]:
    value = side.get("aliases")
    return set(value) if isinstance(value, tuple) else set()
