"""Findings of one entry: what is odd about a statement when it is folded.

Layer: above ``plausibility.reference``.
It may not know what a site does over time.
"""
