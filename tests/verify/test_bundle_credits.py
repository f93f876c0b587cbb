"""Bundles of lots with mass-balance credits: the account is not in them, and they say so."""

from __future__ import annotations

import json
from csv import DictReader
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ledger.materials.answers.lot_report import lot_report
from schemas.ids import LotId
from schemas.versions import VERSION_1
from tests.verify.plant import bundle_of, edited, export_of, verified
from tests.world.events import acceptance, intake, lead_run
from tests.world.memory import MemoryWorld

ACCOUNT = "mass-balance account"


@pytest.fixture
def ledger() -> MemoryWorld:
    """MUN earns credit on one lot and draws it for another, of virgin metal, which GLENCORE has in part."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("GLENCORE", "offtaker")
    for number, origin in ((1, "battery_post_consumer"), (2, "primary")):
        ledger.say("MUN", intake(f"MUN-B-{number}", origin=origin))
        made = {f"MUN-L-{number}": ("500", "500")}
        ledger.say("MUN", lead_run(f"MUN-R-{number}", {f"MUN-B-{number}": "1000"}, made, custody="mass_balance"))
    lot = {"lot": "MUN-L-2", "credit_kg": {"Pb": {"battery_post_consumer": "400"}}}
    event = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [lot]}
    ledger.say("MUN", event, at="2026-01-07T06:00:00Z")
    ledger.say("GLENCORE", acceptance("MUN-H-1", "MUN-L-2"))
    packed = lead_run("GLENCORE-R-1", {"MUN-L-2": "250"}, {"GLENCORE-L-1": ("250", "250")}, process="packing")
    ledger.say("GLENCORE", packed)
    return ledger


@pytest.mark.parametrize("lot", ["MUN-L-1", "MUN-L-2", "GLENCORE-L-1"])
def test_the_bundle_of_a_lot_with_credit_verifies(ledger: MemoryWorld, tmp_path: Path, lot: str) -> None:
    """What the account gave and had is not there: named as not checked, and no fault."""
    report = verified(bundle_of(ledger, lot), ledger.genesis, tmp_path)
    assert report.faults == ()
    assert any(ACCOUNT in line for line in report.not_checked)


def test_the_bundle_of_a_lot_without_mass_balance_says_nothing_of_accounts(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Its figures rest on nothing that is not in it."""
    report = verified(bundle_of(ledger, "MUN-B-1"), ledger.genesis, tmp_path)
    assert report.ok
    assert not any(ACCOUNT in line for line in report.not_checked)


def test_a_lot_whose_credit_lost_its_cover_verifies(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Its account took back what is not covered; a bundle may show less credit than was drawn, the export all."""
    logged = ledger.book.history.logged_events((3,))[0]
    replacement = {key: value for key, value in intake("MUN-B-1", lead="200").items() if key != "nonce"}
    correction = {"type": "correction", "statement": logged.statement, "kind": "incorrect_data", "reason": "a slip"}
    ledger.say("MUN", {**correction, "replacement": replacement}, at="2026-01-08T06:00:00Z")
    for lot in ("MUN-L-2", "GLENCORE-L-1"):
        report = verified(bundle_of(ledger, lot), ledger.genesis, tmp_path)
        assert report.faults == (), lot
        assert any(ACCOUNT in line for line in report.not_checked)
    assert ledger.book.lots[LotId("MUN-L-2")].credit == {"Pb": (100_000_000, 0, 0, 0, 0, 0, 0)}
    assert verified(export_of(ledger, tmp_path), ledger.genesis, tmp_path).faults == ()


def test_a_bundle_that_shows_more_credit_than_was_drawn_is_a_fault(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Less may be; more may not."""

    def boast(bundle: dict[str, Any]) -> None:
        bundle["lot"]["credit_kg"]["Pb"]["battery_post_consumer"] = "401"

    report = verified(edited(bundle_of(ledger, "MUN-L-2"), boast), ledger.genesis, tmp_path)
    assert any(fault.code == "lot-mismatch" for fault in report.faults)


def test_a_share_that_rests_on_an_account_is_at_most_what_a_bundle_shows(ledger: MemoryWorld, tmp_path: Path) -> None:
    """The share is that of the credit, with the reason for which it may be less; others have neither."""
    shown = json.loads(bundle_of(ledger, "MUN-L-2"))["lot"]
    assert shown["recycled_share"]["eu-2023-1542"] == {"Pb": "0.800000"}
    assert shown["physical_share"]["eu-2023-1542"] == {"Pb": "0.000000"}
    assert (shown["share_basis"], shown["share_limit"]) == (
        "mass_balance", {"is": "at most", "reason": "account-not-shown"},
    )  # fmt: skip
    report = verified(bundle_of(ledger, "MUN-L-2"), ledger.genesis, tmp_path)
    assert any("account-not-shown" in line and "at most what is shown" in line for line in report.not_checked)
    batch = json.loads(bundle_of(ledger, "MUN-B-1"))["lot"]
    assert batch["share_basis"] == "physical"
    assert not {"physical_share", "share_limit"} & set(batch)


@pytest.mark.parametrize(("credit", "share"), [("400", "0.800001"), ("300", "0.800000"), ("300", "0.599999")])
def test_a_share_that_is_not_that_of_the_credit_shown_is_a_fault(
    ledger: MemoryWorld, tmp_path: Path, credit: str, share: str
) -> None:
    """Neither more nor less: who shows less credit shows its share."""

    def boast(bundle: dict[str, Any]) -> None:
        lot = bundle["lot"]
        lot["credit_kg"]["Pb"]["battery_post_consumer"] = credit
        lot["claimable_kg"] = {kind: {} for kind in lot["claimable_kg"]}
        lot["recycled_share"]["eu-2023-1542"]["Pb"] = share
        lot["recycled_share"]["iso-14021"]["Pb"]["post_consumer"] = share

    report = verified(edited(bundle_of(ledger, "MUN-L-2"), boast), ledger.genesis, tmp_path)
    assert {fault.code for fault in report.faults} == {"lot-mismatch"}


def test_a_bundle_the_export_and_the_ledger_show_one_share(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Of each lot, with an account or without: the table of the export, the bundle and the answer."""
    with ZipFile(BytesIO(export_of(ledger, tmp_path))) as archive:
        rows = {row["lot"]: row for row in DictReader(StringIO(archive.read("tables/lot_metals.csv").decode()))}
    assert {"MUN-L-1", "MUN-L-2", "GLENCORE-L-1"} <= rows.keys()
    for name, row in rows.items():
        said = lot_report(ledger.book.lots[LotId(name)], VERSION_1, 0)
        shown = json.loads(bundle_of(ledger, name))["lot"]
        for member, column in (("recycled_share", ""), ("physical_share", "physical ")):
            assert said.get(member) == shown.get(member)
            iso = said.get(member, {}).get("iso-14021", {}).get("Pb", {"post_consumer": "", "pre_consumer": ""})
            assert row[f"{column}eu-2023-1542"] == said.get(member, {}).get("eu-2023-1542", {}).get("Pb", "")
            assert {kind: row[f"{column}iso-14021 {kind}"] for kind in iso} == iso
        assert row["share_basis"] == said["share_basis"] == shown["share_basis"]
