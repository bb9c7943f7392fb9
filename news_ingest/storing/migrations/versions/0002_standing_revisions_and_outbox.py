"""How feeds are doing; revisions, tags and stories of articles; the index's outbox.

Columns are added and dropped in place, never by making a table anew: on SQLite, dropping the old `feeds` would take
every article with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FEEDS = (
    ("location", sa.Text(), None),
    ("moving_to", sa.Text(), None),
    ("moves_seen", sa.Integer(), sa.text("0")),
    ("retired", sa.Boolean(), sa.false()),
    ("failures", sa.Integer(), sa.text("0")),
    ("last_success", sa.DateTime(), None),
    ("last_new", sa.DateTime(), None),
    ("rhythm_seconds", sa.Float(53), None),
    ("next_due", sa.DateTime(), None),
)
_ARTICLES = (
    ("listed", sa.Boolean(), sa.true()),
    ("story", sa.String(64), None),
    ("canonical", sa.String(16), None),
    ("revisions", sa.Integer(), sa.text("0")),
    ("changed", sa.BigInteger(), sa.text("0")),
)


def upgrade() -> None:
    """Add it all; what is there already waits for the index once more."""
    for table, columns in (("feeds", _FEEDS), ("articles", _ARTICLES)):
        with op.batch_alter_table(table, recreate="never") as batch:
            for name, kind, default in columns:
                batch.add_column(sa.Column(name, kind, nullable=default is None, server_default=default))
    op.create_index("ix_articles_changed", "articles", ["changed"])
    op.create_index("ix_articles_story", "articles", ["story"])
    _make_tables()
    op.execute("UPDATE articles SET changed = 1")
    op.execute("INSERT INTO article_mark (id, value) VALUES (1, 1)")
    op.execute(
        "INSERT INTO article_outbox (article_id, action, since, mark) SELECT id, 'put', updated, 1 FROM articles"
    )
    op.execute("UPDATE feeds SET last_success = last_fetched WHERE last_error IS NULL")
    op.execute("UPDATE feeds SET failures = 1 WHERE last_error IS NOT NULL")
    op.execute("UPDATE feeds SET last_new = (SELECT max(first_seen) FROM articles WHERE feed_id = feeds.id)")


def downgrade() -> None:
    """Drop it all. Feeds and articles stay as they are."""
    for table in ("article_mark", "article_outbox", "article_revisions", "article_tags"):
        op.drop_table(table)
    op.drop_index("ix_articles_story", table_name="articles")
    op.drop_index("ix_articles_changed", table_name="articles")
    for table, columns in (("feeds", _FEEDS), ("articles", _ARTICLES)):
        with op.batch_alter_table(table, recreate="never") as batch:
            for name, _, _ in columns:
                batch.drop_column(name)


def _make_tables() -> None:
    op.create_table(
        "article_tags",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("tag", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "tag", name="pk_article_tags"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_tags_article_id", ondelete="CASCADE"),
    )
    op.create_index("ix_article_tags_tag", "article_tags", ["tag"])
    op.create_table(
        "article_revisions",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime()),
        sa.Column("diff", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_revisions"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_revisions_article_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "article_outbox",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("action", sa.String(4), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_outbox"),
    )
    op.create_index("ix_article_outbox_mark", "article_outbox", ["mark"])
    op.create_table(
        "article_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article_mark"),
    )
