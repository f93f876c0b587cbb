"""Accounts that lose cover by one another are settled one after the other, however many there are."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.corrections import overdrawn_credit
from ledger.materials.corrections.overdrawn_credit import settle_accounts
from ledger.materials.mass.mix import Mix, negative
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.credit_account import EMPTY, Account, Draw, Void, uncovered, with_draw
from ledger.materials.state.credit_months import AccountMonth, SiteMonth, whole
from ledger.materials.state.records import Posting
from schemas.correction import Correction
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1

DAY = "2026-01-05"
MONTH = DAY[:7]
SITES = [f"S{number:02d}" for number in range(30)]
LEAD: Mix = {"Pb": (1_000, 0, 0, 0, 0, 0, 0)}
CORRECTION = Correction.model_validate(
    {"nonce": "0" * 32, "type": "correction", "statement": "0" * 64, "kind": "did_not_occur", "reason": "a slip"}
)


class Chain:
    """Thirty sites with a draw each; what a round undoes at one takes the cover of the next."""

    def __init__(self, *, gives_back: bool = False) -> None:
        self.rounds: list[dict[str, dict[Draw, Mix]]] = []
        self.gives_back = gives_back
        self.effects = Effects()
        for site in SITES:
            self.effects.accounts[SiteMonth(PartyId(site), MONTH)] = AccountMonth({DAY: LEAD}, {DAY: LEAD})
            self.effects.postings.append(
                Posting(
                    PartyId(site), "credit_drawn", f"{site}-L-1", "refined_lead", 0, 0, LEAD, 0, StatementId(""), DAY
                )
            )
        self._spoil(SITES[0])

    def postings_of(self, site: str) -> list[Posting]:
        """All postings are those of the effects."""
        return []

    def account_of(self, site: str) -> Account:
        """All months are those of the effects."""
        return EMPTY

    def fold_without(self, changed: dict[str, dict[Draw, Mix]], *_: Any) -> dict[str, None]:
        """Stand in for the fold: the draw goes, and with it the cover of the next site."""
        self.rounds.append(changed)
        for site, voids in changed.items():
            for draw, mix in voids.items():
                key = SiteMonth(PartyId(site), MONTH)
                account = with_draw(whole([(key, self.effects.accounts[key])]), draw.day, negative(mix))
                # A fold may bring cover back that the same event has just taken away.
                earned = {DAY: LEAD} if self.gives_back else account.earned
                void = Void(7, StatementId(""), mix)
                voided = {Draw(DAY, LotId(f"{site}-L-1")): (void,)}
                self.effects.accounts[key] = AccountMonth(earned, account.drawn, voided=voided)
            after = SITES.index(site) + 1
            if after < len(SITES):
                self._spoil(SITES[after])
        return {}

    def settle(self, patch: pytest.MonkeyPatch) -> None:
        """Settle all accounts."""
        patch.setattr(overdrawn_credit, "_fold_without", self.fold_without)
        party = Party(PartyId("S00"), "", (), "", StatementId(""))
        speaker = Speaker(party, "2026-02-01T00:00:00Z", 7, StatementId(""), VERSION_1)
        settle_accounts(CORRECTION, speaker, self, self.effects)  # type: ignore[arg-type]

    def _spoil(self, site: str) -> None:
        key = SiteMonth(PartyId(site), MONTH)
        self.effects.accounts[key] = self.effects.accounts[key]._replace(earned={})


def test_rounds_go_on_until_every_account_is_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty rounds, one a site; none is left uncovered as it was behind the tenth."""
    chain = Chain()
    chain.settle(monkeypatch)
    assert [list(changed) for changed in chain.rounds] == [[site] for site in SITES]
    assert all(uncovered(whole([month])) == {} for month in chain.effects.accounts.by_key())


def test_what_an_event_undoes_it_does_not_restore(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the fold gives cover back, the draw stays undone: rounds that undo and restore would never end."""
    chain = Chain(gives_back=True)
    chain.settle(monkeypatch)
    assert len(chain.rounds) == len(SITES)


def test_every_round_undoes_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """No round without mass, so their number is bounded by what was drawn."""
    chain = Chain()
    chain.settle(monkeypatch)
    masses = [
        sum(sum(map(sum, mix.values())) for voids in changed.values() for mix in voids.values())
        for changed in chain.rounds
    ]
    assert min(masses) > 0
