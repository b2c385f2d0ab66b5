"""The chained ledger: entries, and the facts that they hold."""
