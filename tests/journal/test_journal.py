"""What is handed in, in which order it stands, and what is answered."""

from __future__ import annotations

import pytest

from ledger.home.opening import Home
from ledger.journal import journal
from ledger.journal.answers import Refused, Taken
from ledger.log.checkpoint import parse_log_keys
from ledger.log.envelopes import format_entry, parse_entry
from ledger.log.proofs import verify_proof
from ledger.submission import Submission
from schemas.errors import ClockError, LedgerStateError, MalformedError, ProofError
from schemas.instants import format_time
from schemas.refusal import RefusedError
from tests.oracle import check_ledger
from tests.world.events import intake, intakes
from tests.world.furnished import furnish
from tests.world.opened import NOON, OpenWorld
from tests.world.parties import ORIGIN, id_of


def test_statements_stand_in_the_order_in_which_they_were_handed_in(yard: OpenWorld) -> None:
    """A batch of two parties and three chains gets the indexes of its own order."""
    batch = [
        yard.line_up(party, intake(f"{party}-B-{number}"), chain=chain)[0]
        for number, (party, chain) in enumerate([("MUN", "main"), ("TEX", "main"), ("MUN", "gate-2"), ("MUN", "main")])
    ]
    first = yard.size
    answers = yard.submit(batch)
    assert [answer.index for answer in answers if isinstance(answer, Taken)] == list(range(first, first + 4))
    with yard.home.store.reading() as snapshot:
        assert [snapshot.statement_id(first + at) for at in range(4)] == [id_of(statement) for statement in batch]


def test_a_season_of_every_kind_of_event_satisfies_the_oracle(yard: OpenWorld) -> None:
    """Runs, shipments, findings, documents and files fill every projection, and all of them fold again."""
    furnish(yard)
    tables = (
        "lot", "run", "shipment", "finding", "finding_lot", "citation", "cited_file", "plant_ref", "mention",
        "party_entry",
    )  # fmt: skip
    assert [name for name in tables if not yard.database.table(name)] == []


@pytest.mark.slow
def test_more_than_a_batch_and_more_than_a_tile_is_taken_in_order(
    yard: OpenWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """600 statements make six transactions and two full tiles; all indexes follow each other."""
    monkeypatch.setattr(journal, "BATCH", 110)
    first = yard.size
    answers = yard.submit(yard.line_up("MUN", *intakes("MUN", 1, 600)))
    assert [answer.index for answer in answers if isinstance(answer, Taken)] == list(range(first, first + 600))
    assert len(yard.database.table("tile")) == 2
    yard.reopen()
    yard.say("MUN", intake("MUN-B-9999"))


class TestRepetitions:
    def test_a_statement_twice_in_a_batch_gets_one_index(self, yard: OpenWorld) -> None:
        """The second copy is answered with the entry of the first and not called new."""
        statement = yard.sign("MUN", intake("MUN-B-1"))
        first, second = yard.submit([statement, statement])
        assert isinstance(first, Taken)
        assert isinstance(second, Taken)
        assert (first.id, first.index, first.is_new) == (second.id, second.index, True)
        assert second.is_new is False

    def test_a_statement_in_a_later_batch_and_after_reopening_gets_the_same_index(self, yard: OpenWorld) -> None:
        """What is there is answered again whenever it comes, though its lot exists by then."""
        statement = yard.sign("MUN", intake("MUN-B-1"))
        index, size = yard.hand_in(statement).index, yard.size
        again = yard.hand_in(statement)
        yard.reopen()
        once_more = yard.hand_in(statement)
        assert [(answer.index, answer.is_new) for answer in (again, once_more)] == [(index, False)] * 2
        assert yard.size == size

    def test_the_genesis_handed_in_again_is_entry_0(self, yard: OpenWorld) -> None:
        """Entry 0 is answered like any other; no second genesis is taken."""
        with yard.home.store.reading() as snapshot:
            entry, event = snapshot.entry(0), snapshot.event(0)
        assert yard.hand_in(Submission(parse_entry(entry), event)).index == 0


class TestStopping:
    def test_nothing_behind_the_first_refused_statement_is_judged(self, yard: OpenWorld) -> None:
        """What stood before it is in, it has its code, what stands behind has no answer and is not there."""
        good = yard.line_up("MUN", *intakes("MUN", 1, 2))
        clash = yard.sign("TEX", intake("MUN-B-3"))
        behind = yard.sign("TEX", intake("TEX-B-1"))
        answers = yard.submit([*good, clash, behind], stop_at_refusal=True)
        assert [type(answer) for answer in answers] == [Taken, Taken, Refused, type(None)]
        refused = answers[2]
        assert isinstance(refused, Refused)
        assert (refused.id, refused.code) == (id_of(clash), "not-entitled")
        assert yard.hand_in(behind).is_new

    def test_a_malformed_statement_stops_the_batch_as_well(self, yard: OpenWorld) -> None:
        """A statement whose event does not match its hash is refused in its place, the next one not judged."""
        first, second, third = yard.line_up("MUN", *intakes("MUN", 1, 3))
        broken = Submission(second.envelope, third.event)
        answers = yard.submit([first, broken, third], stop_at_refusal=True)
        refused = answers[1]
        assert isinstance(answers[0], Taken)
        assert isinstance(refused, Refused)
        assert isinstance(refused.error, MalformedError)
        assert (refused.code, refused.error.where, answers[2]) == ("malformed", "event", None)

    def test_a_refusal_before_a_malformed_statement_leaves_that_one_unanswered(self, yard: OpenWorld) -> None:
        """Only the first fault of a batch is named."""
        clash = yard.sign("TEX", intake("MUN-B-3"))
        broken = Submission(clash.envelope, b"{}")
        answers = yard.submit([clash, broken, clash], stop_at_refusal=True)
        assert [type(answer) for answer in answers] == [Refused, type(None), type(None)]

    def test_without_stopping_the_others_are_taken(self, yard: OpenWorld) -> None:
        """A refused and a malformed statement in the middle cost only themselves."""
        clash = yard.sign("TEX", intake("MUN-B-3"))
        broken = Submission(clash.envelope, b"{}")
        good = yard.sign("MUN", intake("MUN-B-3"))
        answers = yard.submit([broken, clash, good])
        assert [type(answer) for answer in answers] == [Refused, Refused, Taken]

    def test_a_refusal_in_an_early_batch_stops_the_later_ones(
        self, yard: OpenWorld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Behind a refusal, whole batches stay unjudged; those before it are in."""
        monkeypatch.setattr(journal, "BATCH", 2)
        clash = yard.sign("TEX", intake("MUN-B-3"))
        lined_up = yard.line_up("MUN", *intakes("MUN", 1, 16))
        answers = yard.submit([*lined_up[:5], clash, *lined_up[5:]], stop_at_refusal=True)
        assert [type(answer) for answer in answers] == [Taken] * 5 + [Refused] + [type(None)] * 11


class TestReceipts:
    def test_a_receipt_verifies_with_the_keys_of_the_genesis_alone(self, yard: OpenWorld) -> None:
        """The proof leads from the entry to a checkpoint that both log keys signed; another entry's does not."""
        first, second = yard.line_up("MUN", *intakes("MUN", 1, 2))
        answer, other = yard.submit([first, second])
        assert isinstance(answer, Taken)
        assert isinstance(other, Taken)
        keys = parse_log_keys(yard.log_keys)
        signed = verify_proof(answer.proof, format_entry(first.envelope), keys)
        assert (signed.checkpoint.origin, signed.checkpoint.size) == (ORIGIN, yard.size)
        with pytest.raises(ProofError, match="root"):
            verify_proof(other.proof, format_entry(first.envelope), keys)

    def test_a_later_proof_of_the_same_entry_is_under_a_newer_checkpoint(self, yard: OpenWorld) -> None:
        """The index never changes; the proof may grow with the tree."""
        statement = yard.sign("MUN", intake("MUN-B-1"))
        index = yard.hand_in(statement).index
        yard.say("TEX", intake("TEX-B-1"))
        signed = verify_proof(
            yard.home.journal.prove(index), format_entry(statement.envelope), parse_log_keys(yard.log_keys)
        )
        assert signed.checkpoint.size == yard.size == index + 2


class TestTime:
    def test_a_clock_that_went_back_stops_the_ledger_and_nothing_is_written(self, yard: OpenWorld) -> None:
        """One second before the last checkpoint is refused as a whole; at the same second it goes on."""
        before = yard.database.table("entry"), yard.database.table("latest")
        statement = yard.sign("MUN", intake("MUN-B-1"))
        yard.clock.seconds -= 1
        with pytest.raises(ClockError, match=f"expected a time at or after .*{format_time(NOON)}"):
            yard.home.journal.submit([statement])
        check_ledger(yard.home)
        assert (yard.database.table("entry"), yard.database.table("latest")) == before
        yard.clock.seconds += 1
        assert yard.hand_in(statement).is_new

    @pytest.mark.parametrize(("ahead", "is_taken"), [(600, True), (601, False)])
    def test_a_time_more_than_ten_minutes_ahead_is_refused(self, yard: OpenWorld, ahead: int, is_taken: bool) -> None:
        """The limit is the ledger's own clock at admission, to the second."""
        statement = yard.sign("MUN", intake("MUN-B-1"), at=format_time(NOON + ahead))
        if is_taken:
            assert yard.hand_in(statement).is_new
            return
        error = yard.refuse(statement).error
        assert isinstance(error, RefusedError)
        assert error.code == "time-order"
        assert format_time(NOON + 600) in error.message

    def test_what_was_once_accepted_is_never_judged_by_the_clock_again(self, yard: OpenWorld) -> None:
        """A time that was fine when it came stays fine after reopening with any later clock."""
        yard.say("MUN", intake("MUN-B-1"), at=format_time(NOON + 600))
        yard.clock.seconds += 10**8
        yard.reopen()
        assert check_ledger(yard.home) == yard.size

    def test_the_first_checkpoint_of_each_minute_is_kept(self, yard: OpenWorld) -> None:
        """Of three writes in one minute one checkpoint is kept, and a new one in the next minute, never in between."""
        kept = [row[0] for row in yard.database.rows("SELECT size FROM kept_checkpoint")]
        assert kept == [1]
        sizes = []
        for seconds in (59, 60, 90, 119, 120, 4000):
            yard.clock.seconds = NOON + seconds
            yard.say("MUN", intake(f"MUN-B-{seconds}"))
            sizes.append(yard.size)
        kept = [row[0] for row in yard.database.rows("SELECT size FROM kept_checkpoint ORDER BY size")]
        assert kept == [1, sizes[1], sizes[4], sizes[5]]


def test_a_ledger_opened_to_read_cannot_be_written_to(yard: OpenWorld) -> None:
    """Without the log's keys there is no journal."""
    with Home.open(yard.directory, writable=False) as reader:
        with pytest.raises(LedgerStateError, match="opened for writing"):
            _ = reader.journal
        assert check_ledger(reader) == yard.size
