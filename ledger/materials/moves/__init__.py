"""Moves: metal taken, handed on, restated and posted, with what a move demands.

Layer: above ``claims`` and ``history``, below ``plausibility``.
It may not know the kinds of events; it is called by them.
"""
