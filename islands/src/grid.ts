/**
 * Edits a table that the service has drawn: `<table data-grid id data-save="address">`.
 *
 * Rows: `data-row` (the key as JSON), `data-version`. Cells that may be edited: `data-column`. `[data-grid-save]` and
 * `[data-grid-status]` refer to it by `data-for` with its id; `<template data-grid-new>` in it lets it grow.
 */
import { changed } from "./grid/changes.ts";
import { edit } from "./grid/editing.ts";
import { keep, restore } from "./grid/kept.ts";
import { save } from "./grid/saving.ts";
import { Table } from "./grid/table.ts";
import { text } from "./texts.ts";

const started = new WeakSet<HTMLTableElement>();

function start(element: HTMLTableElement): void {
  if (started.has(element)) return;
  started.add(element);
  const table = new Table(element);
  const status = part(element, "[data-grid-status]");
  const button = part(element, "[data-grid-save]") as HTMLButtonElement | null;
  const told = (sentence: string) => status && (status.textContent = sentence);
  const edited = () => {
    keep(table);
    if (button) button.disabled = changed(table).length === 0;
  };
  asGrid(element);
  if (button) button.hidden = false;
  edit(table, told, edited);
  button?.addEventListener("click", () => void saved(table, button, told, edited));
  const restored = restore(table);
  if (restored) told(text("island.grid.restored", { rows: restored }));
  edited();
  warnOnLeaving(table);
}

async function saved(table: Table, button: HTMLButtonElement, told: (sentence: string) => void, edited: () => void): Promise<void> {
  button.disabled = true;
  told(text("island.grid.saving"));
  told(await save(table));
  edited();
}

/** Roles and the one cell in the order of Tab; a table without this script stays a plain, readable one. */
function asGrid(element: HTMLTableElement): void {
  element.setAttribute("role", "grid");
  for (const cell of element.querySelectorAll<HTMLTableCellElement>("tbody td, tbody th")) {
    cell.tabIndex = -1;
    if (cell.dataset["column"] === undefined) cell.setAttribute("aria-readonly", "true");
  }
  const first = element.querySelector<HTMLElement>("tbody td, tbody th");
  if (first) first.tabIndex = 0;
}

function part(element: HTMLTableElement, selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`${selector}[data-for="${element.id}"]`);
}

function warnOnLeaving(table: Table): void {
  window.addEventListener("beforeunload", (event) => {
    if (table.element.isConnected && changed(table).length) event.preventDefault();
  });
}

const all = () => document.querySelectorAll<HTMLTableElement>("table[data-grid]").forEach(start);
all();
document.addEventListener("htmx:load", all);
