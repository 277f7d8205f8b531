"""The files of processes and their names that come with Outwork, and those that a person lays over them."""

from __future__ import annotations

from outwork.store.shipped import Shipped

TAXONOMY = Shipped("taxonomy", "taxonomy file")
texts = TAXONOMY.texts
of_folder = TAXONOMY.of_folder
