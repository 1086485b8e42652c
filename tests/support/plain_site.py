"""Make a project with the minimal archive and a minimal theme, which is built fast."""

import os
import shutil
from pathlib import Path

from builders import PROGRAM, minimal_root

MKDOCS = "site_name: Ombudsman statements archive\nsite_url: https://archive.example/\nplugins: []\nhooks: [hook.py]\n"
MKDOCS += "theme: {name: null, custom_dir: theme}\nwatch: [statements]\ndocs_dir: docs\n"
MKDOCS += "validation: {links: {absolute_links: warn}}\n"

TEMPLATE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body>{{ page.content | replace('<a href="http', '<a rel="noopener noreferrer" href="http') }}</body>
</html>
"""
ALONE = [
    "unshare",
    *([] if os.geteuid() == 0 else ["--map-root-user"]),
    "--mount",
]  # a command that runs others with mounts of their own


def plain_root(folder: Path) -> Path:
    """Make a project with the minimal archive and a minimal theme."""
    hook = (PROGRAM / "archive" / "publish" / "renderer_mkdocs.py").read_text("utf-8")
    shutil.copytree(PROGRAM / "archive" / "theme" / "assets", folder / "theme" / "assets")
    templates = {f"theme/{name}.html": TEMPLATE for name in ("main", "redirect")}
    return minimal_root(folder, {"hook.py": hook, "mkdocs.yml": MKDOCS, **templates})
