"""The tables are made by migrations: in a checkout, from a wheel, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.materials.state.credit_account import Draw
from ledger.materials.state.credit_months import SiteMonth
from ledger.store.store import Store
from ledger.store.tables import APPEND_ONLY, PROJECTIONS
from schemas.errors import LedgerStateError
from schemas.ids import LotId, PartyId
from tests.databases import Database

ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import sys
import alembic.command, ledger.store
from ledger.store.store import Store
assert ledger.store.__file__.startswith(sys.argv[2]), ledger.store.__file__
assert "site-packages" in alembic.command.__file__, alembic.command.__file__
store = Store.open(sys.argv[1])
with store.reading() as snapshot:
    print(snapshot.size)
store.close()
"""


def alembic(database: Database, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Alembic's own command over the checkout."""
    command = (
        "from alembic import command; from alembic.config import Config; import sys; "
        "config = Config(); config.set_main_option('script_location', 'alembic'); "
        "getattr(command, sys.argv[1])(config, *sys.argv[2:])"
    )
    return subprocess.run(
        [sys.executable, "-c", command, *words], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "BATTERY_LEDGER_DATABASE": database.url},
    )  # fmt: skip


@pytest.mark.slow
def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    """After ``upgrade head`` Alembic finds no difference between database and SQLModel tables."""
    upgraded = alembic(database, "upgrade", "head")
    assert upgraded.returncode == 0, upgraded.stderr
    checked = alembic(database, "check")
    assert (checked.returncode, "No new upgrade operations" in checked.stdout) == (0, True), (
        checked.stdout + checked.stderr
    )


@pytest.mark.slow
def test_a_drift_between_tables_and_migrations_would_be_seen(database: Database) -> None:
    """The check above can fail: a column that only the database has is named."""
    Store.open(database.url).close()
    database.run("ALTER TABLE party ADD COLUMN nickname TEXT")
    checked = alembic(database, "check")
    assert checked.returncode != 0
    assert "nickname" in checked.stdout + checked.stderr


def test_the_tables_of_what_is_true_and_what_is_projected_are_all(database: Database) -> None:
    """Every table is named in one of the two lists, so that a rebuild forgets none."""
    Store.open(database.url).close()
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if database.is_sqlite
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    tables = {row[0] for row in database.rows(catalogue)}
    assert tables == {*APPEND_ONLY, *PROJECTIONS, "latest", "disclosure", "alembic_version"}


@pytest.mark.slow
def test_an_account_of_the_first_tables_is_read_by_month(database: Database) -> None:
    """What was earned, drawn and undone stays, and each month knows what was left when it began."""
    assert alembic(database, "upgrade", "0001").returncode == 0
    pb = [1_000, 0, 0, 0, 0, 0, 0]
    rest = [400, 0, 0, 0, 0, 0, 0]
    body = [
        {"2026-01-05": {"Pb": pb}, "2026-03-02": {"Pb": pb}}, {"2026-01-06": {"Pb": [600, 0, 0, 0, 0, 0, 0]}},
        {"2026-01": {"Pb": 2_000}}, {"2026-01-06 MUN-L-1": [[7, "ab", {"Pb": rest}]]},
    ]  # fmt: skip
    database.run("INSERT INTO credit_account (id, body) VALUES ('MUN', :body)", body=json.dumps(body))
    store = Store.open(database.url)
    with store.reading() as snapshot:
        months = dict(snapshot.accounts.by_key())
        account = snapshot.account_of(PartyId("MUN"))
    store.close()
    assert list(months) == [("MUN", "2026-01"), ("MUN", "2026-03")]
    assert months[SiteMonth(PartyId("MUN"), "2026-03")].carried == (
        ("2026-01-05", {"Pb": tuple(rest)}), ("2026-01-06", {}),
    )  # fmt: skip
    assert account.earned == {"2026-01-05": {"Pb": tuple(pb)}, "2026-03-02": {"Pb": tuple(pb)}}
    assert account.made == {"2026-01": {"Pb": 2_000}}
    assert [void.index for void in account.voided[Draw("2026-01-06", LotId("MUN-L-1"))]] == [7]


def test_a_database_is_opened_again_without_being_written_to(database: Database) -> None:
    """Tables that are up to date are only looked at: a second opening needs no turn among writers."""
    first = Store.open(database.url)
    with first.writing() as writer:
        writer.disclose([])
        second = Store.open(database.url)
        with second.reading() as snapshot:
            assert snapshot.size == 0
        second.close()
    first.close()


def test_processes_that_open_a_new_database_at_once_take_turns(database: Database) -> None:
    """Four that find no tables: one makes them, all open."""
    with ThreadPoolExecutor(1) as one:
        # Alembic's context is a global of its module, so within one process only the database is raced for.
        stores = list(one.map(lambda _: Store.open(database.url), range(2)))
    code = "import sys; from ledger.store.store import Store; Store.open(sys.argv[1]).close()"
    database_url = stores[0]._engine.url.render_as_string(hide_password=False)
    for store in stores:
        store.close()
    if not database.is_sqlite:
        database.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    else:
        Path(database.name).unlink()
    racers = [subprocess.Popen([sys.executable, "-c", code, database_url], cwd=ROOT) for _ in range(4)]
    assert [racer.wait(60) for racer in racers] == [0, 0, 0, 0]


def test_tables_of_newer_software_are_refused(database: Database) -> None:
    """A version that this software does not know is an error of the ledger that says what to do."""
    Store.open(database.url).close()
    database.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerStateError, match=r"version 0007 or older, got: .*9999.*Use the software that made them"):
        Store.open(database.url)


@pytest.mark.parametrize("url", ["mysql://x", "sqlite", "postgresql://x", "", "postgresql+psycopg://"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    """Only the two kinds that are tested are taken, and no library's error comes out."""
    with pytest.raises(LedgerStateError, match="expected"):
        Store.open(url)


def test_a_folder_that_does_not_exist_is_named_by_the_database(tmp_path: Path) -> None:
    """A path that cannot be opened is an error of the ledger."""
    with pytest.raises(LedgerStateError, match="unable to open database file"):
        Store.open(f"sqlite:///{tmp_path / 'none' / 'ledger.db'}")


@pytest.mark.slow
def test_the_migrations_work_from_an_installed_wheel(tmp_path: Path) -> None:
    """A wheel that was built and unpacked elsewhere makes its own tables, and does not shadow Alembic."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*build, "--no-build-isolation", "--wheel-dir", tmp_path, ROOT], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("battery_ledger-*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        assert "ledger/store/migrations/env.py" in archive.namelist()
        archive.extractall(installed)
    # -P and another folder: nothing of the checkout is on the path, which the script asserts.
    run = subprocess.run(
        [sys.executable, "-P", "-c", PREPARE, f"sqlite:///{tmp_path / 'fresh.db'}", str(installed)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (0, "0\n"), run.stderr
