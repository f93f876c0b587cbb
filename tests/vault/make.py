"""Writes the vault anew (``make vault``): files, answers, refusals and bytes at the edge.

Until the first release the vault is a draft, and what changes in it is what a change of the
code did to old files. Afterwards what was released is never written again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ledger.audit import bundle_bytes, write_export
from ledger.files.bundle_1 import BUNDLE_1
from ledger.files.export_1 import EXPORT_1
from ledger.files.receipt import Receipt
from ledger.files.receipt_1 import RECEIPT_1
from ledger.log.envelopes import format_entry
from ledger.log.proofs import format_proof
from ledger.store.snapshot import Snapshot
from schemas.encoding import encode_base64
from schemas.ids import LotId
from tests.vault.every_kind import FACTS, say_all
from tests.vault.misread_bytes import answer_of, misread_bytes
from tests.vault.postgres_dump import dump, postgres
from tests.vault.reading import faults_of, refusal_of, replayed, shown
from tests.vault.refused_statements import refused_statements
from tests.vault.shown_lots import shown_lots
from tests.vault.spoilt_files import splices, spoilt_files
from tests.vault.throwaway_keys import KeptSignatures
from tests.vault.vault_ledger import VaultLedger

VAULT = Path(__file__).parent.parent / "data" / "vault"
LOTS = ("MUN-B-2", "MUN-L-1", "MUN-L-3", "TEX-L-1")
"""A corrected batch; a lot of a dispatch; one with credit; one that is held."""

RECEIPTS = (0, 10, 22, 28)
SEALED = 10
"""The entry whose event has sealed facts."""


def make(vault: Path) -> None:
    """Write everything below a folder; what stood there is replaced."""
    kept = KeptSignatures(vault / "signatures.json")
    _write_postgres(vault, kept)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "ledger"
        with VaultLedger(home, kept) as ledger:
            attested = say_all(ledger)
            with ledger.store.reading() as snapshot:
                _write_files(vault, snapshot, ledger)
            _write_refused(vault, ledger, attested)
        _zip(vault / "ledger.zip", home)
    _write_spoilt(vault)
    cases = [
        {"name": one.name, "reader": one.reader, "bytes": encode_base64(one.content), "key": encode_base64(one.key),
         "answer": one.answer}
        for one in misread_bytes(kept)
    ]  # fmt: skip
    _lines(vault / "misread.jsonl", cases)
    for one in misread_bytes(kept):
        assert answer_of(one.reader, one.content, one.key) == one.answer, one.name
    kept.save()


def _write_postgres(vault: Path, kept: KeptSignatures) -> None:
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as database:
        with VaultLedger(Path(folder) / "ledger", kept, database.url) as ledger:
            say_all(ledger)
        (vault / "postgres.sql.gz").write_bytes(dump(database))


def _write_files(vault: Path, snapshot: Snapshot, ledger: VaultLedger) -> None:
    for name in ("bundles", "receipts"):
        shutil.rmtree(vault / name, ignore_errors=True)
        (vault / name).mkdir(parents=True)
    facts = [(SEALED, fact) for fact in FACTS]
    for lot in LOTS:
        raw = bundle_bytes(snapshot, LotId(lot), facts if lot == "MUN-L-1" else (), BUNDLE_1)
        (vault / "bundles" / f"{lot}.json").write_bytes(raw)
    write_export(snapshot, vault / "export.zip", form=EXPORT_1)
    note = snapshot.checkpoint()
    (vault / "checkpoint").write_bytes(note)
    for index in RECEIPTS:
        proof = format_proof(index, snapshot.path(index), note)
        receipt = Receipt(snapshot.statement_id(index), index, proof)
        (vault / "receipts" / f"{index}.json").write_bytes(RECEIPT_1.write(receipt))
    answers = {
        "genesis": ledger.genesis,
        "origin": ledger.log.keys.origin,
        "log_keys": list(ledger.log.vkeys),
        "size": snapshot.size,
        "lots": shown_lots(snapshot),
        "findings": [shown(one) for one in snapshot.all_findings()],
        "disclosures": [{"entry": SEALED, "text": fact} for fact in FACTS],
    }
    _json(vault / "answers.json", answers)


def _write_refused(vault: Path, ledger: VaultLedger, attested: str) -> None:
    book = replayed(vault / "export.zip")
    lines = []
    for code, submission in refused_statements(ledger, attested):
        entry = format_entry(submission.envelope)
        answer = refusal_of(entry, submission.event, book)
        assert answer["code"] == code, (code, answer)
        lines.append({"answer": answer, "entry": encode_base64(entry), "event": encode_base64(submission.event)})
    _lines(vault / "refused.jsonl", lines)


def _write_spoilt(vault: Path) -> None:
    genesis = json.loads((vault / "answers.json").read_bytes())["genesis"]
    lines = []
    for name, of, content in spoilt_files(vault):
        faults = faults_of(content, genesis)
        assert faults, name
        changes = splices((vault / of).read_bytes(), content)
        lines.append({"name": name, "of": of, "faults": faults, "changes": changes})
    _lines(vault / "spoilt.jsonl", lines)


def _zip(path: Path, folder: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                info = zipfile.ZipInfo(str(file.relative_to(folder)))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, file.read_bytes())


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _lines(path: Path, values: Iterable[Any]) -> None:
    lines = [json.dumps(value, ensure_ascii=True, separators=(",", ":")) for value in values]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare() -> None:
    """Make the vault anew elsewhere, and show which files are not as they stand here."""
    with tempfile.TemporaryDirectory() as folder:
        anew = Path(folder) / "vault"
        shutil.copytree(VAULT, anew)
        make(anew)
        subprocess.run(["git", "diff", "--no-index", "--stat", VAULT, anew], check=False)


if __name__ == "__main__":
    if sys.argv[1:] == ["--compare"]:
        compare()
    else:
        make(VAULT)
