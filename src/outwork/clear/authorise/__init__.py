"""What the law of the Union asks of a movement of dual-use items: bans, Annex IV, articles 4 and 11, general authorisations.

How to call it. Everything is pure; the book is read once, `ask` answers conditions about one item in one movement:

    book = authorise.read(rulebook)                                    InvalidRules with every fault of eu/*.csv
    ask: Callable[[Condition], Truth]                                  such as Case.ask
    paths = Paths(sure=("9A012.a.2",), maybe=())                       under which the item is listed, surely and perhaps

    authorise.banned(book, paths, destination)              -> Finding    true: prohibited; unknown: an expert decides
    authorise.general(book, paths, kind, destination, ask)  -> tuple[Finding, ...]    true: that authorisation may be used
    authorise.catch_all(book, destination, ask)             -> Finding    article 4; true: a licence is needed
    authorise.annex_iv(book, paths, ask)                    -> Finding    true: it is in Annex IV
    authorise.inside(book, paths, onward, ask)              -> Finding    article 11; true: a licence is, or may be, asked for
        onward = Onward(final="UA", processed=FALSE, licensed=TRUE)

Each depends on its arguments alone and on what `ask` says, so answers can be kept by (paths, kind, destination) and the facts.

The order for a movement out of the Union: `banned`; where it is listed `general`, any of which true means the outcome
*general*, none of which means *licence*; where it is surely not listed `catch_all`. For one inside the Union: `inside`.
A finding that is unknown never opens: the conditions behind it are its unanswered questions (`Finding.open_steps`).
"""

from outwork.clear.authorise.article_4 import catch_all
from outwork.clear.authorise.article_11 import Onward, inside
from outwork.clear.authorise.book import AuthoriseBook, Embargo, Member, read
from outwork.clear.authorise.embargo import banned
from outwork.clear.authorise.finding import Ask, Finding, Paths
from outwork.clear.authorise.general import general
from outwork.clear.authorise.membership import annex_iv

__all__ = [
    "Ask",
    "AuthoriseBook",
    "Embargo",
    "Finding",
    "Member",
    "Onward",
    "Paths",
    "annex_iv",
    "banned",
    "catch_all",
    "general",
    "inside",
    "read",
]
