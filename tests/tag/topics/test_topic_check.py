from schemas.taxonomy import Taxonomy
from transforms.tag.topics.check import Problem, check

_HEADER = 'replace = true\n[[topics]]\nslug = "t"\nlabel = "T"\ngroup = "g"\ndefinition = "d"\n'


def _problems(rules: str) -> list[tuple[Problem, str]]:
    report = check(Taxonomy.from_text(_HEADER + rules))
    return [(finding.problem, finding.message) for finding in report.findings]


def test_the_shipped_taxonomy_passes() -> None:
    report = check(Taxonomy.load())
    assert report.ok, [finding for finding in report.findings if finding.is_error]
    assert {finding.problem for finding in report.findings} <= {"overlap"}
    assert report.topics == 58
    assert report.examples > 2 * 58
    assert report.words_per_s > 0


def test_an_example_that_fails_is_an_error_with_its_evidence() -> None:
    ((problem, message),) = _problems('phrases = ["apple"]\nno_match = ["An apple."]')
    assert problem == "example"
    assert "'apple' by 'apple'" in message
    assert _problems('phrases = ["apple"]\nmatch = ["A pear."]')[0][0] == "example"


def test_a_phrase_that_an_exclusion_always_covers_is_unreachable() -> None:
    assert _problems('phrases = ["apple pie", "pear"]\nexclusions = ["apple"]')[0][0] == "unreachable"


def test_a_phrase_within_another_is_a_duplicate() -> None:
    assert _problems('phrases = ["charge", "charged"]')[0][0] == "duplicate"


def test_topics_that_share_a_phrase_overlap_unless_one_is_the_parent() -> None:
    other = '[[topics]]\nslug = "u"\nlabel = "U"\ngroup = "g"\ndefinition = "d"\nphrases = ["apple"]\n'
    assert [problem for problem, _ in _problems(f'phrases = ["apple"]\n{other}')] == ["overlap"]
    assert _problems(f'phrases = ["apple"]\n{other}parents = ["t"]') == []


def test_unknown_and_retired_codes_are_named() -> None:
    found = _problems('phrases = ["apple"]\niptc = "medtop:20000604"\ngdelt = ["APPLES"]')
    assert [problem for problem, _ in found] == ["retired", "unknown"]
    assert "use medtop:20000598" in found[0][1]
    assert _problems('phrases = ["apple"]\niptc = "medtop:99999999"')[0][0] == "unknown"
