"""The program as people install it: a wheel in an empty environment, away from the checkout."""

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]
CHECKOUT = Path(__file__).parents[2]


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command in a folder and return what it prints; a failure shows its errors."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it, as the folder ``env`` of an empty folder."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--outdir", folder, CHECKOUT], CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    lock = CHECKOUT / "requirements.lock"
    pip: list[str | Path] = [
        folder / "env/bin/python",
        "-m",
        "pip",
        "install",
        "-q",
        "-c",
        lock,
        wheel,
    ]
    run(pip, folder)
    return folder


def program(place: Path, *words: str) -> str:
    return run([place / "env/bin/graphstudio", *words], place)


def example(place: Path) -> Path:
    (found,) = place.glob("env/lib/python3*/site-packages/graphstudio/resources/examples")
    return found / "digits.gstudio"


def test_the_resources_are_inside_the_package(place: Path) -> None:
    resources = example(place).parent.parent
    shipped = {path.relative_to(resources) for path in resources.rglob("*") if path.is_file()}
    kept = run(["git", "ls-files", "resources"], CHECKOUT).splitlines()
    assert {Path(name).relative_to("resources") for name in kept} <= shipped


def test_the_example_is_a_model(place: Path) -> None:
    assert json.loads(program(place, "check", str(example(place)), "--json")) == []


def test_the_example_trains_and_the_run_stays_out_of_the_package(place: Path) -> None:
    words = ("train", str(example(place)), "--epochs", "1", "--run-dir", "run", "--json")
    events = [json.loads(line) for line in program(place, *words).splitlines()]
    assert events[-1]["kind"] == "run_ended"
    assert (place / "run/model.keras").is_file()


def test_the_exported_script_runs(place: Path) -> None:
    program(place, "export", str(example(place)), "--to", "python", "-o", "digits.py")
    text = (place / "digits.py").read_text().replace("EPOCHS = 20", "EPOCHS = 1")
    (place / "digits.py").write_text(text)
    assert "digit_accuracy: " in run([place / "env/bin/python", "digits.py"], place)
    assert (place / "digits.keras").is_file()


def test_the_picture_is_drawn_by_the_installed_canvas(place: Path) -> None:
    program(place, "export", str(example(place)), "--to", "png", "-o", "digits.png")
    assert (place / "digits.png").read_bytes().startswith(b"\x89PNG")
