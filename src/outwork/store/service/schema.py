"""The service's own tables, which lie beside the programme's in the same database, under names that begin with `service_`.

Moments are ISO 8601 text in UTC to the microsecond, so that both databases order and compare them alike.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

from outwork.model.asker import Role

METADATA: Final = MetaData()
ROLES: Final = ", ".join(f"'{role.value}'" for role in Role)


def _text(name: str, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, default=default, server_default=default)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


STATE: Final = Table(
    "service_state",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("audited", BigInteger, nullable=False),
    Column("records", BigInteger, nullable=False),
    _text("digest"),
    comment="How often the programme was written, how far the audit tells of it, and where that ends; writers lock it first.",
)
ACCOUNTS: Final = Table(
    "service_accounts",
    METADATA,
    Column("account", Text, primary_key=True),
    _text("name"),
    Column("role", Text, CheckConstraint(f"role IN ({ROLES})"), nullable=False),
    _text("party", ""),
    _text("nation", ""),
    _text("password", ""),
    Column("subject", Text, unique=True),
    _flag("administrator"),
    _flag("closed"),
    _text("language", "en"),
    _text("since"),
    comment="People. `password` is an argon2 hash, empty where another provider signs in `subject` (issuer and sub).",
)
SESSIONS: Final = Table(
    "service_sessions",
    METADATA,
    Column("session", Text, primary_key=True),
    Column("account", Text, ForeignKey("service_accounts.account"), nullable=False, index=True),
    _text("csrf"),
    _text("since"),
    _text("seen"),
    _text("until"),
    comment="Who is signed in. `session` is the SHA-256 of the cookie, which alone opens it.",
)
TOKENS: Final = Table(
    "service_tokens",
    METADATA,
    Column("token", Text, primary_key=True),
    Column("account", Text, ForeignKey("service_accounts.account"), nullable=False, index=True),
    _text("name"),
    _text("since"),
    _text("until"),
    comment="Keys of other programs, by the SHA-256 of each.",
)
SCENARIOS: Final = Table(
    "service_scenarios",
    METADATA,
    Column("scenario", Text, primary_key=True),
    _text("name"),
    Column("account", Text, ForeignKey("service_accounts.account"), nullable=False),
    Column("version", BigInteger, nullable=False),
    _text("overlay"),
    _text("since"),
    comment="What somebody tries: JSON of changed rows over the programme as it stands.",
)
ANSWERS: Final = Table(
    "service_answers",
    METADATA,
    Column("verb", Text, primary_key=True),
    Column("scenario", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    _text("at"),
    _text("told"),
    comment="How a verb ended and why, as JSON: outcome, reasons, from what it was made. Scenario '' is the programme itself.",
)
TRIED: Final = Table(
    "service_tried",
    METADATA,
    Column("scenario", Text, ForeignKey("service_scenarios.scenario", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("rows", LargeBinary, nullable=False),
    comment="Output tables of a scenario, each as an Arrow file.",
)
JOBS: Final = Table(
    "service_jobs",
    METADATA,
    Column("job", Integer, primary_key=True, autoincrement=True),
    _text("verb"),
    _text("scenario", ""),
    _text("options", "{}"),
    Column("account", Text, ForeignKey("service_accounts.account"), nullable=False),
    Column(
        "status",
        Text,
        CheckConstraint("status IN ('waiting', 'running', 'done', 'limited', 'impossible', 'invalid', 'stopped', 'failed')"),
        nullable=False,
    ),
    _text("asked"),
    _text("began", ""),
    _text("ended", ""),
    _text("beat", ""),
    Column("process", Integer),
    _flag("stop"),
    Column("version", BigInteger, nullable=False),
    _text("progress", "{}"),
    _text("message", ""),
    comment="Long work. `beat` is when its process was last heard of, `version` the programme's when it began.",
)
PROPOSALS: Final = Table(
    "service_proposals",
    METADATA,
    Column("proposal", Integer, primary_key=True, autoincrement=True),
    _text("kind"),
    _text("subject"),
    _text("overlay"),
    Column("account", Text, ForeignKey("service_accounts.account"), nullable=False),
    Column(
        "status", Text, CheckConstraint("status IN ('draft', 'submitted', 'approved', 'refused', 'withdrawn')"), nullable=False
    ),
    Column("needed", Integer, nullable=False),
    _text("since"),
    _text("remark", ""),
    comment="What is to be decided by named persons: JSON of the rows that change once `needed` of them have approved.",
)
DECISIONS: Final = Table(
    "service_decisions",
    METADATA,
    Column("proposal", Integer, ForeignKey("service_proposals.proposal"), primary_key=True),
    Column("account", Text, ForeignKey("service_accounts.account"), primary_key=True),
    _flag("approved"),
    _text("at"),
    _text("remark", ""),
    comment="Who approved or refused what.",
)
UPLOADS: Final = Table(
    "service_uploads",
    METADATA,
    Column("account", Text, ForeignKey("service_accounts.account"), primary_key=True),
    _text("upload"),
    _text("name"),
    _text("named"),
    _text("rest"),
    _text("digest"),
    _text("until"),
    Column("content", LargeBinary, nullable=False),
    comment="The file that somebody sent last and may still confirm; `named` is the table of a CSV file.",
)
AUDIT: Final = Table(
    "service_audit",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    _text("at"),
    _text("account"),
    _text("role"),
    _text("kind"),
    Column("subject", Text, nullable=False, index=True),
    _text("detail"),
    _text("previous"),
    _text("digest"),
    comment="Everything that was written or decided, chained record by record (model.chain); only ever added to.",
)
KEPT: Final = {
    "sqlite": tuple(
        f"CREATE TRIGGER IF NOT EXISTS service_audit_{event} BEFORE {event} ON service_audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
        for event in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION service_audit_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$""",
        """CREATE OR REPLACE TRIGGER service_audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON service_audit
        FOR EACH STATEMENT EXECUTE FUNCTION service_audit_kept()""",
    ),
}
"""What keeps the audit from being changed, by dialect."""
