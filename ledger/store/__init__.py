"""The only SQL of the ledger: tables, engines, entries, projections.

Entries, events, kept checkpoints and full tiles are append-only; the database itself
refuses anything else. All other tables are projections that can be dropped and rebuilt.
Rows never leave this room: what comes out are the values of the rooms below.

Layer: above ``admission``, beside ``verify``; below the journal and the questions.
It may not know who may ask, or what a mass means.
"""
