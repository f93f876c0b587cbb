"""Bundles that somebody changed: each attack is named by its fault and its entry."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.log.sealed import make_disclosure
from schemas.codes import CLAIM_KINDS
from tests.verify.plant import FACT, bundle_of, codes, edited, furnished, smuggle, verified
from tests.world.events import intake
from tests.world.memory import MemoryWorld

Change = Callable[[dict[str, Any]], object]


def _without(index: int) -> Change:
    def change(members: dict[str, Any]) -> None:
        members["entries"] = [entry for entry in members["entries"] if entry["index"] != index]

    return change


def _entry(members: dict[str, Any], index: int) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in members["entries"] if entry["index"] == index)
    return found


def _faults(raw: bytes, ledger: MemoryWorld, folder: Path) -> set[tuple[str, int | None]]:
    report = verified(raw, ledger.genesis, folder)
    assert report.kind == "bundle"
    return codes(report)


def test_dropping_the_intake_of_an_ancestor_names_the_run_that_took_it(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path
) -> None:
    """An ancestor without its entry is one fault, at the run that consumed it."""
    assert _faults(edited(bundle, _without(4)), honest, tmp_path) == {("missing-entry", 7), ("bad-disclosure", 4)}


def test_dropping_the_lot_itself_leaves_nothing_to_show(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Without the entry that made it, a lot is nobody's."""
    faults = _faults(edited(bundle, _without(9)), honest, tmp_path)
    # What led to it is no ancestor of anything then.
    assert ("missing-entry", None) in faults
    assert {("extra-entry", 4), ("extra-entry", 7)} <= faults


def test_dropping_the_dispatch_is_noticed_by_the_acceptance(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A receiver cannot accept what was never sent, nor hold it."""
    faults = _faults(edited(bundle, _without(11)), honest, tmp_path)
    assert faults == {("missing-entry", 12), ("lot-mismatch", None)}


def test_dropping_an_acceptance_shows_in_the_lot(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """The lot that the file shows does not follow from its entries any more."""
    report = verified(edited(bundle, _without(12)), honest.genesis, tmp_path)
    assert codes(report) == {("lot-mismatch", None)}
    # What the receiver did not get by its own weight is claimable again without its word.
    claimable = {f"lot.claimable_kg.{kind}.Pb.battery_post_consumer" for kind in CLAIM_KINDS}
    # Nor does it stand with a hand-over that is not there.
    changed = {"lot.holder", "lot.status", "lot.standing.reasons"}
    assert {fault.message.split(":")[0] for fault in report.faults} == changed | claimable


def test_dropping_a_registration_orphans_its_entries(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Nobody speaks whom the bundle does not register."""
    faults = _faults(edited(bundle, _without(2)), honest, tmp_path)
    assert ("unknown-issuer", 12) in faults


def test_dropping_a_revocation_is_said_not_to_be_provable(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Completeness is not claimed: the gap in the authority's chain is named instead."""
    report = verified(edited(bundle, _without(15)), honest.genesis, tmp_path)
    assert report.ok
    assert any("AUTHORITY/main 5 to 5" in line for line in report.not_checked)
    assert any("nothing was left out" in line for line in report.not_checked)


def test_repeating_an_entry_is_detected(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """An entry twice is out of order and the same statement again."""

    def change(members: dict[str, Any]) -> None:
        at = members["entries"].index(_entry(members, 7))
        members["entries"].insert(at, members["entries"][at])

    faults = _faults(edited(bundle, change), honest, tmp_path)
    assert faults == {("wrong-order", 7), ("repeated-statement", 7)}


def test_showing_an_entry_at_another_index_is_detected(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Two entries that swap their indexes are not in the tree there."""

    def change(members: dict[str, Any]) -> None:
        left, right = _entry(members, 4), _entry(members, 5)
        left["index"], right["index"] = 5, 4

    assert {("not-in-tree", 4), ("not-in-tree", 5), ("wrong-order", 4)} <= _faults(
        edited(bundle, change), honest, tmp_path
    )


def test_swapping_two_entries_in_the_list_is_detected(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Entries stand in index order."""

    def change(members: dict[str, Any]) -> None:
        entries = members["entries"]
        entries[4], entries[5] = entries[5], entries[4]

    assert _faults(edited(bundle, change), honest, tmp_path) == {("wrong-order", 4)}


@pytest.mark.parametrize(
    "path",
    [lambda nodes: nodes[:-1], lambda nodes: [*nodes, nodes[0]], lambda nodes: nodes[::-1]],
    ids=["shorter", "longer", "reversed"],
)
def test_another_path_does_not_prove_inclusion(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path, path: Callable[[list[str]], list[str]]
) -> None:
    """A path must have its exact length and order."""
    raw = edited(bundle, lambda members: _entry(members, 9).update(path=path(_entry(members, 9)["path"])))
    assert _faults(raw, honest, tmp_path) == {("not-in-tree", 9)}


def test_another_event_beside_a_statement_is_detected(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """The event must hash to what was signed."""
    forged = honest.events[9].replace(b'"580"', b'"581"')
    raw = edited(bundle, lambda members: _entry(members, 9).update(event=base64.b64encode(forged).decode()))
    assert ("event-mismatch", 9) in _faults(raw, honest, tmp_path)


@pytest.mark.parametrize(
    ("member", "value", "place"),
    [
        ("net_kg", "581", "lot.net_kg"),
        ("holder", "MUN", "lot.holder"),
        ("held", True, "lot.held"),
        ("tree_size", 18, "lot.tree_size"),
        ("origin_kg", {"Pb": {"battery_post_consumer": "576"}}, "lot.origin_kg.Pb.battery_post_consumer"),
        ("grade", "LME", "lot.grade"),
    ],
)
def test_an_edited_figure_of_the_lot_is_detected(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path, member: str, value: object, place: str
) -> None:
    """Each figure of the lot is recomputed, and no figure may be added."""
    report = verified(edited(bundle, lambda members: members["lot"].update({member: value})), honest.genesis, tmp_path)
    assert [(fault.code, fault.message.split(":")[0]) for fault in report.faults] == [("lot-mismatch", place)]


def test_another_genesis_is_refused(bundle: bytes, tmp_path: Path) -> None:
    """Only the ledger that the user pinned counts."""
    assert codes(verified(bundle, "00" * 32, tmp_path)) == {("wrong-genesis", 0)}


@pytest.mark.parametrize(
    ("slip", "said"),
    [(lambda pin: pin[:-1], "got 63 digits"), (str.upper, "got capitals"), (lambda pin: f"{pin} ", "got '")],
    ids=["short", "capitals", "a blank"],
)
def test_a_pinned_genesis_that_was_mistyped_says_so(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path, slip: Callable[[str], str], said: str
) -> None:
    """It is no other ledger: the user is sent to look at what was typed."""
    (fault,) = verified(bundle, slip(honest.genesis), tmp_path).faults
    assert (fault.code, fault.entry) == ("wrong-genesis", 0)
    assert said in fault.message


def test_two_ledgers_cannot_be_spliced(bundle: bytes, honest: MemoryWorld, ledger: MemoryWorld, tmp_path: Path) -> None:
    """An entry or a checkpoint of another ledger with the same names proves nothing here."""
    other = json.loads(bundle_of(ledger))
    mixed = edited(bundle, lambda members: _entry(members, 9).update(_entry(other, 9)))
    faults = _faults(mixed, honest, tmp_path)
    assert {("not-in-tree", 9), ("bad-signature", 9), ("chain-conflict", 10)} <= faults
    foreign = edited(bundle, lambda members: members.update(checkpoint=other["checkpoint"]))
    assert ("bad-checkpoint", None) in _faults(foreign, honest, tmp_path)
    assert ("wrong-genesis", 0) in codes(verified(bundle_of(ledger), honest.genesis, tmp_path))


def test_a_checkpoint_without_its_ml_dsa_line_is_refused(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Both signatures of the log are demanded, and no third line is let through unchecked."""

    def strip(members: dict[str, Any]) -> None:
        members["checkpoint"] = "\n".join(members["checkpoint"].split("\n")[:-2]) + "\n"

    def add(members: dict[str, Any]) -> None:
        members["checkpoint"] += "\u2014 witness.example AAAAAAAA\n"

    def swap(members: dict[str, Any]) -> None:
        *text, first, second, _ = members["checkpoint"].split("\n")
        members["checkpoint"] = "\n".join([*text, second, first, ""])

    for change in (strip, add, swap):
        assert _faults(edited(bundle, change), honest, tmp_path) == {("bad-checkpoint", None)}


def test_an_entry_of_another_story_is_not_let_in(ledger: MemoryWorld, tmp_path: Path) -> None:
    """A bundle holds the closure of its lot and nothing else."""
    snapshot = ledger.snapshot()
    index, entry, event = next(snapshot.some_entries([8]))
    extra = {
        "index": index,
        "entry": base64.b64encode(entry).decode(),
        "event": base64.b64encode(event).decode(),
        "path": [base64.b64encode(node).decode() for node in snapshot.path(index)],
    }

    def change(members: dict[str, Any]) -> None:
        members["entries"] = sorted([*members["entries"], extra], key=lambda one: one["index"])

    raw = edited(bundle_of(ledger), change)
    assert _faults(raw, ledger, tmp_path) == {("extra-entry", 8)}


@pytest.mark.parametrize(
    ("code", "issuer", "lot", "how"),
    [
        ("bad-signature", "MUN", "MUN-B-9", lambda ledger: {"signers": ledger.signers["GLENCORE"]}),
        ("bad-signature", "MUN", "MUN-B-9", lambda ledger: {"signers": ledger.signers["MUN"][:1]}),
        ("revoked-key", "TEX", "TEX-B-9", lambda ledger: {}),
        ("chain-conflict", "MUN", "MUN-B-9", lambda ledger: {"link": (1, ledger.book.parties["MUN"].registration)}),
        ("chain-conflict", "MUN", "MUN-B-9", lambda ledger: {"link": (6, ledger.heads["MUN", "main"].id)}),
        ("chain-conflict", "MUN", "MUN-B-9", lambda ledger: {"link": (1, "ab" * 32), "chain": "new"}),
    ],
    ids=[
        "another key",
        "ML-DSA line stripped",
        "revoked key",
        "chain begun again",
        "sequence taken",
        "chain from nowhere",
    ],
)
def test_an_operator_who_forges_an_entry_is_named(
    ledger: MemoryWorld, tmp_path: Path, code: str, issuer: str, lot: str, how: Callable[[MemoryWorld], Any]
) -> None:
    """An entry that the log signed but the ledger's rules refuse is a fault at its index."""
    index = smuggle(ledger, issuer, intake(lot), **how(ledger))
    assert ledger.size == 18
    raw = bundle_of(ledger, lot)
    if code == "chain-conflict" and how(ledger).get("chain") is None:
        # A bundle of that lot alone shows no other statement of the chain.
        raw = _with_entries(raw, ledger, "MUN-L-1")
        assert (code, index) in _faults(raw, ledger, tmp_path)
    else:
        assert _faults(raw, ledger, tmp_path) == {(code, index)}


def _with_entries(raw: bytes, ledger: MemoryWorld, lot: str) -> bytes:
    entries = {one["index"]: one for part in (raw, bundle_of(ledger, lot)) for one in json.loads(part)["entries"]}
    return edited(raw, lambda members: members.update(entries=[entries[index] for index in sorted(entries)]))


def test_a_statement_of_another_ledger_is_refused(ledger: MemoryWorld, tmp_path: Path) -> None:
    """A signature for one ledger does not count in another."""
    ledger.origin = "ledger.example.com/other"
    index = smuggle(ledger, "MUN", intake("MUN-B-9"))
    ledger.origin = "ledger.example.com/ace"
    assert _faults(bundle_of(ledger, "MUN-B-9"), ledger, tmp_path) == {("wrong-ledger", index)}


def test_a_made_up_fact_is_not_taken_for_a_sealed_one(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A disclosure must belong to a digest of its entry, and stands once."""
    other = make_disclosure("supplier", "Somebody").text
    for change, expected in (
        ([{"index": 4, "disclosure": other}], {("bad-disclosure", 4)}),
        ([{"index": 9, "disclosure": FACT}], {("bad-disclosure", 9)}),
        ([{"index": 4, "disclosure": "%"}], {("bad-disclosure", 4)}),
        ([{"index": 4, "disclosure": FACT}] * 2, {("wrong-order", None)}),
        ([{"index": 4}], {("malformed", None)}),
        ([{"index": 4, "disclosure": 7}], {("malformed", None)}),
    ):
        raw = edited(bundle, lambda members, change=change: members.update(disclosures=change))  # type: ignore[misc]
        assert _faults(raw, honest, tmp_path) == expected


def test_a_late_revocation_does_not_undo_what_was_signed_before(tmp_path: Path) -> None:
    """A lot that was made before its park's key was revoked verifies as before."""
    ledger = furnished()
    assert verified(bundle_of(ledger, "TEX-L-1"), ledger.genesis, tmp_path).ok
