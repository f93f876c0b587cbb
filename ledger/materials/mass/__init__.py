"""Mass: integer milligrams, mixes and months, and nothing else.

Layer: the lowest room of the materials; it uses the vocabulary only.
It may not know a lot, a run, a party's word or any state.
"""
