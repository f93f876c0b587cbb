"""A recall in lines for people: what was meant, each lot, each recipient, each shipment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def recall_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the answer of ``recall --json``."""
    for row in report["documents"]:
        number, issuer = row["number"] or "without a number", row["issuer"] or "an issuer that is not said"
        yield f"{row['kind'].replace('_', ' ')} {number} of {issuer}, cited by {row['statement']}"
    yield f"from {', '.join(report['seeds'])}: lots {len(report['lots'])}, recipients {len(report['recipients'])}"
    for row in report["lots"]:
        status = f"{row['status']}, held" if row["held"] else row["status"]
        yield f"{row['lot']:<22}{row['material']:<22}{status:<18}{row['holder']:<22}{_made_and_left(row)}"
    for row in report["recipients"]:
        kept = _masses(row) if row["net"]["of_kg"] != "0" else "nothing that it kept"
        yield f"sent to {row['recipient']}: {kept}: {', '.join(row['lots'])}"
    for row in report["shipments"]:
        said = row["decision"] or "no answer from the receiver"
        taken_back = ", but no longer said to be sent there" if row["withdrawn"] else ""
        way = f"{row['shipment']} of {row['occurred_at']} from {row['sender']} to {row['recipient']}"
        yield f"{way}, {said}{taken_back}: {row['lot']}: {_masses(row)}"
    if "left_out" in report:
        gone = report["left_out"]
        yield f"left out, with a share below {report['min_share']}: lots {gone['lots']}, shipments {gone['shipments']}"
    yield f"at tree size {report['tree_size']:,}"


def _masses(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_figure(part)}" for name, part in _figures(row).items())


def _made_and_left(row: dict[str, Any]) -> str:
    """Say of the mass and of each metal what is reached of what was made, and of what is left."""
    made, left = _figures(row["made"]), _figures(row)
    texts = []
    for name in dict.fromkeys((*made, *left)):
        first = _figure(made[name]) if name in made else "none"
        now = _figure(left[name]) if name in left and left[name]["of_kg"] != "0" else "none"
        texts.append(f"{name} {first} made, {now} left")
    return "; ".join(texts)


def _figures(row: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {"mass": row["net"], **row["content"]}


def _figure(part: dict[str, str]) -> str:
    return f"{part['kg']} of {part['of_kg']} kg ({part['share']})"
