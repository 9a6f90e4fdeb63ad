"""The tables in DuckDB: views over the Parquet files, wherever they lie."""

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs
from obstore.fsspec import FsspecStore

from schemas.record import arrow_schema
from schemas.tables import TABLES
from transforms.write.store import Store, s3_endpoint

_DERIVED = {
    "story_articles": """
        SELECT s.story_id, s.title, s.published_at, s.date, s.origin_agency, s.topic_slugs, s.countries,
               count(*) FILTER (a.relation IN ('copy', 'excerpt', 'same_url')) AS copies,
               count(*) FILTER (a.relation = 'revision') AS revisions,
               count(DISTINCT a.outlet) AS outlet_count,
               list(DISTINCT a.outlet ORDER BY a.outlet) AS outlets,
               arg_min(a.outlet, a.published_at) AS first_outlet,
               min(a.published_at) AS first_published_at,
               min(a.first_seen_at) AS first_seen_at,
               max(a.first_seen_at) AS last_seen_at
        FROM stories s JOIN articles a USING (story_id)
        GROUP BY ALL
    """,
    "entities": """
        SELECT story_id, published_at, date, title, e.name, e.label, e.kb_id, e.text, e.start, e."end"
        FROM (SELECT *, unnest(entities) AS e FROM stories)
    """,
    "topics": """
        SELECT story_id, published_at, date, title, t.slug, t.score, t.main, t.iptc, t.evidence
        FROM (SELECT *, unnest(topics) AS t FROM stories)
    """,
}
_DAY = pa.field("date", pa.date32())


def connect(location: str) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in which the tables of an output, and what joins them, are views.

    Raises:
        StorageError: the output cannot be listed.
    """
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    store = Store(location, create=False)
    for name in TABLES:
        connection.register(f"{name}_files", _table(store, name))
        connection.execute(f"CREATE VIEW {name} AS FROM {name}_files")
    for name, select in _DERIVED.items():
        connection.execute(f"CREATE VIEW {name} AS {select}")
    return connection


def _table(store: Store, name: str) -> ds.Dataset | pa.Table:
    """All files of one table; an empty table before the first one."""
    schema = arrow_schema(TABLES[name]).append(_DAY)
    paths = sorted(path for path in store.list(name) if path.endswith(".parquet"))
    if not paths:
        return schema.empty_table()
    filesystem, root = _filesystem(store.location)
    return ds.dataset(
        [f"{root}/{path}" for path in paths],
        schema=schema,
        format="parquet",
        filesystem=filesystem,
        partitioning=ds.partitioning(pa.schema([_DAY]), flavor="hive"),
    )


def _filesystem(location: str) -> tuple[pyarrow.fs.FileSystem, str]:
    """A filesystem for pyarrow, and the output's path within it."""
    scheme, separator, path = location.partition("://")
    if not separator:
        return pyarrow.fs.LocalFileSystem(), location
    match scheme:
        case "s3":
            remote = FsspecStore("s3", **s3_endpoint())
        case "gs":
            remote = FsspecStore("gs")
        case _:
            remote = FsspecStore("az")
    return pyarrow.fs.PyFileSystem(pyarrow.fs.FSSpecHandler(remote)), path.rstrip("/")
