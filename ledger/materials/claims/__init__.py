"""Claims: one use per kilogram, marks and their cover, and credit under mass balance.

Layer: above ``state``, beside ``history``.
It may not know which event brings a claim or a credit about.
"""
