"""A market with a site that earns credit and draws it."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.state.credit_account import credits_report
from schemas.ids import PartyId, StatementId
from schemas.refusal import RefusedError
from tests.materials.market import WASTE, Market


class Site(Market):
    """A market where MUN makes bound lots, dated as they are reported."""

    def bound(self, lot: str, origin: str = WASTE, at: str = "2026-01-05T06:00:00Z") -> tuple[StatementId, StatementId]:
        """Make a bound lot of 10,000 kg of a batch; return the statements of both."""
        batch = lot.replace("-L-", "-B-")
        return self.batch(batch, origin=origin), self.make(
            lot, {batch: "10000"}, "10000", custody="mass_balance", started_at=at, ended_at=at
        )

    def account(self, month: str = "2026-01") -> dict[str, Any]:
        """Return what the account of MUN says of lead in a month."""
        rows = credits_report(self.account_of(PartyId("MUN")), month)
        return rows[0] if rows else {"available_kg": {}, "rolling_average": None}

    def refusal(self, lot: str, credit: str, at: str = "2026-01-06T06:00:00Z") -> str:
        """Return code and words of a refused draw."""
        with pytest.raises(RefusedError) as refused:
            self.send(lot, credit=credit, at=at)
        return f"{refused.value.code}: {refused.value}"
