"""The rule files that come with Outwork, such as eu/dual_use/entries/9A012.toml, and those that a person lays over them."""

from __future__ import annotations

from outwork.store.shipped import Shipped

RULEBOOK = Shipped("rulebook", "rule file")
texts = RULEBOOK.texts
of_folder = RULEBOOK.of_folder
