from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from transforms.parse.feed import RawEntry
from transforms.parse.identity import Identity, Policy, fingerprint, identify

ENTRY = RawEntry(
    guid="n-0",
    link="https://news.example/2024/03/05/story-0",
    title="Story 0",
    summary="<p>Text</p>",
    content="",
    authors=[],
    categories=[],
    published="Tue, 05 Mar 2024 10:00:00 GMT",
    updated=None,
    language=None,
    source_title=None,
    source_url=None,
    images=[],
    base_url=None,
)


def entries(count: int) -> list[RawEntry]:
    return [
        replace(ENTRY, guid=f"n-{n}", link=f"https://news.example/2024/03/05/story-{n}", title=f"Story {n}")
        for n in range(count)
    ]


def named(document: list[RawEntry], policy: Policy = "guid") -> list[Identity]:
    return identify(document, policy)[0]


def keys(document: list[RawEntry], policy: Policy = "guid") -> list[int]:
    return [identity.key for identity in named(document, policy)]


def aliases(document: list[RawEntry]) -> list[int]:
    return [identity.alias for identity in named(document)]


def test_an_entry_keeps_its_name_when_all_but_its_guid_changes() -> None:
    before = entries(3)
    after = [replace(entry, title="New", link="https://elsewhere.example/x", published=None) for entry in before]
    after = [replace(entry, link=f"https://elsewhere.example/x{n}") for n, entry in enumerate(after)]
    assert keys(before) == keys(after)


def test_names_do_not_depend_on_the_other_entries_nor_the_scheme() -> None:  # requirement 44
    document = [replace(entry, guid=f"http://news.example/?p={n}") for n, entry in enumerate(entries(5))]
    secure = [replace(entry, guid=f"https://news.example/?p={n}") for n, entry in enumerate(entries(5))]
    assert keys(document)[2:] == keys(secure[2:])


def test_a_constant_guid_does_not_collapse_a_feed() -> None:  # miniflux#4197
    document = [replace(entry, guid="feed") for entry in entries(10)]
    identities, policy = identify(document, "guid")
    assert len({identity.key for identity in identities}) == 10
    assert policy == "link"


def test_constant_guids_and_links_leave_title_and_date() -> None:  # requirement 45
    document = [replace(entry, guid="", link="https://news.example/") for entry in entries(10)]
    identities, policy = identify(document, "guid")
    assert len({identity.key for identity in identities}) == 10
    assert len({identity.alias for identity in identities}) == 10
    assert policy == "title_date"


def test_entries_without_anything_but_text_are_told_apart() -> None:
    document = [replace(ENTRY, guid=None, link=None, title="", published=None, summary=f"Text {n}") for n in range(4)]
    assert len(set(keys(document))) == 4


def test_one_bad_guid_in_fifty_does_not_change_the_others() -> None:  # requirement 44
    document = entries(50)
    damaged = [replace(document[0], guid=None), *document[1:]]
    identities, policy = identify(damaged, "guid")
    assert policy == "guid"
    assert [identity.key for identity in identities[1:]] == keys(document)[1:]
    assert len({identity.key for identity in identities}) == 50


def test_the_policy_never_goes_back() -> None:  # FreshRSS#5909
    _, policy = identify(entries(10), "link")
    assert policy == "link"
    assert keys(entries(10), "link") != keys(entries(10), "guid")


def test_the_same_entry_listed_twice_is_one() -> None:
    document = [*entries(10), ENTRY]
    identities, policy = identify(document, "guid")
    assert policy == "guid"
    assert identities[0] == identities[-1]


def test_changing_guids_do_not_flood() -> None:  # requirement 44
    renamed = [replace(entry, guid=f"rebuilt-{n}") for n, entry in enumerate(entries(10))]
    assert set(keys(renamed)).isdisjoint(keys(entries(10)))
    assert aliases(renamed) == aliases(entries(10))


def test_the_alias_outlives_a_move_of_the_site() -> None:  # requirement 44
    moved = [
        replace(entry, link=(entry.link or "").replace("https://news", "http://www.paper")) for entry in entries(3)
    ]
    assert aliases(moved) == aliases(entries(3))


def test_short_paths_of_different_hosts_are_different() -> None:
    document = [replace(ENTRY, guid=f"{n}", link=f"https://site{n}.example/blog") for n in range(3)]
    assert len(set(aliases(document))) == 3


def test_a_home_page_names_no_entry() -> None:
    today = replace(ENTRY, guid="strip-1", link="https://comic.example/", title="Strip 1")
    tomorrow = replace(ENTRY, guid="strip-2", link="https://comic.example/", title="Strip 2")
    assert aliases([today]) != aliases([tomorrow])


def test_degrading_keeps_the_alias() -> None:
    degraded = [replace(entry, guid="") for entry in entries(10)]
    assert aliases(degraded) == aliases(entries(10))


@given(
    st.lists(
        st.builds(
            RawEntry,
            guid=st.sampled_from(["", "a", "b", "https://x.example/1", None]),
            link=st.sampled_from(["https://x.example/", "https://x.example/page/number/1", "/a", "mailto:x", None]),
            title=st.sampled_from(["", "T", "U"]),
            summary=st.sampled_from(["", "s", "t"]),
            content=st.just(""),
            authors=st.just([]),
            categories=st.just([]),
            published=st.sampled_from([None, "2024-03-05"]),
            updated=st.none(),
            language=st.none(),
            source_title=st.none(),
            source_url=st.none(),
            images=st.just([]),
            base_url=st.none(),
        ),
        max_size=12,
    ),
    st.sampled_from(["guid", "link", "title_date"]),
)
def test_hashes_fit_parquet_and_order_does_not_matter(document: list[RawEntry], policy: Policy) -> None:
    identities, degraded = identify(document, policy)
    order: list[Policy] = ["guid", "link", "title_date"]
    assert order.index(degraded) >= order.index(policy)
    assert len(identities) == len(document)
    assert all(-(2**63) <= value < 2**63 for identity in identities for value in (identity.key, identity.alias))
    assert named(document[::-1], policy) == identities[::-1]


def test_markup_and_blanks_are_no_revision() -> None:
    rewritten = replace(ENTRY, title=" Story  0", summary="<div>\n <p class='x'>Text</p></div><script>1</script>")
    assert fingerprint(rewritten) == fingerprint(ENTRY)


def test_words_are_a_revision() -> None:  # requirement 57
    changes = [replace(ENTRY, title="Story 1"), replace(ENTRY, summary="<p>Texts</p>"), replace(ENTRY, content="More")]
    assert len({fingerprint(entry) for entry in [ENTRY, *changes]}) == 4
