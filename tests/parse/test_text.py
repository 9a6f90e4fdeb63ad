import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.parse.text import blocks, to_text
from transforms.parse.titles import clean_title


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>bo</b>ld</p><p>Two &amp; three</p>", "One bold\n\nTwo & three"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<h2>Head</h2><p>Text</p>", "Head\n\nText"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<p>a</p><script>evil()</script><style>p{}</style><p>b</p>", "a\n\nb"),
        ("<p>a</p><p hidden>x</p><div style='display:none'>x</div><iframe>x</iframe><noscript>x</noscript>", "a"),
        ("<p>a<img src='x' alt='picture'><!-- note --></p>", "a"),
        ("<p>a\u00adb\u200bc\ufeff</p>", "abc"),
        ("<p>  many \t blanks\n here&nbsp; </p>", "many blanks here"),
        ("plain & simple, 1 < 2 > 0", "plain & simple, 1 < 2 > 0"),
        ("List<String> of x", "List<String> of x"),
        ("line one\nline two\n\n\n\nline three", "line one\nline two\n\nline three"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"),
        ("<div>&lt;p&gt;One&lt;/p&gt;</div>", "One"),
        ("&amp;amp;lt;", "&lt;"),
        ("<p>write &lt;b&gt; in HTML</p>", "write <b> in HTML"),
        ("", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:  # requirement 51
    assert to_text(markup) == text


@given(st.text(max_size=200))
def test_text_is_tidy_whatever_the_markup(markup: str) -> None:
    text = to_text(markup)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert all(block == block.strip() for block in blocks(text))


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), min_size=1, max_size=20))
def test_words_survive_and_stay_in_order(words: list[str]) -> None:
    paragraphs = "".join(f"<p>{word}</p>" for word in words)
    assert blocks(to_text(paragraphs)) == blocks(to_text("\n".join(words)))


@pytest.mark.parametrize(
    ("markup", "source", "title"),
    [
        ("Court <i>extends</i> detention", None, "Court extends detention"),
        ("A &amp;amp; B", None, "A & B"),
        (" two\n lines ", None, "two lines"),
        ("Court extends detention - Reuters", "Reuters", "Court extends detention"),
        ("Court extends detention | The Paper", "the paper", "Court extends detention"),
        ("Court extends detention - A - B", "A - B", "Court extends detention"),
        ("Court extends detention - Reuters", None, "Court extends detention - Reuters"),
        ("Court extends detention - Reuters", "AFP", "Court extends detention - Reuters"),
        ("A night at Reuters", "Reuters", "A night at Reuters"),
        ("Self-Reuters", "Reuters", "Self-Reuters"),
        ("Reuters", "Reuters", "Reuters"),
    ],
)
def test_titles_are_one_plain_line(markup: str, source: str | None, title: str) -> None:  # requirement 49
    assert clean_title(markup, source) == title
