"""Exit codes, streams and files of every command (contract, section 6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import app
from ledger.log.algorithms import parse_public_key
from ledger.log.note import parse_vkey
from ledger.log.signers import FileSigner, check_possession
from schemas.encoding import decode_base64
from schemas.ids import PartyId
from tests.cli.conftest import Month
from tests.cli.terminal import ORIGIN, SEASON, Terminal, run_apart, write_lines
from tests.client.station import intake, party

COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]
CONTRACT = {
    "init",
    "keygen",
    "enrol",
    "submit",
    "lots",
    "lot",
    "provenance",
    "bundle",
    "export",
    "verify",
    "label",
    "serve",
    "demo",
}


def test_the_commands_of_the_contract_are_there() -> None:
    """All thirteen, and perhaps more."""
    assert set(COMMANDS) >= CONTRACT


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(terminal: Terminal, command: str) -> None:
    """``--help`` explains it on stdout and is no error."""
    result = terminal.done(command, "--help")
    assert "Usage:" in result.out
    assert len(result.out.splitlines()) > 4
    assert result.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["lots"],
        ["lot", "--home", "x"],
        ["lots", "--home", "x", "--colour"],
        ["lots", "--home"],
        [],
        ["init", "x"],
        ["init", "x", "--origin", "a b"],
        ["init", "x", "--origin", "a+b"],
        ["init", "x", "--origin", ORIGIN, "--authority", "../../x"],
        ["init", "x", "--origin", ORIGIN, "--authority", "small"],
        ["keygen", "x.pem", "--ledger", ORIGIN],
        ["keygen", "x.pem", "--ledger", ORIGIN, "--participant", "mun"],
        ["keygen", "x.pem", "--ledger", ORIGIN, "--participant", "MUN", "--algorithm", "rsa"],
        ["submit", "no-such-file", "--home", "x"],
        ["enrol", "no-such-file", "--home", "x"],
        ["verify", "no-such-file", "--genesis", "ab"],
        ["label", "MUN-B-1", "--home", "x", "--out", "x.gif"],
        ["serve", "--home", "x", "--port", "many"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(
    terminal: Terminal, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence on stderr, nothing on stdout, no trace of the program, and no file is made."""
    monkeypatch.chdir(tmp_path)
    result = terminal.run(*arguments)
    assert result.code == 2
    assert "Traceback" not in result.err
    assert result.err or not arguments
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["lots"],
        ["lot", "X"],
        ["provenance", "X"],
        ["findings"],
        ["bundle", "X", "--out", "o"],
        ["export", "--out", "o"],
        ["label", "X", "--out", "o.svg"],
        ["submit", str(SEASON / "feed.jsonl")],
        ["rebuild"],
        ["enrol", str(SEASON / "participants.jsonl")],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_missing_ledger_is_one_with_a_sentence(terminal: Terminal, arguments: list[str], tmp_path: Path) -> None:
    """The folder is named, and the command that makes one; nothing is made."""
    result = terminal.run(*arguments, "--home", tmp_path / "nothing")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("battery-ledger: expected a ledger in ")
    assert "init" in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["lot", "provenance", "bundle", "label"])
def test_a_lot_that_is_none_is_one(terminal: Terminal, home: Path, command: str, tmp_path: Path) -> None:
    """``../../x`` is just the name of no lot."""
    out = ["--out", tmp_path / "o.svg"] if command in ("bundle", "label") else []
    for name in ("MUN-B-1", "../../x", ""):
        result = terminal.run(command, name, "--home", home, *out)
        assert (result.code, result.out) == (1, "")
        assert repr(name) in result.err
    assert not (tmp_path / "o.svg").exists()


def test_a_file_that_cannot_be_written_is_one(terminal: Terminal, month: Month, tmp_path: Path) -> None:
    """A folder that is not there ends in a sentence."""
    for arguments in (
        ["export", "--out", tmp_path / "no" / "x.zip"],
        ["label", "MUN-B-000001", "--out", tmp_path / "no" / "x.svg"],
    ):
        result = terminal.run(*arguments, "--home", month.home)
        assert result.code == 1
        assert "Traceback" not in result.err


def test_init_says_what_to_pin(terminal: Terminal, tmp_path: Path) -> None:
    """The genesis id and two vkeys, Ed25519 first; made a second time it is refused and changes nothing."""
    reported = terminal.done("init", tmp_path / "home", "--origin", ORIGIN, "--json").document
    assert list(reported) == ["origin", "genesis", "log_keys"]
    assert reported["origin"] == ORIGIN
    assert len(reported["genesis"]) == 64
    assert [decode_base64(vkey.split("+", 2)[2])[0] for vkey in reported["log_keys"]] == [0x01, 0x06]
    assert {parse_vkey(vkey).name for vkey in reported["log_keys"]} == {ORIGIN}
    again = terminal.run("init", tmp_path / "home", "--origin", ORIGIN, "--json")
    assert (again.code, again.out) == (1, "")
    assert terminal.done("lots", "--home", tmp_path / "home").out == ""


def test_keygen_is_ready_for_a_participant(terminal: Terminal, home: Path, tmp_path: Path) -> None:
    """A party brings its own key: its public part and proof are taken as printed, and what it signs too."""
    file = tmp_path / "own.pem"
    key = terminal.done("keygen", file, "--ledger", ORIGIN, "--participant", "MUN", "--json").document
    assert list(key) == ["algorithm", "public_key", "proof"]
    public = parse_public_key(key["algorithm"], decode_base64(key["public_key"]))
    check_possession(public, decode_base64(key["proof"]), ORIGIN, PartyId("MUN"))
    assert FileSigner.load(file).public_key == public
    line = json.loads(party("MUN"))
    line["event"]["keys"] = [key]
    enrolled = terminal.done("enrol", write_lines(tmp_path / "p", line), "--home", home, "--json").document
    assert enrolled["accepted"] == 1
    assert not (home / "keys" / "MUN.pem").exists()
    refused = terminal.run("submit", write_lines(tmp_path / "f", intake("MUN-B-1")), "--home", home, "--json")
    assert [row["code"] for row in refused.document["refused"]] == ["unknown-issuer"]
    file.rename(home / "keys" / "MUN.pem")
    assert terminal.done("submit", tmp_path / "f", "--home", home, "--json").document["accepted"] == 1


@pytest.mark.parametrize("algorithm", ["ed25519", "ecdsa-p256", "ml-dsa-44"])
def test_keygen_knows_three_algorithms(terminal: Terminal, tmp_path: Path, algorithm: str) -> None:
    """Each file is readable by its owner only and never overwritten."""
    file = tmp_path / "own.pem"
    arguments = ("keygen", file, "--ledger", ORIGIN, "--participant", "MUN", "--algorithm", algorithm)
    assert algorithm in terminal.done(*arguments).out
    before = file.read_bytes()
    assert terminal.run(*arguments).code == 1
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (before, 0o600)


def test_refused_lines_are_reported_to_people_too(terminal: Terminal, home: Path, tmp_path: Path) -> None:
    """Without ``--json``: line, code, sentence, and the count; exit code 1."""
    terminal.done("enrol", write_lines(tmp_path / "p", json.loads(party("MUN"))), "--home", home)
    feed = write_lines(tmp_path / "f", intake("MUN-B-1"), b"\n", b"nonsense\n", b"\n", intake("MUN-B-2") + b"\n")
    result = terminal.run("submit", feed, "--home", home)
    assert result.code == 1
    assert [line[:17] for line in result.out.splitlines()] == [
        "line 2: malformed",
        "line 3: malformed",
        "accepted 2, dupli",
    ]


@pytest.mark.parametrize("command", ["lots", "findings", "rebuild"])
def test_json_is_one_document(terminal: Terminal, home: Path, command: str) -> None:
    """On stdout, with nothing beside it on either stream; of no lots there are no lines."""
    result = terminal.done(command, "--home", home, "--json")
    assert result.err == ""
    assert result.out == "" if command == "lots" else result.document is not None


def test_nothing_but_the_document_in_a_pipe(month: Month) -> None:
    """No progress bar and no message on either stream, though hundreds of lines went through."""
    for result in (month.init, month.enrol, month.submit):
        assert result.err == ""
        assert result.document


def test_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    """Exit codes and streams as the shell sees them."""
    assert run_apart("nonsense").code == 2
    missing = run_apart("lots", "--home", tmp_path / "nothing", "--json")
    assert (missing.code, missing.out) == (1, "")
    assert missing.err.startswith("battery-ledger: expected a ledger in ")


def test_keys_are_encrypted_with_the_passphrase(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All private keys are; reading needs none, writing the right one, and a wrong one is a sentence and exit 1."""
    monkeypatch.setenv("BATTERY_LEDGER_PASSPHRASE", "correct horse")
    home = tmp_path / "home"
    terminal.done("init", home, "--origin", ORIGIN)
    terminal.done("enrol", write_lines(tmp_path / "p", json.loads(party("MUN"))), "--home", home)
    feed = write_lines(tmp_path / "f", intake("MUN-B-1"))
    files = list((home / "keys").iterdir())
    assert len(files) == 4
    assert all(file.read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----") for file in files)
    for wrong in ("battery staple", None):
        if wrong is None:
            monkeypatch.delenv("BATTERY_LEDGER_PASSPHRASE")
        else:
            monkeypatch.setenv("BATTERY_LEDGER_PASSPHRASE", wrong)
        result = terminal.run("submit", feed, "--home", home, "--json")
        assert (result.code, result.out) == (1, "")
        assert "passphrase" in result.err
        assert terminal.done("lots", "--home", home).out == ""
    monkeypatch.setenv("BATTERY_LEDGER_PASSPHRASE", "correct horse")
    assert terminal.done("submit", feed, "--home", home, "--json").document["accepted"] == 1
