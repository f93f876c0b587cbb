"""The ids of the ledger, each kind a type of its own, so that none is given where another is meant.

They are texts when the program runs. One begins where a text enters: by the annotation of a
member of an event, of a row or of a path parameter, where nothing is called for it, or by its
name where a text is taken apart (a header, a key of a row, the command line).
"""

from __future__ import annotations

from typing import NewType

LotId = NewType("LotId", str)
"""A lot, as the party that made it or let it in names it."""

PartyId = NewType("PartyId", str)
"""A participant, as the authority registered it, such as MUN."""

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
