"""The tables of the catalogue. A change here needs an upgrade in `schema`, which tests compare with these tables.

`number` is a row's own key and never leaves the catalogue; ids do. A field of a value is held by the column of its name
(`rows`).

`works`, `parts`, `shown_by` and `is_shown` of collections, `key` and `is_shown` of members follow from the other
columns: they are brought in step by the transaction that changes those (`shelving`), so that no list has to count.

Nothing here is ever renumbered: a work keeps its row when it is removed, a page when it is pruned (the tombstones that
answer 410), and the change log only grows.
"""

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from manifests.catalog.column_types import Flag, Label, MasterFacts, Moment, OneOf, Packed, RecordSaid
from manifests.collection import CollectionKind
from manifests.model import ChangeKind, FileKind, Fixity, PageState, Severity, State

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
    Column("label", Label, nullable=False),
    Column("state", OneOf(State), nullable=False),
    Column("updated", Moment, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("facets_recipe", Integer, nullable=False, server_default="0"),
    Column("text", Text),
    Column("first_image", Text),
    Column("first_width", Integer),
    Column("first_height", Integer),
    Column("nav_date", Text, nullable=False, server_default=""),
    UniqueConstraint("root", "folder"),
    Index("works_by_state", "state", "id"),
    Index("works_with_text", "text", "id", "generation"),
    Index("works_by_facets_recipe", "facets_recipe"),
)

former_ids = Table(
    "former_ids",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ANYCASE, nullable=False),
    Column("work", ForeignKey("works.number"), nullable=False),
    Index("former_ids_by_id", "id", "work"),
    Index("former_ids_of_work", "work", "number"),
)

pages = Table(
    "pages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("work", ForeignKey("works.number"), nullable=False),
    Column("id", ANYCASE, nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", OneOf(PageState), nullable=False),
    Column("label", Label, nullable=False),
    Column("file", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("master", MasterFacts, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("pyramid", Text, nullable=False),
    Column("pyramid_digest", Text, nullable=False),
    Column("pyramid_length", Integer, nullable=False),
    Column("recipe", Integer, nullable=False),
    Column("grey", Flag, nullable=False),
    Column("is_target", Flag, nullable=False, server_default="0"),
    Column("text_file", Text),
    Column("text_format", Text),
    Column("text_stamp", Text),
    Column("tiles", LargeBinary, nullable=False),
    Column("number_in_file", Integer, nullable=False),
    Column("behavior", Text, nullable=False, server_default=""),
    UniqueConstraint("work", "id"),
    Index("pages_in_order", "work", "position"),
    Index("pages_by_pyramid", "state", "pyramid"),
    Index("pages_by_length", "length", "work"),
)

recognitions = Table(
    "recognitions",
    metadata,
    Column("page", ForeignKey("pages.number"), primary_key=True),
    Column("engine", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("confidence", Float),
    Column("instead_of", Text),
    Index("recognitions_by_file", "file", "page", "sha256"),
)

records = Table(
    "records",
    metadata,
    Column("work", ForeignKey("works.number"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("record", RecordSaid, nullable=False),
    Column("shared_as", Text, nullable=False, server_default=""),
    Column("digest", Text, nullable=False, server_default=""),
    Column("body", Packed),
)

collections = Table(
    "collections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ANYCASE, nullable=False, unique=True),
    Column("parent", ForeignKey("collections.number")),
    Column("key", Text, nullable=False),
    Column("label", Label, nullable=False),
    Column("summary", Label, nullable=False),
    Column("logo", Text, nullable=False),
    Column("homepage", Text, nullable=False),
    Column("kind", OneOf(CollectionKind), nullable=False),
    Column("nav_date", Text, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("works", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("shown_by", ForeignKey("works.number")),
    Column("is_shown", Flag, nullable=False),
    Index("collections_in_order", "parent", "is_shown", "key"),
)

members = Table(
    "members",
    metadata,
    Column("collection", ForeignKey("collections.number"), primary_key=True),
    Column("work", ForeignKey("works.number"), primary_key=True),
    Column("given", Flag, nullable=False),
    Column("recorded", Flag, nullable=False),
    Column("rank", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("is_shown", Flag, nullable=False),
    Index("members_in_order", "collection", "is_shown", "key"),
    Index("members_of_work", "work", "collection"),
)

facets = Table(
    "facets",
    metadata,
    Column("facet", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("work", ForeignKey("works.number"), primary_key=True),
    Column("is_listed", Flag, nullable=False),
    Index("facets_counted", "is_listed", "facet", "value", "work"),
    Index("facets_of_work", "work", "is_listed", "facet", "value"),
    sqlite_with_rowid=False,
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
    Column("number_in_file", Integer),
    Column("code", Text, nullable=False),
    Column("severity", OneOf(Severity), nullable=False),
    Column("values", JSON, nullable=False),
    Index("findings_by_folder", "root", "folder"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("work", ForeignKey("works.number"), nullable=False),
    Column("kind", OneOf(ChangeKind), nullable=False),
    Column("time", Moment, nullable=False),
    Column("old_id", Text),
    Column("new_id", Text),
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
    Column("number_in_file", Integer, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("recipe", Integer, nullable=False),
    Column("pyramid", Text, nullable=False),
    Column("result", JSON, nullable=False),
    Column("tiles", LargeBinary, nullable=False),
    Index("staging_by_pyramid", "pyramid"),
)

hashes = Table(
    "hashes",
    metadata,
    Column("root", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("pages", Integer),
)

file_by_file = Table(
    "file_by_file",
    metadata,
    Column("root", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
)

fixity = Table(
    "fixity",
    metadata,
    Column("kind", OneOf(FileKind), primary_key=True),
    Column("root", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("verdict", OneOf(Fixity), nullable=False),
    Column("checked", Moment, nullable=False),
    Column("mtime", Integer, nullable=False),
    Index("fixity_by_verdict", "verdict", "kind"),
)
