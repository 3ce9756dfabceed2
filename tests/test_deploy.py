"""The files of deploy/: no engine is needed to see that they parse and that what they name is there."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from flows.settings import load_settings
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "ENTRYPOINT", "CMD"}


def instructions() -> list[tuple[str, str]]:
    with (DEPLOY / "Dockerfile").open("rb") as file:
        parsed = DockerfileParser(fileobj=file).structure
    return [(each["instruction"], each["value"]) for each in parsed if each["instruction"] != "COMMENT"]


def test_dockerfile_is_well_formed() -> None:
    found = instructions()
    assert found[0][0] == "FROM"
    assert {name for name, _ in found} <= INSTRUCTIONS
    assert dict(found)["ENTRYPOINT"] == '["dateline"]'
    assert ("USER", "dateline") in found


def test_dockerfile_copies_what_is_there_and_not_ignored() -> None:
    kept = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] == "!"}
    copies = [value for instruction, value in instructions() if instruction == "COPY"]
    copied = {name for value in copies if not value.startswith("--from=wheel ") for name in value.split()[:-1]}
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


def test_image_runs_the_python_that_tests_run() -> None:
    assert [value for name, value in instructions() if name == "FROM"] == ["python:3.11 AS wheel", "python:3.11-slim"]
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text()


def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert isinstance(loaded, dict)
    return loaded


def test_compose_names_what_is_there() -> None:
    services, volumes = compose()["services"], compose()["volumes"]
    assert set(services) == {"server", "worker"}
    for service in services.values():
        build = service["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
        for mount in service["volumes"]:
            source = mount.rpartition(":/srv/dateline/")[0]
            if source.startswith("${"):
                assert (DEPLOY / source.partition(":-")[2].removesuffix("}")).exists()
            else:
                assert source in volumes
        assert set(service.get("depends_on", ())) <= set(services)
    assert services["worker"]["environment"]["PREFECT_API_URL"] == "http://server:4200/api"


def test_compose_is_what_docker_takes() -> None:
    if not shutil.which("docker"):
        pytest.skip("docker is not installed")
    base = ["docker", "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    if subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker has no compose plugin")
    done = subprocess.run(base, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_settings_of_the_container_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings({}, {}, str(DEPLOY / "dateline.toml"))
    assert [(source.name, source.path.name) for source in settings.sources] == [("articles", "collections")]
    assert settings.alarm_thresholds()["problem_percent"] == {"*": 20}


def test_unit_is_what_systemd_takes(tmp_path: Path) -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names of options are case-sensitive
    unit.read(DEPLOY / "dateline.service")
    assert unit.sections() == ["Unit", "Service", "Install"]
    assert unit["Service"]["ExecStart"].split()[1:] == ["serve"]
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "dateline.service").read_text()
    copy = tmp_path / "dateline.service"
    # The same unit with a program that exists here.
    copy.write_text(text.replace("/opt/dateline/.venv/bin/dateline", shutil.which("true") or "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "dateline.service" in line]
    assert not complaints
