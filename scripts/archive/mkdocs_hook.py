"""MkDocs hook: puts the generated pages in as MkDocs pages. The only file that imports mkdocs."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from archive import site

_generated: dict[str, str] = {}


def on_pre_build(config: MkDocsConfig) -> None:
    """Check and generate before MkDocs clears its output folder, so that a mistake leaves the last good site."""
    _generated.clear()
    try:
        _generated.update(site.generate(site.load(Path(config.config_file_path).parent)))
    except site.ContentError as error:
        raise PluginError(f"{error}\n{site.count(error.problems)}") from None
    except ValueError as error:
        raise PluginError(str(error)) from None


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; one that fills the places of a hand-written page stands in for it."""
    for path, text in _generated.items():
        written = files.get_file_from_path(path)
        if written is not None:
            files.remove(written)
        # out of the nav, which every page repeats; a page that the nav names is in it all the same
        files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    return files
