"""The commands, by what they are for: making, asking, proving, serving."""
