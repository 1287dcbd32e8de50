"""MkDocs hook: files outside `docs` that the pages link to join the site, and long lists join its navigation.

The Markdown stays as a forge shows it: a page links to `../README.md`, and here that file is added under
`repository/` and the link is turned to it. A navigation entry such as `rules/Z*.md` stands for its pages.
Japanese has no spaces between words, so a line break within a sentence leaves none.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OUTSIDE = "repository/"
"""The folder of the site that holds what lies outside `docs`."""

_LINK = re.compile(r"(?<=\]\()(?!\w+:|[#/<])([^)#\s]+)")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_NESTED = re.compile(r"^(?:  )+(?=[-*] )", re.MULTILINE)
_EXIT = re.compile(r"^(```\w+) exit=\d$", re.MULTILINE)
_BLOCK = re.compile(r"(<pre.*?</pre>)", re.DOTALL)
_WIDE = "\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e"
_CLOSING, _OPENING = r"(?:</\w+>)*", r"(?:<(?:a|em|strong)\b[^>]*>)*"
_BREAK = re.compile(
    rf"(?<=[\u3001\u3002])\n"
    rf"|([{_WIDE}]{_CLOSING})\n(?={_OPENING}[0-9({_WIDE}])"
    rf"|([0-9){_WIDE}]{_CLOSING})\n(?={_OPENING}[{_WIDE}])"
)
_HEADING = re.compile(r"^# (.+?)(?: / .*)?$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Spell out the entries of the navigation that stand for many pages."""
    config.nav = [_spelled_out(entry, Path(config.docs_dir)) for entry in config.nav or ()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every file outside `docs` that a page leads to, and what those lead to in turn."""
    waiting = list(files.documentation_pages())
    while waiting:
        page = waiting.pop()
        for name in _outside(page):
            if files.get_file_from_path(_on_site(name)) is None:
                added = _added(name, page, config)
                files.append(added)
                waiting += [added] if added.is_documentation_page() else []
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Turn links to files outside `docs` to where they are on the site, and lists to what MkDocs reads."""
    said = [
        part if part.startswith("```") else _told(part, page.file.src_uri) for part in _FENCE.split(markdown)
    ]
    return _EXIT.sub(r"\1", "".join(said))


def _told(markdown: str, place: str) -> str:
    """Return Markdown without blocks of code for the site; a list in a list needs four spaces there."""
    said = _NESTED.sub(lambda indent: indent[0] * 2, markdown)
    return _LINK.sub(lambda link: _turned(link[0], place), said)


def on_page_content(html: str, **_: Any) -> str:
    """Join the lines of a Japanese sentence without a space, save in blocks of code."""
    parts = _BLOCK.split(html)
    return "".join(part if part.startswith("<pre") else _BREAK.sub(r"\1\2", part) for part in parts)


def _turned(link: str, place: str) -> str:
    """Return a link of a page as the site needs it; `place` is the page's own on the site."""
    return posixpath.relpath(_on_site(_name(link, place)), posixpath.dirname(place) or ".")


def _name(link: str, place: str) -> str:
    """Return what a link names, as a path in the repository."""
    page = place.removeprefix(OUTSIDE) if place.startswith(OUTSIDE) else f"docs/{place}"
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


def _on_site(name: str) -> str:
    """Return where a file of the repository is on the site; a folder is there as a list of its files."""
    if name.startswith("docs/"):
        return name.removeprefix("docs/")
    return OUTSIDE + (f"{name}/index.md" if (ROOT / name).is_dir() else name)


def _outside(page: File) -> Iterator[str]:
    for link in _LINK.findall(_FENCE.sub("", page.content_string)):
        name = _name(link, page.src_uri)
        if not name.startswith("docs/"):
            yield name


def _added(name: str, page: File, config: MkDocsConfig) -> File:
    path = ROOT / name
    if name.startswith("../") or not path.exists():
        raise PluginError(f"{page.src_uri} leads to {name}, which is not in the repository.")
    if path.is_dir():
        return File.generated(config, _on_site(name), content=_listed(path))
    return File.generated(config, _on_site(name), abs_src_path=str(path))


def _listed(folder: Path) -> str:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    return "\n".join([f"# {folder.name}", "", *(f"- [{name}]({name})" for name in names), ""])


def _spelled_out(entry: Any, docs: Path) -> Any:
    if isinstance(entry, dict):
        return {title: _spelled_out(below, docs) for title, below in entry.items()}
    if isinstance(entry, list):
        return [one for below in entry for one in _matching(below, docs)]
    return entry


def _matching(entry: Any, docs: Path) -> list[Any]:
    if not (isinstance(entry, str) and "*" in entry):
        return [_spelled_out(entry, docs)]
    return [{_title(path): path.relative_to(docs).as_posix()} for path in sorted(docs.glob(entry))]


def _title(path: Path) -> str:
    """Return the Japanese half of a page's heading."""
    heading = _HEADING.search(path.read_text("utf-8"))
    return heading[1] if heading else path.stem
