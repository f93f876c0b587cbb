"""Keys: registered once with proof, added and revoked by those who may, counted at the entry's own index."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.admission.judge import Accepted, AlreadyThere, admit
from ledger.admission.signatures import try_signatures
from ledger.admission.statements import read_statement
from ledger.admission.steps import Prechecked
from ledger.log.envelopes import Envelope, EnvelopeSignature, parse_entry
from ledger.log.signers import FileSigner
from schemas.encoding import encode_base64
from schemas.errors import MalformedError
from schemas.refusal import RefusedError
from schemas.versions import VERSION_1
from tests.admission.desk import INTAKE, LATEST, Desk
from tests.world.memory import resigned


def _signer(algorithm: str = "ed25519") -> FileSigner:
    return FileSigner.generate(algorithm)


def _revocation(party: str, keyid: str, **more: Any) -> dict[str, Any]:
    return {"type": "key", "participant": party, "action": "revoke", "keyid": keyid, "reason": "lost", **more}


def _participant(desk: Desk, party: str, *signers: FileSigner, **more: Any) -> dict[str, Any]:
    event = {"type": "participant", "id": party, "name": party, "roles": ["park"], "country": "IN", "identifiers": {}}
    return {**event, **({"keys": [desk.proven(signer, party) for signer in signers]} if signers else {}), **more}


def test_a_new_party_needs_keys(desk: Desk) -> None:
    """An unknown id without keys cannot be an update."""
    assert desk.refusal("AUTHORITY", _participant(desk, "NEW")).code == "unknown-participant"


def test_only_the_authority_registers(desk: Desk) -> None:
    """A park can neither register others nor change itself, and the role is judged before all else."""
    for event in (_participant(desk, "NEW", _signer()), _participant(desk, "MUN"), _participant(desk, "NEW")):
        assert desk.refusal("MUN", event).code == "not-entitled"


def test_a_key_is_registered_once_ever(desk: Desk) -> None:
    """A key that any party has, or ever had, is refused for every other and again."""
    old = desk.signers["TEX"][0]
    desk.revoke("TEX", old)
    for event in (_participant(desk, "NEW", old), desk.added("MUN", old)):
        refusal = desk.refusal("AUTHORITY" if event["type"] == "participant" else "MUN", event)
        assert (refusal.code, refusal.collides_with) == ("key-exists", old.public_key.keyid)


def test_a_registered_id_with_new_keys_clashes(desk: Desk) -> None:
    """An update carries no keys: with a known key ``key-exists`` comes first, else ``id-clash``."""
    known = _participant(desk, "MUN", desk.signers["MUN"][0])
    assert desk.refusal("AUTHORITY", known).code == "key-exists"
    refusal = desk.refusal("AUTHORITY", _participant(desk, "MUN", _signer()))
    assert (refusal.code, refusal.collides_with) == ("id-clash", "MUN")


@pytest.mark.parametrize("party", ["MUN-X", "MUN-2-3", "AUTHORITY-2"])
def test_an_id_that_another_begins_is_refused(desk: Desk, party: str) -> None:
    """``MUN-`` would begin lots of both."""
    refusal = desk.refusal("AUTHORITY", _participant(desk, party, _signer()))
    assert (refusal.code, refusal.collides_with) == ("id-clash", party.split("-", maxsplit=1)[0])


def test_an_id_that_would_begin_another_is_refused(desk: Desk) -> None:
    """The later, shorter id clashes as well; one that only shares letters does not."""
    desk.enrol("LAB-ONE", "laboratory")
    assert desk.refusal("AUTHORITY", _participant(desk, "LAB", _signer())).code == "id-clash"
    desk.enrol("LA", "laboratory")
    desk.enrol("MUNX", "park")


def test_a_proof_made_for_another_is_a_bad_signature(desk: Desk) -> None:
    """A proof holds for one ledger and one participant only."""
    signer, other = _signer(), _signer()
    stolen = {**desk.proven(signer, "MUN"), "proof": desk.proven(signer, "TEX")["proof"]}
    swapped = {**desk.proven(signer, "MUN"), "proof": desk.proven(other, "MUN")["proof"]}
    for key in (stolen, swapped):
        event = {"type": "key", "participant": "MUN", "action": "add", **key}
        assert desk.refusal("MUN", event).code == "bad-signature"
    event = _participant(desk, "NEW", signer)
    assert desk.refusal("AUTHORITY", {**event, "keys": [stolen]}).code == "bad-signature"


def test_a_failed_proof_comes_before_a_revoked_key(desk: Desk) -> None:
    """``bad-signature`` stands before ``revoked-key``, whichever signature it is."""
    old = desk.signers["MUN"][0]
    desk.revoke("MUN", old)
    wrong = desk.added("MUN", _signer(), proof=encode_base64(b"\0" * 64))
    assert desk.refusal("MUN", wrong).code == "bad-signature"
    assert desk.refusal("MUN", desk.added("MUN", _signer())).code == "revoked-key"


@pytest.mark.parametrize("member", ["proof", "public_key"])
def test_a_key_in_broken_base64_is_malformed_before_all_else(desk: Desk, member: str) -> None:
    """What cannot be read is ``malformed`` even for the wrong ledger and an unknown issuer."""
    event = desk.added("MUN", _signer(), **{member: "AAA"})
    assert desk.refusal("MUN", event, ledger="other.example").code == "malformed"


def test_the_same_key_twice_in_one_registration_is_malformed(desk: Desk) -> None:
    """One key cannot be two."""
    signer = _signer()
    assert desk.refusal("AUTHORITY", _participant(desk, "NEW", signer, signer)).code == "malformed"


def test_the_authority_adds_a_key_only_where_none_is_active(desk: Desk) -> None:
    """With an active key the party signs itself; without one the authority helps, with a finding."""
    new = _signer()
    assert desk.refusal("AUTHORITY", desk.added("MUN", new)).code == "not-entitled"
    assert desk.refusal("TEX", desk.added("MUN", new)).code == "not-entitled"
    assert desk.refusal("AUTHORITY", desk.added("NOBODY", new)).code == "unknown-participant"
    desk.revoke("MUN", desk.signers["MUN"][0])
    done = desk.take("AUTHORITY", desk.added("MUN", new))
    assert [(found.code, found.index) for found in done.effects.findings] == [("key-set-by-authority", done.index)]
    desk.signers["MUN"] = [new]
    assert desk.take("MUN", INTAKE).index == desk.size - 1


def test_a_party_adds_its_own_key_without_a_finding(desk: Desk) -> None:
    """A second weighbridge is nothing odd."""
    assert desk.take("MUN", desk.added("MUN", _signer(), reason="second weighbridge")).effects.findings == []


def test_a_revocation_names_an_active_key_of_the_party(desk: Desk) -> None:
    """A key of nobody, of somebody else, or revoked already is ``unknown-key``."""
    mine, other = desk.signers["MUN"][0].public_key.keyid, desk.signers["TEX"][0].public_key.keyid
    for keyid in ("ab" * 32, other):
        assert desk.refusal("MUN", _revocation("MUN", keyid)).code == "unknown-key"
    assert desk.refusal("TEX", _revocation("MUN", mine)).code == "not-entitled"
    assert desk.refusal("AUTHORITY", _revocation("NOBODY", mine)).code == "unknown-participant"
    desk.revoke("MUN", desk.signers["MUN"][0])
    assert desk.refusal("AUTHORITY", _revocation("MUN", mine)).code == "unknown-key"


def test_the_last_authority_key_stays(desk: Desk) -> None:
    """It can be revoked only when another authority key is active, be it another party's."""
    first = desk.signers["AUTHORITY"][0]
    event = _revocation("AUTHORITY", first.public_key.keyid)
    assert desk.refusal("AUTHORITY", event).code == "last-key"
    demoted = _participant(desk, "AUTHORITY", roles=["operator"])
    assert desk.refusal("AUTHORITY", demoted).code == "last-key"
    desk.enrol("BOARD", "authority")
    desk.take("BOARD", event)
    assert desk.refusal("BOARD", _revocation("BOARD", desk.signers["BOARD"][0].public_key.keyid)).code == "last-key"
    without = _participant(desk, "BOARD", roles=["operator"])
    assert desk.refusal("BOARD", without).code == "last-key"


def test_a_park_may_lose_its_last_key(desk: Desk) -> None:
    """Only an authority has to keep one."""
    desk.take("MUN", _revocation("MUN", desk.signers["MUN"][0].public_key.keyid))


def test_a_key_revoked_earlier_in_the_batch_no_longer_counts(desk: Desk) -> None:
    """A check ahead of the sequencer is a filter: status is taken at the entry's own index."""
    statement = desk.read("MUN", INTAKE)
    ahead = Prechecked(*try_signatures(statement.envelope, desk.book.keys.get))
    desk.revoke("MUN", desk.signers["MUN"][0])
    with pytest.raises(RefusedError, match="revoked at entry") as caught:
        admit(statement, desk.book, latest=LATEST, prechecked=ahead)
    assert (caught.value.code, caught.value.collides_with) == ("revoked-key", desk.signers["MUN"][0].public_key.keyid)


def test_what_was_refused_for_its_key_may_be_signed_again(desk: Desk) -> None:
    """The same payload with an active key is the same statement and is taken."""
    new = _signer()
    desk.add_key("MUN", new)
    statement = desk.read("MUN", INTAKE)
    desk.revoke("MUN", desk.signers["MUN"][0])
    again = read_statement(resigned(statement.envelope, new), statement.event_bytes, VERSION_1)
    assert again.id == statement.id
    assert isinstance(desk.judge(again), Accepted)


def test_what_is_there_gets_its_index_before_keys_are_judged(desk: Desk) -> None:
    """A repeat is answered though its key is revoked meanwhile and its chain has moved on."""
    statement = desk.read("MUN", INTAKE)
    index = desk.take("MUN", INTAKE).index
    repeat = desk.judge(read_statement(_envelope_of(desk, index), desk.events[index], VERSION_1))
    desk.revoke("MUN", desk.signers["MUN"][0])
    later = desk.judge(read_statement(_envelope_of(desk, index), desk.events[index], VERSION_1))
    for found in (repeat, later):
        assert isinstance(found, AlreadyThere)
        assert found.index == index
    with pytest.raises(RefusedError, match="after") as caught:
        desk.judge(statement)
    assert caught.value.code == "chain-conflict"


def _envelope_of(desk: Desk, index: int) -> Envelope:
    """Return the envelope of an entry."""
    return parse_entry(desk.entries[index])


def test_a_signature_by_somebody_elses_key_is_bad(desk: Desk) -> None:
    """A good signature by a registered key of another party does not count."""
    refusal = desk.refusal("MUN", INTAKE, signers=[desk.signers["TEX"][0]])
    assert refusal.code == "bad-signature"
    assert desk.refusal("MUN", INTAKE, signers=[_signer()]).code == "bad-signature"


def test_all_signatures_must_hold(desk: Desk) -> None:
    """A good one beside a bad one is refused; two good ones of one algorithm too."""
    second, curve = _signer(), _signer("ecdsa-p256")
    desk.add_key("MUN", second)
    desk.add_key("MUN", curve)
    mine = desk.signers["MUN"][0]
    assert desk.refusal("MUN", INTAKE, signers=[mine, second]).code == "bad-signature"
    statement = desk.read("MUN", INTAKE, signers=[mine, curve])
    assert isinstance(desk.judge(statement), Accepted)
    broken = Envelope(
        statement.envelope.payload,
        tuple(
            EnvelopeSignature(keyid, b"\0" * 64 if keyid == mine.public_key.keyid else sig)
            for keyid, sig in statement.envelope.signatures
        ),
    )
    with pytest.raises(RefusedError) as caught:
        desk.judge(read_statement(broken, statement.event_bytes, VERSION_1))
    assert caught.value.code == "bad-signature"


def test_required_algorithms_must_all_be_there(desk: Desk) -> None:
    """``require`` names what every statement of the party must carry."""
    desk.enrol("GZB", "park", algorithms=("ed25519", "ml-dsa-44"), require=["ed25519", "ml-dsa-44"])
    event = {**INTAKE, "lot": "GZB-B-1"}
    for missing in (0, 1):
        assert desk.refusal("GZB", event, signers=[desk.signers["GZB"][missing]]).code == "bad-signature"
    desk.take("GZB", event)


def test_one_keyid_twice_is_malformed(desk: Desk) -> None:
    """The same key cannot sign twice, be the signatures the same or not."""
    with pytest.raises(MalformedError, match="keyid once"):
        desk.read("MUN", INTAKE, signers=[desk.signers["MUN"][0]] * 2)


def test_statements_of_a_compromised_key_stand_with_a_finding(desk: Desk) -> None:
    """From ``since`` on, each entry that the key signed carries a finding of severity high."""
    desk.keep(1_767_571_200)  # 2026-01-05T00:00:00Z: what is covered here came before
    before = desk.size
    index = desk.take("MUN", INTAKE).index
    keyid = desk.signers["MUN"][0].public_key.keyid
    event = _revocation("MUN", keyid, reason="compromised", since="2026-01-05T00:00:01Z")
    found = desk.take("AUTHORITY", event).effects.findings
    assert [(one.code, one.severity, one.index, one.lots) for one in found] == [
        ("compromised-key", "high", index, ("MUN-B-9",))
    ]
    assert index == before
    assert "MUN-B-9" in desk.book.lots


def test_since_goes_with_compromised_only(desk: Desk) -> None:
    """A time without the reason, or the reason without a time, is malformed."""
    keyid = desk.signers["MUN"][0].public_key.keyid
    assert desk.refusal("MUN", _revocation("MUN", keyid, since="2026-01-01T00:00:00Z")).code == "malformed"
    assert desk.refusal("MUN", _revocation("MUN", keyid, reason="compromised")).code == "malformed"
    late = _revocation("MUN", keyid, reason="compromised", since="2026-02-01T12:10:01Z")
    assert desk.refusal("MUN", late).code == "time-order"
