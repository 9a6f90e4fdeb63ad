import pytest

from transforms.parse.boilerplate import CAPACITY, block_hash, learn, recurring, strip_boilerplate


@pytest.mark.parametrize(
    "block",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Bookmark",
        "Scroll to top",
        "Set Daily Planet as your preferred source on Google",
        "Follow us on X and Facebook",
        "The post Court extends detention appeared first on Daily Planet.",
        "© 2024 Daily Planet. All rights reserved.",
        "Story continues below advertisement",
        "Sign up for our newsletter",
    ],
)
def test_the_sites_own_lines_go(block: str) -> None:
    assert strip_boilerplate(f"First.\n\n{block}\n\nLast.") == "First.\n\nLast."


@pytest.mark.parametrize(
    "block",
    [
        "Advertisement sales fell by 3 percent.",
        "He was asked to bookmark the page.",
        "Follow us on X, the minister wrote, and was mocked for it by everyone who had read his own report.",
        "Copyright law has changed.",
    ],
)
def test_the_storys_own_lines_stay(block: str) -> None:
    assert block in strip_boilerplate(f"First.\n\n{block}")


def test_a_text_of_nothing_else_stays() -> None:
    assert strip_boilerplate("Advertisement") == "Advertisement"


def test_blocks_of_most_items_are_learnt() -> None:
    footer = "Daily Planet, Metropolis: news since 1938"
    blocks = learn([], [f"Story {n}.\n\n{footer}" for n in range(4)])
    assert recurring(blocks) == []
    blocks = learn(blocks, ["Story 5.\n\nDaily  Planet, METROPOLIS: news since 1938"])
    assert recurring(blocks) == [block_hash(footer)]
    assert strip_boilerplate(f"Story 6.\n\n{footer}", recurring(blocks)) == "Story 6."


def test_a_heading_of_some_items_is_not_learnt() -> None:
    texts = [f"Story {n}." + ("\n\nBackground" if n % 3 == 0 else "") for n in range(60)]
    assert recurring(learn([], texts)) == []


def test_a_block_counts_once_per_item() -> None:
    assert recurring(learn([], ["again\nagain\nagain\nagain\nagain\nagain"])) == []


def test_the_memory_is_bounded_and_keeps_what_recurs() -> None:
    blocks = learn([], [f"footer\n{n}-0" for n in range(6)])
    for n in range(50):
        blocks = learn(blocks, ["\n".join(["footer", *(f"{n} {line}" for line in range(100))])])
    assert len(blocks) == CAPACITY
    assert recurring(blocks) == [block_hash("footer")]


def test_a_footer_no_longer_used_is_forgotten() -> None:
    blocks = learn([], [f"footer\n{n}" for n in range(300)])
    for n in range(3_000):
        blocks = learn(blocks, [f"later {n}"])
    assert recurring(blocks) == []
