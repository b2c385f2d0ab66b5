"""The chained ledger on disk and the seals that prove rows unchanged."""
