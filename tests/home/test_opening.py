"""Opening a ledger: what is published is held against the database before anything is believed.

The order of the attacks: the database is rolled back, exchanged or edited; the published
checkpoint is edited or exchanged; keys or settings are lost.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ledger.home.opening import Home
from ledger.log.signers import FileSigner
from schemas.errors import KeyFileError, LedgerStateError, MalformedError, RolledBackError
from tests.databases import Database, make_database
from tests.oracle import check_ledger
from tests.world.events import intake
from tests.world.opened import NOON, Clock, OpenWorld
from tests.world.parties import ORIGIN


@pytest.fixture
def anchored(database: Database, tmp_path: Path) -> OpenWorld:
    """A closed ledger with an anchor outside its folder."""
    (tmp_path / "elsewhere").mkdir()
    with OpenWorld(tmp_path / "ledger", database, anchor=tmp_path / "elsewhere" / "anchor") as yard:
        yard.say("MUN", intake("MUN-B-1"))
    return yard


def opening(yard: OpenWorld) -> str:
    """Open and return what is said; fail if it opens, to read or to write."""
    said = set()
    for writable in (True, False):
        with pytest.raises(RolledBackError) as caught:
            Home.open(yard.directory, writable=writable, clock=yard.clock)
        said.add(str(caught.value))
    (message,) = said
    return message


class TestRolledBack:
    def test_a_database_behind_the_published_checkpoint_is_refused(self, yard: OpenWorld) -> None:
        """An old backup in the database's place is named with both sizes and what to do."""
        yard.home.close()
        yard.database.save()
        yard.reopen()
        yard.say("MUN", intake("MUN-B-1"))
        size = yard.size
        yard.home.close()
        published = (yard.directory / "checkpoint").read_bytes()
        yard.database.restore()
        message = opening(yard)
        assert f"expected at least the {size} entries of the published checkpoint" in message
        assert f"got a database with {size - 1}: it was rolled back. Restore a backup" in message
        assert "new origin whose genesis names this one as predecessor" in message
        assert (yard.directory / "checkpoint").read_bytes() == published

    def test_the_anchor_alone_is_enough(self, anchored: OpenWorld, tmp_path: Path) -> None:
        """Who rolls back the folder with everything in it is still found by the copy elsewhere."""
        anchored.database.save()
        shutil.copytree(anchored.directory, tmp_path / "old")
        anchored.reopen()
        anchored.say("MUN", intake("MUN-B-2"))
        anchored.home.close()
        anchored.database.restore()
        shutil.rmtree(anchored.directory)
        shutil.copytree(tmp_path / "old", anchored.directory)
        message = opening(anchored)
        assert f"published checkpoint {tmp_path / 'elsewhere' / 'anchor'}" in message
        assert "it was rolled back" in message

    def test_a_backup_that_is_new_enough_opens_and_goes_on(self, anchored: OpenWorld) -> None:
        """Restoring the newest backup, as the message says, is the way out."""
        anchored.database.save()
        anchored.database.restore()
        size = check_ledger(anchored.reopen())
        assert anchored.say("MUN", intake("MUN-B-2")).index == size
        anchored.home.close()

    def test_a_database_that_went_on_differently_is_refused(self, yard: OpenWorld) -> None:
        """Rolled back and grown again past the published size, it is another history."""
        yard.home.close()
        yard.database.save()
        yard.reopen()
        yard.say("MUN", intake("MUN-B-1"))
        yard.home.close()
        published = (yard.directory / "checkpoint").read_bytes()
        yard.database.restore()
        (yard.directory / "checkpoint").unlink()
        yard.reopen()
        for number in range(3):
            yard.say("TEX", intake(f"TEX-B-{number}"))
        yard.home.close()
        (yard.directory / "checkpoint").write_bytes(published)
        assert "the database does not belong to it" in opening(yard)

    def test_the_lost_statements_sent_again_bring_the_ledger_back(self, yard: OpenWorld) -> None:
        """Re-appending the identical entries reaches the published root, and the ledger opens again."""
        yard.home.close()
        yard.database.save()
        yard.reopen()
        statement = yard.sign("MUN", intake("MUN-B-1"))
        yard.hand_in(statement)
        yard.home.close()
        published = (yard.directory / "checkpoint").read_bytes()
        yard.database.restore()
        (yard.directory / "checkpoint").rename(yard.directory / "aside")
        yard.reopen()
        yard.hand_in(statement)
        yard.home.close()
        (yard.directory / "checkpoint").write_bytes(published)
        assert check_ledger(yard.reopen(), is_published=False) == yard.size


class TestExchanged:
    def test_the_database_of_another_ledger_is_refused(self, yard: OpenWorld, tmp_path: Path) -> None:
        """Another ledger of the same name has another genesis, which the folder has pinned."""
        other = make_database("sqlite" if yard.database.is_sqlite else "postgresql", tmp_path)
        with OpenWorld(tmp_path / "other", other) as stranger:
            genesis = stranger.genesis
        yard.home.close()
        settings = yard.directory / "ledger.json"
        settings.write_text(settings.read_text().replace(yard.database.url, other.url))
        message = opening(yard)
        assert f"expected the ledger with genesis {yard.genesis} in the database, got {genesis}" in message
        assert "restore the newest backup" in message
        other.drop()

    def test_an_empty_database_is_refused(self, yard: OpenWorld, tmp_path: Path) -> None:
        """Where the database vanished, none is begun silently in its place."""
        empty = make_database("sqlite" if yard.database.is_sqlite else "postgresql", tmp_path)
        yard.home.close()
        settings = yard.directory / "ledger.json"
        settings.write_text(settings.read_text().replace(yard.database.url, empty.url))
        assert "got an empty one: restore the newest backup" in opening(yard)
        empty.drop()

    def test_a_file_that_is_no_database_is_refused(self, tmp_path: Path) -> None:
        """Garbage in the place of SQLite's file is an error of the ledger, not of a library."""
        file = Database(f"sqlite:///{tmp_path / 'x.db'}", "")
        with OpenWorld(tmp_path / "ledger", file) as yard:
            yard.home.close()
        Path(file.name).write_bytes(b"no database" * 1000)
        with pytest.raises(LedgerStateError, match="expected the database to answer, got: file is not a database"):
            Home.open(yard.directory)


class TestPublishedCheckpoint:
    @pytest.mark.parametrize("line", [0, 1, 2, 4, 5])
    def test_an_edited_checkpoint_is_refused(self, yard: OpenWorld, line: int) -> None:
        """Origin, size, root and either signature: any change of the file is noticed."""
        yard.home.close()
        path = yard.directory / "checkpoint"
        lines = path.read_bytes().split(b"\n")
        at = len(lines[line]) - 5
        lines[line] = lines[line][:at] + (b"B" if lines[line][at : at + 1] == b"A" else b"A") + lines[line][at + 1 :]
        if line == 1:
            lines[line] = b"3"
        path.write_bytes(b"\n".join(lines))
        message = opening(yard)
        assert f"expected {path} to be a checkpoint of this ledger, found a different text" in message
        assert "compare it with a witness or a copy" in message

    def test_a_checkpoint_that_is_missing_is_published_again(self, yard: OpenWorld) -> None:
        """Without any published copy nothing can be held against the database; opening makes one."""
        yard.home.close()
        (yard.directory / "checkpoint").unlink()
        assert check_ledger(yard.reopen()) == yard.size
        assert (yard.directory / "checkpoint").exists()

    def test_an_older_checkpoint_is_a_prefix_and_is_brought_up_to_date(self, yard: OpenWorld) -> None:
        """A published file that lags behind, as after a crash, is replaced by the newest."""
        path = yard.directory / "checkpoint"
        old = path.read_bytes()
        yard.say("MUN", intake("MUN-B-1"))
        yard.home.close()
        newest = path.read_bytes()
        path.write_bytes(old)
        assert check_ledger(yard.reopen()) == yard.size
        assert path.read_bytes() == newest != old

    def test_a_checkpoint_edited_while_the_ledger_is_open_stops_it(self, yard: OpenWorld) -> None:
        """The next statement is committed but not answered, since nothing can be published over a foreign file."""
        path = yard.directory / "checkpoint"
        path.write_bytes(b"not a checkpoint\n")
        statement = yard.sign("MUN", intake("MUN-B-1"))
        for _ in range(2):
            with pytest.raises(RolledBackError, match="to be a checkpoint of this ledger, found a different text"):
                yard.home.journal.submit([statement])
        path.unlink()
        assert yard.hand_in(statement).is_new is False


class TestFolder:
    def test_a_folder_without_a_ledger_says_how_to_make_one(self, tmp_path: Path) -> None:
        """Opening what was never made is no crash."""
        with pytest.raises(LedgerStateError, match="got none: make one with init"):
            Home.open(tmp_path)

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"origin":1}', b"\xff"])
    def test_damaged_settings_are_named(self, tmp_path: Path, content: bytes) -> None:
        """Settings that cannot be read are the ledger's own error."""
        (tmp_path / "ledger.json").write_bytes(content)
        with pytest.raises(LedgerStateError, match=r"expected readable settings in .*ledger\.json, got"):
            Home.open(tmp_path)

    def test_a_genesis_in_capitals_in_the_settings_says_so(self, yard: OpenWorld) -> None:
        """Whoever edits the settings by hand is not sent to a backup."""
        settings = yard.directory / "ledger.json"
        yard.home.close()
        settings.write_text(settings.read_text().replace(yard.genesis, yard.genesis.upper()))
        with pytest.raises(LedgerStateError, match="got capitals"):
            Home.open(yard.directory)

    def test_a_ledger_is_made_only_once(self, yard: OpenWorld) -> None:
        """A second init in the folder changes nothing."""
        with pytest.raises(LedgerStateError, match="got one: a ledger is made only once"):
            Home.create(yard.directory, ORIGIN, database=yard.database.url, clock=yard.clock)
        check_ledger(yard.home)

    def test_a_database_that_holds_a_ledger_takes_no_second_genesis(self, yard: OpenWorld, tmp_path: Path) -> None:
        """A new folder over a used database is refused with what to do, and the ledger in it is untouched."""
        with pytest.raises(
            LedgerStateError, match=r"expected an empty database, .* begin again with a database that is"
        ):
            Home.create(tmp_path / "second", ORIGIN, database=yard.database.url, clock=yard.clock)
        assert not (tmp_path / "second" / "ledger.json").exists()
        check_ledger(yard.home)

    def test_an_anchor_of_another_ledger_is_not_overwritten(self, tmp_path: Path) -> None:
        """Init stops before it makes anything."""
        anchor = tmp_path / "anchor"
        anchor.write_bytes(b"of another ledger")
        with pytest.raises(LedgerStateError, match=r"expected no checkpoint at the anchor .*, got one"):
            Home.create(tmp_path / "ledger", ORIGIN, anchor=anchor, clock=Clock())
        assert not (tmp_path / "ledger").exists()
        assert anchor.read_bytes() == b"of another ledger"

    @pytest.mark.parametrize("origin", ["", "a b", "a+b", "x" * 256, "\u00e4"])
    def test_an_origin_that_is_no_name_makes_nothing(self, tmp_path: Path, origin: str) -> None:
        """The name is judged before the first file is written."""
        with pytest.raises(MalformedError):
            Home.create(tmp_path / "ledger", origin, clock=Clock())
        assert not (tmp_path / "ledger").exists()

    def test_the_embedded_database_stands_in_the_folder(self, tmp_path: Path) -> None:
        """Without a database URL the folder may be moved: no path stands in its settings."""
        Home.create(tmp_path / "ledger", ORIGIN, clock=Clock())
        (tmp_path / "ledger").rename(tmp_path / "moved")
        with Home.open(tmp_path / "moved", clock=Clock(NOON)) as home:
            assert check_ledger(home) == 1
            assert home.folder.database == f"sqlite:///{tmp_path / 'moved' / 'ledger.db'}"

    def test_other_log_keys_than_those_of_the_genesis_are_refused(self, yard: OpenWorld) -> None:
        """What they sign could never be opened again, so they may not sign; reading needs no keys."""
        yard.home.close()
        key = yard.directory / "keys" / "log.ml-dsa-44.pem"
        key.rename(key.with_suffix(".aside"))
        with pytest.raises(KeyFileError, match="got none"):
            yard.another()
        FileSigner.generate("ml-dsa-44").save(key)
        with pytest.raises(LedgerStateError, match="the log's keys that the genesis names, got others"):
            yard.another()
        with Home.open(yard.directory, writable=False) as reader:
            check_ledger(reader)

    def test_an_encrypted_ledger_needs_its_passphrase(self, tmp_path: Path) -> None:
        """All private keys of the folder are encrypted under the passphrase of init."""
        Home.create(tmp_path / "ledger", ORIGIN, passphrase=b"secret", clock=Clock())
        for wrong in (None, b"other"):
            with pytest.raises(KeyFileError):
                Home.open(tmp_path / "ledger", passphrase=wrong, clock=Clock())
        with Home.open(tmp_path / "ledger", passphrase=b"secret", clock=Clock()) as home:
            check_ledger(home)
