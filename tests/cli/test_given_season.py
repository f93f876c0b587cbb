"""The season that came with its answers: every refusal, lot, share and contribution."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ledger.home.opening import Home
from ledger.materials.answers.provenance import provenance_report, trace
from schemas.quantity import parse_kg
from tests.cli.conftest import Month
from tests.cli.terminal import SEASON, Terminal

TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    """The answers, worked out by others."""
    found: dict[str, Any] = json.loads((SEASON / "expected.json").read_bytes())
    return found


def test_all_participants_are_enrolled(month: Month) -> None:
    """Seven parties, each with a key of its own in the folder."""
    assert month.enrol.code == 0
    assert month.enrol.document == {"accepted": 7, "duplicates": 0, "refused": []}
    names = {path.name for path in (month.home / "keys").iterdir()}
    assert {"GZB.pem", "MUN.pem", "TEX.pem", "THA.pem", "GLENCORE.pem", "LAB-ONE.pem", "CERT-ONE.pem"} < names


def test_the_refused_lines_and_their_codes(month: Month, expected: dict[str, Any]) -> None:
    """Exactly the lines that must be refused are, each for its reason and with a sentence; exit code 1."""
    report = month.submit.document
    assert month.submit.code == 1
    assert [{"code": row["code"], "line": row["line"]} for row in report["refused"]] == expected["refused"]
    assert all(set(row) == {"line", "code", "message"} and "expected" in row["message"] for row in report["refused"])
    lines = len((SEASON / "feed.jsonl").read_bytes().splitlines())
    assert (report["accepted"], report["duplicates"]) == (lines - len(expected["refused"]), 0)


def test_every_lot_to_the_milligram(month: Month, expected: dict[str, Any], terminal: Terminal) -> None:
    """Holder, status, material, net, masses per origin and the share of ``eu-2023-1542`` of all lots."""
    lines = terminal.done("lots", "--home", month.home, "--json").out.splitlines()
    found = {lot["lot"]: lot for lot in map(json.loads, lines)}
    assert found.keys() == expected["lots"].keys()
    for name, answer in expected["lots"].items():
        lot = found[name]
        origins = {
            metal: {origin: parse_kg(kg) for origin, kg in row.items()} for metal, row in lot["origin_kg"].items()
        }
        assert {
            "holder": lot["holder"],
            "status": lot["status"],
            "material": lot["material"],
            "net_mg": parse_kg(lot["net_kg"]),
            "origin_mg": origins,
            "recycled_share": lot["recycled_share"]["eu-2023-1542"],
        } == {member: value for member, value in answer.items() if member != "contributions"}, name
        content = {metal: parse_kg(kg) for metal, kg in lot["content_kg"].items()}
        assert content == {metal: sum(row.values()) for metal, row in origins.items()}


def test_every_contribution_within_a_billionth(month: Month, expected: dict[str, Any]) -> None:
    """The sources of every metal of every lot at its creation, used up or not."""
    with Home.open(month.home, writable=False) as home, home.store.reading() as snapshot:
        for name, answer in expected["lots"].items():
            lot = snapshot.lots.get(name)
            assert lot is not None
            report = provenance_report(trace(lot, snapshot), snapshot.size)
            assert report["contributions"].keys() == answer["contributions"].keys(), name
            for metal, rows in report["contributions"].items():
                _compare(rows, dict(answer["contributions"][metal]), f"{name} {metal}")


def _compare(rows: list[dict[str, str]], exact: dict[str, float], where: str) -> None:
    minor = sum(float(row["share"]) for row in rows if row["source"] == "minor")
    for row in rows:
        if row["source"] != "minor":
            assert abs(float(row["share"]) - exact.pop(row["source"])) <= TOLERANCE, where
    assert abs(sum(exact.values()) - minor) <= TOLERANCE, where


def test_the_command_says_the_same_as_the_library(month: Month, terminal: Terminal) -> None:
    """``provenance --json`` and ``lot --json`` of one lot, with all their members."""
    with Home.open(month.home, writable=False) as home, home.store.reading() as snapshot:
        name = next(lot.id for lot in snapshot.lots.all() if lot.status == "left" and lot.run)
        lot = snapshot.lots.get(name)
        assert lot is not None
        report = provenance_report(trace(lot, snapshot), snapshot.size)
    assert terminal.done("provenance", name, "--home", month.home, "--json").document == report
    reported = terminal.done("lot", name, "--home", month.home, "--json").document
    assert list(reported) == [
        "lot",
        "material",
        "holder",
        "status",
        "held",
        "net_kg",
        "content_kg",
        "origin_kg",
        "recycled_share",
        "share_basis",
        "custody",
        "claimable_kg",
        "corrections",
        "tree_size",
        "standing",
    ]
    assert reported["tree_size"] == report["tree_size"] == 1 + 7 + month.submit.document["accepted"]


@pytest.mark.slow
def test_the_same_feed_twice_changes_nothing(month: Month, tmp_path: Path, terminal: Terminal) -> None:
    """All that was taken is a duplicate, all that was refused is refused for the same reason, the tree stays."""
    home = tmp_path / "again"
    shutil.copytree(month.home, home)
    before = terminal.done("lots", "--home", home, "--json").out
    checkpoint = (home / "checkpoint").read_bytes()
    first = month.submit.document
    second = terminal.run("submit", SEASON / "feed.jsonl", "--home", home, "--json").document
    assert second == {**first, "accepted": 0, "duplicates": first["accepted"]}
    assert terminal.done("lots", "--home", home, "--json").out == before
    assert (home / "checkpoint").read_bytes() == checkpoint
    enrolled = terminal.done("enrol", SEASON / "participants.jsonl", "--home", home, "--json").document
    assert enrolled == {"accepted": 0, "duplicates": 7, "refused": []}


def test_the_bundle_and_the_export_of_the_season_verify(month: Month, tmp_path: Path, terminal: Terminal) -> None:
    """What the commands write, ``verify`` finds no fault in; with another genesis it does."""
    bundle = tmp_path / "lot.json"
    name = json.loads(terminal.done("lots", "--home", month.home, "--json").out.splitlines()[-1])["lot"]
    said = terminal.done("bundle", name, "--home", month.home, "--out", bundle, "--json").document
    assert said == {"file": str(bundle), "genesis": month.genesis}
    terminal.done("verify", bundle, "--genesis", month.genesis, "--json")
    assert terminal.run("verify", bundle, "--genesis", "ab" * 32, "--json").code == 1
