"""Where the header is, which rows are none, and what the decimal mark is."""

import pytest

from nnplay.data.tables.layout import Layout
from nnplay.data.tables.reading import read_text
from nnplay.data.tables.sheet import Sheet

ROWS = "-0.8,1.32,blue\n-0.25,0.42,red\n1.14,0.11,red\n0.5,-0.78,blue\n"


def names(sheet: Sheet) -> list[str]:
    return [column.name for column in sheet.columns]


@pytest.mark.parametrize("header", ["u,v,class", "0,1,class", "u,2,class", "90,91,class", "age,1e5,class", ",v,class"])
def test_a_header_with_numbers_is_no_sample(header: str) -> None:
    sheet = read_text(f"{header}\n{ROWS}")
    assert (sheet.rows, sheet.layout.header) == (4, 1)
    assert names(sheet)[-1] == "class"


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        "1,2,3\n4,5,6\n7,8,9\n",
        "5,3,rare\n6,4,usual\n7,5,usual\n",
        "NA,1,blue\n0.5,2,red\n1.5,3,blue\n",
        "1,2\n2,3\n3,4\n",
        "1,2,a\n3,4,b\n",
    ],
)
def test_a_sample_is_no_header(text: str) -> None:
    sheet = read_text(text)
    assert (sheet.layout.header, sheet.rows) == (0, text.count("\n"))


@pytest.mark.parametrize("line", ["4,2,blue,red", "4", "4 rows", "4,2,blue", "4,3"])
def test_a_line_that_counts_is_neither(line: str) -> None:
    rows = ROWS.replace("blue", "0").replace("red", "1")
    sheet = read_text(f"{line}\n{rows}")
    assert (sheet.rows, sheet.layout.header, sheet.layout.skip) == (4, 0, 1)
    assert sheet.notes == ("1 line before the table was skipped",)


def test_the_last_comment_may_have_the_names() -> None:
    assert names(read_text(f"# by us\n# u,v,class\n{ROWS}")) == ["u", "v", "class"]
    assert names(read_text(f"# by us, in May\n{ROWS}")) == ["column 1", "column 2", "column 3"]
    assert names(read_text(f"# by us\nu,v,class\n{ROWS}")) == ["u", "v", "class"]


def test_titles_in_the_first_of_many_cells() -> None:
    sheet = read_text(f"Our table,,\n,,\nu,v,class\n{ROWS}")
    assert (names(sheet), sheet.layout.skip) == (["u", "v", "class"], 2)


def test_a_total_is_a_row_where_others_are_called_so() -> None:
    assert read_text("k,v\ntotal,1\npart,2\ntotal,3\n").rows == 2
    assert read_text("v,k\n1,total\n2,part\n3,total\n").rows == 3


def test_notes_under_the_table_are_no_rows() -> None:
    sheet = read_text("x,y\n1,2\n3,4\n\nNotes: measured, by hand, in May\n(c) us\n")
    assert (sheet.rows, sheet.left_out) == (2, 0)
    assert sheet.notes == ("2 lines under the table were skipped",)


def test_oranges_three_rows_of_names() -> None:
    sheet = read_text("u\tgroup\tid\tclass\nc\td\ts\td\n\t\tmeta\tclass\n0.5\t1\tx1\t0\n1.5\t2\tx2\t1\n")
    assert [column.role for column in sheet.columns] == [None, None, "left_out", "target"]
    assert [column.categorical for column in sheet.columns] == [False, True, False, True]
    assert (sheet.rows, sheet.notes) == (2, ())


def test_oranges_marks_before_names() -> None:
    sheet = read_text("C#u,mS#id,cD#species\n0.5,a,x\n1.5,b,y\n")
    assert names(sheet) == ["u", "id", "species"]
    assert [column.role for column in sheet.columns] == [None, "left_out", "target"]


@pytest.mark.parametrize(
    ("text", "decimal", "values"),
    [
        ("a;b\n0,5;1\n1,234;2\n", ",", [0.5, 1.234]),
        ("a;b\n1.234,5;1\n12.345;2\n", ",", [1234.5, 12345]),
        ("a;b\n1.234;1\n2.345;2\n", ".", [1.234, 2.345]),
        ("a;b\n1.234.567;1\n2.345;2\n", ",", [1234567, 2345]),
        ("a;b\n1,234;1\n2,345;2\n", ",", [1.234, 2.345]),
        ('a,b\n"1,234",1\n"2,345",2\n', ".", [1234, 2345]),
        ("a\tb\n1,234\t1\n12,345\t2.5\n", ".", [1234, 12345]),
        ("a\tb\n1,200\t1\n12,500\t2\n", ".", [1200, 12500]),
        ("a b\n1,5 1\n2,5 2\n", ",", [1.5, 2.5]),
        ("a|b\n1'234,5|1\n2'345|2\n", ",", [1234.5, 2345]),
        ("a;b\nCHF 1'234.50;1.234\nCHF 2'345.00;2.345\n", ".", [1234.5, 2345]),
        ("a;b\n1 234.5;1\n2 345.5;2\n", ".", [1234.5, 2345.5]),
    ],
)
def test_the_decimal_mark(text: str, decimal: str, values: list[float]) -> None:
    sheet = read_text(text)
    assert sheet.layout.decimal == decimal
    assert sheet.columns[0].numbers.tolist() == values


def test_lines_before_the_table_count_for_the_layout() -> None:
    sheet = read_text(f"by us\n\nu,v,class\n{ROWS}", Layout(skip=1))
    assert (sheet.layout.skip, sheet.layout.header) == (1, 2)


def test_lines_with_empty_cells_above_the_names() -> None:
    sheet = read_text("Report,2024,,\nBy,me,,\na,b,c,kind\n" + "1.5,2,3,x\n2.5,1,4,y\n" * 3)
    assert [column.name for column in sheet.columns] == ["a", "b", "c", "kind"]
    assert (sheet.rows, sheet.layout.skip, sheet.layout.header) == (6, 2, 1)


def test_a_name_over_two_lines_is_no_line_under_the_names():
    sheet = read_text('"two\nlines",b,c\n1,2,x\n3,4,y\n5,6,x\n')
    assert sheet.notes == ()
    assert len(sheet.columns[0].numbers) == 3


def test_names_for_two_levels_are_those_of_the_lower_one() -> None:
    assert names(read_text(f"Size,,Kind\nu,v,class\n{ROWS}")) == ["u", "v", "class"]


@pytest.mark.parametrize(
    ("header", "below"),
    [
        ("400,410,500,type", "0.5,1.5,2.25,red\n0.75,1.25,2.5,blue\n" * 3),
        (",".join(map(str, range(12))), f"{','.join('70' * 6)}\n{','.join('08' * 6)}\n" * 2),
    ],
    ids=["wavelengths", "counted"],
)
def test_numbers_that_are_names(header: str, below: str) -> None:
    assert names(read_text(f"{header}\n{below}")) == header.split(",")


def test_rows_with_a_separator_more_than_the_names() -> None:
    rows = ROWS.replace("\n", ",\n")
    sheet = read_text(f"u,v,class\n{rows}")
    assert (names(sheet)[:3], sheet.rows) == (["u", "v", "class"], 4)


def test_the_rule_of_a_table_in_markdown_is_no_row() -> None:
    sheet = read_text("| u | class |\n|---|:-:|\n| 0.5 | a |\n| 1.5 | b |\n| 2.5 | b |\n")
    assert (sheet.rows, [name for name in names(sheet) if not name.startswith("column")]) == (3, ["u", "class"])


def test_commas_between_words_separate_no_cells() -> None:
    sheet = read_text("u\tv\tclass\n0.5\t1\tred, dark\n1.5\t2\tblue, dark\n2.5\t1\tred, dark\n")
    assert (sheet.layout.separator, sheet.columns[2].distinct) == ("\t", 2)


def test_an_error_of_a_spreadsheet_begins_no_comment() -> None:
    sheet = read_text(f"u,v,class\n#N/A,1,red\n{ROWS}#DIV/0!,2,blue\n")
    assert (sheet.rows, sheet.columns[0].missing.tolist()) == (6, [True, *[False] * 4, True])


def test_a_line_that_counts_rows_inputs_and_classes() -> None:
    assert read_text(f"4 2 2\n{ROWS.replace(',', ' ').replace('blue', '0').replace('red', '1')}").rows == 4
