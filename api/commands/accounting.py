"""Commands of the accounting: balance, recall, agreement, rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
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
    usable,
    wrong_usage,
)
from api.commands.recall_text import recall_lines
from ledger.materials.answers.offtake.report import FIGURES
from ledger.questions.balances import Page, balance_answer, movements_answer
from ledger.questions.recall import Wanted, recall_answer
from ledger.questions.rules import rules_answer
from ledger.questions.sites import agreement_answer, credits_answer, year_answer
from ledger.store.snapshot import Snapshot
from schemas.fields import check_period
from schemas.fraction import parse_fraction
from schemas.ids import AgreementId, LotId, PartyId, RunId
from schemas.instants import parse_date

_IN = ("receipts", "arrivals", "additions", "gains", "shortfalls")
_OUT = ("losses", "dispatches", "departures")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (balance, recall, rules, agreement, credit):
        app.command()(command)


def balance(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The id of a participant.")],
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="MONTHS",
            help="In the site's own time zone: 2026-01, 2026-Q1, 2026 or 2026-01..2026-05.",
        ),
    ],
    home: HomeOption,
    at: AtOption = None,
    as_of: AsOfOption = None,
    drill: Annotated[bool, typer.Option("--drill", help="Show every movement that the figures are made of.")] = False,
    json: JsonOption = False,
) -> None:
    """Show what came to a site and left it in a month or in several, per metal and origin."""
    with reading(home) as snapshot, wrong_usage():
        size = size_asked(snapshot, at, as_of)
        report = balance_answer(snapshot, PartyId(site), period, size)
        if drill:
            report["movements"] = list(_movements(snapshot, PartyId(site), period, size))
    if json:
        say_json(report)
        return
    say(f"{site}, {' to '.join(report.get('months', [period]))}, in kg")
    say(f"{'':<34}{'opening':>18}{'in':>18}{'out':>18}{'closing':>18}{'unexplained':>14}")
    for line in report["lines"]:
        name = line["figure"] if "metal" not in line else f"{line['metal']} {line['origin'].replace('_', ' ')}"
        into, out = _total(line, _IN), _total(line, _OUT)
        say(f"{name:<34}{line['opening']:>18}{into:>18}{out:>18}{line['closing']:>18}{line['unexplained']:>14}")
    for row in report.get("movements", ()):
        say(f"  {_movement(row)}")
    totals = f"totals {report['totals']}" if "totals" in report else "of several months, which nobody signs together"
    lots = f", lots {report['lots_root']}" if "lots_root" in report else ""
    say(f"chain of custody: {report['custody'].replace('_', ' ')} at best")
    say(f"{totals}{lots}, at tree size {report['tree_size']:,}")


def _movements(snapshot: Snapshot, site: PartyId, period: str, at: int | None) -> Iterator[dict[str, Any]]:
    """Yield the movements of all pages, by entry."""
    after: int | None = -1
    while after is not None:
        found = movements_answer(snapshot, site, period, Page(after), at)
        yield from found.report["movements"]
        after = found.next


def _movement(row: dict[str, Any]) -> str:
    """Return a movement in words: entry, kind, lot or run, masses, and its own month where that was closed."""
    metals = [
        f"{mass} {metal} {origin.replace('_', ' ')}"
        for metal, split in row["origin_kg"].items()
        for origin, mass in split.items()
    ]
    happened = f", of {row['happened']}" if "happened" in row else ""
    name = f"entry {row['index']:<8}{row['kind'].replace('_', ' '):<26}{row['record']:<22}"
    return f"{name}{row['net_kg']} net, {', '.join(metals) or 'no metal'}{happened}"


def recall(  # noqa: PLR0913 - one option for each thing to begin at
    home: HomeOption,
    lot: Annotated[
        LotId | None,
        typer.Option("--lot", parser=LotId, metavar="TEXT", help="A lot: a batch, an intermediate, a product."),
    ] = None,
    run: Annotated[RunId | None, typer.Option("--run", parser=RunId, metavar="TEXT", help="A run.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="The number of a document.")] = None,
    sha256: Annotated[str | None, typer.Option("--sha256", help="The SHA-256 of a file.")] = None,
    supplier: Annotated[str | None, typer.Option("--supplier", help="The keyed digest of a supplier.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Of a document: who issued it.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Of a document: its kind.")] = None,
    min_share: Annotated[
        str | None,
        typer.Option("--min-share", metavar="FRACTION", help="Leave out lots of which less is reached, such as 0.001."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show every lot and every recipient that a batch, run, document or supplier reached."""
    with wrong_usage():
        wanted = Wanted(
            lot=lot, run=run, document=document, sha256=sha256, supplier=supplier, issuer=issuer, kind=kind
        ).check()
        least = None if min_share is None else parse_fraction(min_share)
    with reading(home) as snapshot:
        report = recall_answer(snapshot, wanted, least)
    if json:
        say_json(report)
        return
    for text in recall_lines(report):
        say(text)


def rules(
    name: Annotated[str, typer.Argument(metavar="LOT|SITE", help="A lot, or with --year a site.")],
    home: HomeOption,
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Judge a lot on this day.")] = None,
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2099, help="Judge a site's year.")] = None,
    json: JsonOption = False,
) -> None:
    """Show what passes and fails under the rule sets, by how much, today and at the later dates."""
    with reading(home) as snapshot:
        if year is not None:
            report = year_answer(snapshot, PartyId(name), year)
        else:
            report = rules_answer(snapshot, LotId(name), usable(parse_date, day) if day else None)
    if json:
        say_json(report)
        return
    if year is None:
        _say_judged(f"{name} on {report['day']}", report)
    else:
        for part in report["classes"]:
            _say_judged(
                f"{name} {year}, {part['class']}: {part['input_dry_kg']} kg in, {part['output_kg']} kg out", part
            )
        _say_judged(f"{name} {year}, all products", report["products"])
    for known in report["rule_sets"]:
        say(f"{known['id']} version {known['version']}: {known['source']}")
    say(f"at tree size {report['tree_size']:,}")


def _say_judged(title: str, part: dict[str, Any]) -> None:
    """Say verdicts and duties under the model of custody, and for shares what they are judged on."""
    basis = f", judged on {part['basis']}" if "basis" in part else ""
    say(f"{title} (custody: {part['custody'] or 'no product'}{basis})")
    for name in ("recycled_share", "physical_share"):
        for metal, share in part.get(name, {}).get("eu-2023-1542", {}).items():
            basis = part["share_basis"].replace("_", " ") if name == "recycled_share" else "not claimable as such"
            say(f"  {name.replace('_', ' ')} ({basis}), Article 8: {metal} {share}")
    for row in part["verdicts"]:
        word = "passes" if row["passes"] else "fails"
        margin = row.get("reason") or f"{word} by {row['margin'].removeprefix('-')}"
        say(f"  {_rule(row)}{row['share']} of {row['minimum']}: {margin} ({_when(row)})")
    for row in part.get("duties", ()):
        shares = ", ".join(f"{name.replace('_', ' ')} {share}" for name, share in row["shares"].items())
        say(f"  {_rule(row)}{shares}: to be declared ({_when(row)})")


def _rule(row: dict[str, Any]) -> str:
    return f"{row['rule_set']:<24}{row['kind']:<24}{row['of']:<16}"


def _when(row: dict[str, Any]) -> str:
    return f"{'in force' if row['in_force'] else 'from ' + row['from']}, {row['status']}"


def agreement(
    name: Annotated[
        AgreementId, typer.Argument(parser=AgreementId, metavar="AGREEMENT", help="The id of an agreement.")
    ],
    home: HomeOption,
    json: JsonOption = False,
) -> None:
    """Show what was produced, dispatched, accepted and disputed under an agreement."""
    with reading(home) as snapshot:
        report = agreement_answer(snapshot, name)
    if json:
        say_json(report)
        return
    word = "effective" if report["effective"] else "offered, not confirmed yet"
    say(f"{name}: {report['seller']} to {report['buyer']}, {report['starts_on']} to {report['ends_on']}, {word}")
    if report["effective"]:
        say(f"  offered by statement {report['offer']}, confirmed by {report['confirmation']}")
    else:
        say(f'  {report["buyer"]} confirms it with the same terms and "confirms": "{report["offer"]}"')
    for row in (*report["years"], *report["totals"]):
        where = f"{row.get('year', 'whole term')} {row['park'] or 'all parks'}"
        figures = ", ".join(f"{name.replace('_', ' ')} {row[f'{name}_kg']}" for name in FIGURES)
        say(f"  {where:<22}{row['metal']:<4}{figures} kg{''.join(_judged(row))}")
    say(f"at tree size {report['tree_size']:,}")


def _judged(row: dict[str, Any]) -> Iterator[str]:
    """Yield what a row of an agreement is worth against its terms."""
    if "dispatched_of_produced" in row:
        yield f"; dispatched {row['dispatched_of_produced']} of what was produced"
    if row.get("within_share") is False:
        yield ", more than the share"
    if "custody" in row:
        yield f"; {row['custody'].replace('_', ' ')}"
    if "agreed_kg" in row:
        word = "fulfilled" if row["fulfilled"] else f"at least {row['least_kg']}"
        yield f"; agreed {row['agreed_kg']}, accepted {row['accepted_of_agreed']} of it ({word})"
        yield f", {_left(row['left_kg'], 'what is agreed')}"
    if "left_of_share_kg" in row:
        yield f"; {_left(row['left_of_share_kg'], 'the share of what was produced')}"


def _left(mass: str, whole: str) -> str:
    """Say what is left of a whole in kg, or how much more than it was delivered."""
    return f"{mass.removeprefix('-')} kg more than {whole}" if mass.startswith("-") else f"{mass} kg left of {whole}"


def credit(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The id of a participant.")],
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="In which credits would be drawn.")],
    home: HomeOption,
    json: JsonOption = False,
) -> None:
    """Show a site's mass-balance accounts: what may be drawn, and the rolling average."""
    with reading(home) as snapshot:
        report = credits_answer(snapshot, PartyId(site), usable(check_period, month))
    if json:
        say_json(report)
        return
    for row in report["accounts"]:
        left = ", ".join(f"{mass} kg {origin}" for origin, mass in row["available_kg"].items())
        say(f"{row['metal']} (mass balance): {left or 'nothing'} to draw; rolling average {row['rolling_average']}")
    say(f"at tree size {report['tree_size']:,}")


def _total(line: dict[str, Any], kinds: tuple[str, ...]) -> str:
    """Return the sum of some figures, without trailing zeros."""
    text = format(sum((Decimal(line[kind]) for kind in kinds), Decimal(0)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
