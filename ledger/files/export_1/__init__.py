"""The format ``battery-ledger-export/1``: its tables, registers and manifest, frozen once it is released."""
