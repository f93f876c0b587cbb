"""What the demonstration knows of plants: parks, compositions, yields.

All figures are integers: parts per 10,000 for contents, per mille for yields and
splits, milligrams for masses. "Section" names a section of the project's collection of
domain facts, from which each figure was taken.
"""

from __future__ import annotations

from typing import Any, NamedTuple

KG = 1_000_000
TONNE = 1_000 * KG
HOUR = 3_600
DAY = 24 * HOUR
MONTH_START = 1_767_571_200
"""2026-01-05T00:00:00Z, a Monday."""

Masses = dict[str, int]
"""Milligrams per metal."""

JsonObject = dict[str, Any]


class Profile(NamedTuple):
    """A park: where it is, what its lines may take a year, how many trucks a day come."""

    id: str
    name: str
    country: str
    timezone: str
    utc_minutes: int
    lead_capacity: int
    lithium_capacity: int
    lead_trucks: int
    lithium_trucks: int
    truck_tonnes: tuple[int, int]
    sources: tuple[str, ...]
    feeds: tuple[tuple[str, str], ...]
    transport_document: str


# Section 7 gives the capacities; together they stay below the public 250 kt and 47 kt.
# Section 4.6: 20-25 t of batteries a truck in India, 18-20 t in the US.
PARKS: tuple[Profile, ...] = (
    Profile(
        id="GZB", name="ACE Ghaziabad", country="IN", timezone="Asia/Kolkata", utc_minutes=330, lead_capacity=0,
        lithium_capacity=3_000, lead_trucks=0, lithium_trucks=1, truck_tonnes=(18, 25), sources=("IN", "IN", "NP"),
        feeds=(("NMC622", "pack"), ("NMC111", "pack"), ("LCO", "cell")), transport_document="consignment_note",
    ),
    Profile(
        id="MUN", name="ACE Mundra", country="IN", timezone="Asia/Kolkata", utc_minutes=330, lead_capacity=40_000,
        lithium_capacity=10_000, lead_trucks=2, lithium_trucks=1, truck_tonnes=(20, 25),
        sources=("IN", "IN", "IN", "AE"), feeds=(("LFP", "pack"), ("LFP", "cell"), ("LFP", "pack")),
        transport_document="consignment_note",
    ),
    Profile(
        id="TEX", name="ACE Texas", country="US", timezone="America/Chicago", utc_minutes=-360, lead_capacity=100_000,
        lithium_capacity=20_000, lead_trucks=3, lithium_trucks=2, truck_tonnes=(18, 20),
        sources=("US", "US", "US", "MX"),
        feeds=(("NMC811", "pack"), ("NCA", "pack"), ("NMC622", "scrap"), ("NMC622", "cell")),
        transport_document="hazardous_manifest",
    ),
    Profile(
        id="THA", name="ACE Thailand", country="TH", timezone="Asia/Bangkok", utc_minutes=420, lead_capacity=60_000,
        lithium_capacity=10_000, lead_trucks=2, lithium_trucks=1, truck_tonnes=(19, 24),
        sources=("TH", "TH", "MY", "SG"), feeds=(("NMC532", "pack"), ("LCO", "cell"), ("NMC622", "scrap")),
        transport_document="movement_document",
    ),
)  # fmt: skip

# Section 4.1: whole batteries 56 to 65 % lead, drained ones more, as their acid is gone.
LEAD_TABLE = {"whole": 5_950, "drained": 6_480}

# Section 4.2, tables "EV pack", "Cell", and the line on electrode scrap (Mn by its ratio in the cell).
LITHIUM_TABLE: dict[tuple[str, str], dict[str, int]] = {
    ("NMC111", "pack"): {"Li": 217, "Ni": 598, "Co": 601, "Mn": 560, "Cu": 733, "Al": 1_179},
    ("NMC532", "pack"): {"Li": 207, "Ni": 855, "Co": 343, "Mn": 480, "Cu": 727, "Al": 1_191},
    ("NMC622", "pack"): {"Li": 204, "Ni": 1_009, "Co": 338, "Mn": 315, "Cu": 726, "Al": 1_195},
    ("NMC811", "pack"): {"Li": 191, "Ni": 1_261, "Co": 158, "Mn": 148, "Cu": 720, "Al": 1_209},
    ("NCA", "pack"): {"Li": 201, "Ni": 1_328, "Co": 250, "Cu": 717, "Al": 1_194},
    ("LFP", "pack"): {"Li": 137, "Fe": 1_056, "Cu": 825, "Al": 1_214},
    ("NMC622", "cell"): {"Li": 328, "Ni": 1_627, "Co": 545, "Mn": 508, "Cu": 795, "Al": 517},
    ("LCO", "cell"): {"Li": 371, "Co": 3_082, "Cu": 904, "Al": 554},
    ("LFP", "cell"): {"Li": 209, "Fe": 1_616, "Cu": 963, "Al": 592},
    ("NMC622", "scrap"): {"Li": 326, "Ni": 1_650, "Co": 553, "Mn": 516, "Cu": 1_480, "Al": 960},
}
# Section 4.2, table "Black mass": NMC622, of dry mass.
BLACK_MASS = {"Li": 432, "Ni": 2_190, "Co": 734, "Mn": 684, "Cu": 104, "Al": 67}

# Section 4.4: metal in the pure salts, per 100,000.
SALTS = {"Li": 18_785, "Ni": 22_330, "Co": 20_970}

CITIES = {
    "IN": ("Kanpur", "Meerut", "Rajkot", "Nagpur", "Indore"),
    "NP": ("Kathmandu", "Biratnagar"),
    "AE": ("Sharjah", "Jebel Ali"),
    "US": ("Laredo", "Tulsa", "Waco", "Amarillo"),
    "MX": ("Monterrey", "Saltillo"),
    "TH": ("Rayong", "Saraburi", "Korat"),
    "MY": ("Klang", "Ipoh"),
    "SG": ("Tuas", "Jurong"),
}


def share(mass: int, per_mille: int) -> int:
    """Return so many thousandths of a mass, rounded down to 100 g."""
    return mass * per_mille // 1_000 // (KG // 10) * (KG // 10)


def content_by_table(net: int, row: dict[str, int]) -> Masses:
    """Return the metals of ``net`` milligrams, from parts per 10,000, rounded down to 10 g."""
    step = KG // 100
    return {metal: net * part // 10_000 // step * step for metal, part in row.items()}


def participants() -> list[JsonObject]:
    """Return the enrol lines of the four parks and the parties around them."""
    events = [_park(profile) for profile in PARKS]
    for party, name, role, country in (
        ("GLENCORE", "Glencore International AG", "offtaker", "CH"),
        ("LAB-ONE", "Laboratory One", "laboratory", "GB"),
        ("CERT-ONE", "Certification One", "certifier", "DE"),
    ):
        events.append(_participant(party, name, role, country))
    return [{"occurred_at": "2026-01-01T00:00:00Z", "event": event} for event in events]


def _participant(party: str, name: str, role: str, country: str) -> JsonObject:
    return {
        "type": "participant", "id": party, "name": name, "roles": [role], "country": country, "identifiers": {},
    }  # fmt: skip


def _park(profile: Profile) -> JsonObject:
    lines = [
        {
            "line": f"{profile.id}-{code}-1",
            "feed": feed,
            "capacity_t_per_year": str(capacity),
            "commissioned_on": "2025-04-01",
        }
        for code, feed, capacity in (
            ("LAB", "lead_acid", profile.lead_capacity),
            ("LIB", "lithium_ion", profile.lithium_capacity),
        )
        if capacity
    ]
    scale = {
        # Section 4.6: weighbridges of class III, scale interval 20 kg.
        "scale": f"{profile.id}-WB-1", "interval_kg": "20",
        "calibrated_on": "2025-09-15", "calibrated_until": "2026-09-14",
    }  # fmt: skip
    return {
        **_participant(profile.id, profile.name, "park", profile.country),
        "lines": lines,
        "scales": [scale],
        "timezone": profile.timezone,
    }
