"""An archive nobody vouches for: refused in a plain sentence, and nothing is changed."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.backup import Archive
from bot.errors import UserError
from tests.backup.conftest import Place

Members = dict[str, bytes]


@pytest.fixture(params=["sqlite"])
def elsewhere(request: pytest.FixtureRequest, untouched: Callable[[str], Place]) -> Place:
    """Shared by all of these, which leave it as it is."""
    return untouched(request.param)


def rewrite(archive: Path, change: Callable[[Members], object]) -> Path:
    """The same archive with other members."""
    with ZipFile(archive) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    path = archive.with_name("altered.zip")
    with ZipFile(path, "w", ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return path


def change_manifest(members: Members, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()


def change_rows(table: str, change: Callable[[list[dict[str, Any]]], None]) -> Callable[[Members], None]:
    """A forger's work: rows changed, the manifest made to fit."""

    def apply(members: Members) -> None:
        name = f"tables/{table}.jsonl"
        rows = [json.loads(line) for line in members[name].splitlines()]
        change(rows)
        content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        members[name] = content
        said = {
            "rows": len(rows),
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        change_manifest(members, lambda manifest: manifest["tables"].update({table: said}))

    return apply


def refused(place: Place, path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Tries to restore, and returns the sentence; the place must be as empty as before."""
    before = place.plain_rows()
    capsys.readouterr()
    assert place.dondoc("restore", path) == 1
    assert place.plain_rows() == before
    assert place.files() == {}
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "Traceback" not in said.err
    return said.err


def _replace(name: str, old: bytes, new: bytes) -> Callable[[Members], None]:
    def apply(members: Members) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return apply


def _say(**values: Any) -> Callable[[Members], None]:
    return lambda members: change_manifest(members, lambda manifest: manifest.update(values))


def _set(**values: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda rows: rows[0].update(values)


ALTERED: dict[str, tuple[Callable[[Members], object], str]] = {
    "another name in a row": (_replace("tables/member.jsonl", b'"An"', b'"Xy"'), "not what was written"),
    "a row too many": (
        lambda members: members.update({"tables/member.jsonl": members["tables/member.jsonl"] * 2}),
        "another size",
    ),
    "a table gone": (lambda members: members.pop("tables/event.jsonl"), "is missing"),
    "a table unsaid": (
        lambda members: change_manifest(members, lambda manifest: manifest["tables"].pop("event")),
        "its tables are not",
    ),
    "a path upwards": (lambda members: members.update({"../evil": b"x"}), "does not belong"),
    "a path from the root": (lambda members: members.update({"/etc/evil": b"x"}), "does not belong"),
    "an attachment by a path": (_say(attachments={"../../evil": 1}), "manifest.json is not as it should be"),
    "a file beside": (lambda members: members.update({"attachments/x": b"x"}), "does not belong"),
    "no manifest": (lambda members: members.pop("manifest.json"), "no backup of this program"),
    "a manifest that is a list": (
        lambda members: members.update({"manifest.json": b"[]"}),
        "manifest.json is not as it should be",
    ),
    "a manifest nested without end": (
        lambda members: members.update({"manifest.json": b"[" * 100_000}),
        "manifest.json is not as it should be",
    ),
    "a manifest of half a file": (
        lambda members: members.update({"manifest.json": members["manifest.json"][:300]}),
        "manifest.json is not as it should be",
    ),
    "another format": (_say(version=2), "at version"),
    "a newer schema": (_say(revision="9999"), "does not know ('9999'"),
    "a time without a zone": (_say(created_at="2023-04-24T09:00:00"), "at created_at"),
}

FORGED: dict[str, tuple[str, Callable[[list[dict[str, Any]]], None], str]] = {
    "a column less": ("member", lambda rows: rows[0].pop("name"), "other columns"),
    "a column more": ("member", _set(admin=True), "other columns"),
    "a number for a name": ("member", _set(name=5), "row 1 of member: name is of another kind"),
    "a truth for a number": ("member", _set(id=True), "id is of another kind"),
    "a number too large": ("member", _set(id=2**64), "id is of another kind"),
    "an instant without a zone": (
        "member",
        _set(created_at="2023-04-24T09:00:00"),
        "created_at is of another",
    ),
    "nothing where something is needed": ("member", _set(name=None), "name is empty"),
    "a parent that is not there": ("report", _set(submitted_by=77), "Nothing was changed"),
    "an impossible status": ("assignment", _set(status="done"), "did not take the backup"),
    "one row twice": ("member", lambda rows: rows.append(rows[0]), "did not take the backup"),
}


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("what", ALTERED)
def test_an_altered_archive_is_refused(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    change, sentence = ALTERED[what]
    assert sentence in refused(elsewhere, rewrite(archive, change), capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("elsewhere", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("what", FORGED)
def test_a_forged_row_is_refused_by_either_database(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    table, change, sentence = FORGED[what]
    assert sentence in refused(elsewhere, rewrite(archive, change_rows(table, change)), capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_bomb_is_refused_before_it_unfolds(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = rewrite(archive, lambda members: members.update({"tables/event.jsonl": bytes(100 * 2**20)}))
    assert bomb.stat().st_size < 2**20
    assert "another size" in refused(elsewhere, bomb, capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_row_without_end_is_refused_before_it_fills_the_memory(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytes(40 * 2**20)
    said = {"rows": 1, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def change(members: Members) -> None:
        members["tables/event.jsonl"] = content
        change_manifest(members, lambda manifest: manifest["tables"].update({"event": said}))

    assert "a row without end" in refused(elsewhere, rewrite(archive, change), capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_two_members_of_one_name_are_refused(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, sentence in (("tables/event.jsonl", "does not belong"), ("manifest.json", "no backup")):
        doubled = archive.with_name("doubled.zip")
        doubled.write_bytes(archive.read_bytes())
        with ZipFile(doubled, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
            opened.writestr(name, b"{}")
        assert sentence in refused(elsewhere, doubled, capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_truncated_archive_is_refused_wherever_it_ends(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = archive.read_bytes()
    cut = archive.with_name("cut.zip")
    for length in (0, 1, 30, len(whole) // 2, len(whole) - 100, len(whole) - 1):
        cut.write_bytes(whole[:length])
        assert "no whole zip archive" in refused(elsewhere, cut, capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_no_flipped_byte_passes_unless_it_carries_nothing(archive: Path) -> None:
    whole = archive.read_bytes()
    flipped = archive.with_name("flipped.zip")
    passed, positions = 0, range(0, len(whole), 37)
    for position in positions:
        flipped.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        try:
            with Archive(flipped) as opened:
                opened.verify()
        except UserError:
            continue
        passed += 1
    # Times, permissions and the like of a member: what passes has been compared by hash.
    assert passed < len(positions) / 4


def test_what_is_no_archive_at_all_is_refused(
    elsewhere: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "notes.zip"
    text.write_text("đây không phải bản sao lưu", encoding="utf-8")
    assert "no whole zip archive" in refused(elsewhere, text, capsys)
    assert "cannot be read" in refused(elsewhere, tmp_path / "nowhere.zip", capsys)
    assert "cannot be read" in refused(elsewhere, tmp_path, capsys)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_refused_archive_leaves_a_database_in_use_as_it_was(
    archive: Path, office: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, files = office.rows(), office.files()
    table, change, _ = FORGED["a parent that is not there"]
    forged = rewrite(archive, change_rows(table, change))
    assert office.dondoc("restore", forged, "--force") == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert office.rows() == rows
    assert office.files() == files
