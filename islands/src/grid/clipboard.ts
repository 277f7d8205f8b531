/**
 * Reads what Excel, Calc and Sheets put on the clipboard: cells between tabs, rows between line breaks; a cell that holds either,
 * or a quote, is quoted, with its quotes doubled. Gives rows of cells, all as wide as they came.
 */
export function cellsOf(pasted: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < pasted.length) {
    const [cell, end] = pasted[at] === '"' ? quoted(pasted, at) : plain(pasted, at);
    rows.at(-1)?.push(cell.trim());
    at = end;
    if (at >= pasted.length) break;
    if (pasted[at] === "\t") {
      at += 1;
      if (at >= pasted.length) rows.at(-1)?.push("");
      continue;
    }
    at += pasted.startsWith("\r\n", at) ? 2 : 1;
    // The last row ends with a line break too, and no empty row follows it.
    if (at < pasted.length) rows.push([]);
  }
  return rows;
}

function plain(pasted: string, start: number): [string, number] {
  const found = /[\t\r\n]/g;
  found.lastIndex = start;
  const end = found.exec(pasted)?.index ?? pasted.length;
  return [pasted.slice(start, end), end];
}

function quoted(pasted: string, start: number): [string, number] {
  let end = start + 1;
  while (end < pasted.length) {
    if (pasted[end] !== '"') end += 1;
    else if (pasted[end + 1] === '"') end += 2;
    else break;
  }
  const after = end + 1;
  // A cell that merely begins with a quote, 5" long, is no quoted cell.
  if (end >= pasted.length || !/^[\t\r\n]?$/.test(pasted.slice(after, after + 1))) return plain(pasted, start);
  return [pasted.slice(start + 1, end).replaceAll('""', '"'), after];
}

/** The same text for the clipboard, so that what was copied here can be pasted there. */
export function textOf(rows: string[][]): string {
  const cell = (value: string) => (/[\t\r\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
