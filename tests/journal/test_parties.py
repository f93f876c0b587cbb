"""Who may sign: keys, chains, required algorithms and the authority, taken at the entry's own index."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.journal.answers import Refused, Taken
from ledger.log.chains import Head
from ledger.log.envelopes import Envelope
from ledger.log.signers import FileSigner
from ledger.submission import Submission
from schemas.errors import MalformedError
from schemas.instants import format_time
from schemas.refusal import RefusedError
from tests.world.events import intake, intakes, revocation
from tests.world.opened import NOON, OpenWorld
from tests.world.parties import id_of


def refusal(yard: OpenWorld, party: str, event: dict[str, Any], **how: Any) -> RefusedError:
    """Return why a statement is refused, which it must be."""
    refused = yard.refuse(yard.sign(party, event, **how))
    assert isinstance(refused.error, RefusedError), refused
    return refused.error


def findings(yard: OpenWorld) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return code, entry and lots of every finding."""
    with yard.home.store.reading() as snapshot:
        found = [finding for finding in snapshot.all_findings() if finding.code != "no-weighing-document"]
    return [(finding.code, finding.index, finding.lots) for finding in found]


@pytest.fixture
def fresh() -> FileSigner:
    """A key that is not registered."""
    return FileSigner.generate("ed25519")


class TestOrigin:
    def test_a_statement_for_another_ledger_is_refused(self, yard: OpenWorld) -> None:
        """The origin that was signed is compared first; the same party may exist on both ledgers."""
        error = refusal(yard, "MUN", intake("MUN-B-1"), origin="ledger.example.com/other")
        assert error.code == "wrong-ledger"
        assert error.message.endswith("got one for ledger.example.com/other")

    def test_an_unknown_issuer_is_refused(self, yard: OpenWorld) -> None:
        """A good signature of somebody who is not registered counts nothing."""
        yard.signers["THA"], yard.registrations["THA"] = [FileSigner.generate("ed25519")], yard.genesis
        assert refusal(yard, "THA", intake("THA-B-1")).code == "unknown-issuer"

    def test_a_signature_over_another_event_is_malformed(self, yard: OpenWorld) -> None:
        """An event exchanged on the way does not match the hash that was signed."""
        first, second = (yard.sign("MUN", intake(f"MUN-B-{number}")) for number in (1, 2))
        assert isinstance(yard.refuse(Submission(first.envelope, second.event)).error, MalformedError)


class TestChains:
    def test_a_replayed_sequence_is_refused_with_the_head(self, yard: OpenWorld) -> None:
        """Another statement in a place that is taken learns where the chain stands."""
        link = (1, yard.registrations["MUN"])
        taken = yard.say("MUN", intake("MUN-B-1"))
        error = refusal(yard, "MUN", intake("MUN-B-2"), link=link)
        assert error.code == "chain-conflict"
        assert error.head == (1, taken.id)

    @pytest.mark.parametrize("link", [(3, "head"), (2, "registration"), (1, "head"), (9_007_199_254_740_991, "head")])
    def test_a_gap_a_fork_and_a_wrong_link_are_refused(self, yard: OpenWorld, link: tuple[int, str]) -> None:
        """Only the next sequence after the chain's own head continues it."""
        head = yard.say("MUN", intake("MUN-B-1")).id
        previous = {"head": head, "registration": yard.registrations["MUN"]}[link[1]]
        error = refusal(yard, "MUN", intake("MUN-B-2"), link=(link[0], previous))
        assert error.code == "chain-conflict"
        assert error.head == (1, head)

    def test_a_batch_behind_a_refused_statement_breaks_off_its_chain(self, yard: OpenWorld) -> None:
        """What was signed on top of a refused statement conflicts; other chains go on; signed anew it is taken."""
        clash, behind = yard.line_up("MUN", intake("TEX-B-1"), intake("MUN-B-1"))
        other = yard.line_up("MUN", intake("MUN-B-2"), chain="gate-2")[0]
        answers = yard.submit([clash, behind, other])
        assert [answer.code for answer in answers[:2] if isinstance(answer, Refused)] == [
            "not-entitled",
            "chain-conflict",
        ]
        assert isinstance(answers[2], Taken)
        del yard.heads["MUN", "main"]
        yard.say("MUN", intake("MUN-B-1"))

    def test_a_party_has_at_most_64_chains(self, yard: OpenWorld) -> None:
        """The 65th device is refused, in the batch as after reopening; the others go on."""
        first = [yard.line_up("MUN", intake(f"MUN-B-{at}"), chain=f"gate-{at}")[0] for at in range(65)]
        answers = yard.submit(first)
        assert all(isinstance(answer, Taken) for answer in answers[:64])
        refused = answers[64]
        assert isinstance(refused, Refused)
        assert refused.code == "chain-conflict"
        yard.reopen()
        assert refusal(yard, "MUN", intake("MUN-B-99"), chain="main").code == "chain-conflict"
        yard.say("MUN", intake("MUN-B-99"), chain="gate-63")
        yard.say("TEX", intake("TEX-B-1"), chain="gate-64")


class TestKeys:
    def test_a_foreign_key_and_a_stripped_or_bent_signature_are_refused(self, yard: OpenWorld) -> None:
        """Another party's key, an unknown key, a signature over other bytes: all are bad signatures."""
        for signer in (yard.signers["TEX"][0], FileSigner.generate("ed25519")):
            assert refusal(yard, "MUN", intake("MUN-B-1"), signers=[signer]).code == "bad-signature"
        good, other = (yard.sign("MUN", intake(f"MUN-B-{number}")) for number in (1, 2))
        bent = Submission(Envelope(good.envelope.payload, other.envelope.signatures), good.event)
        assert yard.refuse(bent).code == "bad-signature"

    def test_a_revoked_key_is_refused_and_the_statement_may_be_signed_again(
        self, yard: OpenWorld, fresh: FileSigner
    ) -> None:
        """Rotation: add, revoke, and the same payload under the new key is taken as the same statement."""
        old = yard.signers["MUN"][0]
        yard.say("MUN", yard.added("MUN", fresh))
        yard.say("MUN", revocation("MUN", old.public_key.keyid), signers=[fresh])
        late = yard.sign("MUN", intake("MUN-B-1"), signers=[old])
        refused = yard.refuse(late)
        assert isinstance(refused.error, RefusedError)
        assert (refused.code, refused.error.collides_with) == ("revoked-key", old.public_key.keyid)
        again = yard.sign("MUN", intake("MUN-B-2"), signers=[fresh])
        assert yard.hand_in(again).is_new
        yard.reopen()
        yard.follow(again)
        assert refusal(yard, "MUN", intake("MUN-B-3"), signers=[old]).code == "revoked-key"

    def test_a_revocation_counts_from_the_next_entry_of_the_same_batch(
        self, yard: OpenWorld, fresh: FileSigner
    ) -> None:
        """Before it the key is good, behind it revoked, though all were verified ahead together."""
        old = yard.signers["MUN"][0]
        yard.say("MUN", yard.added("MUN", fresh))
        before = yard.line_up("MUN", intake("MUN-B-1"))
        revoking = yard.line_up("MUN", revocation("MUN", old.public_key.keyid))
        behind = yard.line_up("MUN", intake("MUN-B-2"))
        answers = yard.submit([*before, *revoking, *behind])
        assert [type(answer) for answer in answers] == [Taken, Taken, Refused]
        refused = answers[2]
        assert isinstance(refused, Refused)
        assert refused.code == "revoked-key"

    def test_what_stands_is_answered_again_though_its_key_was_revoked(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """A repetition gets its receipt before keys are judged."""
        statement = yard.sign("MUN", intake("MUN-B-1"))
        index = yard.hand_in(statement).index
        yard.follow(statement)
        yard.say("MUN", yard.added("MUN", fresh))
        yard.say("MUN", revocation("MUN", yard.signers["MUN"][0].public_key.keyid))
        assert yard.hand_in(statement).index == index

    def test_a_key_is_registered_once_ever(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """Neither its owner nor another party may bring it again, not even after its revocation."""
        yard.say("MUN", yard.added("MUN", fresh))
        keyid = fresh.public_key.keyid
        for party in ("MUN", "TEX"):
            error = refusal(yard, party, yard.added(party, fresh))
            assert (error.code, error.collides_with) == ("key-exists", keyid)
        yard.say("MUN", revocation("MUN", keyid))
        error = refusal(yard, "MUN", yard.added("MUN", fresh))
        assert (error.code, error.collides_with) == ("key-exists", keyid)
        assert refusal(yard, "MUN", revocation("MUN", keyid)).code == "unknown-key"

    def test_a_proof_of_possession_for_somebody_else_is_refused(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """Nobody registers a key that they do not hold by copying its proof."""
        stolen = {**yard.added("TEX", fresh), "participant": "MUN"}
        assert refusal(yard, "MUN", stolen).code == "bad-signature"

    def test_a_required_algorithm_must_be_there(self, yard: OpenWorld) -> None:
        """A party that requires both its keys is not spoken for by one of them."""
        pair = [FileSigner.generate("ed25519"), FileSigner.generate("ml-dsa-44")]
        yard.enrol("THA", "park", signers=pair, require=["ed25519", "ml-dsa-44"])
        for signer in pair:
            assert refusal(yard, "THA", intake("THA-B-1"), signers=[signer]).code == "bad-signature"
        yard.say("THA", intake("THA-B-1"), signers=pair)

    def test_two_keys_of_one_algorithm_do_not_sign_together(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """At most one signature per algorithm."""
        yard.say("MUN", yard.added("MUN", fresh))
        assert refusal(yard, "MUN", intake("MUN-B-1"), signers=[*yard.signers["MUN"], fresh]).code == "bad-signature"


class TestAuthority:
    def test_the_authority_adds_a_key_only_where_none_is_active(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """With an active key only the party itself adds; without one the authority may, with a finding."""
        assert refusal(yard, "AUTHORITY", yard.added("MUN", fresh)).code == "not-entitled"
        yard.say("AUTHORITY", revocation("MUN", yard.signers["MUN"][0].public_key.keyid))
        index = yard.say("AUTHORITY", yard.added("MUN", fresh)).index
        assert findings(yard) == [("key-set-by-authority", index, ())]
        yard.say("MUN", intake("MUN-B-1"), signers=[fresh])

    def test_the_last_key_of_the_authority_stays(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """Only with another active one it may be revoked; the ledger is never left without."""
        old = yard.signers["AUTHORITY"][0]
        assert refusal(yard, "AUTHORITY", revocation("AUTHORITY", old.public_key.keyid)).code == "last-key"
        yard.say("AUTHORITY", yard.added("AUTHORITY", fresh))
        yard.say("AUTHORITY", revocation("AUTHORITY", old.public_key.keyid))
        yard.signers["AUTHORITY"] = [fresh]
        yard.enrol("THA", "park")

    @pytest.mark.parametrize("event", ["participant", "rules", "revocation"])
    def test_a_park_may_not_do_what_is_the_authoritys(self, yard: OpenWorld, event: str) -> None:
        """Registering, changing rules and revoking another's key need the role."""
        who = {"id": "MUN", "name": "x", "roles": ["authority"], "country": "IN", "identifiers": {}}
        events: dict[str, dict[str, Any]] = {
            "participant": {"type": "participant", **who},
            "rules": {"type": "rules", "rules": 1},
            "revocation": revocation("TEX", yard.signers["TEX"][0].public_key.keyid),
        }
        assert refusal(yard, "MUN", events[event]).code == "not-entitled"

    def test_ids_that_begin_one_another_clash(self, yard: OpenWorld) -> None:
        """Registered names are looked up in the tables and in the batch itself."""
        keys = [yard.proven(FileSigner.generate("ed25519"), name) for name in ("MUN-2", "THA-1", "THA")]
        event = {"type": "participant", "name": "x", "roles": ["park"], "country": "IN", "identifiers": {}}
        error = refusal(yard, "AUTHORITY", {**event, "id": "MUN-2", "keys": [keys[0]]})
        assert error.code == "id-clash"
        assert error.collides_with == "MUN"
        longer, shorter = yard.line_up(
            "AUTHORITY", {**event, "id": "THA-1", "keys": [keys[1]]}, {**event, "id": "THA", "keys": [keys[2]]}
        )
        taken, refused = yard.submit([longer, shorter])
        assert isinstance(taken, Taken)
        assert isinstance(refused, Refused)
        assert refused.code == "id-clash"


class TestCompromised:
    def test_what_a_stolen_key_signed_stands_with_a_finding(self, yard: OpenWorld) -> None:
        """Entries that no checkpoint from before the theft covers are named, older ones and other parties' are not."""
        yard.say("MUN", intake("MUN-B-1"))
        yard.say("TEX", intake("TEX-B-1"))
        yard.clock.seconds = NOON + 60
        yard.say("MUN", intake("MUN-B-2"))
        yard.clock.seconds = NOON + 120
        doubted = [yard.say("MUN", intake(f"MUN-B-{number}")).index for number in (3, 4)]
        yard.say("TEX", intake("TEX-B-2"))
        event = revocation("MUN", yard.signers["MUN"][0].public_key.keyid, since=format_time(NOON + 90))
        yard.say("AUTHORITY", event)
        lots = [("MUN-B-3",), ("MUN-B-4",)]
        assert findings(yard) == [("compromised-key", *found) for found in zip(doubted, lots, strict=True)]
        assert refusal(yard, "MUN", intake("MUN-B-5")).code == "revoked-key"

    def test_a_time_of_theft_ahead_of_the_clock_is_refused(self, yard: OpenWorld) -> None:
        """The time in a revocation is judged like every other."""
        event = revocation("MUN", yard.signers["MUN"][0].public_key.keyid, since=format_time(NOON + 601))
        assert refusal(yard, "AUTHORITY", event).code == "time-order"

    def test_a_stolen_key_cannot_take_over_a_chain(self, yard: OpenWorld, fresh: FileSigner) -> None:
        """After the owner has rotated, statements that a thief signed on top of the old head are refused."""
        (kept,) = yard.line_up("MUN", *intakes("MUN", 1, 1))
        yard.submit([kept])
        thief = yard.signers["MUN"][0]
        forged = yard.sign("MUN", intake("MUN-B-2"), signers=[thief])
        yard.say("MUN", yard.added("MUN", fresh))
        yard.say("MUN", revocation("MUN", thief.public_key.keyid), signers=[fresh])
        assert yard.refuse(forged).code == "chain-conflict"
        assert yard.heads["MUN", "main"] != Head(1, id_of(kept))
        assert refusal(yard, "MUN", intake("MUN-B-2"), signers=[thief]).code == "revoked-key"
