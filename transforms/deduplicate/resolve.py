"""From matches to stories: each article joins the story of a lead it was verified against, or leads one itself.

No chains: a match with an article that is not a lead counts only where the two are all but verbatim and that article
was itself verified against its lead. So every article is at most one verbatim step away from a verified pair.
"""

from collections.abc import Iterable

from schemas.flow import Item, Match, Placement
from transforms.deduplicate.place import lead
from transforms.deduplicate.sketch import moment

_PRECEDENCE = {"revision": 0, "same_url": 1, "copy": 2, "excerpt": 2}


def resolve(matches: Iterable[Match]) -> list[Placement]:
    """Places every article that matched something earlier, whatever the order of the matches.

    Articles that do not appear lead their own story.
    """
    by_article: dict[str, list[Match]] = {}
    for match in matches:
        by_article.setdefault(match.article_id, []).append(match)
    placed: dict[str, Placement] = {}
    # Time order: an article is placed after those it may join.
    for article_id in sorted(by_article, key=lambda id_: (by_article[id_][0].published_at, id_)):
        _place(article_id, by_article, placed)
    return list(placed.values())


def known_revision(item: Item) -> Match | None:
    """The match of a revision with a version whose story is remembered; its similarity is 0, for want of the text."""
    if item.previous_id is None or item.previous_story_id is None:
        return None
    return Match(
        article_id=item.article_id,
        published_at=moment(item),
        matched_article_id=item.previous_id,
        matched_story_id=item.previous_story_id,
        matched_verified=True,
        relation="revision",
        similarity=0.0,
        verbatim=False,
    )


def _place(article_id: str, by_article: dict[str, list[Match]], placed: dict[str, Placement]) -> None:
    if article_id in placed or article_id not in by_article:
        return
    placed[article_id] = lead(article_id)
    ranked = sorted(by_article[article_id], key=_rank)
    for match in ranked:
        if match.relation == "revision":
            # A version may carry the date of the one it revises, and so be met before it.
            _place(match.matched_article_id, by_article, placed)
        if placement := _follow(match, placed.get(match.matched_article_id)):
            placed[article_id] = placement
            return


def _follow(match: Match, matched: Placement | None) -> Placement | None:
    """The placement in the story of the matched article; None where that would be a chain."""
    story_id = matched.story_id if matched else match.matched_story_id or match.matched_article_id
    leads = story_id == match.matched_article_id
    verified = matched.verified if matched else match.matched_verified
    same_item = match.relation in {"revision", "same_url"}
    if not (leads or same_item or (match.verbatim and verified)):
        return None
    return Placement(
        article_id=match.article_id,
        story_id=story_id,
        relation=match.relation,
        similarity=match.similarity,
        matched_article_id=match.matched_article_id,
        verified=leads,
    )


def _rank(match: Match) -> tuple[int, float, str]:
    return _PRECEDENCE[match.relation], -match.similarity, match.matched_article_id
