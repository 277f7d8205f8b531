"""The policy as row-level security of PostgreSQL: a second wall behind the pages, from the same lines.

Each role is a group without a login. A connection becomes one for a transaction and says for whom it asks:

    SET LOCAL ROLE outwork_manufacturer
    SET LOCAL outwork.party = 'derkacz'
    SET LOCAL outwork.nation = 'PL'

What it then selects are the rows of `seen`, and of columns those that the role sees; to name another is an error. Whoever may
type SQL may say for whom they ask, so such a connection belongs to the service, not to a person.

Rules look up rows of other tables in views that the office owns, whose own policy is open: PostgreSQL refuses policies that go
through each other's tables in a circle, even where the rows do not. A view holds only rows and columns that its role sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege

from outwork.model.asker import Role
from outwork.model.errors import Unreadable
from outwork.model.tables import BY_NAME
from outwork.store.sight.book import POLICIES
from outwork.store.sight.policy import Policy
from outwork.store.sight.sql import PREFIX, group, opened, views
from outwork.store.sight.view import View

OFFICE: Final = group(Role.OFFICE)
OTHERS: Final = tuple(group(role) for role in Role if role is not Role.OFFICE)
MAKE: Final = """DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
END $$"""
SCHEMA: Final = "DO $$ BEGIN EXECUTE format('{what}', current_schema()); END $$"
FALLEN: Final = f"""DO $$ DECLARE old record; BEGIN
  FOR old IN SELECT viewname FROM pg_views WHERE schemaname = current_schema() AND starts_with(viewname, '{PREFIX}') LOOP
    EXECUTE format('DROP VIEW IF EXISTS %I CASCADE', old.viewname);
  END LOOP;
  FOR old IN SELECT policyname, tablename FROM pg_policies
    WHERE schemaname = current_schema() AND starts_with(policyname, 'outwork_') LOOP
    EXECUTE format('DROP POLICY IF EXISTS %I ON %I', old.policyname, old.tablename);
  END LOOP;
END $$"""  # noqa: S608 - ours
"""Views go with the policies that look into them."""
OLDEST: Final = 160_000
"""Version of PostgreSQL from which on a member of a group can be kept from inheriting what it may do."""
POWERS: Final = "SELECT rolname FROM pg_roles WHERE rolname IN (session_user, current_user) AND (rolsuper OR rolbypassrls)"


def statements() -> tuple[str, ...]:
    """Return the SQL that builds the walls around the tables of a connection's first schema, in place of earlier ones.

    To be run as one transaction by who owns the tables and may make roles, on PostgreSQL 16 or newer. They stay able to read
    and write every row, as a member of the office, and to become any other role.
    """
    tables = tuple(POLICIES[Role.OFFICE].tables)
    return (
        *(MAKE.format(role=role) for role in (OFFICE, *OTHERS)),
        *fallen(),
        f"GRANT {OFFICE} TO CURRENT_USER",
        f"GRANT {', '.join(OTHERS)} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE",  # or their policies would be its own
        SCHEMA.format(what=f"GRANT USAGE ON SCHEMA %I TO {', '.join((OFFICE, *OTHERS))}"),
        SCHEMA.format(what=f"GRANT CREATE ON SCHEMA %I TO {OFFICE}"),
        *(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY" for name in tables),
        *(f"GRANT INSERT, UPDATE, DELETE ON {name} TO {OFFICE}" for name in tables),
        *(statement for role, policy in POLICIES.items() for statement in _role(role, policy)),
        SCHEMA.format(what=f"REVOKE CREATE ON SCHEMA %I FROM {OFFICE}"),
    )


def build(connection: Connection[Any]) -> None:
    """Build the walls, in the transaction that is open.

    Unreadable where the database is older than PostgreSQL 16, or its role owns too little or may not make roles.
    """
    if connection.info.server_version < OLDEST:
        raise Unreadable(
            f"row-level security needs PostgreSQL 16 or newer, and this is {connection.info.server_version // 10000}"
        )
    try:
        for statement in statements():
            connection.execute(statement)
    except InsufficientPrivilege as error:
        said = "who serves a programme owns its tables and may make roles: ALTER ROLE ... CREATEROLE"
        raise Unreadable(f"row-level security cannot be set up ({error.diag.message_primary}); {said}") from error


def behind(connection: Connection[Any], view: View) -> View:
    """Return a view without the rows that the database does not give to its asker; both walls have to let a row through.

    The transaction that is open is the asker's from here on.
    """
    asker = view.asker
    connection.execute(
        "SELECT set_config('outwork.party', %s, true), set_config('outwork.nation', %s, true)", (asker.party, asker.nation)
    )
    connection.execute(f"SET LOCAL ROLE {group(asker.role)}")
    return view.only({name: _keys(connection, name, frame) for name, frame in view.items() if frame.height})


def _keys(connection: Connection[Any], name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the keys of a table, as far as they are seen, of the rows that a connection may select."""
    kinds = {column: frame.schema[column] for column in BY_NAME[name].key if column in frame.columns}
    rows = connection.execute(f"SELECT {', '.join(kinds)} FROM {name}").fetchall()  # noqa: S608 - names of the model
    return pl.DataFrame(rows, schema=kinds, orient="row")


def fallen() -> tuple[str, ...]:
    """Return the SQL that takes the walls down, as before tables are dropped; the groups stay, and may do nothing."""
    return (
        FALLEN,
        *(
            f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
            for name in POLICIES[Role.OFFICE].tables
        ),
        SCHEMA.format(what=f"REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM {', '.join((OFFICE, *OTHERS))}"),
    )


def refuse_superuser(connection: Connection[Any]) -> None:
    """Unreadable where the connection may look over the walls, as a superuser or by BYPASSRLS."""
    found = connection.execute(POWERS).fetchone()
    if found is not None:
        raise Unreadable(
            f"the database is open as '{found[0]}', which row-level security does not bind; "
            f"connect as a role without SUPERUSER and BYPASSRLS that is a member of {OFFICE}"
        )


def _role(role: Role, policy: Policy) -> Iterator[str]:
    """Yield the views, policies and grants of a role."""
    for name, query in views(role, policy):
        yield f"CREATE VIEW {name} WITH (security_barrier) AS {query}"
        yield f"ALTER VIEW {name} OWNER TO {OFFICE}"
        yield f"GRANT SELECT ON {name} TO {group(role)}"
    for line in policy.lines.values():
        if line.parts:
            condition = opened(role, policy, line)
            does = f"FOR ALL TO {OFFICE} USING (true) WITH CHECK (true)"
            sees = f"FOR SELECT TO {group(role)} USING ({condition})"
            yield f"CREATE POLICY {group(role)} ON {line.table} {does if role is Role.OFFICE else sees}"
            yield f"GRANT SELECT ({', '.join(line.columns)}) ON {line.table} TO {group(role)}"
