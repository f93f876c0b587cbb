"""The only write path: check, append, project, checkpoint, publish, answer.

What is on disk if we die at each step of a batch, and who repairs it:

1. signatures verified, statements judged: nothing was written.
2. entries, events, tiles, projections and the signed checkpoint are written in one
   transaction: the database rolls it back; nobody was answered.
3. committed, not published: the database is ahead of ``DIR/checkpoint``; opening finds
   that the published tree is a prefix and publishes the newer checkpoint. Senders that
   got no answer send again and get the receipt of what is there.
4. published, not answered: senders send again and get the receipt.

A statement that is there already is answered only after the checkpoint that covers it is
published, whoever committed it. Making a ledger ends with ``DIR/ledger.json``: if it breaks
off before, there is no ledger and nobody was answered; remove the folder (and what the
messages name: the anchor, a database that has the genesis already) and begin again.

A database behind the published checkpoint, or in conflict with it, was rolled back or
edited: it refuses to open (:class:`schemas.errors.RolledBackError`).

Layer: above ``store`` and ``admission``, beside ``questions``.
It may not know HTTP, or what an event means.
"""
