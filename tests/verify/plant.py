"""A small plant and its closure, reported to a simulated ledger, and files to tamper with."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger.audit import bundle_bytes, write_export
from ledger.files import layout
from ledger.files.archive import ArchiveWriter
from ledger.files.export import Manifest
from ledger.files.formats import FORMATS
from ledger.log.sealed import digest_of, make_disclosure
from ledger.materials.judging import judge_material
from ledger.materials.state.book import Speaker
from ledger.materials.state.stamping import UPCOMING
from ledger.verify import Report, verify_file
from schemas.events import parse_event
from schemas.ids import LotId, PartyId, StatementId
from schemas.intake import Intake
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1
from tests.world.events import acceptance, dispatch, intake, lead_run, revocation
from tests.world.memory import MemoryWorld

FACT = make_disclosure("supplier", "Kabadi & Sons", b"s" * 16).text
LINE = {"line": "MUN-LAB-1", "feed": "lead_acid", "capacity_t_per_year": "40000", "commissioned_on": "2024-01-15"}


def furnished() -> MemoryWorld:
    """Return a ledger of 17 entries; ``MUN-L-1`` is a lot with ancestors, a draw and a journey."""
    ledger = MemoryWorld()
    ledger.enrol(
        "MUN", "park", algorithms=("ed25519", "ml-dsa-44"), require=["ed25519", "ml-dsa-44"], lines=[LINE]
    )  # 1
    ledger.enrol("GLENCORE", "offtaker")  # 2
    ledger.enrol("TEX", "park", algorithms=("ecdsa-p256",))  # 3
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "=1+1", "sha256": "ab" * 32}
    ledger.say("MUN", intake("MUN-B-1", documents=[slip], sealed=[digest_of(FACT)]))  # 4
    ledger.keep()
    photo = {"kind": "photo", "issuer": "MUN", "number": "P1", "sha256": "ab" * 32}
    ledger.say("MUN", intake("MUN-B-2", documents=[photo]), chain="gate-2")  # 5
    ledger.say("TEX", intake("TEX-B-1"))  # 6
    ledger.say("MUN", lead_run("MUN-R-1", {"MUN-B-1": "1000"}, {"MUN-P-1": ("800", "590")}, line="MUN-LAB-1"))  # 7
    ledger.say("MUN", intake("MUN-B-3"))  # 8
    inputs, outputs = {"MUN-P-1": "400", "MUN-B-2": "500"}, {"MUN-L-1": ("580", "575"), "MUN-S-1": ("100", "5")}
    ledger.say("MUN", lead_run("MUN-R-2", inputs, outputs))  # 9
    ledger.say("MUN", lead_run("MUN-R-3", {"MUN-B-2": "100", "MUN-B-3": "100"}, {"MUN-L-2": ("80", "75")}))  # 10
    ledger.keep()
    ledger.say("MUN", dispatch("MUN-H-1", "MUN-L-1", "MUN-L-2"))  # 11
    ledger.say("GLENCORE", acceptance("MUN-H-1", "MUN-L-1"))  # 12
    ledger.say("GLENCORE", acceptance("MUN-H-1", "MUN-L-2", decision="disputed"))  # 13
    ledger.say("TEX", lead_run("TEX-R-1", {"TEX-B-1": "500"}, {"TEX-L-1": ("250", "240")}), chain="lab")  # 14
    keyid = ledger.signers["TEX"][0].public_key.keyid
    ledger.say("AUTHORITY", revocation("TEX", keyid, since="2026-01-01T00:06:00Z"))  # 15
    ledger.say("AUTHORITY", {"type": "rules", "rules": 1})  # 16
    return ledger


def smuggle(ledger: MemoryWorld, issuer: str, event: dict[str, Any], **how: Any) -> int:
    """Put an intake into tree and books past the judge, as an operator who cheats would."""
    index = ledger.force(issuer, event, **how)
    read = parse_event(ledger.events[index], PartyId(issuer), VERSION_1)
    assert isinstance(read, Intake)
    speaker = Speaker(ledger.book.parties[PartyId(issuer)], ledger.at, UPCOMING, StatementId("ab" * 32), VERSION_1)
    ledger.book.apply(judge_material(read, speaker, ledger.book), index)
    return index


def bundle_of(ledger: MemoryWorld, lot: str = "MUN-L-1", *, shown: tuple[tuple[int, str], ...] = ()) -> bytes:
    """Return the bundle of a lot."""
    return bundle_bytes(ledger.snapshot(), LotId(lot), shown)


def export_of(ledger: MemoryWorld, folder: Path) -> bytes:
    """Return the export of a ledger."""
    out = folder / "made.zip"
    write_export(ledger.snapshot(), out)
    return out.read_bytes()


def edited(raw: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return a bundle whose members were changed, written as the writer would."""
    members = json.loads(raw)
    change(members)
    return dump_json(members)


def members_of(export: bytes) -> dict[str, bytes]:
    """Return the members of an export."""
    with zipfile.ZipFile(io.BytesIO(export)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes], *, digests: bool = True, rules: int = 1) -> bytes:
    """Return an export of these members, as the writer would pack them, manifest included."""
    sink = io.BytesIO()
    archive, form = ArchiveWriter(sink), FORMATS.exports.newest
    names = sorted(members)
    for name in names:
        if name == layout.MANIFEST and digests:
            archive.reserve(name, form.manifest_size(rules, [other for other in names if other != name]))
        else:
            archive.add(name, [members[name]])
    if digests and layout.MANIFEST in members:
        archive.fill(layout.MANIFEST, form.write_manifest(Manifest(rules, archive.digests)))
    archive.close()
    return sink.getvalue()


def repacked(export: bytes, change: Callable[[dict[str, bytes]], object], *, digests: bool = True) -> bytes:
    """Return an export whose members were changed and packed again, with a fitting manifest."""
    members = members_of(export)
    change(members)
    return packed(members, digests=digests)


def verified(raw: bytes, genesis: str, folder: Path) -> Report:
    """Return the report on a file of these bytes."""
    path = folder / "file"
    path.write_bytes(raw)
    return verify_file(path, genesis)


def codes(report: Report) -> set[tuple[str, int | None]]:
    """Return code and entry of each fault."""
    return {(fault.code, fault.entry) for fault in report.faults}
