"""The commands of the accounting, on the given month."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ledger.journal.clock import SystemClock
from schemas.instants import format_time
from tests.cli.conftest import Month
from tests.cli.terminal import SEASON, Terminal, write_lines
from tests.client.station import intake, party
from tests.materials import yard
from tests.world import events

LEAD: dict[str, Any] = {"Pb": "90"}


def test_a_month_balances_at_every_site(month: Month, terminal: Terminal) -> None:
    """Of four parks and the buyer, in a real month: nothing is unexplained."""
    for site in ("GZB", "MUN", "TEX", "THA", "GLENCORE"):
        for period in ("2026-01", "2026-02"):
            report = terminal.done("balance", site, "--period", period, "--home", month.home, "--json").document
            assert {line["unexplained"] for line in report["lines"]} == {"0"}, (site, period)
    shown = terminal.done("balance", "MUN", "--period", "2026-01", "--home", month.home).out
    assert "unexplained" in shown.splitlines()[1]
    assert "Pb battery post consumer" in shown
    drilled = terminal.done("balance", "MUN", "--period", "2026-01", "--home", month.home, "--drill").out
    assert len(drilled.splitlines()) > len(shown.splitlines())
    assert "MUN-B-000001" in drilled
    now = terminal.done("balance", "MUN", "--period", "2026-01", "--home", month.home, "--json").document
    size = now["tree_size"]
    past = terminal.done("balance", "MUN", "--period", "2026-01", "--at", size, "--home", month.home, "--json").document
    assert past == {name: value for name, value in now.items() if name != "lots_root"}
    assert terminal.run("balance", "MUN", "--period", "2026-01", "--at", size + 1, "--home", month.home).code == 2


def test_a_recall_reaches_what_provenance_comes_from(month: Month, terminal: Terminal) -> None:
    """Forward and backward agree: a lot that a batch reached has that batch among its sources."""
    sold = terminal.done("lots", "--home", month.home).out.splitlines()
    batch = next(line.split()[0] for line in sold if line.startswith("MUN-B-") and " consumed" in line)
    report = terminal.done("recall", "--lot", batch, "--home", month.home, "--json").document
    assert report["seeds"] == [batch]
    reached = [row for row in report["lots"] if row["content"]]
    for row in reached[-3:]:
        reported = terminal.done("provenance", row["lot"], "--home", month.home, "--json").document["contributions"]
        for metal, figure in row["content"].items():
            share = next((part["share"] for part in reported[metal] if part["source"] == batch), "0")
            assert abs(float(share) - float(figure["share"])) < 1e-8, (row["lot"], metal)
    shown = terminal.done("recall", "--lot", batch, "--home", month.home).out.splitlines()
    assert shown[0].startswith(f"from {batch}: lots {len(report['lots'])}, ")
    assert len(shown) == 2 + sum(len(report[name]) for name in ("lots", "recipients", "shipments"))
    (line,) = [line for line in shown[1:] if line.startswith(batch)]
    whole = report["lots"][0]["made"]["net"]["kg"]
    assert f"mass {whole} of {whole} kg (1.000000000) made, none left; Pb" in line


def test_a_recall_by_document_lists_what_was_meant(month: Month, terminal: Terminal) -> None:
    """One line a document, and wrong usage where issuer or kind stand alone."""
    slip = ("recall", "--document", "MUN-D-000001", "--home", month.home)
    report = terminal.done(*slip, "--json").document
    (row,) = report["documents"]
    assert (row["issuer"], row["kind"], row["number"]) == ("MUN", "weighbridge_slip", "MUN-D-000001")
    shown = terminal.done(*slip, "--issuer", "MUN", "--kind", "weighbridge_slip").out.splitlines()
    assert shown[0] == f"weighbridge slip MUN-D-000001 of MUN, cited by {row['statement']}"
    assert terminal.run(*slip, "--issuer", "GZB").code == 1
    for wrong in (
        (*slip, "--kind", "slip"),
        ("recall", "--lot", "MUN-B-000001", "--kind", "photo", "--home", month.home),
    ):
        said = terminal.run(*wrong)
        assert (said.code, "expected" in said.err) == (2, True)


def test_the_past_of_a_lot(month: Month, terminal: Terminal) -> None:
    """``--at`` the newest size is today's answer; a size that never was is wrong usage."""
    now = terminal.done("lot", "MUN-B-000001", "--home", month.home, "--json")
    size = now.document["tree_size"]
    then = terminal.done("lot", "MUN-B-000001", "--at", size, "--home", month.home, "--json")
    assert then.document == now.document
    assert terminal.run("lot", "MUN-B-000001", "--at", size + 1, "--home", month.home).code == 2
    assert terminal.run("lot", "MUN-B-000001", "--at", 1, "--home", month.home).code == 1


def test_rules_say_version_source_custody_and_what_is_to_be_declared(month: Month, terminal: Terminal) -> None:
    """Of a year and of a lot: under each figure the model, under the list where it comes from."""
    year = terminal.done("rules", "MUN", "--year", "2026", "--home", month.home).out
    product = next(
        line for line in terminal.done("lots", "--home", month.home).out.splitlines() if " refined_lead" in line
    )
    lot = terminal.done("rules", product.split()[0], "--day", "2026-03-01", "--home", month.home).out
    for said in (year, lot):
        titles = [line for line in said.splitlines() if "(custody: " in line]
        assert titles
        assert any("judged on physical" in line for line in titles)
        assert "eu-2023-1542 version 3: Regulation (EU) 2023/1542, Article 8" in said
        assert "to be declared (from 2028-08-18, not yet law)" in said
        assert "to be declared (in force, standard)" in said
    assert "recovery" in year


def test_other_questions_are_answered_in_words(month: Month, terminal: Terminal) -> None:
    """Rules, site findings and credits; wrong usage says what was expected."""
    assert terminal.done("findings", "--site", "MUN", "--home", month.home, "--json").document is not None
    assert "at tree size" in terminal.done("credit", "MUN", "--month", "2026-01", "--home", month.home).out
    wrong = terminal.run("recall", "--home", month.home)
    assert wrong.code == 2
    assert "expected one of" in wrong.err
    assert terminal.run("balance", "MUN", "--period", "2026-13", "--home", month.home).code == 2
    assert terminal.run("agreement", "MUN-A-1", "--home", month.home).code == 1


def test_a_month_is_closed_in_one_command(home: Path, terminal: Terminal) -> None:
    """The ledger's own figures are signed and submitted; a month that is closed is refused."""
    terminal.done("enrol", write_lines(home / "p.jsonl", json.loads(party("MUN"))), "--home", home)
    terminal.done("submit", write_lines(home / "f.jsonl", json.loads(intake("MUN-B-1"))), "--home", home)
    reported = terminal.done("close", "MUN", "--period", "2026-01", "--home", home, "--json").document
    assert reported == {"accepted": 1, "duplicates": 0, "refused": []}
    terminal.done("submit", write_lines(home / "g.jsonl", json.loads(intake("MUN-B-2"))), "--home", home)
    again = terminal.run("close", "MUN", "--period", "2026-01", "--home", home)
    assert (again.code, "period-closed" in again.out) == (1, True)
    assert terminal.run("close", "NOBODY", "--period", "2026-01", "--home", home).code == 1
    assert terminal.run("close", "MUN", "--period", "2026-1", "--home", home).code == 2


def test_a_finding_is_reported_with_the_word_on_it(home: Path, terminal: Terminal) -> None:
    """Alike in the list of findings, on the lot and in the export, but not before it was said."""
    people = [json.loads(party("MUN")), json.loads(party("CERT", "certifier"))]
    terminal.done("enrol", write_lines(home / "p.jsonl", *people), "--home", home)
    stock = json.loads(intake("MUN-B-1"))
    stock["event"]["reason"] = "opening_stock"
    terminal.done("submit", write_lines(home / "f.jsonl", stock), "--home", home)
    rows = terminal.done("findings", "--home", home, "--json").document
    about = next(row["statement"] for row in rows if row["code"] == "opening-stock")
    word = {"type": "attestation", "statement": about, "codes": ["opening-stock"], "verdict": "settled", "reason": "x"}
    size = terminal.done("lot", "MUN-B-1", "--home", home, "--json").document["tree_size"]
    line = {"issuer": "CERT", "occurred_at": stock["occurred_at"], "event": word}
    terminal.done("submit", write_lines(home / "g.jsonl", line), "--home", home)
    for command in (("findings",), ("lot", "MUN-B-1")):
        assert "[settled by CERT]" in terminal.done(*command, "--home", home).out
    assert "[settled by CERT]" not in terminal.done("lot", "MUN-B-1", "--at", size, "--home", home).out
    terminal.done("export", "--home", home, "--out", home / "x.zip")
    with zipfile.ZipFile(home / "x.zip") as archive:
        table = list(csv.DictReader(archive.read("tables/findings.csv").decode().splitlines()))
    assert {(row["verdict"], row["by"]) for row in table if row["code"] == "opening-stock"} == {("settled", "CERT")}
    genesis = json.loads((home / "ledger.json").read_text(encoding="utf-8"))["genesis"]
    assert terminal.run("verify", home / "x.zip", "--genesis", genesis).code == 0


def test_an_agreement_in_words(home: Path, terminal: Terminal, tmp_path: Path) -> None:
    """Each park and all parks together, a year and the term, with what was agreed and how far it was kept."""
    parties = [events.participant("MUN", "park"), events.participant("GLENCORE", "offtaker")]
    terms: dict[str, Any] = {
        "ends_on": "2026-12-31",
        "share": "0.5",
        "quantities": [{"metal": "Pb", "quantity_kg": "100"}],
    }
    smelted = [events.line("MUN-B-1", "90")], [events.output("MUN-L-1", "90", LEAD)]
    said = [
        ("MUN", events.agreement(**terms)),
        ("MUN", yard.intake("MUN-B-1", "90", LEAD)),
        ("MUN", events.run("MUN-R-1", *smelted)),
        ("MUN", events.dispatch("MUN-H-1", "MUN-L-1", agreement="MUN-A-1")),
    ]
    write_lines(tmp_path / "parties.jsonl", *[{"occurred_at": events.AT, "event": event} for event in parties])
    feed = [{"issuer": issuer, "occurred_at": events.AT, "event": event} for issuer, event in said]
    write_lines(tmp_path / "feed.jsonl", *feed)
    terminal.done("enrol", tmp_path / "parties.jsonl", "--home", home)
    terminal.done("submit", tmp_path / "feed.jsonl", "--home", home)
    shown = terminal.done("agreement", "MUN-A-1", "--home", home).out.splitlines()
    assert shown[0].endswith("2026-01-01 to 2026-12-31, offered, not confirmed yet")
    rows = [row for row in shown if row.strip().startswith(("2026 ", "whole term "))]
    assert [" ".join(row.split()[:4]) for row in rows] == [
        "2026 MUN Pb produced", "2026 all parks Pb", "whole term MUN Pb", "whole term all parks",
    ]  # fmt: skip
    figures = "produced 90, tolled 0, dispatched 90, accepted 0, disputed 0, tolled dispatched 0 kg"
    kept = "; dispatched 1.000000 of what was produced, more than the share; controlled blending"
    assert f"{figures}{kept}; 45 kg more than the share of what was produced" in rows[0]
    assert (
        f"{figures}{kept}; agreed 100, accepted 0.000000 of it (at least 100), 100 kg left of what is agreed" in rows[1]
    )


def test_the_ids_of_what_was_said_of_a_lot_are_reported(home: Path, terminal: Terminal) -> None:
    """One line a statement, oldest first, with the id that a correction has to name."""
    terminal.done("enrol", write_lines(home / "p.jsonl", json.loads(party("MUN"))), "--home", home)
    terminal.done("submit", write_lines(home / "f.jsonl", json.loads(intake("MUN-B-1"))), "--home", home)
    (row,) = terminal.done("history", "MUN-B-1", "--home", home, "--json").document["entries"]
    assert (row["type"], row["issuer"], len(row["statement"])) == ("intake", "MUN", 64)
    assert row["statement"] in terminal.done("history", "MUN-B-1", "--home", home).out
    assert terminal.run("history", "MUN-B-9", "--home", home).code == 1


def test_no_text_for_people_shows_the_inside_of_the_program(month: Month, terminal: Terminal) -> None:
    """Shares that a rule set counts apart are said in words, not as the program holds them."""
    product = next(
        line for line in terminal.done("lots", "--home", month.home).out.splitlines() if " refined_lead" in line
    )
    for command in ("lot", "provenance", "rules", "history", "recall"):
        name = ["--lot", product.split()[0]] if command == "recall" else [product.split()[0]]
        said = terminal.done(command, *name, "--home", month.home).out
        assert not set("{}[]") & set(said), (command, said)
    said = terminal.done("lot", product.split()[0], "--home", month.home).out
    assert re.search(r"iso-14021: Pb [01]\.[0-9]{6} post-consumer and [01]\.[0-9]{6} pre-consumer", said)


def test_a_label_without_a_public_address_warns(
    month: Month, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is drawn, and what is wrong with it stands beside the answer; with the address nothing is said."""
    monkeypatch.delenv("BATTERY_LEDGER_PUBLIC_URL", raising=False)
    label = ("label", "MUN-B-000001", "--home", month.home, "--out", tmp_path / "x.svg", "--json")
    said = terminal.done(*label)
    assert said.document["url"].startswith("http://127.0.0.1")
    assert "BATTERY_LEDGER_PUBLIC_URL" in said.err
    monkeypatch.setenv("BATTERY_LEDGER_PUBLIC_URL", "https://ledger.example.com")
    assert terminal.done(*label).err == ""


@pytest.mark.parametrize(
    ("slip", "expected"), [(lambda pin: pin[:-2], "got 62 digits"), (str.upper, "got capitals: write it")]
)
def test_a_genesis_that_was_mistyped_is_wrong_usage(
    month: Month, terminal: Terminal, slip: Callable[[str], str], expected: str
) -> None:
    """It says what is wrong with the id, and accuses no file."""
    result = terminal.run("verify", SEASON / "feed.jsonl", "--genesis", slip(month.genesis), "--json")
    assert (result.code, result.out) == (2, "")
    assert expected in re.sub(r"[\s│]+", " ", result.err)


def test_a_recall_leaves_out_traces_and_counts_them(month: Month, terminal: Terminal) -> None:
    """Of a batch of the given month; a percentage is wrong usage."""
    recall = ("recall", "--lot", "MUN-B-000001", "--home", month.home)
    everything = terminal.done(*recall, "--json").document
    report = terminal.done(*recall, "--min-share", "0.01", "--json").document
    gone = report["left_out"]
    assert gone["lots"] == len(everything["lots"]) - len(report["lots"]) > 0
    shares = [max(float(part["share"]) for part in (row["made"]["net"], *row["made"]["content"].values()))
              for row in report["lots"]]  # fmt: skip
    assert min(shares) >= 0.01
    assert f"share below 0.01: lots {gone['lots']}" in terminal.done(*recall, "--min-share", "0.01").out
    assert terminal.run(*recall, "--min-share", "5 %").code == 2


def test_what_was_known_by_the_end_of_a_day(month: Month, terminal: Terminal) -> None:
    """Of today it is what is known now; the ledger was made today, so that of 2026-01-31 nothing was known."""
    for question in (
        ("lot", "MUN-B-000001"), ("provenance", "MUN-B-000001"), ("balance", "MUN", "--period", "2026-01"),
    ):  # fmt: skip
        now = terminal.done(*question, "--home", month.home, "--json").document
        today = format_time(SystemClock().now())[:10]
        known = terminal.done(*question, "--as-of", today, "--home", month.home, "--json").document
        assert known == {name: value for name, value in now.items() if name != "lots_root"}
        early = terminal.run(*question, "--as-of", "2026-01-31", "--home", month.home)
        assert early.code == 2
        assert "first checkpoint is of" in re.sub(r"[\s│]+", " ", early.err)


def test_a_balance_of_several_months_is_the_sum_of_them(month: Month, terminal: Terminal) -> None:
    """A quarter as its months: opening of the first, closing of the last; nothing in it that a close would sign."""

    def ask(period: str) -> Any:
        return terminal.done("balance", "MUN", "--period", period, "--home", month.home, "--json").document

    def lines(report: Any) -> dict[tuple[str, ...], Any]:
        return {tuple(line.get(part, "") for part in ("figure", "metal", "origin")): line for line in report["lines"]}

    quarter, months = ask("2026-Q1"), [ask(f"2026-0{number}") for number in (1, 2, 3)]
    assert (quarter["period"], quarter["months"]) == ("2026-Q1", ["2026-01", "2026-03"])
    assert not {"totals", "lots_root"} & quarter.keys()
    assert ask("2026-01..2026-03")["lines"] == quarter["lines"]
    for name, line in lines(quarter).items():
        each = [lines(report).get(name, {}) for report in months]
        assert (line["opening"], line["closing"]) == (each[0].get("opening", "0"), each[-1].get("closing", "0"))
        for figure in ("receipts", "losses", "dispatches", "departures"):
            assert Decimal(line[figure]) == sum((Decimal(part.get(figure, 0)) for part in each), Decimal(0))
    said = terminal.done("balance", "MUN", "--period", "2026", "--home", month.home).out
    assert said.startswith("MUN, 2026-01 to 2026-12, in kg")
    assert "nobody signs" in said
