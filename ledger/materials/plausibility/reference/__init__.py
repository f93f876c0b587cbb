"""Reference: figures of the trade, and the limits that findings are held against.

Layer: the lowest room of plausibility.
It may not know an event, a lot or a site.
"""
