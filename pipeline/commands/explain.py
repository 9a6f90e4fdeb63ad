"""`casewire explain`: why an article is where it is."""

from datetime import timedelta
from typing import Annotated

import typer

from pipeline.memory import read_sketches
from pipeline.query import connect
from schemas.errors import ConfigurationError
from transforms.deduplicate.explain import nearest
from transforms.write.store import Store, absolute

_FOUND = """
    SELECT article_id, story_id, relation, similarity, outlet, title, published_at FROM articles
    WHERE article_id = $1 OR url = $1 OR canonical_url = $1 ORDER BY version DESC LIMIT 1
"""


def explain(
    article: Annotated[str, typer.Argument(help="An article_id, or the address of the page.")],
    output: Annotated[str, typer.Option(help="The output to read.", envvar="CASEWIRE_OUTPUT")] = "data",
    window: Annotated[int, typer.Option(help="Hours apart that copies may be.")] = 72,
) -> None:
    """Shows an article's story, and what it was compared with: shared keys, containment, numbers and names."""
    location = absolute(output)
    tables = connect(location)
    found = tables.execute(_FOUND, [article]).fetchone()
    if found is None:
        raise ConfigurationError(
            f"{location}: there is no article {article!r}; copy an article_id or url from articles"
        )
    article_id, story_id, relation, similarity, outlet, title, published_at = found
    typer.echo(f"{title}\n  {outlet}, {published_at:%Y-%m-%d %H:%M} UTC, article {article_id}")
    typer.echo(f"  {relation} of story {story_id}, similarity {similarity:.2f}")
    sketches = {sketch.article_id: sketch for sketch in read_sketches(Store(location, create=False))}
    mine = sketches.get(article_id)
    if mine is None:
        typer.echo("  what it was compared with is forgotten: it was seen before the window")
        return
    titles = dict(tables.execute("SELECT article_id, outlet || ': ' || title FROM articles").fetchall())
    for pair in nearest(mine, sketches.values(), timedelta(hours=window)):
        typer.echo("\n" + "\n".join([titles.get(pair.other_id, ""), *pair.lines()]))
