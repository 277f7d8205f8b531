"""Who may see and write what: one policy, held by the pages and, as a second wall, by PostgreSQL itself.

`roles/` states it, a file for each role; docs/reference/sight.md tells it; `walls` builds it into a database.
"""

from outwork.store.sight.reasons import reason_seen
from outwork.store.sight.view import View, seen
from outwork.store.sight.writing import may_write, refused

__all__ = ["View", "may_write", "reason_seen", "refused", "seen"]
