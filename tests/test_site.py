"""The hook of the docs site: links to files outside `docs`, lists in the navigation, lines of Japanese."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import zaitaku_rules
from zaitaku_rules import bulk, testing

ROOT = Path(__file__).parents[1]


def hook() -> ModuleType:
    """Load the hook as MkDocs does, from its file."""
    spec = importlib.util.spec_from_file_location("outside_files", ROOT / "site" / "outside_files.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOK: Any = hook()


@pytest.fixture
def config() -> Any:
    """The configuration of a site that is never written."""
    config: Any = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(ROOT / "docs"), "use_directory_urls": False})
    assert not config.validate()[0]
    config.plugins._current_plugin = "test"  # MkDocs notes here whose file is generated, while it builds.
    return config


@pytest.mark.parametrize(
    ("place", "link", "turned"),
    [
        ("index.md", "../README.ja.md", "repository/README.ja.md"),
        ("index.md", "../examples/README.md#x", "repository/examples/README.md#x"),
        ("index.md", "../examples/overlays", "repository/examples/overlays/index.md"),
        ("index.md", "why.md", "why.md"),
        ("law/history.md", "../rules/Z101.md", "../rules/Z101.md"),
        ("repository/README.md", "docs/limits.md", "../limits.md"),
        ("repository/README.md", "LICENSE", "LICENSE"),
        ("repository/examples/README.md", "../SECURITY.md", "../SECURITY.md"),
        ("index.md", "https://example.org/../x", "https://example.org/../x"),
        ("index.md", "#top", "#top"),
    ],
)
def test_links_are_turned(config: Any, place: str, link: str, turned: str) -> None:
    page = Page(None, File.generated(config, place, content="# x"), config)
    assert HOOK.on_page_markdown(f"[a]({link})", page=page) == f"[a]({turned})"


def test_what_is_linked_joins_the_site_and_leads_on(config: Any) -> None:
    files = Files([File.generated(config, "index.md", content="[a](../README.md) [b](../examples/overlays)")])
    HOOK.on_files(files, config=config)
    names = {file.src_uri for file in files}
    assert {"repository/README.md", "repository/SECURITY.md", "repository/LICENSE"} <= names
    assert {f"repository/examples/overlays/{one}" for one in ("index.md", "icross.toml")} <= names


@pytest.mark.parametrize("link", ["../nowhere.md", "../../elsewhere.md"])
def test_a_link_that_leads_nowhere_is_told(config: Any, link: str) -> None:
    files = Files([File.generated(config, "index.md", content=f"[a]({link})")])
    with pytest.raises(PluginError, match="leads to"):
        HOOK.on_files(files, config=config)


def test_one_entry_of_the_navigation_stands_for_many_pages(config: Any) -> None:
    config.nav = [{"x": ["why.md", {"y": "limits.md"}, "rules/Z40*.md"]}]
    HOOK.on_config(config)
    assert config.nav[0]["x"][:3] == ["why.md", {"y": "limits.md"}, {"Z401 週1回の評価等": "rules/Z401.md"}]
    assert len(config.nav[0]["x"]) == 6


@pytest.mark.parametrize(
    ("html", "joined"),
    [
        ("<p>決定を\n受け</p>", "<p>決定を受け</p>"),
        (
            "<p>です。\n1人と<strong>ある</strong>\n<a href='x'>日</a></p>",
            "<p>です。1人と<strong>ある</strong><a href='x'>日</a></p>",
        ),
        ("<p>README\nの 3\n日 (a)\n(b) 1\n2</p>", "<p>README\nの 3日 (a)\n(b) 1\n2</p>"),
        ("<pre>決定を\n受け</pre>", "<pre>決定を\n受け</pre>"),
    ],
)
def test_lines_of_japanese_are_joined(html: str, joined: str) -> None:
    assert HOOK.on_page_content(html) == joined


def test_a_list_in_a_list_is_one(config: Any) -> None:
    page = Page(None, File.generated(config, "index.md", content="# x"), config)
    told = HOOK.on_page_markdown("- a\n  - b\n    - c\n\n```text\n  - d](x/../y)\n```\n", page=page)
    assert told == "- a\n    - b\n        - c\n\n```text\n  - d](x/../y)\n```\n"


def test_the_exit_of_a_block_is_not_shown(config: Any) -> None:
    page = Page(None, File.generated(config, "index.md", content="# x"), config)
    assert HOOK.on_page_markdown("```console exit=1\n$ x\n```\n", page=page) == "```console\n$ x\n```\n"


@pytest.mark.parametrize("module", [zaitaku_rules, bulk, testing], ids=lambda module: module.__name__)
def test_every_public_name_stands_in_the_api(module: ModuleType) -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert [name for name in module.__all__ if f"::: {module.__name__}.{name}\n" not in text] == []
