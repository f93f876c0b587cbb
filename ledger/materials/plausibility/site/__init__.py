"""Findings of a site over time: what no single statement shows.

Layer: above ``plausibility.reference``, beside ``plausibility.entry``.
It may not know how an entry is judged; it is asked when somebody reads.
"""
