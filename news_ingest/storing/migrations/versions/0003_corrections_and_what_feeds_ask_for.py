"""Which revisions are corrections; what a feed asks for, since when it is empty, and the language it was found in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CORRECTIONS = "ix_article_revisions_correction_article_id_seen"
_FEEDS = (
    ("language_found", sa.String(35)),
    ("interval_seconds", sa.Float(53)),
    ("emptied_since", sa.DateTime()),
)


def upgrade() -> None:
    """Add it all. What the list says of a feed's language is told apart from the next time that it is asked."""
    with op.batch_alter_table("feeds", recreate="never") as batch:
        for name, kind in _FEEDS:
            batch.add_column(sa.Column(name, kind))
    with op.batch_alter_table("article_revisions", recreate="never") as batch:
        batch.add_column(sa.Column("correction", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(_CORRECTIONS, "article_revisions", ["correction", "article_id", "seen"])
    # Until now a feed that was read had the language found in place of the listed one.
    op.execute("UPDATE feeds SET language_found = language WHERE last_success IS NOT NULL")


def downgrade() -> None:
    """Drop it all, the language found in its old place again."""
    op.execute("UPDATE feeds SET language = language_found WHERE language_found IS NOT NULL")
    op.drop_index(_CORRECTIONS, table_name="article_revisions")
    with op.batch_alter_table("article_revisions", recreate="never") as batch:
        batch.drop_column("correction")
    with op.batch_alter_table("feeds", recreate="never") as batch:
        for name, _ in _FEEDS:
            batch.drop_column(name)
