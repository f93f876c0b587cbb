"""The recycled shares of a lot on its page: what may be claimed, and beside a share of credit the physical mix."""

from __future__ import annotations

from typing import Any, NamedTuple

from api.words import METAL_NAMES, ORIGIN_NAMES, kilograms, percent
from ledger.materials.state.records import Lot


class MetalRow(NamedTuple):
    """A metal of the lot with its recycled shares in words; ``physical`` where those are of credit, of its mix."""

    symbol: str
    name: str
    mass: str
    origins: list[str]
    eu: str | None
    post_consumer: str | None
    pre_consumer: str | None
    physical: str


def metal_rows(report: dict[str, Any]) -> list[MetalRow]:
    """Return a row for each metal of the report on a lot."""
    rows = []
    for metal, mass in report["content_kg"].items():
        eu, post_consumer, pre_consumer = _percents(metal, report["recycled_share"])
        rows.append(
            MetalRow(
                symbol=metal,
                name=METAL_NAMES[metal],
                mass=kilograms(mass),
                origins=[
                    f"{kilograms(part)} from {ORIGIN_NAMES[origin]}"
                    for origin, part in report["origin_kg"][metal].items()
                ],
                eu=eu,
                post_consumer=post_consumer,
                pre_consumer=pre_consumer,
                physical=_physical(metal, report.get("physical_share", {})),
            )
        )
    return rows


def _percents(metal: str, shares: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Return a metal's shares by EU 2023/1542 and by ISO 14021 after and before use; none where a rule has none."""
    eu, iso = shares.get("eu-2023-1542", {}).get(metal), shares.get("iso-14021", {}).get(metal, {})
    texts = eu, iso.get("post_consumer"), iso.get("pre_consumer")
    eu, post_consumer, pre_consumer = (None if text is None else percent(text) for text in texts)
    return eu, post_consumer, pre_consumer


def _physical(metal: str, shares: dict[str, Any]) -> str:
    """Return in words what waste a metal physically is of, empty where nothing is shown of it."""
    eu, post_consumer, pre_consumer = _percents(metal, shares)
    by_eu = [f"{eu} by EU 2023/1542"] if eu is not None else []
    by_iso = [f"{post_consumer} after use, {pre_consumer} before use"] if post_consumer is not None else []
    return "; ".join((*by_eu, *by_iso))


def basis_in_words(lot: Lot) -> str:
    """Say on what the shares of a lot rest."""
    if lot.credit is not None:
        return "mass balance: credit that was drawn for it from its site's account"
    return "mass balance: the mix as it was stated" if lot.custody == "mass_balance" else "what is physically in it"
