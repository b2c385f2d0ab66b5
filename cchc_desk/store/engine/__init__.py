"""The database itself: connections, tables, schema steps, copies. Nothing else sees a driver."""
