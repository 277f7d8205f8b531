/** What a table sends and what the service answers. docs/reference/islands.md tells it for who writes the service's side. */
export type Key = Record<string, string>;

export interface ChangedRow {
  /** The key of the row, as the page gave it in `data-row`; null for a row that is new. */
  key: Key | null;
  /** Number of the row in this table, by which faults of a new row come back. */
  at: number;
  /** What the row was edited from: the second of two writers is told. */
  version: string | null;
  cells: Record<string, string>;
}

export interface SavedRow {
  at: number;
  key: Key;
  version: string | null;
  /** The cells as the service now has them, written its way. */
  cells: Record<string, string>;
}

export interface Fault {
  at: number;
  /** Absent where the whole row is at fault. */
  column?: string;
  message: string;
}

/** Somebody else changed the cell since the page was shown. */
export interface Conflict {
  at: number;
  column: string;
  theirs: string;
  by: string;
  when: string;
  version: string | null;
}

export type Answer =
  /** `proposals`: how many changes wait for somebody's approval; their cells stand as before. */
  | { kind: "saved"; rows: SavedRow[]; proposals: number }
  | { kind: "faults"; faults: Fault[] }
  | { kind: "conflicts"; conflicts: Conflict[] }
  | { kind: "expired" }
  | { kind: "failed"; why: string };

export async function send(address: string, token: string | undefined, rows: ChangedRow[]): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...(token ? { "X-CSRF-Token": token } : {}) },
      body: JSON.stringify({ rows }),
      redirect: "manual",
    });
  } catch {
    return { kind: "failed", why: "unreachable" };
  }
  return read(response);
}

async function read(response: Response): Promise<Answer> {
  // Sent to the sign-in page, or told to sign in.
  if (response.type === "opaqueredirect" || response.status === 401) return { kind: "expired" };
  const answered: unknown = await response.json().catch(() => null);
  if (response.ok && has(answered, "rows")) {
    return { kind: "saved", rows: answered.rows as SavedRow[], proposals: has(answered, "proposals") ? (answered.proposals as number[]).length : 0 };
  }
  if (response.status === 409 && has(answered, "conflicts")) return { kind: "conflicts", conflicts: answered.conflicts as Conflict[] };
  if (response.status === 422 && has(answered, "faults")) return { kind: "faults", faults: answered.faults as Fault[] };
  return { kind: "failed", why: has(answered, "detail") ? String(answered.detail) : String(response.status) };
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === "object" && value !== null && name in value;
}
