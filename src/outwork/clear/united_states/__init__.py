"""What the rules of the United States ask of a movement: entries, country chart, exceptions, US content in what others make.

How to call it. Everything is pure; the book is read once:

    book = united_states.read(rulebook)                                   InvalidRules with every fault of us/*.csv
    united_states.licence(book, "9A012.a.1", "UA", ask)     -> Finding    true: a licence is needed; steps and citations
    united_states.exceptions(book, "9A012.a.1", "UA", found) -> tuple[Finding, ...]    false: ruled out; unknown: worth asking

    made = united_states.recipes(programme, day)                          once a programme: prices and components
    sources = {item: Source(us, eccn, itar, share)}                       from the facts `us origin`, `eccn`, `itar`, ...
    controlled = lambda item: licence(book, sources[item].eccn or "", destination, ask_of(item)).truth
    content = united_states.contents(made, sources, controlled)           once a destination: item -> Content
    found = united_states.reexport(book, item, sources, content[item], destination, ask)
        found.munitions.truth true or unknown: an expert;  found.needed true: licence of kind re-export;  false: nothing asked

`contents` depends on the destination by `controlled` alone, so it can be kept for destinations with the same marks and groups.
"""

from outwork.clear.united_states.book import UnitedStates, read
from outwork.clear.united_states.chart import licence
from outwork.clear.united_states.content import Content, Source, contents
from outwork.clear.united_states.de_minimis import subject, threshold
from outwork.clear.united_states.exceptions import exceptions
from outwork.clear.united_states.recipe import Recipe, recipes
from outwork.clear.united_states.reexport import Reexport, reexport

__all__ = [
    "Content",
    "Recipe",
    "Reexport",
    "Source",
    "UnitedStates",
    "contents",
    "exceptions",
    "licence",
    "read",
    "recipes",
    "reexport",
    "subject",
    "threshold",
]
