"""The sender's side: from a plant system's feed to signed statements that were taken.

It knows the private keys of the parties at this place and keeps, in its own notebook,
what it signed for each line, so that a feed can be sent again after any crash.

Layer: above ``admission`` and ``files``, beside ``audit``.
It may not know the ledger's database.
"""
