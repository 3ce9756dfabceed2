"""Languages of blocks and documents: invented sentences, and a real collection whose folders are the truth."""

from __future__ import annotations

import tarfile
from pathlib import Path, PurePosixPath

import pytest

from flows.derive.character_classes import classes_of
from flows.derive.chinese_variants import _single_characters_converted, converter
from flows.derive.languages import normal_hint
from flows.derive.passes import letter_counts
from flows.derive.prose import proses_of
from flows.derive.segments import derive_counts, derive_segments
from flows.derive.structure import parse_structure
from flows.extract.extraction import extract

SENTENCES = {
    "en": "The harbour opens at six, and the ferry that sails to the islands leaves an hour later.",
    "de": "Der Hafen öffnet um sechs, und die Fähre zu den Inseln fährt eine Stunde später ab.",
    "fr": "Le port ouvre à six heures et le bac qui va vers les îles part une heure plus tard.",
    "es": "El puerto abre a las seis y el transbordador que va a las islas sale una hora después.",
    "pt": "O porto abre às seis horas e a balsa que vai para as ilhas não sai antes das sete.",
    "it": "Il porto apre alle sei e il traghetto che va alle isole parte un'ora più tardi.",
    "nl": "De haven gaat om zes uur open en de veerboot naar de eilanden vertrekt een uur later.",
    "sv": "Hamnen öppnar klockan sex och färjan som går till öarna avgår en timme senare.",
    "pl": "Port otwiera się o szóstej, a prom, który płynie na wyspy, odpływa godzinę później.",
    "id": "Pelabuhan dibuka pada pukul enam dan kapal yang berlayar ke pulau-pulau itu berangkat satu jam kemudian.",
    "vi": "Cảng mở cửa lúc sáu giờ và chuyến phà ra các đảo khởi hành muộn hơn một tiếng.",
    "tr": "Liman saat altıda açılıyor ve adalara giden vapur bir saat sonra kalkıyor.",
    "ru": "Порт открывается в шесть часов, а паром на острова отходит на час позже.",
    "uk": "Порт відкривається о шостій годині, а пором на острови відходить на годину пізніше.",
    "ar": "يفتح الميناء في الساعة السادسة وتغادر العبارة المتجهة إلى الجزر بعد ساعة.",
    "fa": "بندر ساعت شش باز می‌شود و کشتی که به جزیره‌ها می‌رود یک ساعت بعد حرکت می‌کند.",
    "hi": "बंदरगाह छह बजे खुलता है और द्वीपों को जाने वाली नौका एक घंटे बाद चलती है।",
    "bn": "বন্দর ছয়টায় খোলে এবং দ্বীপগামী ফেরি এক ঘণ্টা পরে ছাড়ে।",
    "ko": "항구는 여섯 시에 열리고 섬으로 가는 배는 한 시간 뒤에 떠난다.",
    "ja": "港は六時に開き、島へ行く船は一時間後に出る。",
    "zh-Hans": "港口六点开放，开往各岛的渡轮一小时后离开。",
    "zh-Hant": "港口六點開放，開往各島的渡輪一小時後離開。",
    "th": "ท่าเรือเปิดเวลาหกโมงและเรือข้ามฟากไปยังเกาะออกในอีกหนึ่งชั่วโมงต่อมา",
    "el": "Το λιμάνι ανοίγει στις έξι και το πλοίο για τα νησιά φεύγει μία ώρα αργότερα.",
    "he": "הנמל נפתח בשש והמעבורת לאיים יוצאת כעבור שעה.",
}


def languages_of(body: str, hint: str | None = None) -> list[str]:
    return [segment.language for segment in derive_segments(parse_structure(body), hint)]


@pytest.mark.parametrize("language", SENTENCES)
def test_one_language(language: str) -> None:
    body = f"# 1.2\n\n{SENTENCES[language]}\n\n```\nthe code is of no language, and it is long enough\n```\n\n- ok\n"
    assert languages_of(body) == [language]


@pytest.mark.parametrize("other", [language for language in SENTENCES if language != "en"])
def test_two_halves_are_two_segments(other: str) -> None:
    half, english = f"{SENTENCES[other]}\n\n{SENTENCES[other]}", f"{SENTENCES['en']}\n\n{SENTENCES['en']}"
    assert languages_of(f"{half}\n\n---\n\n{english}\n") == [other, "en"]
    assert languages_of(f"{english}\n\n---\n\n{half}\n") == ["en", other]


ALIKE = {
    # With many words that other languages have, or letters that only one has.
    "da": "Tryk på knappen for at åbne havnen, og vent på den næste færge for at komme over til øen.",
    "nb": "Trykk på knappen for å åpne havna, og vent etter det på den neste ferja som går over til øya.",
    "gl": "O porto abre ás seis e unha hora máis tarde sae o transbordador que vai ás illas coa xente da vila.",
    "sr": "Лука се отвара у шест, а трајект који иде ка острвима полази сат касније, кад путници већ чекају ђачку вожњу.",
    "mk": "Пристаништето се отвора во шест, а траектот кон островите тргнува еден час подоцна, кога сѐ уште нема гужва ѓаци.",
    "as": "বন্দৰ ছয় বজাত খোলে আৰু দ্বীপলৈ যোৱা নাওখন এঘণ্টা পিছত এৰে।",
}


@pytest.mark.parametrize("language", ALIKE)
def test_languages_that_are_like_others(language: str) -> None:
    assert languages_of(f"{ALIKE[language]}\n\n{ALIKE[language]}\n") == [language]


def test_unsure_blocks_beside_english_are_not_english() -> None:
    """What the model has no clear answer to is at least not what has no word of English in it."""
    serbian = (
        "Umesto toga, uverite se da ste napravili rezervu izvorne datoteke, i da fascikle stoje na svom mestu u luci.",
        "Količina tereta koju trajekt može da ponese je ograničena veličinom palube i dogovorom sa lukom na ostrvu.",
    )
    english = SENTENCES["en"]
    found = languages_of(f"{english} {english} {english}\n\n{serbian[0]}\n\n{serbian[1]}\n")
    assert found[0] == "en"
    assert "en" not in found[1:]


def test_short_blocks_take_their_neighbours_language() -> None:
    german = f"{SENTENCES['de']} {SENTENCES['de']}"
    assert languages_of(f"# Intro\n\n{german}\n\n- API\n- Token\n\n`let the code be`\n\n{german}\n\nOK\n") == ["de"]
    chinese = SENTENCES["zh-Hans"]
    assert languages_of(f"## FAQ\n\n{chinese}\n\n2024\n\n{chinese}\n\nOK\n")[0] == "zh-Hans"
    parts = [f"{german}\n\n## Oben\n\n{german}", f"## Summary\n\n{SENTENCES['en']}"]
    assert [segment.text[:9] for segment in derive_segments(parse_structure("\n\n".join(parts)))] == [
        "Der Hafen",
        "Summary\n\n",
    ]
    assert languages_of(f"## 概要\n\n{SENTENCES['ja']}\n\n## 設定方法\n\n{SENTENCES['ja']}") == ["ja"]


def test_hints_settle_what_is_unclear() -> None:
    assert languages_of("2024", "zh_TW") == ["zh-Hant"]
    assert languages_of("一二三", "zh-TW") == ["zh-Hant"]
    assert languages_of("2024") == ["und"]
    assert languages_of(SENTENCES["fr"], "en") == ["fr"]
    assert derive_counts(parse_structure(""), []).language is None


@pytest.mark.parametrize(
    ("hint", "language"),
    [("zh_TW", "zh-Hant"), ("zh-cn", "zh-Hans"), ("EN-us", "en"), ("English", None), (None, None), ("pt-BR", "pt")],
)
def test_hints(hint: str | None, language: str | None) -> None:
    assert normal_hint(hint) == language


def test_characters_by_themselves_need_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the table of characters is found by itself or not: what all of OpenCC makes of them."""
    written = "\n".join(map(chr, range(0x4E00, 0x9FFF)))
    assert _single_characters_converted(written) == converter("s2t").convert(written) != written
    for name, value in {"opencc.__file__": "elsewhere/opencc/__init__.py", "tempfile.tempdir": "/nowhere"}.items():
        with monkeypatch.context() as patched:
            patched.setattr(name, value)
            assert _single_characters_converted("汉\n语") == "漢\n語"


def test_halves_of_the_seed_are_apart(shared: Path) -> None:
    (seed,) = (shared / "seed").glob("*.txt")
    chinese, english = derive_segments(parse_structure(extract(seed.read_bytes()).body))
    assert (chinese.language, chinese.cjk_character_count) == ("zh-Hans", 453)
    assert (english.language, english.cjk_character_count) == ("en", 0)
    assert english.text.startswith("Summary of Article")
    assert english.text.endswith("Source Link")


def test_languages_of_a_collection_in_fourteen(shared: Path) -> None:
    """Pages with a hundred letters or more, outside the error reference, which quotes English at length."""
    tags = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "pt-br": "pt"}
    right = 0
    wrong = []
    with tarfile.open(shared / "corpora" / "astro-docs.tar.gz") as archive:
        for member in archive:
            parts = PurePosixPath(member.name).parts
            if "docs" not in parts or not member.name.endswith((".md", ".mdx")) or "/reference/errors/" in member.name:
                continue
            folder = parts[parts.index("docs") + 1]
            file = archive.extractfile(member)
            assert file is not None
            structure = parse_structure(extract(file.read()).body)
            letters = letter_counts(classes_of("\n".join(proses_of(structure.marked))))
            if sum(letters[0].values()) < 100:
                continue
            language = derive_counts(structure, derive_segments(structure)).language
            if language == tags.get(folder, folder):
                right += 1
            else:
                wrong.append((member.name, language))
    assert right > 1000
    assert len(wrong) < 0.02 * (right + len(wrong)), wrong
