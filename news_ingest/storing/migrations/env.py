"""Runs the migrations on the connection that `database.migrate` hands over."""

from alembic import context
from sqlalchemy import Connection

from news_ingest.storing.database import VERSION_TABLE
from news_ingest.storing.models import Base

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
