"""The catalogue: every code of a refusal and a finding once, with its sentence.

Purpose: what the ledger says is data (a code, named figures); a sentence is rendered
where it is read, so that it can be mended and translated without touching an answer.
Layer: part of the vocabulary, below everything. It may not know the ledger, a clock, SQL
or a signature.
"""
