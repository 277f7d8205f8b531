"""S-expressions as KiCad writes them: lists of words, quoted texts and lists, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from outwork.model.errors import Unreadable

TOKEN: Final = re.compile(r'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+))', re.DOTALL)
ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
LISTS: Final = 1_000_000
DEEPEST: Final = 100
LARGEST: Final = 64 * 1024 * 1024
"""No schematic is longer [character]."""


@dataclass
class Node:
    """A list: the line on which it begins, and what it holds; its name is the first word."""

    line: int
    held: list[Node | str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The first word."""
        return self.held[0] if self.held and isinstance(self.held[0], str) else ""

    @property
    def words(self) -> list[str]:
        """The words after the name."""
        return [each for each in self.held[1:] if isinstance(each, str)]

    @property
    def first(self) -> str:
        """The first word after the name, empty where there is none."""
        return self.words[0] if self.words else ""

    @property
    def second(self) -> str:
        """The second word after the name, empty where there is none."""
        return self.words[1] if len(self.words) > 1 else ""

    @property
    def last(self) -> str:
        """The last word after the name, empty where there is none."""
        return self.words[-1] if self.words else ""

    def all(self, name: str) -> Iterator[Node]:
        """Yield the lists of that name within this one."""
        return (each for each in self.held if isinstance(each, Node) and each.name == name)

    def text(self, name: str) -> str:
        """Return the first word of the list of that name, empty where there is none."""
        return next((each.first for each in self.all(name)), "")


def parsed(text: str, where: str) -> Node:
    """Return the list that a text is. Unreadable with the line where it is cut off, or goes on after its end."""
    if len(text) > LARGEST:
        raise Unreadable(f"{where}: has more than {LARGEST:,} characters; it is no board")
    top = Node(1)
    stack, at, line, lists = [top], 0, 1, 0
    while (found := TOKEN.match(text, at)) is not None:
        line += text.count("\n", at, found.end())
        at = found.end()
        if found[1]:
            stack[-1].held.append(node := Node(line))
            stack.append(node)
            lists += 1
            if lists > LISTS:
                raise Unreadable(f"{where} line {line}: holds more than {LISTS:,} lists; it is no board")
            if len(stack) > DEEPEST:
                raise Unreadable(f"{where} line {line}: nests deeper than {DEEPEST} levels; it is no board")
        elif found[2]:
            if len(stack) == 1:
                raise Unreadable(f"{where} line {line}: a bracket closes that was not opened; is the file whole?")
            stack.pop()
        else:
            stack[-1].held.append(ESCAPE.sub(r"\1", found[3]) if found[3] is not None else found[4])
    if text[at:].strip() or len(stack) > 1 or len(top.held) != 1 or not isinstance(top.held[0], Node):
        raise Unreadable(f"{where} line {line}: the list that begins on line {stack[-1].line} does not end; is the file whole?")
    return top.held[0]
