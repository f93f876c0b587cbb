"""What makes the ledger about batteries: events folded into lots.

It knows no signature and no SQL. Each judge takes an event, who says it and a book
to look things up in, and either raises a refusal or returns the effects; it changes
nothing itself. All masses are integer milligrams, all arithmetic is on integers.

Layer: above ``schemas``, beside ``log``; its own rooms are ordered below it.
It may not know a signature or SQL.
"""
