"""Questions: use cases on one snapshot, each answered in whole queries.

Layer: above ``store``, beside ``journal``; interfaces only translate what it returns.
It may not know HTTP, the command line or a private key, and it never writes.
"""
