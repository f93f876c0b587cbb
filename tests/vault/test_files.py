"""The vault's files are read as on the day on which they were written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ledger.admission.book import MemoryBook
from ledger.audit import bundle_bytes, write_export
from ledger.files.bundle_1 import BUNDLE_1
from ledger.files.export_1 import EXPORT_1
from ledger.files.formats import FORMATS
from ledger.files.report import Findings
from ledger.home.opening import Home
from ledger.log.checkpoint import open_checkpoint, parse_log_keys
from ledger.log.envelopes import parse_entry, statement_id
from ledger.log.proofs import verify_proof
from ledger.log.sealed import digest_of
from schemas.ids import LotId
from schemas.strict_json import dump_json
from tests.vault.make import VAULT
from tests.vault.postgres_dump import postgres, restore
from tests.vault.reading import entries_of, faults_of, lines_of, replayed, shown, statement_of
from tests.vault.shown_lots import shown_lots
from tests.vault.spoilt_files import spliced

ANSWERS: dict[str, Any] = json.loads((VAULT / "answers.json").read_bytes())
BUNDLES = sorted((VAULT / "bundles").iterdir())
RECEIPTS = sorted((VAULT / "receipts").iterdir())
SPOILT = lines_of(VAULT / "spoilt.jsonl")


@pytest.fixture(scope="module")
def book() -> MemoryBook:
    """The ledger of the export, judged again."""
    return replayed(VAULT / "export.zip")


@pytest.mark.parametrize("path", [*BUNDLES, VAULT / "export.zip"], ids=lambda path: path.name)
def test_a_file_verifies(path: Path) -> None:
    """Without a fault, to whoever pinned its genesis."""
    assert faults_of(path.read_bytes(), ANSWERS["genesis"]) == []


def test_every_lot_and_finding_is_answered_alike(book: MemoryBook) -> None:
    """Member by member, and finding by finding with its severity and lots."""
    assert shown_lots(book) == ANSWERS["lots"]
    assert [json.loads(json.dumps(shown(one))) for one in book.findings] == ANSWERS["findings"]
    assert book.size == ANSWERS["size"]


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name)
def test_a_bundle_shows_the_lot_as_the_ledger_answers_it(path: Path) -> None:
    """What it shows is what was answered when it was written."""
    shown = json.loads(path.read_bytes())["lot"]
    assert shown == ANSWERS["lots"][path.stem]


@pytest.mark.parametrize("path", RECEIPTS, ids=lambda path: path.name)
def test_a_receipt_proves_its_statement(path: Path) -> None:
    """By its number, under the keys of the log, for the entry at its index."""
    raw, found = path.read_bytes(), Findings()
    form = FORMATS.receipts.choose(raw, found)
    assert form is not None
    receipt = form.read(raw)
    assert form.write(receipt) == raw
    entry, _ = list(entries_of(VAULT / "export.zip"))[receipt.index]
    assert statement_id(parse_entry(entry).payload) == receipt.id
    verify_proof(receipt.proof, entry, parse_log_keys(ANSWERS["log_keys"]))


def test_the_checkpoint_holds_under_both_keys() -> None:
    """It signs the whole tree of the vault's ledger."""
    signed = open_checkpoint((VAULT / "checkpoint").read_bytes(), parse_log_keys(ANSWERS["log_keys"]))
    assert (signed.checkpoint.origin, signed.checkpoint.size) == (ANSWERS["origin"], ANSWERS["size"])


def test_a_sealed_fact_belongs_to_its_event() -> None:
    """Its digest stands in the event that sealed it, and nowhere else."""
    statements = [statement_of(*entry) for entry in entries_of(VAULT / "export.zip")]
    for fact in ANSWERS["disclosures"]:
        sealing = [at for at, one in enumerate(statements) if digest_of(fact["text"]) in one.event.sealed]
        assert sealing == [fact["entry"]]


@pytest.mark.parametrize("case", SPOILT, ids=lambda case: case["name"])
def test_a_spoilt_file_has_its_faults(case: dict[str, Any]) -> None:
    """Every one of them, each at its entry, and no other."""
    content = spliced((VAULT / case["of"]).read_bytes(), case["changes"])
    assert faults_of(content, ANSWERS["genesis"]) == case["faults"]


def test_the_folder_of_a_ledger_opens_and_answers_alike(tmp_path: Path) -> None:
    """Its database gives the very files that were written from it."""
    with zipfile.ZipFile(VAULT / "ledger.zip") as archive:
        archive.extractall(tmp_path / "ledger")
    assert _answers_of(tmp_path) == _recorded()


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_dump_of_postgresql_opens_and_answers_alike(tmp_path: Path) -> None:
    """The other database gives the very same files."""
    with zipfile.ZipFile(VAULT / "ledger.zip") as archive:
        archive.extractall(tmp_path / "ledger")
    (tmp_path / "ledger" / "ledger.db").unlink()
    with postgres(tmp_path) as database:
        restore(database, (VAULT / "postgres.sql.gz").read_bytes())
        settings = tmp_path / "ledger" / "ledger.json"
        settings.write_bytes(dump_json({**json.loads(settings.read_bytes()), "database": database.url}))
        assert _answers_of(tmp_path) == _recorded()


def _answers_of(folder: Path) -> dict[str, Any]:
    """Return what a ledger's folder answers, and the files that are written from it by their hashes."""
    shown = [(fact["entry"], fact["text"]) for fact in ANSWERS["disclosures"]]
    home = Home.open(folder / "ledger", writable=False)
    try:
        with home.store.reading() as snapshot:
            lots = shown_lots(snapshot)
            write_export(snapshot, folder / "export.zip", form=EXPORT_1)
            files = {"export.zip": _hashed((folder / "export.zip").read_bytes())}
            for path in BUNDLES:
                disclosed = shown if json.loads(path.read_bytes())["disclosures"] else ()
                files[path.name] = _hashed(bundle_bytes(snapshot, LotId(path.stem), disclosed, BUNDLE_1))
        return {"genesis": home.genesis, "lots": lots, "files": files}
    finally:
        home.close()


def _recorded() -> dict[str, Any]:
    """Return the same of the vault's own files."""
    files = {path.name: _hashed(path.read_bytes()) for path in (VAULT / "export.zip", *BUNDLES)}
    return {"genesis": ANSWERS["genesis"], "lots": ANSWERS["lots"], "files": files}


def _hashed(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
