"""Commands that ask: lots, lot, provenance, findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.console import (
    AsOfOption,
    AtOption,
    HomeOption,
    JsonOption,
    reading,
    say,
    say_json,
    size_asked,
    wrong_usage,
)
from ledger.materials.answers.lot_report import lot_report
from ledger.questions.findings import finding_rows
from ledger.questions.history import history_answer
from ledger.questions.lots import lot_answer, provenance_answer
from ledger.questions.refs import ref_answer
from ledger.questions.sites import site_findings
from schemas.errors import NotFoundError
from schemas.ids import LotId, PartyId

RefOption = Annotated[
    str | None, typer.Option("--ref", metavar="REF", help="Find it by the id that its plant's own system has for it.")
]
LotArgument = Annotated[LotId, typer.Argument(parser=LotId, metavar="LOT", help="The id of a lot.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (lots, lot, history, provenance, findings):
        app.command()(command)


def lots(home: HomeOption, json: JsonOption = False) -> None:
    """List all lots (with --json: JSON Lines)."""
    with reading(home) as snapshot:
        for found in snapshot.lots.all():
            report = lot_report(found, snapshot.rules, snapshot.size)
            if json:
                say_json(report)
            else:
                say(f"{found.id:<22}{found.material:<22}{found.status:<12}{found.holder:<22}{report['net_kg']:>14} kg")


def lot(
    home: HomeOption,
    name: Annotated[LotId | None, typer.Argument(parser=LotId, metavar="LOT", help="The id of a lot.")] = None,
    at: AtOption = None,
    as_of: AsOfOption = None,
    ref: RefOption = None,
    json: JsonOption = False,
) -> None:
    """Show a lot: state, content, origin masses, recycled share, what may still be claimed; or find one by its ref."""
    if (name is None) == (ref is None):
        raise typer.BadParameter("expected LOT or --ref, one of them")
    if name is None:
        _by_ref(str(ref), home, json=json, is_past=at is not None or as_of is not None)
        return
    with reading(home) as snapshot, wrong_usage():
        size = size_asked(snapshot, at, as_of)
        report = lot_answer(snapshot, name, size)
        found = finding_rows(snapshot, snapshot.findings(name, size), size)
    if json:
        say_json(report)
    else:
        _say_lot(report, found)


def _say_lot(report: dict[str, Any], found: list[dict[str, Any]]) -> None:
    """Show a lot for people, with what is odd about it."""
    say(f"{report['lot']}: {report['material']}, {report['status']}, held by {report['holder']}, {report['net_kg']} kg")
    for hold in report.get("holds", ()):
        say(f"  on hold: {hold['issuer']} since {hold['since']}, statement {hold['statement']}")
    for metal, origins in report["origin_kg"].items():
        parts = ", ".join(f"{mass} kg {origin.replace('_', ' ')}" for origin, mass in origins.items())
        say(f"  {metal}: {report['content_kg'][metal]} kg ({parts})")
    _say_shares(report)
    say(f"  chain of custody: {report['custody'].replace('_', ' ')}")
    _say_standing(report["standing"])
    for kind, claimable in report["claimable_kg"].items():
        left = [
            f"{mass} kg {metal} {origin.replace('_', ' ')}"
            for metal, split in claimable.items()
            for origin, mass in split.items()
        ]
        say(f"  left to claim as {kind.replace('_', ' ')}: {', '.join(left) or 'nothing'}")
    for correction in report["corrections"]:
        say(f"  changed by correction {correction}")
    for row in found:
        say(f"  finding ({row['severity']}): {row['message']} (entry {row['index']}){_word_on(row)}")
    say(f"  at tree size {report['tree_size']:,}")


def _say_standing(standing: dict[str, Any]) -> None:
    """Say how a lot stands, and what was found on its way, the worst first."""
    say(f"  standing: {standing['reported']} (proven by its own chain of statements: {standing['proven']})")
    for row in standing["reasons"]:
        of = f"of its {row['metal']}" if "metal" in row else "the lot itself"
        word = "settled" if row["settled"] else row["level"] if row["level"] != "clear" else "too little to matter"
        elsewhere = "" if row["proven"] else ", reported elsewhere in the ledger"
        say(f"    {row['code']} ({row['severity']}): {row['share']} {of}, {word}{elsewhere}")


def _by_ref(ref: str, home: Path, *, json: bool, is_past: bool) -> None:
    """Show what a ref finds: each statement that has it, with its run, its shipment and its lots."""
    if is_past:
        raise typer.BadParameter("expected --ref alone, since it is answered for the newest tree only")
    with reading(home) as snapshot:
        report = ref_answer(snapshot, ref)
    if json:
        say_json(report)
        return
    if not report["statements"]:
        raise NotFoundError("ref", ref)
    masses = {row["lot"]: row for row in report["lots"]}
    for row in report["statements"]:
        record = row.get("run") or row.get("shipment")
        say(f"{ref}: {row['type']}{f' {record}' if record else ''} of {row['issuer']}, statement {row['statement']}")
        for name in row["lots"]:
            found = masses[name]
            say(f"  {name}: {found['material']}, {found['status']}, held by {found['holder']}, {found['net_kg']} kg")
    say(f"at tree size {report['tree_size']:,}")


def _say_shares(report: dict[str, Any]) -> None:
    """Say the share that may be claimed and on what it rests, and beside a share of credit the physical one."""
    for member, basis in (("recycled_share", report["share_basis"]), ("physical_share", "not claimable as such")):
        for rule_set, shares in report.get(member, {}).items():
            said = ", ".join(f"{metal} {_share(share)}" for metal, share in shares.items()) or "no metal that it counts"
            say(f"  {member.replace('_', ' ')} ({basis.replace('_', ' ')}), {rule_set}: {said}")


def _share(share: str | dict[str, str]) -> str:
    """Return a share in words, of a rule set that counts kinds of waste apart as one figure each."""
    if isinstance(share, str):
        return share
    return " and ".join(f"{part} {kind.replace('_', '-')}" for kind, part in share.items())


def history(name: LotArgument, home: HomeOption, json: JsonOption = False) -> None:
    """List what was said of a lot, with the statement ids that corrections, releases and attestations need."""
    with reading(home) as snapshot:
        report = history_answer(snapshot, name)
    if json:
        say_json(report)
        return
    for row in report["entries"]:
        changed = f", corrected by {row['corrected_by']}" if "corrected_by" in row else ""
        changed += f", corrects {' '.join(row['corrects'])}" if "corrects" in row else ""
        say(f"{row['index']:<8}{row['occurred_at']}  {row['issuer']:<10}{row['type']:<16}{row['statement']}{changed}")
    say(f"at tree size {report['tree_size']:,}")


def provenance(
    name: LotArgument, home: HomeOption, at: AtOption = None, as_of: AsOfOption = None, json: JsonOption = False
) -> None:
    """Show where a lot's metal came from, source by source."""
    with reading(home) as snapshot, wrong_usage():
        report = provenance_answer(snapshot, name, size_asked(snapshot, at, as_of))
    if json:
        say_json(report)
        return
    for metal, sources in report["contributions"].items():
        say(metal)
        for row in sources:
            say(f"  {row['share']}  {row['source']}")
    say(f"chain of custody: {report['custody'].replace('_', ' ')}")
    say(f"through {len(report['runs'])} runs and {len(report['lots'])} lots, at tree size {report['tree_size']:,}")


SiteOption = Annotated[str | None, typer.Option("--site", help="What is odd about one site over time.")]


def findings(home: HomeOption, site: SiteOption = None, json: JsonOption = False) -> None:
    """List what was taken but is odd, or with --site what is odd about a site over time."""
    with reading(home) as snapshot:
        found = snapshot.all_findings() if site is None else site_findings(snapshot, PartyId(site))
        rows = finding_rows(snapshot, found)
        if json:
            say_json(rows)
            return
        for row in rows:
            say(
                f"{row['severity']:<7}{row['code']:<30}entry {row['index']:<8}{row['message']} "
                f"(got {row['figure']}, limit {row['limit']}, by {row['source']}){_word_on(row)}"
            )


def _word_on(row: dict[str, Any]) -> str:
    """Return which statement took away what a finding was found by, and the last word on it, if there are such."""
    gone = f" [withdrawn by statement {row['withdrawn_by']}]" if "withdrawn_by" in row else ""
    return f"{gone} [{row['attested']['verdict']} by {row['attested']['issuer']}]" if "attested" in row else gone
