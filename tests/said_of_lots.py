"""What an event says of lots, read from its JSON by nothing of the ledger's own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ledger.materials.state.products import METAL_OF


def all_lots_of(event: dict[str, Any], said: dict[str, set[str]]) -> set[str]:
    """Return the lots that an event names; a correction concerns all that the corrected one ever named."""
    if event["type"] != "correction":
        return _lots_of(event)
    lots: set[str] = set()
    for one in event.get("corrections", (event,)):
        said[one["statement"]] |= _lots_of(one["replacement"]) if "replacement" in one else set()
        lots |= said[one["statement"]]
    return lots


def products_of(event: dict[str, Any], index: int) -> Iterator[tuple[str, int, int, str, int]]:
    """Yield what a run states of each product that it made, or what a correction lets it state."""
    for said in event.get("corrections", (event,)):
        run = said.get("replacement", said)
        for made in run["outputs"] if run.get("type") == "transformation" else ():
            metal = METAL_OF.get(made["material"])
            if metal is not None and (held := _milligrams(made["content_kg"].get(metal, "0"))):
                yield metal, _milligrams(made["net_kg"]), index, made["lot"], held


def _milligrams(kg: str) -> int:
    return int(Decimal(kg) * 1_000_000)


def _lots_of(event: dict[str, Any]) -> set[str]:
    match event["type"]:
        case "intake":
            return {event[name] for name in ("lot", "returned_lot") if name in event}
        case "transformation":
            return {line["lot"] for line in (*event["inputs"], *event["outputs"])}
        case "dispatch" | "acceptance" | "claim":
            return {part["lot"] for line in event["lots"] for part in (line, line.get("rejected", line))}
        case "assay" | "stock_count" | "hold" | "release":
            return set(event["lots"])
        case _:
            return set()
