"""The limits of the rule sets, written a second time from their sources."""

from __future__ import annotations

LIMITS = {
    ("eu-2023-1542", "minimum_share"): {
        "2031-08-18": {"Co": 160_000, "Pb": 850_000, "Li": 60_000, "Ni": 60_000},
        "2036-08-18": {"Co": 260_000, "Pb": 850_000, "Li": 120_000, "Ni": 150_000},
    },
    ("eu-2023-1542-annex-xii", "efficiency"): {
        "2025-12-31": {"lead_acid": 750_000, "lithium": 650_000, "nickel_cadmium": 800_000, "other": 500_000},
        "2030-12-31": {"lead_acid": 800_000, "lithium": 700_000},
    },
    ("eu-2023-1542-annex-xii", "recovery"): {
        "2027-12-31": {"Co": 900_000, "Cu": 900_000, "Pb": 900_000, "Ni": 900_000, "Li": 500_000},
        "2031-12-31": {"Co": 950_000, "Cu": 950_000, "Pb": 950_000, "Ni": 950_000, "Li": 800_000},
    },
    ("in-bwmr-2022", "recovery_of_dry_weight"): {
        "2024-04-01": {"lithium": 700_000, "lead_acid": 550_000},
        "2025-04-01": {"lithium": 800_000, "lead_acid": 600_000},
        "2026-04-01": {"lithium": 900_000},
    },
    ("in-bwmr-2022", "domestic_use"): {
        "2024-04-01": {"lead_acid": 350_000},
        "2026-04-01": {"lead_acid": 400_000},
        "2027-04-01": {"lithium": 50_000},
        "2028-04-01": {"lithium": 100_000},
        "2029-04-01": {"lithium": 150_000},
        "2030-04-01": {"lithium": 200_000},
    },
}
"""What the sources say in ppm, written a second time: rule set and kind, day, metal or class."""
