import type { Table } from "./table.ts";

/** Where a key leads from (row, column), among `rows` times `columns` cells; undefined where it is no such key. */
export function moved(key: string, ctrl: boolean, row: number, column: number, rows: number, columns: number): [number, number] | undefined {
  const target = aim(key, ctrl, row, column, rows, columns);
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  return target && [within(target[0], rows), within(target[1], columns)];
}

const PAGE = 15;

function aim(key: string, ctrl: boolean, row: number, column: number, rows: number, columns: number): [number, number] | undefined {
  switch (key) {
    case "ArrowUp":
      return [ctrl ? 0 : row - 1, column];
    case "ArrowDown":
      return [ctrl ? rows - 1 : row + 1, column];
    case "ArrowLeft":
      return [row, ctrl ? 0 : column - 1];
    case "ArrowRight":
      return [row, ctrl ? columns - 1 : column + 1];
    case "Home":
      return [ctrl ? 0 : row, 0];
    case "End":
      return [ctrl ? rows - 1 : row, columns - 1];
    case "PageUp":
      return [row - PAGE, column];
    case "PageDown":
      return [row + PAGE, column];
    default:
      return undefined;
  }
}

/** One cell of the table is in the order of Tab, and arrows move which one. */
export function focusCell(table: Table, cell: HTMLTableCellElement | undefined): void {
  if (!cell) return;
  for (const other of table.element.querySelectorAll<HTMLElement>("tbody [tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}
