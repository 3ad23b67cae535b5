"""A release is made whole or not at all, whatever breaks it off."""

import json
import os
from pathlib import Path

import pytest

import bot.releases
from bot.releases import FileEdit, ReleaseError, Releases, digest_of
from bot.training import _remove_old_models, release_name

FILES = {"domain.yml": "a\n", "data/nlu.yml": "b\n", "knowledge/facts.yml": "c\n"}
EDITS = (
    FileEdit("data/nlu.yml", "b\n", "b2\n"),
    FileEdit("knowledge/facts.yml", "c\n", None),
    FileEdit("knowledge/new.yml", None, "d\n"),
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    file = tmp_path / "new.tar.gz"
    file.write_text("a model", "utf-8")
    return file


@pytest.fixture
def releases(content: Path, tmp_path: Path) -> Releases:
    return Releases(content, tmp_path / "models")


def held(content: Path) -> dict[str, str]:
    files = filter(Path.is_file, content.rglob("*"))
    return {str(it.relative_to(content)): it.read_text("utf-8") for it in files}


def test_files_and_model_are_put_in_force_and_taken_back(
    releases: Releases, content: Path, model: Path, tmp_path: Path
) -> None:
    first = releases.put_in_force(EDITS, model)
    assert held(content) == {
        "domain.yml": "a\n",
        "data/nlu.yml": "b2\n",
        "knowledge/new.yml": "d\n",
    }
    assert (tmp_path / "models" / "new.tar.gz").read_text("utf-8") == "a model"
    assert releases.latest() == first
    (tmp_path / "models" / first.previous).write_text("the old", "utf-8")
    second = releases.take_back(EDITS, first.previous)
    assert held(content) == FILES
    assert (second.number, second.model) == (first.number + 1, first.previous)


@pytest.mark.parametrize("written", [0, 1, 2, 3])
def test_what_a_crash_breaks_off_is_taken_back(
    releases: Releases,
    content: Path,
    model: Path,
    monkeypatch: pytest.MonkeyPatch,
    written: int,
) -> None:
    def crash(_: Releases, edits: tuple[FileEdit, ...]) -> None:
        for edit in edits[:written]:
            path = content / edit.file
            if edit.after is None:
                path.unlink()
            else:
                path.write_text(edit.after, "utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bot.releases.Releases, "_apply", crash)
        with pytest.raises(KeyboardInterrupt):
            releases.put_in_force(EDITS, model)
    assert releases.latest() is None
    releases.recover()
    assert held(content) == FILES
    assert releases.put_in_force(EDITS, model).number == 1


def test_a_release_that_was_told_of_is_not_taken_back(
    releases: Releases, content: Path, model: Path, tmp_path: Path
) -> None:
    released = releases.put_in_force(EDITS, model)
    after = held(content)
    journal = tmp_path / "models" / f"{Path(release_name(content)).stem}.journal"
    left = {"number": released.number, "edits": [vars(edit) for edit in EDITS]}
    journal.write_text(json.dumps(left), "utf-8")
    releases.recover()
    assert held(content) == after
    assert not journal.exists()


def test_a_file_that_is_not_as_it_was_taken_to_be_stops_it(
    releases: Releases, content: Path, model: Path
) -> None:
    (content / "data" / "nlu.yml").write_text("mine\n", "utf-8")
    before = held(content)
    with pytest.raises(ReleaseError, match=r"data/nlu\.yml") as caught:
        releases.put_in_force(EDITS, model)
    assert caught.value.files == ("data/nlu.yml",)
    assert held(content) == before
    assert releases.latest() is None


def test_without_its_model_nothing_is_changed(
    releases: Releases, content: Path, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseError, match="no model"):
        releases.put_in_force(EDITS, tmp_path / "no.tar.gz")
    assert held(content) == FILES


def test_the_digest_tells_any_change_of_what_is_learnt_known_or_tested(
    content: Path,
) -> None:
    before = digest_of(content)
    (content / "README.md").write_text("words", "utf-8")
    assert digest_of(content) == before
    test = content / "tests" / "conversations" / "one.yml"
    test.parent.mkdir(parents=True)
    test.write_text("test_cases: []", "utf-8")
    assert digest_of(content) != before


def test_the_models_of_a_release_and_before_it_stay(tmp_path: Path) -> None:
    names = [f"helseassistenten-{number}.tar.gz" for number in range(6)]
    for age, name in enumerate(names):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))
    told = {"number": 1, "model": names[1], "previous": names[0], "at": 1.0}
    (tmp_path / "release-1.json").write_text(json.dumps(told), "utf-8")
    _remove_old_models(tmp_path)
    there = {file.name for file in tmp_path.glob("*.tar.gz")}
    assert there == {names[0], names[1], *names[3:]}
