"""Commands of the accounting: balance, recall, agreement, rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from api.commands.console import HomeOption, JsonOption, reading, say, say_json, usable, wrong_usage
from api.commands.recall_text import recall_lines
from ledger.materials.offtake import FIGURES
from ledger.store.inquiries import Wanted, recall_answer, rules_answer
from ledger.store.site_inquiries import agreement_answer, balance_answer, credits_answer, year_answer
from schemas.fields import check_period
from schemas.instants import parse_date

_IN = ("receipts", "arrivals", "additions", "gains", "shortfalls")
_OUT = ("losses", "dispatches", "departures")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (balance, recall, rules, agreement, credit):
        app.command()(command)


def balance(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The id of a participant.")],
    period: Annotated[str, typer.Option("--period", metavar="YYYY-MM", help="A month, in the site's own time zone.")],
    home: HomeOption,
    json: JsonOption = False,
) -> None:
    """Show what came to a site and left it in a month, per metal and origin."""
    month = usable(check_period, period)
    with reading(home) as snapshot:
        report = balance_answer(snapshot, site, month)
    if json:
        say_json(report)
        return
    say(f"{site}, {month}, in kg")
    say(f"{'':<34}{'opening':>18}{'in':>18}{'out':>18}{'closing':>18}{'unexplained':>14}")
    for line in report["lines"]:
        name = line["figure"] if "metal" not in line else f"{line['metal']} {line['origin'].replace('_', ' ')}"
        into, out = _total(line, _IN), _total(line, _OUT)
        say(f"{name:<34}{line['opening']:>18}{into:>18}{out:>18}{line['closing']:>18}{line['unexplained']:>14}")
    for kind, statements in report["statements"].items():
        say(f"{kind}: {', '.join(str(row['index']) for row in statements[:20])}{' ...' if statements[20:] else ''}")
    say(f"totals {report['totals']}, lots {report['lots_root']}, at tree size {report['tree_size']:,}")


def recall(  # noqa: PLR0913 - one option for each thing to begin at
    home: HomeOption,
    lot: Annotated[str | None, typer.Option("--lot", help="A lot: a batch, an intermediate, a product.")] = None,
    run: Annotated[str | None, typer.Option("--run", help="A run.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="The number of a document.")] = None,
    sha256: Annotated[str | None, typer.Option("--sha256", help="The SHA-256 of a file.")] = None,
    supplier: Annotated[str | None, typer.Option("--supplier", help="The keyed digest of a supplier.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Of a document: who issued it.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Of a document: its kind.")] = None,
    json: JsonOption = False,
) -> None:
    """Show every lot and every recipient that a batch, run, document or supplier reached."""
    with wrong_usage():
        wanted = Wanted(lot, run, document, sha256, supplier, issuer, kind).check()
    with reading(home) as snapshot:
        report = recall_answer(snapshot, wanted)
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
            report = year_answer(snapshot, name, year)
        else:
            report = rules_answer(snapshot, name, usable(parse_date, day) if day else None)
    if json:
        say_json(report)
        return
    for part in report["classes"] if year is not None else [report]:
        if year is not None:
            say(f"{name} {year}, {part['class']}: {part['input_dry_kg']} kg in, {part['output_kg']} kg out")
        for row in part["verdicts"]:
            word = "passes" if row["passes"] else "fails"
            when = "in force" if row["in_force"] else f"from {row['from']}"
            say(
                f"  {row['rule_set']:<24}{row['kind']:<24}{row['of']:<16}{row['share']} of {row['minimum']}: {word} by "
                f"{row['margin'].removeprefix('-')} ({when}, {row['status']})"
            )
    say(f"at tree size {report['tree_size']:,}")


def agreement(
    name: Annotated[str, typer.Argument(metavar="AGREEMENT", help="The id of an agreement.")],
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
    for row in (*report["years"], *report["totals"]):
        where = f"{row['year']} {row['park']}" if "year" in row else "whole term"
        figures = ", ".join(f"{name} {row[f'{name}_kg']}" for name in FIGURES)
        agreed = f"; agreed {row['agreed_kg']}, {row['accepted_of_agreed']} of it" if "agreed_kg" in row else ""
        say(f"  {where:<16}{row['metal']:<4}{figures} kg{agreed}")
    say(f"at tree size {report['tree_size']:,}")


def credit(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The id of a participant.")],
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="In which credits would be drawn.")],
    home: HomeOption,
    json: JsonOption = False,
) -> None:
    """Show a site's mass-balance accounts: what may be drawn, and the rolling average."""
    with reading(home) as snapshot:
        report = credits_answer(snapshot, site, usable(check_period, month))
    if json:
        say_json(report)
        return
    for row in report["accounts"]:
        left = [
            f"{mass} kg {metal} {origin}"
            for metal, part in row["available_kg"].items()
            for origin, mass in part.items()
        ]
        shares = ", ".join(f"{metal} {share}" for metal, share in row["rolling_average"].items())
        say(f"{row['material']}: {', '.join(left) or 'nothing'} to draw; rolling average {shares or 'none'}")
    say(f"at tree size {report['tree_size']:,}")


def _total(line: dict[str, Any], kinds: tuple[str, ...]) -> str:
    """Return the sum of some figures, without trailing zeros."""
    text = format(sum((Decimal(line[kind]) for kind in kinds), Decimal(0)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
