"""The ids of the ledger, each kind a type of its own, so that none is given where another is meant.

They are texts when the program runs: a member of an event, a row and a path parameter are
where one begins, by its annotation, and nothing is called for it.
"""

from __future__ import annotations

from typing import NewType

LotId = NewType("LotId", str)
"""A lot, as the party that made it or let it in names it."""

RunId = NewType("RunId", str)
"""A run, as the party that ran it names it."""

ShipmentId = NewType("ShipmentId", str)
"""A shipment, as its sender names it."""

AgreementId = NewType("AgreementId", str)
"""An agreement, as its seller names it."""

StatementId = NewType("StatementId", str)
"""A statement: the lower-case hex SHA-256 of what its party signs, 64 digits."""

KeyId = NewType("KeyId", str)
"""A key: the lower-case hex SHA-256 of its SubjectPublicKeyInfo, 64 digits."""
