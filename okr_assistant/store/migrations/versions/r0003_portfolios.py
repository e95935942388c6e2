"""Kept portfolios: goal maps, and those that were frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the table of portfolios."""
    op.create_table(
        "portfolios",
        sa.Column("browser_hash", sa.LargeBinary, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("frozen", sa.Text, nullable=False),
        sa.Column("of", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("saved_at", "changed_at", "visited_at")),
        sa.PrimaryKeyConstraint("browser_hash", "id", name="pk_portfolios"),
    )
