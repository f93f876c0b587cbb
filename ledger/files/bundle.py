"""What a lot bundle of any format holds, and what the formats differ in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from ledger.files.report import Findings
from ledger.materials.standing import LotStanding
from ledger.materials.state.records import Lot
from schemas.rules.version import Rules

MAX_BUNDLE_BYTES: Final = 1 << 29
"""More than a bundle of any format has."""


class BundleEntry(NamedTuple):
    """An entry with its event and its inclusion path, hashes of 32 bytes."""

    index: int  # type: ignore[assignment]
    entry: bytes
    event: bytes
    path: tuple[bytes, ...]


class Disclosed(NamedTuple):
    """A sealed fact that the bundle shows, and the entry in whose event it is sealed."""

    index: int  # type: ignore[assignment]
    text: str


class Bundle(NamedTuple):
    """What a lot bundle holds; ``rules`` is the highest rules version of its entries."""

    rules: int
    lot: dict[str, Any]
    checkpoint: bytes
    entries: tuple[BundleEntry, ...]
    disclosures: tuple[Disclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleFormat:
    """The format ``battery-ledger-bundle/<number>``, frozen once it is released.

    ``write`` returns the bytes of a bundle; ``read`` the bundle of a file, or ``None`` where
    it is none of this format, its faults noted; ``spell_lot`` the member ``lot`` of a lot at
    a tree size under the rules in force there, ``spell_standing`` its member ``standing``;
    ``of_account`` names the members of ``lot`` that a mass-balance account may have lessened
    by entries that are not in the bundle, ``of_credit`` those that follow from the credit that is shown.
    """

    number: int
    read: Callable[[bytes, Findings], Bundle | None]
    write: Callable[[Bundle], bytes]
    spell_lot: Callable[[Lot, Rules, int], dict[str, Any]]
    spell_standing: Callable[[LotStanding], dict[str, Any]]
    of_account: tuple[str, ...]
    of_credit: tuple[str, ...]
