"""Commands that prove: bundle, export, verify, label."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from api.commands.asking import LotArgument
from api.commands.console import HomeOption, JsonOption, progress, reading, say, say_json, usable, warn, writing
from api.settings import PUBLIC_URL, Settings
from ledger.audit import write_bundle, write_export
from ledger.labels import is_unreachable, lot_png, lot_svg, lot_url
from ledger.questions.lots import require_lot
from ledger.verify import Report, verify_file
from schemas.fields import check_genesis
from schemas.ids import LotId

OutOption = Annotated[Path, typer.Option("--out", help="The file to write.", dir_okay=False)]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (bundle, export, verify, label):
        app.command()(command)


def bundle(name: LotArgument, home: HomeOption, out: OutOption, json: JsonOption = False) -> None:
    """Write the lot bundle: everything that proves a lot, checkable offline."""
    with reading(home) as snapshot:
        with writing(out):
            write_bundle(snapshot, name, out)
        genesis = snapshot.facts.genesis if snapshot.facts else ""
    _say_written(out, genesis, json=json)


def export(home: HomeOption, out: OutOption, json: JsonOption = False) -> None:
    """Write the audit export: the whole ledger in one zip that verifies itself."""
    with reading(home) as snapshot:
        with writing(out), progress("exporting", snapshot.size) as step:
            write_export(snapshot, out, _steps(step))
        genesis = snapshot.facts.genesis if snapshot.facts else ""
    _say_written(out, genesis, json=json)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    genesis: Annotated[str, typer.Option(help="The genesis id that you were given.")],
    lot: Annotated[
        LotId | None, typer.Option(parser=LotId, help="Of an export: the lot whose standing is wanted.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check a bundle or export offline: what holds, what cannot be checked, every fault."""
    pinned = usable(check_genesis, genesis)
    with progress("verifying", 1000) as step:
        report = verify_file(file, pinned, _thousandths(step), lot=lot)
    if json:
        say_json(report.as_dict())
    else:
        for line in report.checked:
            say(f"checked      {line}")
        for line in report.not_checked:
            say(f"not checked  {line}")
        for fault in report.faults:
            place = "" if fault.entry is None else f"entry {fault.entry}: "
            say(f"FAULT        {place}{fault.code}: {fault.message}")
        _say_verdict(report)
    if not report.ok:
        raise typer.Exit(1)


def label(name: LotArgument, home: HomeOption, out: OutOption, json: JsonOption = False) -> None:
    """Write the lot's QR code, as SVG or PNG by the file's ending."""
    if out.suffix not in (".svg", ".png"):
        raise typer.BadParameter(f"expected a file ending in .svg or .png, got {out.name}")
    with reading(home) as snapshot:
        found = require_lot(snapshot, name)
    url = lot_url(Settings.read().address, found.id)
    if is_unreachable(url):
        warn(f"the code leads to {url}, which no other device can open: set {PUBLIC_URL} before labels are printed")
    with writing(out):
        out.write_bytes(lot_svg(url) if out.suffix == ".svg" else lot_png(url))
    if json:
        say_json({"file": str(out), "url": url})
    else:
        say(f"wrote {out}: {url}")


def _say_verdict(report: Report) -> None:
    if report.ok:
        say("no fault found")
        return
    listed = len(report.faults)
    if listed < report.faults_total:
        say(f"and {report.faults_total - listed:,} more faults, which are counted and not listed")
    say(f"{report.faults_total:,} fault(s) found: do not rely on this file")


def _say_written(out: Path, genesis: str, *, json: bool) -> None:
    if json:
        say_json({"file": str(out), "genesis": genesis})
    else:
        say(f"wrote {out}; check it with: battery-ledger verify {out} --genesis {genesis}")


def _steps(step: Callable[[int], None]) -> Callable[[int, int], None]:
    """Turn (done, total) into steps."""
    done = 0

    def report(at: int, _total: int) -> None:
        """Step on from the last count to ``at``."""
        nonlocal done
        step(at - done)
        done = at

    return report


def _thousandths(step: Callable[[int], None]) -> Callable[[int, int], None]:
    steps = _steps(step)
    return lambda at, total: steps(1000 * at // max(total, 1), 1000)
