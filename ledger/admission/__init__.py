"""Who may say what: the one judgement of a statement, used to write and to verify.

It joins the log's view (chains, keys, signatures) with the materials' view (lots,
runs, documents) and decides in the order of contract section 7:

1. ``malformed`` - the bytes, stateless (:mod:`ledger.admission.statements`)
2. ``wrong-ledger``
3. ``unknown-issuer``
4. already there: the receipt again, nothing else is judged
5. ``chain-conflict``
6. ``bad-signature``, proofs of possession included
7. ``revoked-key``
8. ``not-entitled``, then the event's own refusals
9. ``time-order`` ahead of the clock (only when writing, never judged again later)

It reads a :class:`~ledger.admission.book.Book` and returns effects; it writes nothing.

Layer: above ``log`` and ``materials``, beside ``files``; used to write and to verify.
It may not know a database, or who asks.
"""
