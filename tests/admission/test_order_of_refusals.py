"""Of two faults the earlier one of contract section 7 is answered, for every pair of an event."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from ledger.admission.judge import Accepted
from ledger.log.signers import FileSigner
from schemas.ids import LotId, ShipmentId
from tests.admission.desk import ACCEPTANCE, DISPATCH, INTAKE, RUN, SLIP, TOO_LATE, Desk

Case = dict[str, Any]
Fault = tuple[str, Callable[[Case], object]]


def _pairs(faults: list[Fault]) -> list[Any]:
    """Each fault alone, and each with every later one; numbered, since a code may come twice."""
    alone = [pytest.param((fault,), id=f"{number} {fault[0]}") for number, fault in enumerate(faults)]
    return alone + [
        pytest.param((first, second), id=f"{at} {first[0]} and {beside} {second[0]}")
        for (at, first), (beside, second) in combinations(enumerate(faults), 2)
    ]


def _event(**members: Any) -> Callable[[Case], object]:
    return lambda case: case["event"].update(members)


def _how(**options: Any) -> Callable[[Case], object]:
    return lambda case: case["how"].update(options)


def _sign_wrongly(case: Case) -> None:
    case["signers"].append("stranger")


def _sign_revoked(case: Case) -> None:
    case["signers"][0] = "revoked"


def _issue(case: Case) -> None:
    case["issuer"] = "NOBODY"


def _for_all(event: Case, name: str, value: Any) -> list[Fault]:
    """The faults before and after an event's own; ``name`` is the member that is malformed."""
    return [
        ("malformed", _event(**{name: value})),
        ("wrong-ledger", _how(ledger="ledger.example.com/other")),
        ("unknown-issuer", _issue),
        ("chain-conflict", _how(link=(7, "ab" * 32))),
        ("bad-signature", _sign_wrongly),
        ("revoked-key", _sign_revoked),
        ("ref-conflict", _event(ref="USED")),
    ]


CLOCK: Fault = ("time-order", _how(at=TOO_LATE))
HEAVY = {"content_kg": {"Pb": "1000"}}


def _part(**members: Any) -> Callable[[Case], object]:
    return lambda case: case["event"]["lots"][0].update(members)


def _lot_of_tex(case: Case) -> None:
    case["event"]["lot"] = "TEX-B-" + case["event"]["lot"][-1]


def _lot_that_exists(case: Case) -> None:
    case["event"]["lot"] = case["event"]["lot"][:-1] + "1"


def _input(**members: Any) -> Callable[[Case], object]:
    return lambda case: case["event"]["inputs"][0].update(members)


def _output(**members: Any) -> Callable[[Case], object]:
    return lambda case: case["event"]["outputs"][0].update(members)


def _run_of_tex(case: Case) -> None:
    case["event"]["run"] = "TEX" + case["event"]["run"][3:]


def _run_that_exists(case: Case) -> None:
    case["event"]["run"] = case["event"]["run"][:-1] + "1"


def _shipment_of_tex(case: Case) -> None:
    case["event"]["shipment"] = "TEX" + case["event"]["shipment"][3:]


def _shipment_that_exists(case: Case) -> None:
    case["event"]["shipment"] = case["event"]["shipment"][:-1] + "1"


STATES = [
    ("unknown-lot", "MUN-B-99"),
    ("not-entitled", "TEX-B-1"),
    ("lot-in-transit", "MUN-B-3"),
    ("not-entitled", "MUN-B-4"),
    ("lot-left", "MUN-B-5"),
    ("lot-held", "MUN-B-6"),
    ("insufficient-mass", "MUN-B-7"),
]
INTAKE_FAULTS: list[Fault] = [
    *_for_all(INTAKE, "net_kg", "1e3"),
    ("not-entitled", _lot_of_tex),
    ("lot-exists", _lot_that_exists),
    ("content-exceeds-net", _event(**HEAVY)),
    ("duplicate-document", _event(documents=[SLIP])),
    CLOCK,
]
RUN_FAULTS: list[Fault] = [
    *_for_all(RUN, "process", "alchemy"),
    ("not-entitled", _run_of_tex),
    ("run-exists", _run_that_exists),
    ("unknown-lot", _input(lot="MUN-B-99")),
    ("lot-exists", _output(lot="MUN-B-1")),
    ("content-exceeds-net", _output(**HEAVY)),
    ("content-exceeds-net", _event(additions=[{"material": "x", "net_kg": "1", "origin": "primary", **HEAVY}])),
    ("duplicate-document", _event(documents=[SLIP])),
    ("net-gain", _output(net_kg="200")),
    ("gain-exceeds-tolerance", _output(content_kg={"Pb": "60", "Ni": "1"})),
    ("time-order", _event(ended_at="2026-01-05T05:59:59Z")),
    CLOCK,
]
DISPATCH_FAULTS: list[Fault] = [
    *_for_all(DISPATCH, "lots", []),
    ("not-entitled", _shipment_of_tex),
    ("shipment-exists", _shipment_that_exists),
    ("unknown-receiver", _event(to="NO-SUCH")),
    ("lot-left", _event(lots=[{"lot": "MUN-B-5"}])),
    ("duplicate-document", _event(documents=[SLIP])),
    CLOCK,
]
ACCEPTANCE_FAULTS: list[Fault] = [
    *_for_all(ACCEPTANCE, "lots", {}),
    ("unknown-shipment", _event(shipment="MUN-H-99")),
    ("not-entitled", _event(shipment="GLE-H-1")),
    ("not-in-shipment", _event(lots=[{"lot": "MUN-B-4", "decision": "settled", "net_kg": "0"}])),
    ("already-settled", _part(decision="settled")),
    ("lot-exists", _part(rejected={"lot": "GLENCORE-P-1", "net_kg": "1"})),
    ("insufficient-mass", _part(rejected={"lot": "GLENCORE-X-1", "net_kg": "100"})),
    ("content-exceeds-net", _part(**HEAVY)),
    CLOCK,
]


@pytest.fixture(scope="module")
def ready() -> Desk:
    """A desk with a revoked key of MUN and of GLENCORE, and a shipment to another receiver."""
    desk = Desk()
    for party in ("MUN", "GLENCORE"):
        old = desk.signers[party][0]
        new = FileSigner.generate("ed25519")
        desk.add_key(party, new)
        desk.revoke(party, old)
        desk.signers[party] = [new]
        desk.signers[party + " revoked"] = [old]
    desk.signers["NOBODY"] = desk.signers["MUN"]
    desk.signers["stranger"] = [FileSigner.generate("ecdsa-p256")]
    desk.intake("TEX-B-9")
    desk.say("TEX", {**RUN, "run": "TEX-R-1", "inputs": [{"lot": "TEX-B-9", "net_kg": "100"}],
                     "outputs": [{**RUN["outputs"][0], "lot": "TEX-P-1"}]})  # fmt: skip
    desk.dispatch("TEX-H-1", "TEX-P-1", to="MUN")
    desk.book.lots[LotId("GLENCORE-P-1")] = desk.book.lots[LotId("TEX-P-1")]
    desk.book.shipments[ShipmentId("GLE-H-1")] = desk.book.shipments[ShipmentId("TEX-H-1")]
    return desk


def _judge(desk: Desk, issuer: str, event: Case, faults: tuple[Fault, ...]) -> str:
    case: Case = {"event": copy.deepcopy(event), "how": {}, "signers": ["active"], "issuer": issuer}
    # The later fault first: where both touch one member, the earlier one must stand.
    for _, spoil in reversed(faults):
        spoil(case)
    names = {"active": issuer, "revoked": f"{issuer} revoked", "stranger": "stranger"}
    signers = [desk.signers[names[name]][0] for name in case["signers"]]
    return desk.refusal(case["issuer"], case["event"], signers=signers, **case["how"]).code


@pytest.mark.parametrize("faults", _pairs(INTAKE_FAULTS))
def test_an_intake_is_refused_for_its_first_fault(ready: Desk, faults: tuple[Fault, ...]) -> None:
    """Of any two faults of an intake the one that section 7 names first is the answer."""
    assert _judge(ready, "MUN", INTAKE, faults) == faults[0][0]


@pytest.mark.parametrize("faults", _pairs(RUN_FAULTS))
def test_a_run_is_refused_for_its_first_fault(ready: Desk, faults: tuple[Fault, ...]) -> None:
    """Of any two faults of a run the one that section 7 names first is the answer."""
    assert _judge(ready, "MUN", RUN, faults) == faults[0][0]


@pytest.mark.parametrize("faults", _pairs(DISPATCH_FAULTS))
def test_a_dispatch_is_refused_for_its_first_fault(ready: Desk, faults: tuple[Fault, ...]) -> None:
    """Of any two faults of a dispatch the one that section 7 names first is the answer."""
    assert _judge(ready, "MUN", DISPATCH, faults) == faults[0][0]


@pytest.mark.parametrize("faults", _pairs(ACCEPTANCE_FAULTS))
def test_an_acceptance_is_refused_for_its_first_fault(ready: Desk, faults: tuple[Fault, ...]) -> None:
    """Of any two faults of an acceptance the one that section 7 names first is the answer."""
    assert _judge(ready, "GLENCORE", ACCEPTANCE, faults) == faults[0][0]


@pytest.mark.parametrize(("code", "lot"), STATES)
def test_a_lot_that_may_not_move_is_refused_alike_by_run_and_dispatch(ready: Desk, code: str, lot: str) -> None:
    """A run and a dispatch give the same code for a lot that is not there to be moved."""
    run = {**RUN, "inputs": [{"lot": lot, "net_kg": "1", "closes": True}]}
    assert ready.refusal("MUN", run).code == code
    assert ready.refusal("MUN", {**DISPATCH, "lots": [{"lot": lot}]}).code == code


def test_inputs_are_judged_in_their_order(ready: Desk) -> None:
    """The first bad input is the answer, whatever is wrong with the next."""
    lines = [{"lot": lot, "net_kg": "1"} for lot in ("MUN-B-2", "MUN-B-5", "MUN-B-99")]
    assert ready.refusal("MUN", {**RUN, "inputs": lines}).code == "lot-left"
    assert ready.refusal("MUN", {**RUN, "inputs": [lines[0], *reversed(lines[1:])]}).code == "unknown-lot"


def test_an_untouched_case_is_taken(ready: Desk) -> None:
    """Without a fault each of the four events is taken, so the faults are what refuses."""
    for issuer, event in (("MUN", INTAKE), ("MUN", RUN), ("MUN", DISPATCH), ("GLENCORE", ACCEPTANCE)):
        assert isinstance(ready.judge(ready.read(issuer, event)), Accepted)
