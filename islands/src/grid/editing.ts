import { fill, undo, type Step } from "./changes.ts";
import { cellsOf, textOf } from "./clipboard.ts";
import { focusCell, moved } from "./moves.ts";
import { isEditable, put, Table, valueOf } from "./table.ts";
import { text } from "../texts.ts";

/** Keyboard, mouse and clipboard of one table. `told` says a sentence; `edited` runs after every change. */
export function edit(table: Table, told: (sentence: string) => void, edited: () => void): void {
  const steps: Step[] = [];
  const done = (step: Step) => {
    if (step.length) steps.push(step);
    edited();
  };
  table.element.addEventListener("focusin", (event) => {
    const cell = cellAt(event.target);
    if (cell && event.target === cell) focusable(table, cell);
  });
  table.element.addEventListener("dblclick", (event) => open(table, cellAt(event.target), undefined, done));
  table.element.addEventListener("keydown", (event) => keyed(event, table, done, steps, edited));
  table.element.addEventListener("paste", (event) => pasted(event, table, done, told));
  table.element.addEventListener("copy", (event) => copied(event));
}

function focusable(table: Table, cell: HTMLTableCellElement): void {
  for (const other of table.element.querySelectorAll<HTMLElement>("tbody [tabindex='0']")) if (other !== cell) other.tabIndex = -1;
  cell.tabIndex = 0;
}

function keyed(event: KeyboardEvent, table: Table, done: (step: Step) => void, steps: Step[], edited: () => void): void {
  const cell = cellAt(event.target);
  if (!cell || event.target !== cell || event.altKey) return;
  const ctrl = event.ctrlKey || event.metaKey;
  const [row, column] = table.placeOf(cell);
  const target = moved(event.key, ctrl, row, column, table.rows.length, table.cells(table.rows[row] as HTMLTableRowElement).length);
  if (target) focusCell(table, table.cell(...target));
  else if (ctrl && event.key.toLowerCase() === "z") {
    undo(steps.pop() ?? []);
    edited();
  } else if (event.key === "Enter" || event.key === "F2") open(table, cell, undefined, done);
  else if (event.key === "Delete" && isEditable(cell)) done(replaced(cell, ""));
  else if (event.key.length === 1 && !ctrl) open(table, cell, event.key, done);
  else return;
  event.preventDefault();
}

function replaced(cell: HTMLTableCellElement, value: string): Step {
  const before = valueOf(cell);
  put(cell, value);
  return [{ cell, before }];
}

/** Opens a cell for typing: with what stands in it, or with the key that was struck. */
function open(table: Table, cell: HTMLTableCellElement | null, begun: string | undefined, done: (step: Step) => void): void {
  if (!cell || !isEditable(cell) || cell.querySelector("input")) return;
  const before = valueOf(cell);
  const input = document.createElement("input");
  input.value = begun ?? before;
  input.setAttribute("aria-label", labelOf(table, cell));
  cell.replaceChildren(input);
  input.focus();
  if (begun === undefined) input.select();
  let open = true;
  const close = (value: string) => {
    if (!open) return;
    open = false;
    cell.textContent = before;
    done(value === before ? [] : replaced(cell, value));
  };
  input.addEventListener("blur", () => close(input.value.trim()));
  input.addEventListener("keydown", (event) => {
    if (!["Enter", "Escape", "Tab"].includes(event.key)) return;
    const [row, column] = table.placeOf(cell);
    close(event.key === "Escape" ? before : input.value.trim());
    const [down, right] = event.key === "Enter" ? [1, 0] : event.key === "Tab" ? [0, event.shiftKey ? -1 : 1] : [0, 0];
    focusCell(table, table.cell(row + down, column + right) ?? cell);
    event.preventDefault();
  });
}

function labelOf(table: Table, cell: HTMLTableCellElement): string {
  const heads = table.element.tHead?.rows[0]?.cells;
  return heads?.[cell.cellIndex]?.textContent?.trim() ?? "";
}

function pasted(event: ClipboardEvent, table: Table, done: (step: Step) => void, told: (sentence: string) => void): void {
  const cell = cellAt(event.target);
  const content = event.clipboardData?.getData("text/plain");
  if (!cell || event.target !== cell || !content) return;
  event.preventDefault();
  const [row, column] = table.placeOf(cell);
  const { step, rowsLeft, cellsLeft } = fill(table, row, column, cellsOf(content));
  done(step);
  const left = rowsLeft || cellsLeft ? ` ${text("island.grid.left-out", { rows: rowsLeft, cells: cellsLeft })}` : "";
  told(text("island.grid.pasted", { cells: step.length }) + left);
}

function copied(event: ClipboardEvent): void {
  const cell = cellAt(event.target);
  if (!cell || event.target !== cell || document.getSelection()?.toString()) return;
  event.clipboardData?.setData("text/plain", textOf([[valueOf(cell)]]));
  event.preventDefault();
}

function cellAt(target: EventTarget | null): HTMLTableCellElement | null {
  return target instanceof Element ? target.closest<HTMLTableCellElement>("tbody td, tbody th") : null;
}
