"""The commands of the accounting, on the given month."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Month
from tests.cli.terminal import Terminal, write_lines
from tests.materials.yard import AT, intake, line, output, run

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


def test_a_recall_reaches_what_provenance_comes_from(month: Month, terminal: Terminal) -> None:
    """Forward and backward agree: a lot that a batch reached has that batch among its sources."""
    sold = terminal.done("lots", "--home", month.home).out.splitlines()
    batch = next(line.split()[0] for line in sold if line.startswith("MUN-B-") and " consumed" in line)
    report = terminal.done("recall", "--lot", batch, "--home", month.home, "--json").document
    assert report["seeds"] == [batch]
    reached = [row for row in report["lots"] if row["content"]]
    for row in reached[-3:]:
        told = terminal.done("provenance", row["lot"], "--home", month.home, "--json").document["contributions"]
        for metal, figure in row["content"].items():
            share = next((part["share"] for part in told[metal] if part["source"] == batch), "0")
            assert abs(float(share) - float(figure["share"])) < 1e-8, (row["lot"], metal)
    assert "from " + batch in terminal.done("recall", "--lot", batch, "--home", month.home).out


def test_the_past_of_a_lot(month: Month, terminal: Terminal) -> None:
    """``--at`` the newest size is today's answer; a size that never was is wrong usage."""
    now = terminal.done("lot", "MUN-B-000001", "--home", month.home, "--json")
    size = now.document["tree_size"]
    then = terminal.done("lot", "MUN-B-000001", "--at", size, "--home", month.home, "--json")
    assert then.document == now.document
    assert terminal.run("lot", "MUN-B-000001", "--at", size + 1, "--home", month.home).code == 2
    assert terminal.run("lot", "MUN-B-000001", "--at", 1, "--home", month.home).code == 1


def test_other_questions_are_answered_in_words(month: Month, terminal: Terminal) -> None:
    """Rules, site findings and credits; wrong usage says what was expected."""
    assert "recovery" in terminal.done("rules", "MUN", "--year", "2026", "--home", month.home).out
    assert terminal.done("findings", "--site", "MUN", "--home", month.home, "--json").document is not None
    assert "at tree size" in terminal.done("credit", "MUN", "--month", "2026-01", "--home", month.home).out
    wrong = terminal.run("recall", "--home", month.home)
    assert wrong.code == 2
    assert "expected one of" in wrong.err
    assert terminal.run("balance", "MUN", "--period", "2026-13", "--home", month.home).code == 2
    assert terminal.run("agreement", "MUN-A-1", "--home", month.home).code == 1


def test_an_agreement_in_words(home: Path, terminal: Terminal, tmp_path: Path) -> None:
    """Each park and all parks together, a year and the term, with what was agreed and how far it was kept."""
    parties = [
        {"type": "participant", "id": name, "name": name, "roles": [role], "country": "IN", "identifiers": {}}
        for name, role in (("MUN", "park"), ("GLENCORE", "offtaker"))
    ]
    events = [
        ("MUN", {
            "type": "agreement", "agreement": "MUN-A-1", "seller": "MUN", "buyer": "GLENCORE", "parks": ["MUN"],
            "starts_on": "2026-01-01", "ends_on": "2026-12-31", "share": "0.5",
            "quantities": [{"metal": "Pb", "quantity_kg": "100"}],
        }),
        ("MUN", intake("MUN-B-1", "90", LEAD)),
        ("MUN", run("MUN-R-1", [line("MUN-B-1", "90")], [output("MUN-L-1", "90", LEAD)])),
        ("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-L-1"}],
                 "agreement": "MUN-A-1"}),
    ]  # fmt: skip
    write_lines(tmp_path / "parties.jsonl", *[{"occurred_at": AT, "event": event} for event in parties])
    feed = [{"issuer": issuer, "occurred_at": AT, "event": event} for issuer, event in events]
    write_lines(tmp_path / "feed.jsonl", *feed)
    terminal.done("enrol", tmp_path / "parties.jsonl", "--home", home)
    terminal.done("submit", tmp_path / "feed.jsonl", "--home", home)
    shown = terminal.done("agreement", "MUN-A-1", "--home", home).out.splitlines()
    assert shown[0].endswith("2026-01-01 to 2026-12-31, offered, not confirmed yet")
    assert [" ".join(row.split()[:4]) for row in shown[1:5]] == [
        "2026 MUN Pb produced", "2026 all parks Pb", "whole term MUN Pb", "whole term all parks",
    ]  # fmt: skip
    figures = "produced 90, tolled 0, dispatched 90, accepted 0, disputed 0, tolled dispatched 0 kg"
    said = "; dispatched 1.000000 of what was produced, more than the share; controlled blending"
    assert shown[1].endswith(figures + said)
    assert shown[2].endswith(f"{figures}{said}; agreed 100, accepted 0.000000 of it (at least 100)")
