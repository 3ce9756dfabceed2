"""Bytes to text."""

from __future__ import annotations

import random

import pytest

from flows.extract.decode import decode

CHINESE = "---\ntitle: 城市新闻摘要\n---\n今天的会议在市中心举行，大家讨论了新的图书馆和公园的计划。\n"
TRADITIONAL = "---\ntitle: 城市新聞摘要\n---\n今天的會議在市中心舉行，大家討論了新的圖書館和公園的計劃。\n"
JAPANESE = "---\ntitle: 町のニュース\n---\n今日の会議では、新しい図書館と公園の計画について話し合いました。\n"
KOREAN = "---\ntitle: 도시 소식\n---\n오늘 회의에서는 새로운 도서관과 공원 계획을 이야기했습니다.\n"
RUSSIAN = "---\ntitle: Новости города\n---\nСегодня обсуждали новую библиотеку и планы большого парка.\n"
FRENCH = "---\ntitle: Nouvelles\n---\nLe café près de la forêt a rouvert ; l'été a été très sec à l'ouest.\n"
POLISH = "---\ntitle: Wiadomości\n---\nDziś rozmawialiśmy o książkach i ścieżkach w parku, także w święta.\n"

MARKED = [
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
]


@pytest.mark.parametrize(("mark", "encoding"), MARKED)
@pytest.mark.parametrize("text", [CHINESE, "plain\r\ntext", ""])
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str, text: str) -> None:
    assert decode(mark + text.encode(encoding)) == (text, encoding, ())


GUESSED = [
    (CHINESE, "gb18030", "gb18030"),
    (TRADITIONAL, "big5", "big5"),
    (JAPANESE, "shift_jis", "shift_jis"),
    (JAPANESE, "euc_jp", "euc-jp"),
    (JAPANESE, "iso2022_jp", "iso-2022-jp"),
    (KOREAN, "euc_kr", "euc-kr"),
    (RUSSIAN, "cp1251", "windows-1251"),
    (RUSSIAN, "koi8_r", "koi8-r"),
    (FRENCH, "latin-1", "iso-8859-1"),
    ("“quoted” – it costs 5 €", "cp1252", "windows-1252"),
    (POLISH, "cp1250", "windows-1250"),
    ("---\nencoding: gbk\ntitle: 好\n---\n", "gbk", "gbk"),
    ("---\ntitle: wide\n---\nBody of the text.\n", "utf-16-le", "utf-16-le"),
    (CHINESE, "utf-16-be", "utf-16-be"),
    (CHINESE, "utf-32-le", "utf-32-le"),
]


@pytest.mark.parametrize(("text", "written_as", "encoding"), GUESSED)
def test_other_encodings_are_guessed_and_noted(text: str, written_as: str, encoding: str) -> None:
    decoded = decode(text.encode(written_as))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert [problem.code for problem in decoded.problems] == ["encoding_guessed"]


def test_a_name_in_an_example_is_not_believed_against_the_bytes() -> None:
    text = CHINESE + "`charset=iso-8859-1` 是一个例子。\n"
    assert decode(text.encode("gb18030")).text == text


def test_one_stray_byte_does_not_make_mojibake_of_a_text() -> None:
    decoded = decode(CHINESE.encode() + b"caf\xe9 \x93ok\x94\n")
    assert (decoded.text, decoded.encoding) == (CHINESE + "café “ok”\n", "utf-8")
    assert [(problem.code, problem.line) for problem in decoded.problems] == [("encoding_guessed", 5)]


def test_a_character_cut_in_two_is_replaced_and_noted() -> None:
    decoded = decode(CHINESE.encode()[:-2])
    assert decoded.text == CHINESE[:-2] + "\ufffd"
    assert [problem.code for problem in decoded.problems] == ["encoding_guessed", "bytes_replaced"]


def test_a_broken_wide_text_is_still_read() -> None:
    decoded = decode(b"\xff\xfe" + "ab".encode("utf-16-le") + b"\0\xd8" + "c d".encode("utf-16-le") + b"!")
    assert decoded.text == "ab\ufffdc d\ufffd"
    assert [problem.code for problem in decoded.problems] == ["bytes_replaced"]


def test_a_few_control_characters_are_kept_and_noted() -> None:
    decoded = decode(b"first\nsecond\0line\x07\n")
    assert decoded.text == "first\nsecond\0line\x07\n"
    assert [(problem.code, problem.line, problem.column_number) for problem in decoded.problems] == [
        ("control_character", 2, 7)
    ]


NOISE = random.Random(7).randbytes(2000)
BINARY = [
    b"\x89PNG\r\n\x1a\n" + NOISE,
    b"PK\x03\x04" + NOISE,
    b"SQLite format 3\0" + bytes(100),
    b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
    b"\x1f\x8b\x08" + NOISE,
    b"RIFF" + NOISE,
    NOISE,
    bytes(100),
    b"\0",
]


@pytest.mark.parametrize("data", BINARY)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert [problem.code for problem in decoded.problems] == ["not_text"]


def test_text_that_begins_like_a_binary_format_is_text() -> None:
    assert decode(b"BZhou wrote this\n").text == "BZhou wrote this\n"
    assert decode(b"RIFF raff\n").text == "RIFF raff\n"
