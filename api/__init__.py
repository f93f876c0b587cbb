"""Translation only: HTTP, HTML and the command line to the ledger and back.

No rule is decided here and no SQL is spoken; what a status code means stands in one
table, :mod:`api.problems`.

Layer: the highest; whoever uses it comes from outside.
It may not know a rule, or SQL.
"""
