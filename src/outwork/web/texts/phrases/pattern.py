"""A sentence of the code with slots for what it inserts, and how a sentence is matched with it.

Between two slots that hold any text stands a piece without one. The pieces are looked for one after another, each as early as
can be, so that names are as short as can be and no sentence takes longer than its length times the pieces. One regular
expression for the whole would go back and try longer names, without end on a sentence that was made for it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from outwork.web.texts import Text
from outwork.web.texts.phrases.slots import LOOSE, SHAPES, SLOT, Slot

SHAPED, ANY = 4, 2
"""Characters that a slot with a shape, and one that can hold any text, weigh."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """A sentence with slots.

    Args: english, as the book has it; text, in the other language; slots, in their order; pieces, the expressions between the
    slots that hold any text, the first from the beginning and the last to the end; longest, the longest literal, which a
    sentence must hold; weight, how much it says of a sentence that follows it: the heaviest is tried first.
    """

    english: str
    text: Text
    slots: tuple[Slot, ...]
    pieces: tuple[re.Pattern[str], ...]
    longest: str
    weight: int

    @property
    def counts(self) -> Slot:
        """Return the slot that chooses the form: the first count."""
        return next(slot for slot in self.slots if slot.kind == "count")

    def match(self, sentence: str) -> dict[str, str] | None:
        """Return by slot what a sentence inserts, None where it does not follow the pattern."""
        at = self.pieces[0].match(sentence) if self.longest in sentence else None
        if at is None:
            return None
        found = at.groupdict()
        loose = (slot for slot in self.slots if slot.kind in LOOSE)
        for slot, piece in zip(loose, self.pieces[1:], strict=True):
            begin = at.end()
            at = piece.search(sentence, begin + 1)
            if at is None or not slot.holds(held := sentence[begin : at.start()]):
                return None
            found |= {slot.name: held, **at.groupdict()}
        return found


def pattern(english: str, text: Text) -> Pattern:
    """Return a pattern of the book. TypeError where it says nothing clear."""
    slots, literals, expressions = _read(english)
    names = {slot.name for slot in slots}
    if len(names) < len(slots):
        raise TypeError(f"two slots of '{english}' have one name; tell them apart, as in {{day:first}} and {{day:last}}")
    for form in [text] if isinstance(text, str) else text.values():
        if set(fields(form)) != names:
            raise TypeError(f"'{english}' and '{form}' have different slots")
    if not isinstance(text, str) and not any(slot.kind == "count" for slot in slots):
        raise TypeError(f"'{english}' has forms and no count that chooses between them")
    if not all(expressions[1:-1]):
        raise TypeError(f"'{english}' has two slots for any text with nothing between them")
    pieces = tuple(re.compile(each, re.DOTALL) for each in (*expressions[:-1], rf"(?:{expressions[-1]})\Z"))
    return Pattern(english, text, slots, pieces, max(literals, key=len), _weight(literals, slots))


def fields(text: str) -> Iterator[str]:
    """Yield the slots that a text of the other language shows."""
    return (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _weight(literals: list[str], slots: tuple[Slot, ...]) -> int:
    """Return the characters that are in no slot, more for each slot with a shape, less for each that can hold any text."""
    return sum(map(len, literals)) + sum(SHAPED if slot.kind in SHAPES else -ANY for slot in slots)


def _read(english: str) -> tuple[tuple[Slot, ...], list[str], list[str]]:
    """Return the slots of a pattern, its literals, and the expressions between the slots that hold any text."""
    slots: list[Slot] = []
    literals, expressions, end = [], [""], 0
    for found in SLOT.finditer(english):
        literals.append(english[end : found.start()])
        expressions[-1] += re.escape(literals[-1])
        end = found.end()
        slot = Slot(found[1], found[2] or found[1])
        if slot.kind in SHAPES:
            expressions[-1] += f"(?P<{slot.name}>{SHAPES[slot.kind]})"
        elif slot.kind in LOOSE:
            expressions.append("")
        else:
            raise TypeError(f"'{english}': there is no slot of kind '{slot.kind}'")
        slots.append(slot)
    literals.append(english[end:])
    expressions[-1] += re.escape(literals[-1])
    return tuple(slots), literals, expressions
