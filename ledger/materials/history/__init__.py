"""History: entries read back, the closure of a lot and what its statements say now.

Layer: above ``state``, beside ``claims``.
It may not know how an entry is folded, or what is odd about it.
"""
