"""State: what is known of lots, runs, shipments, accounts and the rest, as frozen values.

Layer: above ``mass``; every other room of the materials reads these values.
It may not know how a value comes about: no event is judged or folded here.
"""
