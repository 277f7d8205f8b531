"""OpenSanctions and others: entities of FollowTheMoney, one JSON object on each line (entities.ftm.json).

Listed is who is marked as a target, or bears a topic of TOPICS; others are kept only where an ownership or directorship of the
file leads from them to somebody, so that who is owned by a listed person is found too. The file states its day as the last
day on which any entity was seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from outwork.model.errors import Unreadable
from outwork.model.listed import Bearer, Entry
from outwork.store.formats.watchlists.cells import day, nations, once
from outwork.store.formats.watchlists.drawn import Drawn

BEARERS: Final[dict[str, Bearer]] = {
    "Person": "person", "Company": "company", "Organization": "company", "PublicBody": "company", "LegalEntity": "unknown",
    "Vessel": "vessel", "Airplane": "vessel",
}  # fmt: skip
TOPICS: Final = ("sanction", "debarment", "export.control", "export.risk", "asset.frozen", "wanted")
NATIONS: Final = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag")
NUMBERS: Final = (
    "idNumber", "passportNumber", "taxNumber", "registrationNumber", "vatCode", "innCode", "ogrnCode", "kppCode", "leiCode",
    "dunsCode", "swiftBic", "uscCode", "npiCode", "imoNumber", "mmsi", "callSign", "serialNumber",
)  # fmt: skip
EDGES: Final = {"Ownership": ("owner", "asset", "owner"), "Directorship": ("director", "organization", "director")}
SHARE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?")


def read(lines: Iterable[bytes], where: str) -> Drawn:
    """Return what the lines of a file hold. Unreadable at the first line that is cut off or no entity."""
    drawn = Drawn()
    others: dict[str, Entry] = {}
    for line, text in enumerate(lines, 1):
        if not text.strip():
            continue
        entity = _entity(text, where, line)
        schema = entity["schema"]
        seen = day(str(entity.get("last_seen") or entity.get("last_change") or ""))
        drawn.published = max(filter(None, (drawn.published, seen)), default=None)
        if schema in EDGES:
            _stake(drawn, entity)
        elif schema in BEARERS:
            entry = _entry(entity)
            if entry.listed:
                drawn.take(entry, f"{where} line {line}")
            else:
                others[entry.entry] = entry
    _add_owned(drawn, others)
    return drawn


def _entity(text: bytes, where: str, line: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{where} line {line}: no JSON; the file is cut off or damaged; fetch it again") from error
    if not isinstance(found, dict) or not isinstance(found.get("properties"), dict) or not {"id", "schema"} <= found.keys():
        raise Unreadable(f"{where} line {line}: is no entity of FollowTheMoney, which has id, schema and properties")
    return found


def _entry(entity: dict[str, Any]) -> Entry:
    own: dict[str, list[Any]] = entity["properties"]
    topics = once(own.get("topics", ()))
    names = once([entity.get("caption"), *own.get("name", ()), *own.get("alias", ()), *own.get("previousName", ())])
    return Entry(
        entry=str(entity["id"]),
        bearer=BEARERS[entity["schema"]],
        names=names if entity.get("caption") != entity["id"] else names[1:],
        weak=once(own.get("weakAlias", ())),
        nations=nations(value for name in NATIONS for value in own.get(name, ())),
        identifiers=once(value for name in NUMBERS for value in own.get(name, ())),
        born=once(own.get("birthDate", ())),
        programmes=once([*own.get("programId", ()), *own.get("program", ()), *topics, *entity.get("datasets", ())]),
        listed=bool(entity.get("target")) or any(topic.startswith(TOPICS) for topic in topics),
    )


def _stake(drawn: Drawn, entity: dict[str, Any]) -> None:
    """Take an ownership or directorship that has not ended."""
    holder, held, role = EDGES[entity["schema"]]
    own = entity["properties"]
    if own.get("endDate"):
        return
    share = next((_share(str(each)) for each in own.get("percentage", ())), None) if role == "owner" else None
    drawn.stakes += [
        (_key(one), _key(other), role, share)
        for one in own.get(holder, ())
        for other in own.get(held, ())
        if _key(one) != _key(other)
    ]


def _key(reference: Any) -> str:
    """Return the key of an entity, which nested files write out in full."""
    return str(reference["id"]) if isinstance(reference, dict) and "id" in reference else str(reference)


def _share(percentage: str) -> float | None:
    """Return a percentage as a share [1], None where it is none."""
    found = SHARE.fullmatch(percentage.strip())
    share = float(found.group(1).replace(",", ".")) / 100 if found else None
    return share if share is not None and share <= 1 else None


def _add_owned(drawn: Drawn, others: dict[str, Entry]) -> None:
    """Keep those who are not listed but owned or directed by somebody, directly or further on, with the stakes that show it."""
    held = {asset for _, asset, _, _ in drawn.stakes}
    drawn.entries += [entry for key, entry in others.items() if key in held and (entry.names or entry.weak)]
    known = {each.entry for each in drawn.entries}
    drawn.stakes = sorted({each for each in drawn.stakes if each[0] in known and each[1] in known}, key=str)
