"""The fact ledger: every fact with its source and its places in the PDF."""
