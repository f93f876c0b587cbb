"""All that a word about the past reaches, folded without and with it: a correction, or an assay after the use."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from ledger.materials.corrections.refold import Refolded, refold
from ledger.materials.history.closure import Closure, gather
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.layer import Layer
from schemas.ids import LotId


class TwoFolds:
    """The closure and its two folds; each is worked out when it is first asked for."""

    def __init__(self, named: Collection[LotId], this: LoggedEvent, layer: Layer) -> None:
        """Take up a word.

        Args:
            named: the lots that it is about.
            this: the word, as the entry that it becomes.
            layer: the state before it.
        """
        self.named = frozenset(named)
        self._this = this
        self._layer = layer

    @cached_property
    def closure(self) -> Closure:
        """The entries, with the word among them."""
        history, index = self._layer.book.history, self._this.index
        return gather(sorted(self.named), history, index, onward=True, within=self._layer.scope, extra=(self._this,))

    @cached_property
    def before(self) -> Refolded:
        """The fold without the word."""
        return refold(self.closure, self._layer.book, self._this.index)

    @cached_property
    def after(self) -> Refolded:
        """The fold with it."""
        return refold(self.closure, self._layer.book, self._this.index + 1)
