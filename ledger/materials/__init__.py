"""What makes the ledger about batteries: events folded into lots.

It knows no signature and no SQL. Each judge takes an event, who says it and a book
to look things up in, and either raises a refusal or returns the effects; it changes
nothing itself. All masses are integer milligrams, all arithmetic is on integers.
"""
