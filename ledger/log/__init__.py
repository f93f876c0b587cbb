"""What makes the ledger tamper-evident: keys, envelopes, chains, the tree, checkpoints.

Invariants:

* Nothing here knows a battery, a database or a clock; time comes in as an argument.
* What was signed is verified as the bytes that were received, never re-serialised.
* Every ``parse_*`` takes one spelling of a value; everything else is a
  :class:`~schemas.errors.MalformedError`, and no exception of a library leaves.

Formats: contract sections 3.1 to 3.4, RFC 6962 hashing, C2SP signed-note,
tlog-checkpoint, tlog-cosignature, tlog-tiles and tlog-proof, DSSE v1, RFC 9901.

Layer: above ``schemas``, beside ``materials``.
It may not know a battery, a database or a clock.
"""
