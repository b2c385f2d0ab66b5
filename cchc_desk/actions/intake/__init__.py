"""Taking a dossier in, or not: intake, portal, slips, receipts numbered beforehand."""
