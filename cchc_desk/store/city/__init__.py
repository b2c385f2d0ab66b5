"""Days to be sent to the city, parcels, and what came down."""
