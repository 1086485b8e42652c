"""Every kind of page is valid HTML: the Nu checker finds no error (npm's `vnu-jar`, a Java program)."""

import shutil
import subprocess
from pathlib import Path

import pytest

from builders import npm_files

pytestmark = pytest.mark.slow


def test_no_page_has_an_error(five: Path) -> None:
    if shutil.which("java") is None:
        pytest.fail(
            "The Nu checker needs Java (on Debian or Ubuntu: apt-get install default-jre-headless)", pytrace=False
        )
    jar = npm_files("vnu-jar@26.9.27", "build/dist/vnu.jar") / "build" / "dist" / "vnu.jar"
    pages = sorted(five.rglob("*.html"))
    command = ["java", "-Xss2m", "-jar", str(jar), "--errors-only", "--format", "gnu", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert len(pages) > 50
    assert (done.returncode, done.stderr) == (0, "")
