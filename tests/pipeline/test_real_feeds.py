"""Real feeds, served on loopback: everything in them becomes a row or a reject."""

import shutil
from collections import Counter
from pathlib import Path

import pyarrow.dataset as ds
import pytest
import spacy

from pipeline.sample_server import serve
from schemas.flow import Feed
from schemas.record import arrow_schema
from schemas.tables import TABLES
from tests.pipeline.newsroom import rows, run
from transforms.tag.transform import TaggerSettings

pytestmark = pytest.mark.data

COLLECTIONS = ("rss_parser_js", "miniflux_testdata", "real_blogs")
FEED_SUFFIXES = {".xml", ".rss", ".atom", ".rdf", ".json"}


@pytest.fixture(scope="module")
def output(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    location = str(tmp_path_factory.mktemp("real feeds"))
    feeds: list[Feed] = []
    with serve(folder) as base_url:
        for collection in COLLECTIONS:
            for path in sorted((shared_data / "feeds" / collection).rglob("*")):
                if path.is_file() and path.suffix in FEED_SUFFIXES and "_output" not in path.parts:
                    name = f"{collection}-{len(feeds)}{path.suffix}"
                    shutil.copyfile(path, folder / name)
                    feeds.append(
                        Feed(feed_id=name.lower(), url=base_url + name, outlet=path.stem, private_network=True)
                    )
        # Names by rule alone: tagging is measured elsewhere, and a model takes minutes over so many long blogs.
        nlp = spacy.blank("en")
        nlp.add_pipe("entity_ruler")
        nlp.to_disk(folder / "rules")
        run(feeds, location, tagger=TaggerSettings(spacy_model=str(folder / "rules")))
    return location


def test_every_item_is_a_row_or_a_reject(output: str) -> None:
    fetches = rows(output, "fetches")
    assert len(fetches) > 90
    articles = Counter(row["feed_id"] for row in rows(output, "articles"))
    rejected = Counter(row["feed_id"] for row in rows(output, "rejects") if row["stage"] == "entry")
    lost = {
        fetch["feed_id"]: (fetch["items"], articles[fetch["feed_id"]], rejected[fetch["feed_id"]], fetch["detail"])
        for fetch in fetches
        if fetch["items"] != articles[fetch["feed_id"]] + rejected[fetch["feed_id"]]
    }
    assert lost == {}
    assert sum(fetch["items"] for fetch in fetches) > 1_500


def test_every_document_that_is_no_feed_is_kept_as_a_reject(output: str) -> None:
    unread = {row["feed_id"] for row in rows(output, "fetches") if row["outcome"] not in {"new", "nothing_new"}}
    kept = {row["feed_id"] for row in rows(output, "rejects") if row["stage"] in {"document", "fetch"}}
    empty = {row["feed_id"] for row in rows(output, "fetches") if row["body_bytes"] == 0}
    assert unread - kept - empty == set()


@pytest.mark.parametrize("table", ["stories", "articles", "fetches"])
def test_tables_are_valid_for_arrow_too(output: str, table: str) -> None:
    dataset = ds.dataset(f"{output}/{table}", format="parquet", partitioning="hive")
    assert dataset.count_rows() == len(rows(output, table)) > 0
    for column in arrow_schema(TABLES[table]):
        found = dataset.schema.field(column.name)
        assert found.type == column.type
        assert found.metadata[b"description"] == column.metadata[b"description"]
