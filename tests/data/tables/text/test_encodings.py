from collections.abc import Callable
from pathlib import Path

import pytest

from nnplay.data.file_error import FileError
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.reading import read_file

Write = Callable[..., Path]
TEXT = "größe,class\n1.5,über\n2.5,naïve\n3.5,über\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_recognised(encoding: str, found: str, file_of: Write) -> None:
    sheet = read_file(file_of(TEXT.encode(encoding)))
    assert sheet.layout.encoding == found
    assert sheet.columns[0].name == "größe"
    labels = sheet.labels(1, 5)
    assert labels is not None
    assert labels.names == ("naïve", "über")


def test_a_language_of_its_own_is_recognised(file_of: Write) -> None:
    words = ["собака", "кошка", "лошадь", "корова", "птица", "рыба", "медведь", "волк", "лисица", "заяц"]
    text = "рост,вид\n" + "".join(f"{k}.5,{word} и ещё одна {word}\n" for k, word in enumerate(words * 3))
    sheet = read_file(file_of(text.encode("cp1251")))
    assert sheet.columns[1].name == "вид"


def test_letters_after_the_beginning_count(file_of: Write) -> None:
    rows = "1.5,usual\n" * 100_000
    sheet = read_file(file_of(f"u,class\n{rows}2.5,über\n".encode("cp1252")))
    assert (sheet.layout.encoding, sheet.rows) == ("cp1252", 100_001)


def test_the_encoding_can_be_corrected(file_of: Write) -> None:
    file = file_of(TEXT.encode("utf-8"))
    assert read_file(file, Layout(encoding="latin-1")).columns[0].name == "grÃ¶Ã\x9fe".replace("\x9f", " ")
    assert read_file(file, Layout(encoding="UTF8")).layout.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["nothing", "hex", "", "a\0b", "é"])
def test_an_unknown_encoding_is_refused(encoding: str, file_of: Write) -> None:
    with pytest.raises(FileError, match="is no known encoding"):
        read_file(file_of(TEXT), Layout(encoding=encoding))


def test_a_wrong_encoding_is_refused_with_its_line(file_of: Write) -> None:
    with pytest.raises(FileError, match="row 3: is no text in the encoding utf-8; choose another one"):
        read_file(file_of(b"u,class\n1.5,a\n2.5,\xfcber\n"), Layout(encoding="utf-8"))


@pytest.mark.parametrize(
    "lines",
    [
        ["Straße,Größe,Müll,Art", "1,2,3,Bär", "2,3,4,Öl"],
        ["âge,région,élève,reçu", "12,Île-de-France,Hélène,non", "9,Rhône-Alpes,Zoë,oui"],
        ["año,niño,ciudad,categoría", "1,Peña,Córdoba,sí", "2,Muñoz,Málaga,no"],
        ["estação,região,verão", "São Paulo,verão,1", "Brasília,outono,2"],
        ["år,län,kön", "2001,Västra Götaland,man", "2002,Skåne,kvinna"],
        ["år,køn,område", "2001,mænd,Sjælland", "2002,kvinder,Fyn på øen"],
        ["età,città,perché", "1,Forlì,sì", "2,Cantù,no"],
        ["temp (°C),size (µm),volume (m³)", "1,2,±3", "2,3,±4"],
    ],
)
def test_short_texts_of_western_languages_are_not_guessed(lines: list[str], file_of: Write) -> None:
    sheet = read_file(file_of("\n".join([lines[0], *lines[1:] * 12]).encode("cp1252")))
    assert sheet.layout.encoding == "cp1252"
    assert [column.name for column in sheet.columns] == lines[0].split(",")


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        ("cp1251", ["возраст,пол,город", "12,муж,Москва", "14,жен,Санкт-Петербург"]),
        ("cp1253", ["ηλικία,φύλο,πόλη", "12,άνδρας,Αθήνα", "13,γυναίκα,Θεσσαλονίκη"]),
        ("cp1250", ["wiek,płeć,miasto", "12,mężczyzna,Łódź", "14,kobieta,Wrocław"]),
        ("cp1250", ["věk,pohlaví,město", "12,muž,Plzeň", "14,žena,Ústí nad Labem"]),
        ("cp932", ["年齢,性別,都市", "12,男,東京", "14,女,大阪"]),
        ("gb18030", ["年龄,性别,城市", "12,男,北京", "14,女,上海"]),
    ],
)
def test_other_scripts_are_no_western_text(encoding: str, lines: list[str], file_of: Write) -> None:
    sheet = read_file(file_of("\n".join([lines[0], *lines[1:] * 9]).encode(encoding)))
    assert [column.name for column in sheet.columns] == lines[0].split(",")
