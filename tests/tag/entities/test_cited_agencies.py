import pytest

from transforms.tag.entities.cited import cited_agencies


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("He was held in May, according to Yonhap News Agency.", ["yonhap"]),
        ("According to the state-run news agency TASS, he was held.", ["tass"]),
        ("Reports from Russia's TASS news agency disclosed it.", ["tass"]),
        ("TASS reported the arrest. Interfax, citing the court, said he denied it.", ["tass", "interfax"]),
        ("The court's press service told TASS.", ["tass"]),
        ("Xinhua quoted the minister; Kyodo News reported later.", ["xinhua", "kyodo"]),
        ("A Reuters photographer was hurt.", []),
        ("He once worked for Interfax in Minsk.", []),
        ("MOSCOW (Reuters) - A court jailed him.", []),
        ("SEOUL, Aug. 22 (Yonhap) -- He denied it, Interfax reported.", ["interfax"]),
        ("He was jailed. (Reporting by Ana Silva; Editing by Bo Li) (Reuters)", []),
    ],
)
def test_who_is_cited(text: str, cited: list[str]) -> None:
    assert cited_agencies(text) == cited
