"""Legal forms of companies, as they stand in names: written out, shortened, and in Latin letters of other alphabets.

Forms in one line mean the same kind of company in their own countries; a name says the same with any of them. After the codes
of ISO 20275 (Entity Legal Forms) and the registers of the countries concerned; not complete.
"""

from __future__ import annotations

from typing import Final

SPELLINGS: Final[dict[str, str]] = {
    "ag": "aktiengesellschaft|aktiengeselschaft|ag",
    "se": "societas europaea|se",
    "gmbh": "gesellschaft mit beschrankter haftung|gesellschaft mbh|gmbh|gesmbh|ggmbh|ug haftungsbeschrankt|ug",
    "kg": "kommanditgesellschaft|gmbh co kg|ag co kg|kg|kgaa|ohg|gbr",
    "ev": "eingetragener verein|ev",
    "inc": "incorporated|inc|corporation|corp|corporations|incorporation",
    "co": "company|co|cie|compagnie|compan",
    "ltd": "limited|ltd|ltda|limitada|private limited|pvt ltd|pvt limited|pvt|pte|pte ltd|pte limited|pty"
    "|pty ltd|pty limited|co ltd|co limited|company limited|company ltd|sdn bhd|bhd"
    "|private limited company|ld",
    "plc": "public limited company|plc|public company limited",
    "llc": "limited liability company|limited liability co|llc|l l c|ooo|too|tov"
    "|obshchestvo s ogranichennoy otvetstvennostyu|obschestvo s ogranichennoy otvetstvennostyu"
    "|tovarystvo z obmezhenoyu vidpovidalnistyu|tovaristvo z obmezhenoyu vidpovidalnistyu|doo|d o o|dooel"
    "|eood|ood|mchzh|oy|oue|ou|uab|sia|fzco|fze|fz llc|fzc|wll",
    "jsc": "joint stock company|joint stock co|joint stock compan|open joint stock company"
    "|closed joint stock company|public joint stock company|private joint stock company|jsc|ojsc|cjsc"
    "|pjsc|oao|zao|pao|ao|oaoo|at|pat|prat|vat|zat|aktsionernoe obshchestvo"
    "|otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo"
    "|publichnoe aktsionernoe obshchestvo|aktsionerne tovarystvo|ad|a d|aad|ead|sha|shpk|as|a s"
    "|aksjeselskap|anonim sirketi|anonim sirket",
    "llp": "limited liability partnership|llp",
    "lp": "limited partnership|lp|l p|cv|kb|ky|scs|scsp",
    "sa": "sociedad anonima|societe anonyme|sociedade anonima|societate pe actiuni"
    "|sociedad anonima de capital variable|sa|s a|sa de cv|sab de cv|spa|societa per azioni|nv"
    "|naamloze vennootschap|ab|aktiebolag|asa|oyj|abp|nyrt|zrt|rt|akcionarsko drustvo|spolka akcyjna"
    "|akciova spolecnost|s p a|saog|saoc|sal|bsc|pjs|tbk|sas|s a s|sasu|spolka komandytowa",
    "srl": "societe a responsabilite limitee|sociedad de responsabilidad limitada"
    "|societa a responsabilita limitata|societatea cu raspundere limitata"
    "|societate cu raspundere limitata|sociedad limitada|srl|s r l|sarl|s a r l|sl|s l|slu|spol s r o|sro"
    "|s r o|spolecnost s rucenim omezenym|spolocnost s rucenim obmedzenym"
    "|spolka z ograniczona odpowiedzialnoscia|sp z o o|sp z oo|spzoo|sp zoo|kft"
    "|korlatolt felelossegu tarsasag|lda|bv|b v|besloten vennootschap|bvba|b v b a|sprl|aps"
    "|anpartsselskab|limited sirketi|ltd sti|limited sti|eurl|gk|kk|kabushiki kaisha|kabushikigaisha"
    "|godo kaisha|yk",
    "fgup": "federal state unitary enterprise|fsue|fgup|state enterprise|unitary enterprise|mup|gup"
    "|federalnoe gosudarstvennoe unitarnoe predpriyatie|derzhavne pidpryyemstvo|derzhavne pidpriemstvo",
    "pt": "perseroan terbatas|pt|p t|pt tbk",
    "trust": "trust",
}  # fmt: skip
"""Canonical form -> its spellings, as words in lower-case Latin letters, separated by bars."""

FORMS: Final[dict[tuple[str, ...], str]] = {
    tuple(spelling.split()): form for form, spellings in SPELLINGS.items() for spelling in spellings.split("|")
}
"""Words of a spelling -> canonical form."""
LONGEST_FORM: Final = max(map(len, FORMS))
"""Words of the longest spelling."""
GLUED: Final = ("aktiengesellschaft", "gmbh", "ag", "llc", "ltd", "ooo", "zao", "oao")
"""Forms that get written onto the name without a space."""
