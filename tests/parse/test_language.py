import pytest

from transforms.parse.language import UNDETERMINED, LanguageDetector


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector()


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Court extends detention", "His lawyer said on Tuesday that the hearing had been postponed.", "en"),
        ("Суд продлил арест", "Адвокат сообщил, что заседание перенесено на вторник.", "ru"),
        ("법원, 구속 기간 연장", "변호인은 화요일 심리가 연기됐다고 밝혔다.", "ko"),
        ("Tribunal prorroga la detención", "Su abogado dijo el martes que la audiencia fue aplazada.", "es"),
        ("Justiça prorroga prisão", "O advogado disse na terça-feira que a audiência foi adiada para maio.", "pt"),
        ("Gericht verlängert Haft", "Sein Anwalt sagte am Dienstag, die Anhörung sei verschoben worden.", "de"),
        ("裁判所が勾留を延長", "弁護士は火曜日、審理が延期されたと述べた。", "ja"),
    ],
)
def test_languages(detector: LanguageDetector, title: str, text: str, language: str) -> None:  # requirement 55
    assert detector.detect(title, text) == language


@pytest.mark.parametrize(
    ("title", "text"),
    [("", ""), ("12:30", "3-2"), ("OK", ""), ("", "https://news.example/a/long/address"), ("Roblox Paladins", "")],
)
def test_too_little_text_is_undetermined(detector: LanguageDetector, title: str, text: str) -> None:
    assert detector.detect(title, text) == UNDETERMINED


def test_addresses_do_not_speak(detector: LanguageDetector) -> None:
    noise = "https://news.example/el-tribunal-prorroga-la-detencion-del-acusado " * 5
    assert detector.detect("Court extends detention of the missionary", noise) == "en"


def test_only_languages_of_papers_are_told(detector: LanguageDetector) -> None:
    assert detector.detect("Model Context Protocol (MCP) Spec Updates from June 2025", "") == "en"


@pytest.mark.parametrize("declared", ["en", "EN-us", "en_GB"])
def test_the_publisher_is_asked_where_words_leave_a_doubt(detector: LanguageDetector, declared: str) -> None:
    assert detector.detect("Hackathon Helsinki", "") != "en"
    assert detector.detect("Hackathon Helsinki", "", declared) == "en"


def test_the_publisher_is_not_believed_against_the_words(detector: LanguageDetector) -> None:  # requirement 55
    assert detector.detect("Tribunal prorroga la detención del acusado de espionaje", "", "en") == "es"
