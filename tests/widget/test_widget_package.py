"""What is built of the widget, and the package of it."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from bot.channels.widget import MAJOR, WIDGET_DIR
from bot.settings import PROJECT_DIR

BUILT = WIDGET_DIR / "dist"
TOOLS = WIDGET_DIR / "node_modules"
PACKAGE = json.loads((WIDGET_DIR / "package.json").read_text("utf-8"))
USAGE = Path(__file__).parent / "usage.ts"


@pytest.fixture(autouse=True)
def tools() -> None:
    """What builds and checks the widget; make test installs it."""
    assert shutil.which("npm"), "there is no Node.js: run make widget"
    assert TOOLS.is_dir(), "what builds the widget is not installed: run make widget"


def run(*command: str, folder: Path = WIDGET_DIR) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_is_served_is_built_of_the_source(tmp_path: Path) -> None:
    run("node", "build.mjs", str(tmp_path))
    anew = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in BUILT.iterdir()}
    assert set(anew) == set(kept) == {"loader.js", "chat.js"}
    changed = [name for name in kept if kept[name] != anew[name]]
    assert not changed, f"{changed} of widget/dist/ are older: run make widget"


@pytest.mark.parametrize(
    ("name", "placeholder"),
    [("loader.js", '"HELSE_CONFIG"'), ("chat.js", '"HELSE_CONTENT"')],
)
def test_the_content_has_one_place_in_each_file(name: str, placeholder: str) -> None:
    assert (BUILT / name).read_text("utf-8").count(placeholder) == 1


def test_the_package_holds_what_belongs_there_and_no_more() -> None:
    [packed] = json.loads(run("npm", "pack", "--dry-run", "--json"))
    assert {file["path"] for file in packed["files"]} == {
        "LICENSE",
        "README.md",
        "helse-assistent.d.ts",
        "index.js",
        "package.json",
    }
    licence = (WIDGET_DIR / "LICENSE").read_text("utf-8")
    assert licence == (PROJECT_DIR / "LICENSE").read_text("utf-8")


def test_the_package_has_the_version_that_sites_follow() -> None:
    assert PACKAGE["version"].split(".")[0] == MAJOR
    assert f'version = "{MAJOR}"' in (WIDGET_DIR / "index.js").read_text("utf-8")


def test_a_site_that_is_built_knows_the_types(tmp_path: Path) -> None:
    run("npm", "pack", "--silent", "--pack-destination", str(tmp_path))
    [packed] = tmp_path.glob("*.tgz")
    place = tmp_path / "node_modules" / PACKAGE["name"]
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path)
    place.parent.mkdir()
    (tmp_path / "package").rename(place)
    shutil.copy(USAGE, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    options = {
        **{"strict": True, "noEmit": True, "target": "es2022", "types": []},
        **{"module": "nodenext", "lib": ["es2022", "dom"]},
    }
    settings = {"compilerOptions": options, "files": [USAGE.name]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    run(str(TOOLS / ".bin" / "tsc"), "--project", str(tmp_path), folder=tmp_path)
