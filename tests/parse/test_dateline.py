import pytest

from schemas.agencies import agencies
from transforms.parse.dateline import credited_agency, split_dateline

OPENINGS = [
    ("SEOUL, Aug. 22 (Yonhap) -- The court ruled.", "Seoul", "yonhap"),
    ("SEOUL, Korea, March 3 (Yonhap News Agency) -- The court ruled.", "Seoul", "yonhap"),
    ("MOSCOW, March 5. /TASS/. The court ruled.", "Moscow", "tass"),
    ("MOSCOW. March 5 (Interfax) - The court ruled.", "Moscow", "interfax"),
    ("TOKYO, March 5, Kyodo - The court ruled.", "Tokyo", "kyodo"),
    ("Beijing, March 5 (Xinhua) -- The court ruled.", "Beijing", "xinhua"),
    ("PARIS (AFP) \u2014 The court ruled.", "Paris", "afp"),
    ("ST. LOUIS (AP) \u2014 The court ruled.", "St. Louis", "ap"),
    ("WASHINGTON ( Reuters ) - The court ruled.", "Washington", "reuters"),
    ("GAZA/JERUSALEM, Oct 3 (Reuters) - The court ruled.", "Gaza/Jerusalem", "reuters"),
    ("RIO DE JANEIRO, March 1 (Reuters) - The court ruled.", "Rio de Janeiro", "reuters"),
    ("Madrid, 5 mar (EFE).- The court ruled.", "Madrid", "efe"),
    ("MOSCOU, 24 SET (ANSA) - The court ruled.", "Moscou", "ansa"),
    ("WASHINGTON (Reuters/AFP) - The court ruled.", "Washington", "reuters"),
    ("Oct 24 (Reuters) - The court ruled.", None, "reuters"),
    ("(Reuters) - The court ruled.", None, "reuters"),
    ("AP - The court ruled.", None, "ap"),
    ("WASHINGTON \u2014 The court ruled.", "Washington", None),
    ("WASHINGTON, D.C. - The court ruled.", "Washington", None),
    ("NEW DELHI: The court ruled.", "New Delhi", None),
    ("Mumbai, Aug 22: The court ruled.", "Mumbai", None),
    ("Aug 22 : The court ruled.", None, None),
    ("By Jane Doe\n\nLONDON (Reuters) - The court ruled.", "London", "reuters"),
    ("By JANE DOE, Associated Press\n\nKYIV, Ukraine - The court ruled.", "Kyiv", "ap"),
    ("By Reuters Staff\n\nThe court ruled.", None, "reuters"),
]


@pytest.mark.parametrize(("text", "place", "agency"), OPENINGS)
def test_opening_is_split_off(text: str, place: str | None, agency: str | None) -> None:
    dateline = split_dateline(text)
    assert (dateline.place, dateline.agency) == (place, agency)
    assert text[dateline.body_start : dateline.body_end] == "The court ruled."


@pytest.mark.parametrize(
    "text",
    [
        "He told CNN - that was last week - he would resign.",
        "The Associated Press reported on Monday that the court ruled.",
        "AP Photo shows the court.",
        "Anadolu Agency (AA) reported the ruling.",
        "EXCLUSIVE: The court ruled.",
        "FILE - In this photo the court sits.",
        "BIDEN: Thank you all.",
        "COVID-19: what we know",
        "US - the court ruled.",
        "Reporting by Jane Doe in Seoul was hard.",
        "",
    ],
)
def test_sentences_and_labels_are_no_datelines(text: str) -> None:
    dateline = split_dateline(text)
    assert (dateline.place, dateline.agency, dateline.body_start, dateline.body_end) == (None, None, 0, len(text))


@pytest.mark.parametrize(
    ("closing", "agency"),
    [
        (" (AP)", "ap"),
        ("\n(Yonhap)\n(END)", "yonhap"),
        ("\n\n- AFP", "afp"),
        ("\n\n(With inputs from PTI)", None),
        ("\n\n(Reporting by Jane Doe; Editing by John Roe)", "reuters"),
        ("\n\nReporting by Jane Doe in Seoul; editing by John Roe", "reuters"),
        ("\n\n(Reporting by Jane Doe)", None),
        ("\n(END)", None),
    ],
)
def test_closing_credit_is_split_off(closing: str, agency: str | None) -> None:
    dateline = split_dateline(f"The court ruled.{closing}")
    assert dateline.agency == agency
    assert dateline.body_end == len("The court ruled.")


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Reuters", "reuters"),
        ("By Reuters Staff", "reuters"),
        ("Jane Doe, Associated Press", "ap"),
        ("Jane Doe (AFP)", "afp"),
        ("The Associated Press", "ap"),
        ("Jane Doe", None),
        ("Reuters Health", None),
        ("Dan Rather", None),
    ],
)
def test_authors_may_be_agencies(author: str, agency: str | None) -> None:
    assert credited_agency([author]) == agency


def test_no_spelling_belongs_to_two_agencies() -> None:
    spellings = [
        name.casefold() for agency in agencies() for name in {*map(str.casefold, (*agency.names, *agency.credits))}
    ]
    assert len(spellings) == len(set(spellings))
    assert len({agency.id for agency in agencies()}) == len(agencies())
