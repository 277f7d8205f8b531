import { changed } from "./changes.ts";
import { isEditable, put, type Table } from "./table.ts";
import { meta } from "../texts.ts";

/** What was changed and not saved outlives a reload and an expired session, in this tab and for this account alone. */
interface Kept {
  key: string | null;
  version: string | null;
  cells: Record<string, string>;
}

function nameOf(table: Table): string | undefined {
  const account = meta("account");
  return account && `outwork.kept:${account}:${location.pathname}:grid ${table.element.id}`;
}

export function keep(table: Table): void {
  const name = nameOf(table);
  if (!name) return;
  const rows: Kept[] = changed(table).map(({ key, version, cells }) => ({ key: key && JSON.stringify(key), version, cells }));
  if (rows.length) sessionStorage.setItem(name, JSON.stringify({ state: "typed", fields: [], version: null, rows }));
  else sessionStorage.removeItem(name);
}

/** Puts back what was not saved; gives the number of rows. Each goes with the version that it was edited from. */
export function restore(table: Table): number {
  const name = nameOf(table);
  const found = name && sessionStorage.getItem(name);
  if (!found) return 0;
  const { rows = [] } = JSON.parse(found) as { rows?: Kept[] };
  return rows.filter((kept) => restoreRow(table, kept)).length;
}

function restoreRow(table: Table, kept: Kept): boolean {
  const row = kept.key === null ? table.grow() : table.rows.find((each) => each.dataset["row"] !== undefined && same(each.dataset["row"], kept.key));
  if (!row) return false;
  if (kept.version !== null) row.dataset["version"] = kept.version;
  for (const cell of row.cells) {
    const value = isEditable(cell) ? kept.cells[cell.dataset["column"] ?? ""] : undefined;
    if (value !== undefined) put(cell, value);
  }
  return true;
}

function same(one: string, other: string | null): boolean {
  return other !== null && JSON.stringify(JSON.parse(one)) === other;
}
