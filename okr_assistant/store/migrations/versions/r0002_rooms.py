"""Rooms with who facilitates them, their participants, votes and receipts; and codes that led to no room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Make the tables of workshops."""
    _rooms()
    _people()
    _votes()
    op.create_table(
        "wrong_codes",
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("codes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("at", name="pk_wrong_codes"),
    )


def _rooms() -> None:
    op.create_table(
        "rooms",
        *(sa.Column(name, sa.String, nullable=False) for name in ("id", "code")),
        sa.Column("facilitator_hash", sa.LargeBinary, nullable=False),
        sa.Column("co_facilitator_hash", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("revision", "round")),
        sa.Column("closes_at", sa.BigInteger),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
        sa.UniqueConstraint("code", name="uq_rooms_code"),
        sa.UniqueConstraint("facilitator_hash", name="uq_rooms_facilitator_hash"),
        sa.UniqueConstraint("co_facilitator_hash", name="uq_rooms_co_facilitator_hash"),
    )


def _people() -> None:
    op.create_table(
        "facilitators",
        sa.Column("room_id", sa.String, nullable=False),
        sa.Column("browser_hash", sa.LargeBinary, nullable=False),
        sa.Column("by_co_key", sa.Boolean, nullable=False),
        _of_room("facilitators"),
        sa.PrimaryKeyConstraint("room_id", "browser_hash", name="pk_facilitators"),
    )
    op.create_index("ix_facilitators_browser_hash", "facilitators", ["browser_hash"])
    op.create_table(
        "participants",
        sa.Column("room_id", sa.String, nullable=False),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("spectator", sa.Boolean, nullable=False),
        sa.Column("joined_at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("begun", "done")),
        _of_room("participants"),
        sa.PrimaryKeyConstraint("room_id", "seat", name="pk_participants"),
        sa.UniqueConstraint("token_hash", name="uq_participants_token_hash"),
    )


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("room_id", sa.String, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("seat", "round")),
        sa.Column("question", sa.String, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("choice", "reason")),
        sa.Column("at", sa.BigInteger, nullable=False),
        _of_participant("votes"),
        sa.PrimaryKeyConstraint("room_id", "seat", "round", "question", name="pk_votes"),
    )
    op.create_table(
        "receipts",
        sa.Column("room_id", sa.String, nullable=False),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        _of_participant("receipts"),
        sa.PrimaryKeyConstraint("room_id", "seat", "key", name="pk_receipts"),
    )


def _of_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _of_participant(table: str) -> sa.ForeignKeyConstraint:
    here, there = ["room_id", "seat"], ["participants.room_id", "participants.seat"]
    return sa.ForeignKeyConstraint(here, there, name=f"fk_{table}_room_id_seat", ondelete="CASCADE")
