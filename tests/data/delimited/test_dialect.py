import pytest

from nnplay.data.delimited.dialect import guess_dialect, looks_like_header


@pytest.mark.parametrize(
    ("text", "separator", "decimal"),
    [
        ("x,y,c\n1.5,2,a\n", ",", "."),
        ("x;y;c\n1,5;2,5;a\n", ";", ","),
        ("x;y;c\n1.5;2.5;a\n", ";", "."),
        ("x;y;c\n1;2;a\n", ";", "either"),
        ("x\ty\n1,5\t2\n", "\t", ","),
        ("1,5;2,5;0\n2,5;1,5;1\n", ";", ","),
        ('name;x\n"a,b";1,5\n"c,d";2\n', ";", ","),
        ('name,x\n"a;b",1.5\n"c;d",2\n', ",", "."),
        ("1,234;2.5\n", ";", "."),
        ("5\n6\n", ",", "."),
        ("", ",", "."),
        ("1,2,3\n1,2\n1,2,3\n", ",", "."),
    ],
)
def test_separator_and_decimal_mark(text: str, separator: str, decimal: str) -> None:
    dialect = guess_dialect(text, whole=True)
    assert (dialect.separator, dialect.decimal) == (separator, decimal)
    assert not dialect.declared


def test_a_spreadsheets_declaration_wins() -> None:
    dialect = guess_dialect("sep=;\r\na,b;c,d\r\n1,5;2\r\n", whole=True)
    assert (dialect.separator, dialect.decimal, dialect.declared) == (";", ",", True)


def test_half_a_record_at_the_end_of_a_cut_text_is_not_looked_at() -> None:
    assert guess_dialect("a;b\n1;2\n3", whole=False).separator == ";"


@pytest.mark.parametrize(
    ("row", "header"),
    [
        (["x", "y"], True),
        (["x", ""], True),
        (["x", "2"], False),
        (["1.5", "2"], False),
        (["nan", "y"], False),
        (["", " "], False),
    ],
)
def test_a_header_has_no_number(row: list[str], header: bool) -> None:
    assert looks_like_header(row, ".") is header
