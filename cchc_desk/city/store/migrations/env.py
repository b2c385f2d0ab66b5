"""Alembic's environment: migrations run in the transaction that CityDatabase.upgrade() holds."""

from alembic import context

from cchc_desk.city.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
