"""Working copies of the project, which are trained and served beside it."""

from pathlib import Path

import pytest

from bot.settings import PROJECT_DIR
from bot.training import model_file
from trials.pipelines import Project

SECOND_CONTENT = PROJECT_DIR / "tests" / "second_content"


@pytest.mark.parametrize("content", [PROJECT_DIR, SECOND_CONTENT])
def test_a_working_copy_has_the_content_in_force_and_its_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Path
) -> None:
    monkeypatch.setenv("HELSE_CONTENT", str(content))
    copy = Project(tmp_path)
    assert model_file(copy.folder).name == model_file().name
    wanted = (content / "domain.yml").read_text("utf-8")
    assert (copy.folder / "domain.yml").read_text("utf-8") == wanted
    assert copy.training().environment == {"HELSE_CONTENT": ""}
