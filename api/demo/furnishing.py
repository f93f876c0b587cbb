"""Furnishing: the demo's ledger, filled through the same path that partners use."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from api.demo.season import season
from ledger.audit import write_bundle
from ledger.client.enrolment import complete_enrolment
from ledger.client.feed import FeedSender
from ledger.client.outbox import Outbox
from ledger.client.transports import LocalTransport
from ledger.home.opening import Home
from ledger.store.snapshot import Snapshot
from ledger.verify import verify_file
from schemas.errors import LedgerStateError
from schemas.ids import LotId, PartyId
from schemas.quantity import format_kg

ORIGIN = "ledger.example.com/ace"


def furnish(directory: Path, say: Callable[[str], None]) -> str:
    """Make a ledger with a month at the four parks; return the lot that is worth a look.

    Args:
        directory: an empty folder.
        say: gets a few readable lines of what was done.

    Raises:
        LedgerStateError: if a line of the demo's own feed was refused, or the lot does
            not verify: the demo never shows what does not hold.
    """
    genesis, _ = Home.create(directory, ORIGIN)
    say(f"Made the ledger {ORIGIN} (genesis {genesis[:16]}...), signed Ed25519 and ML-DSA-44.")
    month = season()
    with Home.open(directory) as home:
        began = time.monotonic()
        outbox = Outbox(directory / "outbox.db")
        sender = FeedSender(LocalTransport(home), outbox, ORIGIN, lambda party: home.folder.party_signer(party, None))
        enrolled = sender.send(
            _lines(month.participants),
            issuer=PartyId("AUTHORITY"),
            prepare=lambda line: complete_enrolment(line, home, None),
        )
        sent = sender.send(_lines(month.feed))
        outbox.close()
        if enrolled.refused or sent.refused:
            raise LedgerStateError(f"expected a demo without refusals, got {(enrolled.refused + sent.refused)[0]}")
        say(
            f"Enrolled {enrolled.accepted} parties; took a month of {sent.accepted:,} signed statements "
            f"in {time.monotonic() - began:.1f} s."
        )
        with home.store.reading() as snapshot:
            featured = LotId(month.featured)
            _say_lot(snapshot, featured, say)
            _check_offline(snapshot, featured, directory / f"{featured}.bundle.json", genesis, say)
    return month.featured


def _lines(rows: Iterable[dict[str, Any]]) -> Iterable[bytes]:
    return (json.dumps(row).encode() for row in rows)


def _say_lot(snapshot: Snapshot, name: LotId, say: Callable[[str], None]) -> None:
    lot = snapshot.lots.get(name)
    if lot is None:
        raise LedgerStateError(f"expected the lot {name} in the demo, got none")
    what = f"{format_kg(lot.net)} kg {lot.material.replace('_', ' ')}"
    say(f"Lot {lot.id}: {what}, made by {lot.park}, held by {lot.holder}.")


def _check_offline(snapshot: Snapshot, lot: LotId, file: Path, genesis: str, say: Callable[[str], None]) -> None:
    write_bundle(snapshot, lot, file)
    report = verify_file(file, genesis)
    if not report.ok:
        raise LedgerStateError(f"expected the lot to verify offline, got {report.faults[0]}")
    spoilt = file.with_suffix(".spoilt")
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    spoilt.write_bytes(bytes(raw))
    faults = verify_file(spoilt, genesis).faults
    if not faults:
        raise LedgerStateError("expected a changed bit to be found, got no fault")
    say(f"Checked its bundle offline ({file.stat().st_size:,} bytes, no database, no network): no fault.")
    place = "" if faults[0].entry is None else f" in entry {faults[0].entry}"
    say(f"Changed one bit of it: {len(faults)} faults found, the first{place}: {faults[0].code}.")
