"""Schemes in which one paper backs two loads, or none does."""

from __future__ import annotations

from typing import Any

from tests.season.court import SLIP, Court
from tests.season.schemes.registry import scheme

NOTE = {"kind": "consignment_note", "issuer": "Express Logistics", "number": "EX-0123", "date": "2026-01-05"}


@scheme("slip-numbers-alike")
def _one_slip_in_two_spellings(court: Court) -> None:
    _twice(court, {"number": "WB-77"}, {"number": "wb 77"})


@scheme("duplicate-document")
def _one_slip_with_and_without_its_date(court: Court) -> None:
    _twice(court, {"number": "WB-77", "date": "2026-01-05"}, {"number": "WB-77"})


@scheme("slip-numbers-alike")
def _one_slip_as_a_part_of_itself(court: Court) -> None:
    _twice(court, {"number": "WB-77"}, {"number": "WB-77", "part": "1"})


@scheme("slip-numbers-alike")
def _one_slip_with_a_cyrillic_letter(court: Court) -> None:
    _twice(court, {"number": "WB-77"}, {"number": "W\u0412-77"})


@scheme("slip-numbers-alike")
def _one_slip_in_full_width(court: Court) -> None:
    _twice(court, {"number": "WB-77"}, {"number": "\uff37\uff22\uff0d\uff17\uff17"})


@scheme("slip-numbers-alike")
def _one_slip_with_a_leading_zero(court: Court) -> None:
    _twice(court, {"number": "WB-77"}, {"number": "WB-077"})


@scheme("slip-numbers-alike")
def _one_slip_with_o_for_zero(court: Court) -> None:
    _twice(court, {"number": "WB-707"}, {"number": "WB-7O7"})


@scheme("slip-numbers-alike")
def _one_slip_of_an_issuer_by_another_name(court: Court) -> None:
    _twice(court, {"number": "WB-77"}, {"number": "WB-77", "issuer": "Mundra yard"})


@scheme("slip-numbers-alike")
def _a_haulier_in_capitals(court: Court) -> None:
    court.batch("MUN-B-1", documents=[NOTE])
    court.batch("MUN-B-2", documents=[{**NOTE, "issuer": "EXPRESS LOGISTICS"}])


@scheme("slip-numbers-alike")
def _one_consignment_note_at_two_parks(court: Court) -> None:
    court.batch("MUN-B-1", documents=[NOTE])
    court.batch("TEX-B-1", documents=[NOTE])


@scheme("slip-numbers-alike")
def _one_consignment_note_under_a_name_and_under_a_digest(court: Court) -> None:
    court.batch("MUN-B-1", documents=[NOTE])
    court.batch("TEX-B-1", documents=[{**NOTE, "issuer": "5e" * 32}])


@scheme("heavier-than-paper")
def _three_parts_of_a_note_for_two(court: Court) -> None:
    for number in range(1, 4):
        court.batch(f"MUN-B-{number}", 6_000, documents=[{**NOTE, "net_kg": "12000", "part": f"{number}/3"}])


@scheme("papers-missing")
def _a_delivery_without_any_paper(court: Court) -> None:
    court.batch("MUN-B-1", documents=[])


@scheme("papers-missing")
def _a_delivery_without_the_manifest_that_all_others_have(court: Court) -> None:
    for number in range(1, 11):
        papers = [
            {**SLIP, "number": f"{number}"},
            {"kind": "hazardous_manifest", "issuer": "Board", "number": f"{number}"},
        ]
        court.batch(f"MUN-B-{number}", 20_000 + 97 * number, documents=papers[: 1 if number == 7 else 2])


def _twice(court: Court, first: dict[str, Any], second: dict[str, Any]) -> None:
    for number, slip in enumerate((first, second)):
        court.batch(f"MUN-B-{number}", 20_000 + number, documents=[{**SLIP, **slip}])
