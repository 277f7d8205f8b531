"""The shipped taxonomy, read once, and a small one to break."""

from __future__ import annotations

from functools import cache

from outwork.match.words import Recogniser, Taxonomy, read
from outwork.store import taxonomy

SMALL = {
    "taxonomy.toml": 'version = "1.0"\nday = 2026-11-22\nsource = "made up"\n',
    "processes.csv": "code,parent,group,label,description\n"
    "separating,,separating,Separating,Takes away.\n"
    "milling,separating,separating,Milling,Mills.\n",
    "aliases/en.csv": "text,process\nmill work,milling\n",
    "aliases/de.csv": "text,process\nFräsen,milling\n",
    "machines.csv": "make,model,process,x,y,z,tolerance,mass,grade,source\nHaas,VF-2,milling,762,406,508,,,assumed,maker\n",
    "others.csv": "text,language\nbakery,en\n",
    "plain.csv": "text,language\nsteel,en\n",
}


@cache
def shipped() -> Taxonomy:
    return read(taxonomy.texts())


@cache
def reader() -> Recogniser:
    return Recogniser(shipped(), {})
