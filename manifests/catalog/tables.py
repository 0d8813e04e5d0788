"""The tables of the catalogue, schema version 1.

Times are ISO 8601 in UTC to the second, so that they sort as text. Language maps, masters and findings' values are
JSON. `number` is a row's own key and never leaves the catalogue; ids do.

Nothing here is ever renumbered: a work keeps its row when it is removed, a page when it is pruned (the tombstones that
answer 410), and the change log only grows.
"""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
ANYCASE = Text(collation="NOCASE")

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

works = Table(
    "works",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ANYCASE, nullable=False, unique=True),
    Column("root", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("label", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("updated", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("text", Text),
    Column("first_image", Text),
    Column("first_width", Integer),
    Column("first_height", Integer),
    UniqueConstraint("root", "folder"),
    Index("works_by_state", "state", "id"),
    Index("works_with_text", "text", "id", "generation"),
)

pages = Table(
    "pages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("work", ForeignKey("works.number"), nullable=False),
    Column("id", ANYCASE, nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("label", JSON, nullable=False),
    Column("file", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("master", JSON, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("pyramid", Text, nullable=False),
    Column("pyramid_digest", Text, nullable=False),
    Column("pyramid_length", Integer, nullable=False),
    Column("recipe", Integer, nullable=False),
    Column("grey", Integer, nullable=False),
    Column("text_file", Text),
    Column("text_format", Text),
    Column("text_stamp", Text),
    Column("tiles", LargeBinary, nullable=False),
    UniqueConstraint("work", "id"),
    Index("pages_in_order", "work", "position"),
    Index("pages_by_pyramid", "state", "pyramid"),
)

documents = Table(
    "documents",
    metadata,
    Column("work", ForeignKey("works.number"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("maker", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("root", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("page", Text),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("values", JSON, nullable=False),
    Index("findings_by_folder", "root", "folder"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("work", ForeignKey("works.number"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("time", Text, nullable=False),
    Index("changes_of_work", "work", "seq"),
    sqlite_autoincrement=True,
)

to_index = Table(
    "to_index",
    metadata,
    Column("work", ForeignKey("works.number"), primary_key=True),
    Column("generation", Integer, nullable=False),
)

staging = Table(
    "staging",
    metadata,
    Column("root", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("recipe", Integer, nullable=False),
    Column("pyramid", Text, nullable=False),
    Column("carved", JSON, nullable=False),
    Column("tiles", LargeBinary, nullable=False),
    Index("staging_by_pyramid", "pyramid"),
)

collections = Table(
    "collections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ANYCASE, nullable=False, unique=True),
    Column("label", JSON, nullable=False),
    Column("updated", Text, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("collection", ForeignKey("collections.number"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("work", ForeignKey("works.number")),
    Column("part", ForeignKey("collections.number")),
    CheckConstraint("(work IS NULL) <> (part IS NULL)", name="work_or_part"),
    UniqueConstraint("collection", "work"),
    UniqueConstraint("collection", "part"),
    Index("members_in_order", "collection", "position", "number"),
    Index("members_of_work", "work"),
    Index("members_of_part", "part"),
)
