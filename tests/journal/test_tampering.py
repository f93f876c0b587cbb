"""Somebody changes the database behind the ledger, past the append-only triggers.

What is expected where: opening reads the newest checkpoint and the right edge of the
tree, so it notices whatever changes the root (the last entries, the roots of full tiles,
the checkpoint itself). What stands behind a full tile, events and projections are not
read at every start: the full check is ``verify`` of an export, and projections are
rebuilt. Every change is noticed by one of the three, which the tests name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.audit import write_export
from ledger.home.opening import Home
from ledger.journal.answers import Taken
from ledger.journal.rebuild import rebuild
from ledger.verify import verify_file
from schemas.errors import LedgerStateError, RolledBackError
from tests.oracle import check_ledger
from tests.world.events import intake, intakes
from tests.world.furnished import furnish
from tests.world.opened import OpenWorld


def flip(raw: bytes, at: int) -> bytes:
    """Return the bytes with one bit changed."""
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


def tamper(yard: OpenWorld, table: str, column: str, where: str, at: int) -> None:
    """Flip a bit of a stored value, the triggers dropped and the ledger closed."""
    yard.home.close()
    yard.database.drop_guards()
    ((raw,),) = yard.database.rows(f"SELECT {column} FROM {table} WHERE {where}")
    yard.database.run(f"UPDATE {table} SET {column} = :changed WHERE {where}", changed=flip(bytes(raw), at))


def faults(yard: OpenWorld, folder: Path) -> set[tuple[str, int | None]]:
    """Open, export and verify; return code and entry of every fault."""
    with Home.open(yard.directory, writable=False) as home, home.store.reading() as snapshot:
        write_export(snapshot, folder / "export.zip")
    return {(fault.code, fault.entry) for fault in verify_file(folder / "export.zip", yard.genesis).faults}


class TestOpeningNotices:
    def test_a_flipped_bit_in_a_recent_entry(self, yard: OpenWorld) -> None:
        """Entries behind the last full tile are hashed at every start; the root no longer fits."""
        furnish(yard)
        tamper(yard, "entry", "body", '"index" = 2', at=200)
        with pytest.raises(
            RolledBackError, match="found a different root: the database was changed behind the ledger's back"
        ):
            yard.another()

    @pytest.mark.parametrize("tables", [("entry",), ("entry", "event")])
    def test_deleted_last_rows(self, yard: OpenWorld, tables: tuple[str, ...]) -> None:
        """Entries that the newest checkpoint covers are missed, with how many there should be."""
        furnish(yard)
        size = yard.size
        yard.home.close()
        yard.database.drop_guards()
        yard.database.run(*(f'DELETE FROM {table} WHERE "index" >= {size - 2}' for table in tables))
        with pytest.raises(LedgerStateError, match=f"expected {size} entries in the database, got {size - 2}"):
            yard.another()

    def test_deleted_last_rows_with_the_checkpoint_that_fits_them(self, yard: OpenWorld) -> None:
        """Who also puts the older signed checkpoint back is found by the published one."""
        yard.say("MUN", intake("MUN-B-1"))
        ((note, time),) = yard.database.rows("SELECT note, time FROM latest")
        size = yard.size
        yard.say("MUN", intake("MUN-B-2"))
        yard.home.close()
        yard.database.drop_guards()
        yard.database.run(
            *(f'DELETE FROM {table} WHERE "index" >= {size}' for table in ("entry", "event", "mention")),
            "DELETE FROM lot WHERE id = 'MUN-B-2'",
            "UPDATE latest SET size = :size, time = :time, note = :note",
            size=size, time=time, note=bytes(note),
        )  # fmt: skip
        with pytest.raises(RolledBackError, match=f"got a database with {size}: it was rolled back"):
            yard.another()

    @pytest.mark.parametrize(("column", "value"), [("size", 2), ("note", b"x"), ("note", None)])
    def test_an_edited_newest_checkpoint(self, yard: OpenWorld, column: str, value: object) -> None:
        """Its size, its signatures and its root are checked before anything is published."""
        yard.home.close()
        if value is None:
            tamper(yard, "latest", "note", "id = 1", at=500)
        else:
            yard.database.run(f"UPDATE latest SET {column} = :value", value=value)
        before = (yard.directory / "checkpoint").read_bytes()
        with pytest.raises(RolledBackError, match="the database was changed behind the ledger's back"):
            yard.another()
        assert (yard.directory / "checkpoint").read_bytes() == before

    @pytest.mark.slow
    def test_a_flipped_bit_in_the_root_of_a_full_tile(self, yard: OpenWorld) -> None:
        """The roots of full tiles are part of the tree's right edge."""
        yard.submit(yard.line_up("MUN", *intakes("MUN", 1, 260)))
        tamper(yard, "tile", "root", "number = 0", at=5)
        with pytest.raises(RolledBackError, match="found a different root"):
            yard.another()

    def test_facts_of_another_ledger(self, yard: OpenWorld) -> None:
        """The genesis id that the folder pins is compared first."""
        yard.home.close()
        yard.database.run(
            "UPDATE latest SET facts = replace(facts, :genesis, :other)", genesis=yard.genesis, other="0" * 64
        )
        with pytest.raises(RolledBackError, match=f"expected the ledger with genesis {yard.genesis}"):
            yard.another()

    def test_an_exchanged_entry(self, yard: OpenWorld) -> None:
        """A row that was deleted and put back with other bytes changes the root."""
        furnish(yard)
        yard.home.close()
        yard.database.drop_guards()
        body = b'{"payloadType":"x"}'
        yard.database.run('DELETE FROM entry WHERE "index" = 3')
        yard.database.run("INSERT INTO entry VALUES (3, 'id', 'MUN', 'other', 1, :body)", body=body)
        with pytest.raises(RolledBackError, match="found a different root"):
            yard.another()


class TestVerifyNotices:
    @pytest.mark.slow
    def test_a_flipped_bit_in_an_entry_behind_a_full_tile(self, yard: OpenWorld, tmp_path: Path) -> None:
        """The ledger opens, since it does not hash all entries each time; verify names the entry."""
        yard.submit(yard.line_up("MUN", *intakes("MUN", 1, 260)))
        assert faults(yard, tmp_path) == set()
        tamper(yard, "entry", "body", '"index" = 100', at=200)
        assert 100 in {entry for _, entry in faults(yard, tmp_path)}

    def test_a_flipped_bit_in_an_event(self, yard: OpenWorld, tmp_path: Path) -> None:
        """Events are not in the tree; the hash that their statement signs says verify which one it is."""
        furnish(yard)
        assert faults(yard, tmp_path) == set()
        tamper(yard, "event", "body", '"index" = 5', at=20)
        assert 5 in {entry for _, entry in faults(yard, tmp_path)}

    def test_a_lot_that_was_made_heavier(self, yard: OpenWorld, tmp_path: Path) -> None:
        """A changed projection disagrees with the fold of the entries, in the export's tables."""
        furnish(yard)
        yard.home.close()
        yard.database.run("UPDATE lot SET body = replace(body, '1000000000', '9000000000') WHERE id = 'TEX-B-1'")
        assert faults(yard, tmp_path) != set()


class TestRebuildMends:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE lot SET body = replace(body, '1000000000', '9000000000') WHERE id = 'TEX-B-1'",
            "DELETE FROM finding",
            "DELETE FROM citation",
            "UPDATE chain_head SET sequence = 7",
            "INSERT INTO mention VALUES ('MUN-B-7', 3)",
            "UPDATE latest SET facts = replace(facts, '\"AUTHORITY\"]', '\"MUN\"]')",
        ],
    )
    def test_a_changed_projection(self, yard: OpenWorld, change: str) -> None:
        """The oracle sees it; dropping and folding anew puts everything right."""
        furnish(yard)
        yard.home.close()
        yard.database.run(change)
        yard.home = yard.another()
        with pytest.raises(AssertionError):
            check_ledger(yard.home)
        rebuild(yard.home.store)
        check_ledger(yard.home)

    def test_a_row_that_cannot_be_read(self, yard: OpenWorld) -> None:
        """The write path says what is wrong and what to do, takes nothing, and works after a rebuild."""
        furnish(yard)
        yard.home.close()
        yard.database.run("UPDATE shipment SET body = '[1]'")
        yard.home = yard.another()
        words = [{"lot": "MUN-L-2", "decision": "accepted", "net_kg": "650"}]
        statement = yard.sign("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": words})
        size = yard.size
        with pytest.raises(LedgerStateError, match=r"got '\[1\]'.*rebuild the projections and run verify"):
            yard.home.journal.submit([statement])
        assert yard.size == size
        rebuild(yard.home.store)
        (answer,) = yard.submit([statement])
        assert isinstance(answer, Taken)
