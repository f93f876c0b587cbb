"""Projections are dropped and folded anew, and come out the same to the byte."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from ledger.journal import rebuild as rebuild_module
from ledger.journal.answers import Taken
from ledger.journal.rebuild import rebuild
from ledger.log.signers import FileSigner
from schemas.errors import LedgerStateError
from schemas.instants import format_time
from tests.journal.rebuilding import dump, rebuilt
from tests.oracle import check_ledger
from tests.world.events import intake, intakes, revocation
from tests.world.furnished import furnish
from tests.world.opened import NOON, OpenWorld


def test_every_kind_of_event_folds_again_to_the_same_bytes(yard: OpenWorld) -> None:
    """Lots, runs, shipments, findings, documents and chains: nothing differs, and the open ledger goes on."""
    furnish(yard)
    assert rebuilt(yard) == yard.size
    yard.say("TEX", intake("TEX-B-2"))


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_findings_of_a_compromised_key_come_out_the_same(
    yard: OpenWorld, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """Only what stood before the revocation is found, once, however many entries are folded at a time.

    The key revokes itself, so that its own revocation stands in the table as signed by it; kept
    checkpoints before and after it divide what is in doubt from what is not.
    """
    monkeypatch.setattr(rebuild_module, "_CHUNK", chunk)
    stolen = yard.signers["MUN"][0]
    yard.say("MUN", intake("MUN-B-1"))
    yard.clock.seconds = NOON + 120
    yard.say("MUN", intake("MUN-B-2"))
    for number in range(3, 6):
        yard.clock.seconds += 60
        yard.say("MUN", intake(f"MUN-B-{number}"), chain="gate-2")
    safe = FileSigner.generate("ed25519")
    yard.say("MUN", {"type": "key", "participant": "MUN", "action": "add", **yard.proven(safe, "MUN")})
    yard.say("MUN", revocation("MUN", stolen.public_key.keyid, since=format_time(NOON + 150)))
    yard.signers["MUN"] = [safe]
    for number in range(6, 9):
        yard.clock.seconds += 60
        yard.say("MUN", intake(f"MUN-B-{number}"))
    with yard.home.store.reading() as snapshot:
        found = [(one.code, one.lots) for one in snapshot.all_findings() if one.code != "no-weighing-document"]
    # The checkpoint of NOON + 120 covers MUN-B-1 and MUN-B-2; the three after it are in doubt, and the new key's entry.
    lots = [("MUN-B-3",), ("MUN-B-4",), ("MUN-B-5",), ()]
    assert found == [("compromised-key", named) for named in lots]
    rebuilt(yard)


def test_a_compromised_key_in_the_middle_of_a_batch_comes_out_the_same(yard: OpenWorld) -> None:
    """What the same transaction took before the revocation is found with what stood there already."""
    yard.say("MUN", intake("MUN-B-1"))
    keyid = yard.signers["MUN"][0].public_key.keyid
    before = yard.line_up("MUN", *intakes("MUN", 2, 3))
    revoking = yard.line_up("AUTHORITY", revocation("MUN", keyid, since="2020-01-01T00:00:00Z"))
    yard.submit([*before, *revoking, *yard.line_up("TEX", *intakes("TEX", 1, 2))])
    with yard.home.store.reading() as snapshot:
        found = [one.lots for one in snapshot.all_findings() if one.code != "no-weighing-document"]
    assert found == [(f"MUN-B-{number}",) for number in range(1, 5)]
    rebuilt(yard)


@pytest.mark.slow
def test_a_ledger_of_several_chunks_folds_again(yard: OpenWorld) -> None:
    """More entries than are folded at a time, with progress reported in between."""
    yard.submit(yard.line_up("MUN", *intakes("MUN", 1, 1100)))
    steps: list[int] = []
    assert rebuild(yard.home.store, steps.append) == yard.size == sum(steps)
    assert len(steps) == 2
    check_ledger(yard.home)


def test_what_a_chunk_looks_up_is_read_ahead(yard: OpenWorld) -> None:
    """However many entries are folded anew, the database is asked a few times a chunk, not a few times an entry."""
    asked: list[str] = []
    counts: list[int] = []
    event.listen(yard.home.store._engine, "before_cursor_execute", lambda *row: asked.append(row[2]))
    for first in (1, 101):
        yard.submit(yard.line_up("MUN", *intakes("MUN", first, 100)))
        asked.clear()
        rebuild(yard.home.store)
        counts.append(len(asked))
    assert counts[1] <= counts[0] < 100


def test_an_entry_that_the_rules_refuse_leaves_everything_as_it_was(yard: OpenWorld) -> None:
    """A rebuild over a changed event fails as a whole; the old projections stay."""
    furnish(yard)
    yard.home.close()
    yard.database.drop_guards()
    yard.database.run('UPDATE event SET body = :body WHERE "index" = 6', body=b"{}")
    before = dump(yard)
    yard.home = yard.another()
    with pytest.raises(LedgerStateError, match="expected entry 6 to be one that the rules accept, got: event"):
        rebuild(yard.home.store)
    assert dump(yard) == before


def test_other_writers_wait_while_a_ledger_is_rebuilt(yard: OpenWorld) -> None:
    """A statement handed in meanwhile is taken afterwards, over the new projections."""
    furnish(yard)
    waiting = []

    def progress(_: int) -> None:
        waiting.append(yard.home.journal.enqueue(yard.line_up("TEX", intake("TEX-B-2"))[0]))
        assert not waiting[0].done()

    rebuild(yard.home.store, progress)
    assert isinstance(waiting[0].result(60), Taken)
    check_ledger(yard.home)
