"""Commands that ask: lots, lot, provenance, findings."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.console import HomeOption, JsonOption, reading, say, say_json
from ledger.materials.provenance import provenance_report, trace
from ledger.materials.records import Lot
from ledger.materials.reports import lot_report
from ledger.store.snapshot import Snapshot
from schemas.errors import NotFoundError

LotArgument = Annotated[str, typer.Argument(metavar="LOT", help="The id of a lot.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (lots, lot, provenance, findings):
        app.command()(command)


def lots(home: HomeOption, json: JsonOption = False) -> None:
    """List all lots (with --json: JSON Lines)."""
    with reading(home) as snapshot:
        for found in snapshot.all_lots():
            report = lot_report(found, snapshot.size)
            if json:
                say_json(report)
            else:
                say(f"{found.id:<22}{found.material:<22}{found.status:<12}{found.holder:<22}{report['net_kg']:>14} kg")


def lot(name: LotArgument, home: HomeOption, json: JsonOption = False) -> None:
    """Show a lot: state, content, origin masses, recycled share."""
    with reading(home) as snapshot:
        report = lot_report(require_lot(snapshot, name), snapshot.size)
        found = snapshot.findings(name)
    if json:
        say_json(report)
        return
    say(f"{report['lot']}: {report['material']}, {report['status']}, held by {report['holder']}, {report['net_kg']} kg")
    for metal, origins in report["origin_kg"].items():
        parts = ", ".join(f"{mass} kg {origin.replace('_', ' ')}" for origin, mass in origins.items())
        say(f"  {metal}: {report['content_kg'][metal]} kg ({parts})")
    for ruleset, shares in report["recycled_share"].items():
        said = ", ".join(f"{metal} {share}" for metal, share in shares.items()) or "no metal that it counts"
        say(f"  recycled share, {ruleset}: {said}")
    for finding in found:
        say(f"  finding ({finding.severity}): {finding.message} (entry {finding.index})")
    say(f"  at tree size {report['tree_size']:,}")


def provenance(name: LotArgument, home: HomeOption, json: JsonOption = False) -> None:
    """Show where a lot's metal came from, source by source."""
    with reading(home) as snapshot:
        ancestry = trace(require_lot(snapshot, name), snapshot.lots, snapshot.runs)
        report = provenance_report(ancestry, snapshot.size)
    if json:
        say_json(report)
        return
    for metal, sources in report["contributions"].items():
        say(metal)
        for row in sources:
            say(f"  {row['share']}  {row['source']}")
    say(f"through {len(report['runs'])} runs and {len(report['lots'])} lots, at tree size {report['tree_size']:,}")


def findings(home: HomeOption, json: JsonOption = False) -> None:
    """List what was taken but is odd."""
    with reading(home) as snapshot:
        if json:
            say_json([found._asdict() for found in snapshot.all_findings()])
            return
        for found in snapshot.all_findings():
            say(
                f"{found.severity:<7}{found.code:<28}entry {found.index:<8}{found.message} "
                f"(got {found.figure}, limit {found.limit})"
            )


def require_lot(snapshot: Snapshot, name: str) -> Lot:
    """Return a lot.

    Raises:
        NotFoundError: if the ledger has none of that name.
    """
    found = snapshot.lot(name)
    if found is None:
        raise NotFoundError("lot", name)
    return found
