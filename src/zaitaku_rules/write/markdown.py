"""Plain Markdown: tables, lists and links, the same on every run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Lines = list[str]

GENERATED = "<!-- zaitaku docs write が作ったページです。手で直しません。 Generated: do not edit by hand. -->"
"""The first line of every generated page."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Lines:
    """Return a table, or nothing where it has no rows."""
    found = [_row(row) for row in rows]
    return [_row(heads), "|" + "---|" * len(heads), *found, ""] if found else []


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"


def bullets(items: Iterable[str]) -> Lines:
    """Return a list, or nothing where it has no items."""
    found = [f"- {item}" for item in items]
    return [*found, ""] if found else []


def section(level: int, heading: str, body: Sequence[str]) -> Lines:
    """Return a heading and what stands below it, or nothing where nothing does."""
    return ["#" * level + f" {heading}", "", *body] if body else []


def linked(text: str, url: str | None) -> str:
    """Return a text that leads to a page, or the text alone where no page is known."""
    if not url:
        return text
    return f"[{text.replace('[', '(').replace(']', ')')}]({f'<{url}>' if set(url) & set('() ') else url})"


def code(text: str) -> str:
    """Return a name as code."""
    return f"`{text}`"


def fenced(text: str, language: str = "text") -> Lines:
    """Return a block of text as it stands."""
    return [f"```{language}", *text.splitlines(), "```", ""]


def page(lines: Iterable[str]) -> str:
    """Return a page of lines, with one line feed at its end."""
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
