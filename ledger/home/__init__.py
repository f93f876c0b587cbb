"""Home: a ledger's folder, made once, and opened after proving that nothing was rolled back.

Layer: above ``journal``; whoever runs a ledger in this process begins here.
It may not know an interface, and it decides nothing about a statement.
"""
