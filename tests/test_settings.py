"""Flags before environment before dateline.toml before defaults; mistakes name their place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.errors import UsageError
from flows.settings import load_settings
from flows.source_arguments import merge_sources, source_of_argument


def write_config(folder: Path, text: str) -> dict[str, str]:
    (folder / "dateline.toml").write_text(text, encoding="utf-8")
    return {"DATELINE_CONFIG": str(folder / "dateline.toml")}


def test_flags_beat_environment_beats_config_beats_defaults(tmp_path: Path) -> None:
    environment = write_config(tmp_path, 'workers = 3\nbatch_bytes = 7\nkeep_versions = 9\nexecutor = "inline"')
    settings = load_settings(
        {"workers": 5, "full": None}, {**environment, "DATELINE_WORKERS": "4", "DATELINE_BATCH_BYTES": "8"}
    )
    assert (settings.workers, settings.batch_bytes, settings.keep_versions, settings.full) == (5, 8, 9, False)


def test_the_folder_of_a_model_is_whole_wherever_the_command_is_called(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    text = '[entities.extractors]\nja = "gliner:model"\nko = "gliner:some/name"\nzh = "model:Names"'
    assert load_settings({}, write_config(tmp_path, text)).entity_options.extractors == {
        "ja": f"gliner:{tmp_path / 'model'}",
        "ko": "gliner:some/name",
        "zh": "model:Names",
    }


def test_a_url_stands_in_place_of_a_path(tmp_path: Path) -> None:
    text = '[[source]]\nname = "a"\npath = "s3://b/c"\n[[source]]\nname = "b"\nurl = "gs://b/c"'
    first, second = load_settings({}, write_config(tmp_path, text)).sources
    assert (first.root, second.root) == ("s3://b/c", "gs://b/c")


def test_sources_are_relative_to_the_config(tmp_path: Path) -> None:
    environment = write_config(
        tmp_path, '[[source]]\nname = "news"\npath = "in"\n[source.fields]\ntitle = ["headline"]'
    )
    [source] = load_settings({}, environment).sources
    assert source.path == tmp_path / "in"
    assert source.profile().title == ("headline",)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("workers = 0", "workers must be 1 or more"),
        ('workers = "many"', "workers"),
        ("colour = 1", "colour"),
        ("workers = ", "dateline.toml"),
        ('executor = "threads"', "executor must be"),
        ('[entities]\nmodels = "x"', "models"),
        ('[entities.extractors]\nEnglish = "x"', "'English' is not a language"),
        ('[entities.extractors]\nen = "my model"', "'my model' is neither a spaCy model"),
        ('[[source]]\npath = "x"', "name"),
        ('[[source]]\nname = "a"\npath = "x"\n[[source]]\nname = "a"\npath = "y"', "two sources are called 'a'"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, config: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_settings({}, write_config(tmp_path, config))


def test_unknown_field_of_a_source_is_named(tmp_path: Path) -> None:
    environment = write_config(tmp_path, '[[source]]\nname = "a"\npath = "x"\n[source.fields]\nheading = ["h1"]')
    with pytest.raises(UsageError, match="no field 'heading'"):
        load_settings({}, environment).sources[0].profile()


def test_entities_have_a_table_of_their_own(tmp_path: Path) -> None:
    config = '[entities]\nnames = "own.csv"\n[entities.extractors]\nde = "de_core_news_sm"\nzh = "pack.module:Names"\nfr = "none"'
    settings = load_settings({}, write_config(tmp_path, config))
    assert settings.entities is True
    assert settings.entity_options.names == (tmp_path / "own.csv",)
    assert settings.entity_options.extractors == {"de": "de_core_news_sm", "zh": "pack.module:Names", "fr": "none"}
    assert load_settings({}, write_config(tmp_path, "entities = false")).entities is False


def test_source_date_epoch_fixes_the_clock() -> None:
    assert load_settings({}, {"SOURCE_DATE_EPOCH": "86400"}).now() == datetime(1970, 1, 2, tzinfo=UTC)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        load_settings({}, {"SOURCE_DATE_EPOCH": "soon"})


def test_arguments_name_folders_files_or_both(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a=b.md").write_text("x")
    assert source_of_argument(str(tmp_path / "docs")).name == "docs"
    assert source_of_argument(f"guide={tmp_path}/docs").name == "guide"
    one_file = source_of_argument(f"{tmp_path}/docs/a=b.md")
    assert (one_file.name, one_file.only) == ("docs", ("a=b.md",))
    with pytest.raises(UsageError, match="no file or folder"):
        source_of_argument(str(tmp_path / "nowhere"))


def test_files_of_one_folder_are_one_source(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("x")
    arguments = [source_of_argument(str(tmp_path / name)) for name in ("a.md", "b.md")]
    [source] = merge_sources(arguments)
    assert source.only == ("a.md", "b.md")
    [whole] = merge_sources([*arguments, source_of_argument(str(tmp_path))])
    assert whole.only == ()
