"""Runs the migrations on the connection that `database.migrate` hands over."""

from alembic import context
from sqlalchemy import Connection

from news_ingest.storing.database import VERSION_TABLE
from news_ingest.storing.models import METADATA

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
