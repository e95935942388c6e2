"""Stored links with remarks, saved results, and the secret of the installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the first tables. Instants are microseconds since 1970."""
    op.create_table(
        "links",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("owner_hash", sa.LargeBinary, nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("remarks_open", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_links"),
        sa.UniqueConstraint("owner_hash", name="uq_links_owner_hash"),
    )
    op.create_table(
        "remarks",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("question", "option", "reason", "name")),
        sa.ForeignKeyConstraint(
            ["token_hash"], ["links.token_hash"], name="fk_remarks_token_hash", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", "id", name="pk_remarks"),
    )
    op.create_table(
        "results",
        sa.Column("browser_hash", sa.LargeBinary, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("saved_at", "changed_at", "visited_at")),
        sa.PrimaryKeyConstraint("browser_hash", "id", name="pk_results"),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
