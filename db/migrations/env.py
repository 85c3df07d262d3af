"""Alembic runs inside the connection and transaction that `db.migrate` hands it."""

from alembic import context
from sqlmodel import SQLModel

import db.models  # noqa: F401  (fills the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
