"""Who may say what, on which chain, and when."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.admission.judge import Accepted
from ledger.log.statements import ZERO_ID
from schemas.errors import MalformedError
from schemas.ids import PartyId
from tests.admission.desk import ACCEPTANCE, DISPATCH, INTAKE, LATEST, RUN, TOO_LATE, Desk
from tests.world.events import AT


@pytest.mark.parametrize("lot", ["TEX-B-9", "MUNB-9", "MUN", "GLENCORE-B-1", "9-MUN-B"])
def test_a_new_id_begins_with_its_issuer(desk: Desk, lot: str) -> None:
    """Lots, runs and shipments of another's name cannot be made."""
    assert desk.refusal("MUN", {**INTAKE, "lot": lot}).code == "not-entitled"
    assert desk.refusal("MUN", {**RUN, "run": lot}).code == "not-entitled"
    assert desk.refusal("MUN", {**DISPATCH, "shipment": lot}).code == "not-entitled"
    assert desk.refusal("MUN", {**RUN, "outputs": [{**RUN["outputs"][0], "lot": lot}]}).code == "not-entitled"


def test_an_issuer_of_lots_has_at_most_eight_characters(desk: Desk) -> None:
    """Eight are enough, nine are not; registering is allowed in both cases."""
    desk.enrol("EIGHTEEN", "park")
    desk.enrol("NINETEENS", "park")
    desk.take("EIGHTEEN", {**INTAKE, "lot": "EIGHTEEN-B-1"})
    assert desk.refusal("NINETEENS", {**INTAKE, "lot": "NINETEENS-B-1"}).code == "not-entitled"


@pytest.mark.parametrize("role", ["operator", "offtaker", "laboratory", "certifier"])
def test_only_parks_and_processors_take_in(desk: Desk, role: str) -> None:
    """An intake by another role is refused; a processor's is taken."""
    desk.enrol("OTHER", role)
    event = {**INTAKE, "lot": "OTHER-B-1"}
    assert desk.refusal("OTHER", event).code == "not-entitled"
    desk.say("AUTHORITY", {"type": "participant", "id": "OTHER", "name": "x", "roles": [role, "processor"],
                           "country": "IN", "identifiers": {}})  # fmt: skip
    desk.take("OTHER", event)


@pytest.mark.parametrize("process", ["packing", "blending", "reweighing", "smelting", "sorting", "other"])
def test_any_holder_may_pack_blend_and_reweigh(desk: Desk, process: str) -> None:
    """The offtaker handles the lots that it holds, and runs nothing else."""
    desk.settle("MUN-H-1", "MUN-B-3", "accepted")
    output = {**RUN["outputs"][0], "lot": "GLENCORE-P-1"}
    event = {**RUN, "run": "GLENCORE-R-1", "process": process, "description": "x",
             "inputs": [{"lot": "MUN-B-3", "net_kg": "100"}], "outputs": [output]}  # fmt: skip
    if process in ("packing", "blending", "reweighing"):
        desk.take("GLENCORE", event)
    else:
        assert desk.refusal("GLENCORE", event).code == "not-entitled"


def test_a_handler_must_hold_the_lot(desk: Desk) -> None:
    """Packing what another holds is refused, naming the lot."""
    event = {**RUN, "run": "TEX-R-9", "process": "packing", "outputs": [{**RUN["outputs"][0], "lot": "TEX-P-9"}]}
    refusal = desk.refusal("TEX", event)
    assert (refusal.code, refusal.collides_with) == ("not-entitled", "MUN-B-2")


def test_rules_are_changed_by_the_authority_and_known(desk: Desk) -> None:
    """A park may not; a version that this software does not know needs newer software."""
    assert desk.refusal("MUN", {"type": "rules", "rules": 1}).code == "not-entitled"
    assert desk.refusal("MUN", {"type": "rules", "rules": 2}).code == "not-entitled"
    assert desk.refusal("AUTHORITY", {"type": "rules", "rules": 2}).code == "newer-version"
    assert desk.refusal("AUTHORITY", {"type": "rules", "rules": 0}).code == "malformed"
    desk.take("AUTHORITY", {"type": "rules", "rules": 1})


def test_a_second_genesis_is_refused(desk: Desk) -> None:
    """Entry 0 is the only genesis."""
    members = {"id": "AUTHORITY", "name": "x", "country": "CH", "keys": [{"algorithm": "ed25519", "public_key": "x"}]}
    event = {"type": "genesis", "origin": desk.origin, "rules": 1, "log_keys": ["a", "b"], "authority": members}
    assert desk.refusal("AUTHORITY", event).code == "malformed"


@pytest.mark.parametrize("link", [(1, ZERO_ID), (2, "ab" * 32), (1000, "ab" * 32)])
def test_taking_over_a_chain_is_answered_with_its_head(desk: Desk, link: tuple[int, str]) -> None:
    """A link that does not continue the chain is refused with the head to go on from."""
    head = desk.heads["MUN", "main"]
    refusal = desk.refusal("MUN", INTAKE, link=link)
    assert (refusal.code, refusal.head) == ("chain-conflict", (head.sequence, head.id))
    desk.take("MUN", INTAKE, link=(head.sequence + 1, head.id))


def test_a_chain_begins_at_the_registration(desk: Desk) -> None:
    """Sequence 1 of every device points to the statement that registered the party."""
    registration = desk.book.parties[PartyId("MUN")].registration
    other = desk.book.parties[PartyId("TEX")].registration
    refusal = desk.refusal("MUN", INTAKE, chain="gate-2", link=(1, other))
    assert (refusal.code, refusal.head) == ("chain-conflict", (0, registration))
    desk.take("MUN", INTAKE, chain="gate-2", link=(1, registration))


def test_a_party_has_at_most_64_chains(desk: Desk) -> None:
    """The 65th device is refused; the 64 go on."""
    for number in range(1, 64):
        desk.take("MUN", {"type": "dispatch", "shipment": f"MUN-H-8{number}", "to": "TEX", "documents": [],
                          "lots": [{"lot": _fresh(desk, number)}]}, chain=f"gate-{number}")  # fmt: skip
    refusal = desk.refusal("MUN", INTAKE, chain="gate-64")
    assert refusal.code == "chain-conflict"
    desk.take("MUN", INTAKE, chain="gate-63")


def _fresh(desk: Desk, number: int) -> str:
    desk.intake(f"MUN-C-{number}")
    return f"MUN-C-{number}"


@pytest.mark.parametrize(
    ("issuer", "event"),
    [
        ("MUN", INTAKE),
        ("MUN", {**RUN, "started_at": LATEST, "ended_at": LATEST}),
        ("MUN", DISPATCH),
        ("GLENCORE", ACCEPTANCE),
        ("AUTHORITY", {"type": "rules", "rules": 1}),
    ],
)
def test_ten_minutes_ahead_is_the_limit(desk: Desk, issuer: str, event: dict[str, Any]) -> None:
    """Exactly ten minutes ahead of the clock is taken, a second more is not."""
    assert desk.refusal(issuer, event, at=TOO_LATE).code == "time-order"
    desk.take(issuer, event, at=LATEST)


@pytest.mark.parametrize("member", ["started_at", "ended_at"])
def test_a_run_in_the_future_is_refused(desk: Desk, member: str) -> None:
    """Every time of an event is held against the clock, not only the header's."""
    event = {**RUN, "started_at": AT, "ended_at": TOO_LATE, member: TOO_LATE}
    assert desk.refusal("MUN", event).code == "time-order"


def test_the_clock_is_not_asked_again(desk: Desk) -> None:
    """An entry that is judged again later, without a clock, is taken whatever its time."""
    judged = desk.judge(desk.read("MUN", INTAKE, at="2099-12-31T23:59:59Z"), latest=None)
    assert isinstance(judged, Accepted)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "asia/kolkata", "Asia", "Asia/Kolkatta"])
def test_a_time_zone_is_one_of_the_database_as_it_is_spelled(desk: Desk, zone: str) -> None:
    """Else months would be those of UTC and nobody would know; an entry that names another is no entry."""
    update = {"type": "participant", "id": "MUN", "name": "x", "roles": ["park"], "country": "IN", "identifiers": {}}
    refusal = desk.refusal("AUTHORITY", {**update, "timezone": zone})
    assert refusal.code == "malformed"
    assert f"expected a time zone of the IANA database such as Asia/Kolkata (release 2026f), got {zone}" in str(refusal)
    with pytest.raises(MalformedError, match="time zone"):
        desk.read("AUTHORITY", {**update, "timezone": zone})
    desk.take("AUTHORITY", {**update, "timezone": "Asia/Kolkata"})
