"""Golden pairs of our own writing, one for each meaning of "the same story"."""

import pytest

from schemas.flow import Item
from tests.deduplicate.newsroom import (
    CUSTOMS,
    CUSTOMS_INDEPENDENT,
    CUSTOMS_TITLE,
    GLACIER,
    GLACIER_TITLE,
    LIBRARY,
    LIBRARY_TITLE,
    dividend,
    item,
)
from transforms.deduplicate.compare import compare
from transforms.deduplicate.features import Features
from transforms.deduplicate.sketch import Sketcher
from transforms.deduplicate.verdict import SAME, Verdict, judge

SKETCHER = Sketcher()
LEDE = CUSTOMS.split(". ")[0] + "."
PARAGRAPHS = CUSTOMS.split("\n")
EDITED = (
    CUSTOMS.replace("charged four customs officers on Thursday", "have charged four customs officers")
    .replace("1.98 million leva", "1,981,400 leva")
    .replace("Investigators seized 212 gold coins and a speedboat during searches of nine homes. ", "")
    .replace("said her clients denied wrongdoing", "says her clients deny wrongdoing")
)


def verdict(one: Item, other: Item) -> Verdict:
    features = [Features.unpack(SKETCHER.sketch(each).features) for each in (one, other)]
    assert judge(compare(*features)) == judge(compare(*reversed(features))), "the order must not matter"
    return judge(compare(*features))


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(item("b"), id="verbatim"),
        pytest.param(item("b", text=f"VARNA (AP) - {CUSTOMS}\nSubscribe to read more."), id="dateline and site text"),
        pytest.param(item("b", title="Port bribery: night watchman's photos lead to charges"), id="another headline"),
        pytest.param(item("b", text="\n".join(PARAGRAPHS[:2])), id="trimmed"),
        pytest.param(item("b", text=PARAGRAPHS[0], title="Bribes on the Black Sea"), id="trimmed to its opening"),
        pytest.param(item("b", text=EDITED, title="Customs men in Varna accused of bribery"), id="lightly edited"),
    ],
)
def test_a_copy_is_the_same_text(copy: Item) -> None:
    assert verdict(item("a"), copy) in SAME


@pytest.mark.parametrize(
    ("other", "why"),
    [
        pytest.param(item("b", text=CUSTOMS_INDEPENDENT), "too little in common", id="independent report"),
        pytest.param(item("b", text=GLACIER, title=GLACIER_TITLE), "too little in common", id="another story"),
        pytest.param(
            item("b", text=f"{GLACIER}\n{CUSTOMS}\n{LIBRARY}\n{GLACIER[::-1]}", title="Morning briefing: lake, bribes"),
            "gathers several stories",
            id="digest",
        ),
        pytest.param(
            item("b", text=f"{GLACIER}\n{LIBRARY}\n{CUSTOMS}", title="Around Europe in three stories"),
            "quotes or cites the other",
            id="digest that does not say so",
        ),
    ],
)
def test_what_is_not_a_copy(other: Item, why: Verdict) -> None:
    assert verdict(item("a"), other) == why


def test_a_template_with_other_figures_and_names_is_another_story() -> None:
    one = item("a", text=dividend("Norvik Paper", 12, "Anna Dahl"), title="Norvik Paper sets quarterly dividend")
    figures = item("b", text=dividend("Norvik Paper", 31, "Anna Dahl"), title="Norvik Paper sets quarterly dividend")
    names = item("b", text=dividend("Marbella Cement", 12, "Luis Prado"), title="Marbella Cement sets dividend")
    assert verdict(one, figures) == "figures differ"
    assert verdict(one, names) not in SAME


def test_a_statement_quoted_by_two_reporters_does_not_make_them_one() -> None:
    statement = (
        "\u201cNo officer of this service has been above the law and none will be, and whoever took a single coin from "
        "a smuggler will answer for it before a court, whatever his rank and however long ago it was,\u201d"
    )
    one = item("a", text=f"The head of customs vowed on Thursday to clean up the port. {statement} he told reporters.")
    other = item("b", text=f"Customs chief Ivan Kolev broke his silence over the affair. {statement} Kolev wrote.")
    assert verdict(one, other) not in SAME


SUMMARY = LEDE
LONGER_SUMMARY = PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item("a", text=SUMMARY), item("b", text=SUMMARY, title="Bribes on the Black Sea")),
        (item("a", text=f"{SUMMARY[:-1]} ..."), item("b", text=LONGER_SUMMARY, title="Bribes on the Black Sea")),
        (item("a", text=SUMMARY), item("b", text=CUSTOMS, title="Watchman's photos lead to charges")),
        (item("a", text="", title=CUSTOMS_TITLE), item("b", text=SUMMARY)),
    ],
)
def test_short_items_of_one_wire_are_one(one: Item, other: Item) -> None:
    assert verdict(one, other) in SAME


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        pytest.param(
            item("a", text="", title="Ferry sinks off Samos, 5 dead"),
            item("b", text="", title="Ferry sinks off Samos, 7 dead"),
            "figures differ",
            id="a headline with another figure",
        ),
        pytest.param(
            item("a", text="", title="Court jails former mayor of Varna"),
            item("b", text="", title="Court jails former mayor of Burgas"),
            "headlines differ",
            id="a headline with another name",
        ),
        pytest.param(item("a", text="", title="Weather"), item("b", text="", title="Weather"), "headlines differ"),
        pytest.param(
            item("a", text="It was the worst storm in the country for half a century.", title="Roofs fly in Bergen"),
            item(
                "b",
                text="The prime minister visits Bergen on Monday after the worst storm in the country for half a "
                "century, with questions growing about why no warning was given before the gale.",
                title="Leader faces questions over warning",
            ),
            "too little in common",
            id="a phrase that many reports have",
        ),
        pytest.param(
            item("a", text=LIBRARY[:180], title="Episode 12: trams", feed_id="podcast"),
            item("b", text=LIBRARY[:180], title="Episode 13: herring", feed_id="podcast"),
            "headlines differ",
            id="a programme's blurb",
        ),
    ],
)
def test_short_items_that_are_not(one: Item, other: Item, why: Verdict) -> None:
    assert verdict(one, other) == why


def test_one_figure_in_another_unit_does_not_part_long_copies() -> None:
    metric = f"{CUSTOMS} {GLACIER}"
    assert verdict(item("a", text=metric), item("b", text=metric.replace("1.2-kilometre", "4,000-foot"))) in SAME


def test_unrelated_items_share_no_story_whatever_their_titles() -> None:
    assert verdict(item("a", text=LIBRARY, title=LIBRARY_TITLE), item("b", title=LIBRARY_TITLE)) not in SAME
