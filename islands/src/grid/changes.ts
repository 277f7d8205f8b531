import type { ChangedRow } from "./answers.ts";
import { isChanged, isEditable, keyOf, put, Table, valueOf } from "./table.ts";

/** A cell and what stood in it before: enough to take a change back. */
export type Step = { cell: HTMLTableCellElement; before: string }[];

/** Rows that differ from what the service has, with the cells that do. */
export function changed(table: Table): ChangedRow[] {
  return table.rows.flatMap((row, at) => (isChanged(row) ? [{ key: keyOf(row), at, version: row.dataset["version"] ?? null, cells: cellsOf(row) }] : []));
}

function cellsOf(row: HTMLTableRowElement): Record<string, string> {
  const differing = [...row.cells].filter((cell) => isEditable(cell) && cell.classList.contains("changed"));
  return Object.fromEntries(differing.map((cell) => [cell.dataset["column"] ?? "", valueOf(cell)]));
}

export interface Filled {
  step: Step;
  /** Rows of what was pasted that found no place, because the table cannot grow. */
  rowsLeft: number;
  /** Cells of what was pasted that fell on cells that cannot be edited, and differ from them. */
  cellsLeft: number;
}

/** Fills cells from (row, column) on; one pasted cell fills only the one. */
export function fill(table: Table, row: number, column: number, pasted: string[][]): Filled {
  const step: Step = [];
  let rowsLeft = 0;
  let cellsLeft = 0;
  pasted.forEach((line, down) => {
    if (row + down >= table.rows.length && !table.grow()) return (rowsLeft += 1);
    line.forEach((value, right) => {
      const cell = table.cell(row + down, column + right);
      if (isEditable(cell)) {
        step.push({ cell, before: valueOf(cell) });
        put(cell, value);
      } else if (!cell || valueOf(cell) !== value) cellsLeft += 1;
    });
    return undefined;
  });
  return { step, rowsLeft, cellsLeft };
}

export function undo(step: Step): void {
  for (const { cell, before } of step.toReversed()) put(cell, before);
}
