"""The code lists of rules version 1 (contract, section 4).

Each list is a ``Literal``, so that the type checker, the reader of events and the
message for an unknown code use the same one. The order of :data:`ORIGINS` and
:data:`METALS` is part of the contract: ties of an apportionment go to the first.
"""

from __future__ import annotations

from typing import Literal, get_args

Origin = Literal[
    "battery_post_consumer",
    "battery_manufacturing",
    "other_post_consumer",
    "other_pre_consumer",
    "internal",
    "primary",
    "unknown",
]
Metal = Literal["Pb", "Li", "Ni", "Co", "Cu", "Mn", "Al", "Fe", "Sb", "Sn", "Cd", "Hg"]
Role = Literal["authority", "operator", "park", "processor", "offtaker", "laboratory", "certifier"]
Algorithm = Literal["ed25519", "ecdsa-p256", "ml-dsa-44"]
# fmt: off
Material = Literal[
    "lead_acid_battery", "lithium_ion_battery", "mixed_battery", "lead_scrap", "electrode_scrap", "lead_paste",
    "desulphurised_paste", "black_mass", "lead_bullion", "refined_lead", "lead_alloy", "primary_lead", "lead_dross",
    "lead_oxide", "lead_carbonate", "matte", "flue_dust", "slag", "lithium_carbonate", "crude_lithium_carbonate",
    "lithium_hydroxide", "lithium_phosphate", "lithium_sulfate", "nickel_sulfate", "nickel_metal", "cobalt_sulfate",
    "cobalt_hydroxide", "cobalt_metal", "nickel_cobalt_alloy", "manganese_sulfate", "mixed_hydroxide",
    "leach_solution", "leach_residue", "filter_cake", "copper", "aluminium", "steel", "foil_mix", "cable",
    "electronics", "graphite", "polypropylene", "mixed_plastic", "separator", "electrolyte", "sulfuric_acid",
    "sodium_sulfate", "gypsum", "other",
]
Chemistry = Literal[
    "lead_acid", "LCO", "LFP", "LMFP", "LMO", "LTO", "NCA", "NMC111", "NMC532", "NMC622", "NMC811", "NMC9", "NMCA",
    "sodium_ion", "NiMH", "NiCd", "mixed", "unknown",
]
Form = Literal[
    "whole", "drained", "pack", "module", "cell", "scrap", "powder", "paste", "granulate", "slurry", "filter_cake",
    "solution", "ingot", "crystals", "sheet", "molten", "bulk",
]
Process = Literal[
    "sorting", "draining", "discharging", "dismantling", "breaking", "shredding", "pyrolysis", "drying", "separation",
    "filtration", "paste_treatment", "desulphurising", "smelting", "remelting", "electrowinning", "leaching",
    "solvent_extraction", "precipitation", "crystallisation", "refining", "casting", "blending", "packing",
    "reweighing", "toll_refining", "other",
]
OutputRole = Literal["product", "intermediate", "wip", "residue", "waste"]
ContentBasis = Literal["assay", "declared", "table", "calculated", "estimated"]
Feed = Literal["lead_acid", "lithium_ion"]
IntakeReason = Literal["delivery", "opening_stock", "customer_return", "found"]
GainReason = Literal[
    "table_understated", "assay_uncertainty", "wip_estimate", "mixed_chemistry", "not_analysed", "trace", "other",
]
DocumentKind = Literal[
    "weighbridge_slip", "purchase_invoice", "sale_invoice", "credit_note", "eway_bill", "consignment_note",
    "hazardous_manifest", "movement_document", "import_consent", "bill_of_entry", "shipping_bill", "bill_of_lading",
    "packing_list", "warehouse_receipt", "certificate_of_analysis", "assay_report", "sampling_report",
    "supplier_declaration", "sustainability_declaration", "epr_certificate", "permit", "calibration_certificate",
    "disposal_certificate", "tolling_settlement", "count_sheet", "photo", "contract", "other",
]
Disposition = Literal["sold", "further_recycling", "disposal", "energy", "returned", "lost"]
Decision = Literal["accepted", "rejected", "disputed", "settled"]
RevocationReason = Literal["rotated", "lost", "compromised"]
AssayStage = Literal["control", "provisional", "final", "umpire"]
AssayBasis = Literal["wet", "dry"]
CorrectionKind = Literal["incorrect_data", "did_not_occur"]
CountMethod = Literal["weighed", "surveyed", "calculated", "estimated"]
ClaimKind = Literal["recycling_service", "recycled_content"]
CustodyModel = Literal["identity_preserved", "segregated", "controlled_blending", "mass_balance"]
Verdict = Literal["settled", "upheld"]
LotStatus = Literal["open", "in_transit", "disputed", "consumed", "left", "returned", "withdrawn"]
Severity = Literal["low", "medium", "high"]
_ASSIGNED = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
# fmt: on
COUNTRIES = frozenset(_ASSIGNED.split())
"""ISO 3166-1 alpha-2, officially assigned codes."""

ORIGINS: tuple[Origin, ...] = get_args(Origin)
BATTERY_ORIGINS: tuple[Origin, ...] = ("battery_post_consumer", "battery_manufacturing")
"""Waste batteries, and waste of making batteries."""
CLAIMABLE_ORIGINS: tuple[Origin, ...] = (*BATTERY_ORIGINS, "other_post_consumer", "other_pre_consumer")
"""The origins of waste, the first of :data:`ORIGINS`; ``internal``, ``primary`` and ``unknown`` are never claimed."""
METALS: tuple[Metal, ...] = get_args(Metal)
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
ONCE_ONLY_KINDS = frozenset({"weighbridge_slip", "consignment_note", "hazardous_manifest", "movement_document"})
ASSAY_STAGES: tuple[AssayStage, ...] = get_args(AssayStage)
"""Each weighs more than those before it."""
CUSTODY_MODELS: tuple[CustodyModel, ...] = get_args(CustodyModel)
"""From the strongest to the weakest (ISO 22095:2020)."""
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
UNUSED_DISPOSITIONS = frozenset({"disposal", "energy", "lost"})
"""Ways out of the ledger on which metal is used by nobody."""
HANDLING_PROCESSES = frozenset({"packing", "blending", "reweighing"})
"""Processes that any holder may run (contract, section 4)."""
