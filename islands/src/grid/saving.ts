import { send, type Answer, type Conflict, type Fault, type SavedRow } from "./answers.ts";
import { changed } from "./changes.ts";
import { focusCell } from "./moves.ts";
import { clearFault, isEditable, put, settle, showFault, type Table } from "./table.ts";
import { meta, text } from "../texts.ts";

/** Sends what changed, and shows in the table what the service said to it. Gives the sentence that sums it up. */
export async function save(table: Table): Promise<string> {
  const rows = changed(table);
  if (rows.length === 0) return text("island.grid.nothing");
  const before = table.rows;
  const answer = await send(table.element.dataset["save"] ?? "", meta("csrf-token"), rows);
  return shown(answer, table, before);
}

function shown(answer: Answer, table: Table, rows: HTMLTableRowElement[]): string {
  switch (answer.kind) {
    case "saved":
      for (const each of answer.rows) showSaved(rows[each.at], each);
      return text(answer.proposals ? "island.grid.proposed" : "island.grid.saved", { rows: answer.rows.length });
    case "faults":
      for (const each of answer.faults) showOne(rows[each.at], each);
      focusFirst(table);
      return text("island.grid.faults", { faults: answer.faults.length });
    case "conflicts":
      for (const each of answer.conflicts) showConflict(rows[each.at], each);
      focusFirst(table);
      return text("island.grid.conflicts", { cells: answer.conflicts.length });
    case "expired":
      return text("island.grid.expired");
    case "failed":
      return answer.why === "unreachable" ? text("island.grid.unreachable") : text("island.grid.failed", { why: answer.why });
  }
}

function showSaved(row: HTMLTableRowElement | undefined, saved: SavedRow): void {
  if (!row) return;
  row.dataset["row"] = JSON.stringify(saved.key);
  if (saved.version !== null) row.dataset["version"] = saved.version;
  for (const cell of row.cells) {
    const value = isEditable(cell) ? saved.cells[cell.dataset["column"] ?? ""] : undefined;
    if (value !== undefined) settle(cell, value);
    else clearFault(cell);
  }
}

function showOne(row: HTMLTableRowElement | undefined, fault: Fault): void {
  const cell = row && (columnOf(row, fault.column) ?? row.cells[0]);
  if (cell) showFault(cell, "fault", fault.message);
}

/** What was typed stays; beside it stands what somebody else wrote, to be taken with one click. Saving again writes over it. */
function showConflict(row: HTMLTableRowElement | undefined, conflict: Conflict): void {
  const cell = row && columnOf(row, conflict.column);
  if (!row || !cell) return;
  if (conflict.version !== null) row.dataset["version"] = conflict.version;
  const note = showFault(cell, "conflict", `${text("island.grid.theirs", { by: conflict.by, when: conflict.when, theirs: conflict.theirs })} `);
  const take = document.createElement("button");
  take.type = "button";
  take.textContent = text("island.grid.take-theirs");
  take.addEventListener("click", () => {
    settle(cell, conflict.theirs);
    cell.focus();
  });
  const keep = document.createElement("button");
  keep.type = "button";
  keep.textContent = text("island.grid.keep-mine");
  keep.addEventListener("click", () => {
    const mine = cell.dataset["value"] ?? "";
    cell.dataset["was"] = conflict.theirs;
    put(cell, mine);
    cell.focus();
  });
  note.append(take, " ", keep);
}

function columnOf(row: HTMLTableRowElement, column: string | undefined): HTMLTableCellElement | undefined {
  return [...row.cells].find((cell) => column !== undefined && cell.dataset["column"] === column);
}

function focusFirst(table: Table): void {
  focusCell(table, table.element.querySelector<HTMLTableCellElement>("[aria-invalid=true]") ?? undefined);
}
