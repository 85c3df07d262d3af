"""Listings on a terminal: what people typed is shown, and the terminal obeys none of it."""

import json

import pytest

from bot.cli.common import print_rows

TYPED = "đỏ \x1b[31m\x07\x9b2J\u202egpj.exe\u2066\n=cmd|x\x00"


def test_a_terminal_obeys_nothing_that_people_typed(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"text": TYPED}], ["text"], as_json=False)
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.rstrip("\n").replace("\u2066", "").replace("\u2069", "").isprintable()
    assert "\u202e" not in said


def test_json_holds_exactly_what_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"text": TYPED}], ["text"], as_json=True)
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert json.loads(said) == [{"text": TYPED}]
