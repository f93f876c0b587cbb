"""The commands of the accounting, on the given month."""

from __future__ import annotations

from tests.cli.conftest import Month
from tests.cli.terminal import Terminal


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
