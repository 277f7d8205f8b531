import type { Key } from "./answers.ts";

/** The editable table as rows and cells: what is in the page is what is true, and `data-was` what the service last had. */
export class Table {
  readonly element: HTMLTableElement;

  constructor(element: HTMLTableElement) {
    this.element = element;
  }

  get rows(): HTMLTableRowElement[] {
    return [...(this.element.tBodies[0]?.rows ?? [])].filter((row) => !row.hidden);
  }

  /** All cells of a row that the keyboard reaches, editable or not. */
  cells(row: HTMLTableRowElement): HTMLTableCellElement[] {
    return [...row.cells];
  }

  cell(row: number, column: number): HTMLTableCellElement | undefined {
    const found = this.rows[row];
    return found && this.cells(found)[column];
  }

  placeOf(cell: HTMLTableCellElement): [row: number, column: number] {
    const row = cell.parentElement as HTMLTableRowElement;
    return [this.rows.indexOf(row), this.cells(row).indexOf(cell)];
  }

  /** Adds a row as `<template data-grid-new>` has it, if the table may grow. */
  grow(): HTMLTableRowElement | undefined {
    const pattern = this.element.querySelector<HTMLTemplateElement>("template[data-grid-new]");
    const row = pattern?.content.querySelector("tr")?.cloneNode(true) as HTMLTableRowElement | undefined;
    if (row) this.element.tBodies[0]?.append(row);
    return row;
  }
}

export function isEditable(cell: HTMLTableCellElement | undefined): cell is HTMLTableCellElement {
  return cell?.dataset["column"] !== undefined;
}

export function valueOf(cell: HTMLTableCellElement): string {
  return (cell.querySelector("input")?.value ?? cell.dataset["value"] ?? cell.textContent ?? "").trim();
}

/** Puts a value in, and marks the cell as changed where it differs from what the service has. */
export function put(cell: HTMLTableCellElement, value: string): void {
  cell.dataset["was"] ??= valueOf(cell);
  cell.textContent = value;
  delete cell.dataset["value"];
  cell.classList.toggle("changed", value !== cell.dataset["was"]);
  clearFault(cell);
}

/** What the service has now becomes what the cell was. */
export function settle(cell: HTMLTableCellElement, value: string): void {
  cell.dataset["was"] = value;
  put(cell, value);
}

export function isChanged(row: HTMLTableRowElement): boolean {
  return row.querySelector(".changed") !== null;
}

export function keyOf(row: HTMLTableRowElement): Key | null {
  return row.dataset["row"] ? (JSON.parse(row.dataset["row"]) as Key) : null;
}

let notes = 0;

/** Shows a sentence at a cell, for eyes and for screen readers alike. */
export function showFault(cell: HTMLTableCellElement, kind: "fault" | "conflict", sentence: string): HTMLElement {
  clearFault(cell);
  const note = document.createElement("span");
  note.className = `at-cell ${kind}`;
  note.id = `at-cell-${(notes += 1)}`;
  note.textContent = sentence;
  cell.dataset["value"] = valueOf(cell);
  cell.setAttribute("aria-invalid", "true");
  cell.setAttribute("aria-describedby", note.id);
  cell.append(note);
  return note;
}

export function clearFault(cell: HTMLTableCellElement): void {
  cell.querySelector(".at-cell")?.remove();
  cell.removeAttribute("aria-invalid");
  cell.removeAttribute("aria-describedby");
}
