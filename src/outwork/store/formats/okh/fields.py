"""The fields of Open Know-How: which manifest is one, what version 2 calls those of version 1, and codes of processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SOURCE: Final = "Open Know-How"
"""Source of every fact that a manifest states."""

MARKS: Final = (
    "okhv", "okh-manifest-version", "making-instructions", "manufacturing-instructions", "bom-atoms", "product-atom", "tsdc",
    "manifest-author", "manifest-language", "function",
)  # fmt: skip
"""Fields of which a manifest of a design has at least one; nothing else has them."""

LIKELY: Final = (
    "license", "licensor", "documentation-home", "documentation-language", "development-stage", "intended-use", "project-link",
    "repo", "bom", "part", "description", "design-files",
)  # fmt: skip
"""Fields of which a short manifest has one beside its title; records of sites have some of them too."""

CURRENT: Final[Mapping[str, str]] = {
    "title": "name", "description": "function", "project-link": "repo", "organisation": "organization",
    "making-instructions": "manufacturing-instructions", "operating-instructions": "user-manual", "image": "image",
    "standards-used": "standard-compliance", "date-updated": "date-updated",
}  # fmt: skip
"""What version 2 calls the fields of version 1; others keep their names."""

WRITABLE: Final = (
    "okhv", "name", "repo", "license", "licensor", "function", "documentation-language", "version", "fork-of", "organization",
    "release", "readme", "contribution-guide", "technology-readiness-level", "documentation-readiness-level", "attestation",
    "publication", "standard-compliance", "cpc-patent-class", "tsdc", "bom", "manufacturing-instructions", "user-manual",
    "source", "export", "auxiliary", "mass", "outer-dimensions", "image", "part", "software",
)  # fmt: skip
"""Fields of version 2 (template 2.4), in its order."""

TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "license": ("hardware", "documentation", "software"), "licensor": ("name", "affiliation"),
    "organization": ("name", "affiliation"), "standard-compliance": ("standard-title", "reference"),
    **dict.fromkeys(("manufacturing-instructions", "user-manual", "bom", "source", "export", "readme"), ("path",)),
}  # fmt: skip
"""Where version 1 has fields within fields and version 2 one text: which of them that is, the first that is there."""

PEOPLE: Final = frozenset({"email", "social", "phone", "mobile"})
"""Where to reach a person is not kept: a programme goes from hand to hand."""

ASSEMBLY: Final = "assembly"
BOUGHT: Final = "COT"
"""Code of a part off the shelf."""
PROCESSES: Final[Mapping[str, str]] = {
    "3DP": "3D printing", "ASM": ASSEMBLY, "CNC": "CNC machining", "LAS": "laser cutting", "MEC": "mechanical manufacturing",
    "PCB": "printed circuit board manufacturing", "WEL": "welding", "WJ": "water jet cutting",
}  # fmt: skip
"""What the codes of technology-specific documentation criteria (DIN SPEC 3105-1) stand for; an unknown one is kept as it is."""
CODES: Final[Mapping[str, str]] = {words: code for code, words in PROCESSES.items()}
