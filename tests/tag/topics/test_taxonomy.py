from pathlib import Path

import pytest

from schemas.errors import ConfigurationError
from schemas.newscodes import gdelt_themes, media_topics
from schemas.taxonomy import Taxonomy

_DEFECTION = """
[[topics]]
slug = "strike"
label = "Strike"
group = "labour"
definition = "Workers stop working."
phrases = ["walkout"]
"""


def test_the_shipped_taxonomy_has_the_case_topics() -> None:
    taxonomy = Taxonomy.load()
    assert len(taxonomy.topics) == 58
    assert all(topic.match and topic.no_match for topic in taxonomy.topics)
    assert {topic.group for topic in taxonomy.topics} == {"procedure", "diplomacy", "charge", "rights"}


def test_a_file_extends_overrides_and_removes(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text('remove = ["summit"]\n[[topics]]\nslug = "arrest"\nphrases = ["nicked"]\n' + _DEFECTION)
    taxonomy = Taxonomy.load(path)
    assert len(taxonomy.topics) == 58
    assert taxonomy["arrest"].phrases == ("nicked",)
    assert taxonomy["arrest"].label == "Arrest"
    assert taxonomy["strike"].iptc is None
    with pytest.raises(KeyError):
        taxonomy["summit"]


def test_a_file_replaces_everything() -> None:
    assert [topic.slug for topic in Taxonomy.from_text("replace = true\n" + _DEFECTION).topics] == ["strike"]


def test_the_version_changes_with_any_rule_and_with_nothing_else() -> None:
    shipped = Taxonomy.load().version
    assert Taxonomy.load().version == shipped
    assert Taxonomy.from_text("# only a comment").version == shipped
    assert Taxonomy.from_text('[[topics]]\nslug = "arrest"\nphrases = ["nicked"]').version != shipped


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[topics]]\nslug = 'arrest'\nphrase = ['x']", r"mine.toml:1: topic arrest: unknown key 'phrase': did"),
        ("\n[[topics]]\nslug = 'new'\nphrases = ['x']", r"mine.toml:2: topic new: 'label' is missing"),
        ("[[topics]]\nslug = 'arrest'\niptc = '20000130'", r"mine.toml:1: topic arrest: iptc: .* write \"medtop:\""),
        ("[[topics]]\nslug = 'arrest'\nphrases = ['{crimes}']", r"topic 'arrest': \{crimes\}: there is no such set"),
        ("[[topics]]\nslug = 'arrest'\nparents = ['arest']", r"topic 'arrest': there is no topic 'arest'"),
        ("[[topics]]\nslug = 'arrest'\nphrases = []\nnear = []", r"topic arrest: nothing can tag it"),
        ("[[topics]]\nslug = 'arrest'\n[[topics]]\nslug = 'arrest'", r"topic 'arrest' stands twice"),
        ("[[topics]]\nlabel = 'x'", r"has no `slug`"),
        ("[[topics]\nslug = 1", r"mine.toml: is not TOML: .*line 1"),
        ("colour = 1", r"unknown key 'colour'"),
        ("remove = ['arest']", r"mine.toml:1: remove: there is no topic 'arest'"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_place_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Taxonomy.from_text(text, "mine.toml")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent\.toml: cannot be read"):
        Taxonomy.load(tmp_path / "absent.toml")


def test_codes_know_what_was_retired() -> None:
    assert media_topics()["medtop:20000604"].note == "use medtop:20000598"
    assert media_topics()["medtop:20000119"].retired
    assert not media_topics()["medtop:20000605"].retired
    assert "ARREST" in gdelt_themes()
