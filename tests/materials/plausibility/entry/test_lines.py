"""What a run is accused of for the line it names, each beside its honest twin."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.plausibility.entry.lines import feed_of
from tests.season.court import Court, severities
from tests.world.events import KG, line, output, run


def smelt(started: str, **more: Any) -> Court:
    """Smelt a batch of December in a run that ends on the third of January."""
    court = Court()
    court.batch("MUN-B-1", at="2025-12-01T06:00:00Z")
    times = {"started_at": started, "ended_at": "2026-01-03T06:00:00Z"}
    court.smelt("MUN-R-1", {"MUN-B-1": 21_450}, 12_000, at=times["ended_at"], **{**times, **more})
    return court


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-01-01T19:00:00Z", []),  # half past midnight of the second in India
        ("2026-01-01T18:29:59Z", ["high"]),
        ("2025-12-22T06:00:00Z", ["high"]),
    ],
)
def test_the_first_day_of_a_line_is_a_day_at_the_site(started: str, expected: list[str]) -> None:
    """A run that ends after it, but began before, ran on a line that was not built."""
    assert severities(smelt(started, line="MUN-LAB-1"), "output-before-commissioning") == expected


@pytest.mark.parametrize(("started", "expected"), [("2026-01-01T19:00:00Z", []), ("2025-12-22T06:00:00Z", ["medium"])])
def test_to_leave_the_line_out_builds_no_plant(started: str, expected: list[str]) -> None:
    """Whatever line it was, the only one for lead was not there."""
    assert severities(smelt(started), "output-before-commissioning") == expected


@pytest.mark.parametrize(("process", "expected"), [("smelting", ["low"]), ("dismantling", []), ("packing", [])])
def test_only_what_needs_a_plant_needs_a_line(process: str, expected: list[str]) -> None:
    """Batteries are taken apart on a bench."""
    assert severities(smelt("2026-01-03T00:00:00Z", process=process), "no-line") == expected


def test_a_site_without_registered_lines_is_not_asked() -> None:
    """It has none to name."""
    court = Court()
    court.batch("TEX-B-1")
    court.smelt("TEX-R-1", {"TEX-B-1": 21_450}, 12_000)
    assert severities(court, "no-line") == []


@pytest.mark.parametrize(
    ("material", "chemistry", "feed"),
    [
        ("lead_acid_battery", "unknown", "lead_acid"),
        ("black_mass", "mixed", "lithium_ion"),
        ("slag", "lead_acid", "lead_acid"),
        ("filter_cake", "NMC622", "lithium_ion"),
        ("mixed_battery", "mixed", None),
        ("copper", "unknown", None),
    ],
)
def test_the_feed_of_a_material(material: str, chemistry: str, feed: str | None) -> None:
    """By name, else by chemistry; what says neither fits every line."""
    assert feed_of(material, chemistry) == feed


@pytest.mark.parametrize(("name", "expected"), [("MUN-LAB-1", []), ("MUN-LIB-1", ["medium"])])
def test_lead_belongs_on_the_lead_line(name: str, expected: list[str]) -> None:
    """Copper from either goes anywhere."""
    assert severities(smelt("2026-01-03T00:00:00Z", line=name), "line-feed-differs") == expected


@pytest.mark.parametrize(("kg", "expected"), [(1_000_000, []), (1_000_001, ["medium"]), (1_200_001, ["high"])])
def test_runs_without_a_line_count_against_all_lines(kg: int, expected: list[str]) -> None:
    """12,000 t a year for lead; what is named and what is not are one month."""
    court = Court()
    court.batch("MUN-B-1", 2_000_000, reason="opening_stock")
    court.smelt("MUN-R-1", {"MUN-B-1": 500_000}, 300_000, line="MUN-LAB-1")
    court.smelt("MUN-R-2", {"MUN-B-1": kg - 500_000}, (kg - 500_000) * 6 // 10)
    assert severities(court, "throughput-above-nameplate") == expected


def test_work_on_a_bench_is_no_throughput() -> None:
    """Taking packs apart loads no line."""
    court = Court()
    court.cells("MUN-B-1", 2_000_000, {"Ni": 200_000, "Co": 67_000}, form="pack", reason="opening_stock")
    made = output("MUN-P-1", 1_900_000 * KG, {"Ni": 200_000 * KG, "Co": 67_000 * KG}, material="lithium_ion_battery")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 2_000_000 * KG)], [made], process="dismantling"))
    assert severities(court, "throughput-above-nameplate") == []


def test_what_was_only_packed_between_two_stages_counts_once() -> None:
    """Paste that a line made, and that goes into bags before it is smelted."""
    court = Court()
    court.batch("MUN-B-1", 900_000, reason="opening_stock")
    paste = output("MUN-P-1", 600_000 * KG, {"Pb": 540_000 * KG}, material="lead_paste", role="intermediate")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 900_000 * KG)], [paste], process="breaking", line="MUN-LAB-1"))
    bags = output("MUN-P-2", 600_000 * KG, {"Pb": 540_000 * KG}, material="lead_paste", role="intermediate")
    court.say("MUN", run("MUN-R-2", [line("MUN-P-1", 600_000 * KG)], [bags], process="packing"))
    court.smelt("MUN-R-3", {"MUN-P-2": 600_000}, 530_000, line="MUN-LAB-1")
    assert severities(court, "throughput-above-nameplate") == []
