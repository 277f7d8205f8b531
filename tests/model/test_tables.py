"""Facts about the tables that are declared."""

from __future__ import annotations

import pytest

from outwork.model.table import Table
from outwork.model.tables import BY_NAME, EVERY

SQLITE = """
abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast
check collate column commit conflict constraint create cross current current_date current_time current_timestamp database
default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain
fail filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed
initially inner insert instead intersect into is isnull join key last left like limit match materialized natural no not
nothing notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query raise range
recursive references regexp reindex release rename replace restrict returning right rollback row rows savepoint select set
table temp temporary then ties to transaction trigger unbounded union unique update using vacuum values view virtual when
where window with without
"""
"""Every keyword of SQLite (sqlite.org/lang_keywords.html)."""

POSTGRESQL = """
all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp
current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having
ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not
notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar
some symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where window
with
"""
"""Words that PostgreSQL 16 reserves, also those that may still name a function or type (its appendix C)."""

RESERVED = {*SQLITE.split(), *POSTGRESQL.split()}

every_table = pytest.mark.parametrize("table", EVERY, ids=[table.name for table in EVERY])


@every_table
def test_no_name_is_a_reserved_word(table: Table) -> None:
    assert not RESERVED & {table.name, *table.names}


@every_table
def test_a_name_is_lower_case_and_short_enough_for_the_names_of_constraints(table: Table) -> None:
    for name in (table.name, *table.names):
        assert name.isidentifier()
        assert name == name.lower()
        assert len(f"{table.name}_{name}_check") <= 63  # PostgreSQL cuts longer names off


@every_table
def test_a_table_has_a_key_that_is_never_blank(table: Table) -> None:
    assert table.key
    assert not any(table.column(name).optional for name in table.key)


@every_table
def test_a_reference_names_the_whole_key_of_a_table_that_comes_before(table: Table) -> None:
    names = [each.name for each in EVERY]
    for link in table.links:
        assert link.theirs == BY_NAME[link.table].key
        assert set(link.own) <= set(table.names)
        assert names.index(link.table) <= names.index(table.name)


@every_table
def test_a_reference_has_the_type_of_what_it_names(table: Table) -> None:
    for link in table.links:
        theirs = [BY_NAME[link.table].column(name).kind for name in link.theirs]
        assert [table.column(name).kind for name in link.own] == theirs


@every_table
def test_every_number_states_its_unit(table: Table) -> None:
    assert [column.name for column in table.columns if column.kind in {"number", "integer"} and not column.unit] == []


@every_table
def test_a_default_is_one_of_the_allowed_values(table: Table) -> None:
    for column in table.columns:
        if column.default is None:
            continue
        assert not column.choices or column.default in column.choices
        if isinstance(column.default, int | float):
            assert column.low is None or column.default >= column.low
            assert column.high is None or column.default <= column.high
