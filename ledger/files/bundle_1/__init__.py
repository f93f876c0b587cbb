"""The format ``battery-ledger-bundle/1``: its text and its lot, frozen once it is released."""
