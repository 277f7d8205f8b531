import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, textOf } from "../src/grid/clipboard.ts";

test("rows end with either end of line, and the last one adds no empty row", () => {
  assert.deepEqual(cellsOf("a\tb\r\nc\td\r\n"), [["a", "b"], ["c", "d"]]);
  assert.deepEqual(cellsOf("a\nb"), [["a"], ["b"]]);
});

test("empty cells keep their places", () => {
  assert.deepEqual(cellsOf("a\t\tb\n\t\t"), [["a", "", "b"], ["", "", ""]]);
});

test("a quoted cell may hold tabs, line breaks and quotes", () => {
  assert.deepEqual(cellsOf('"two\nlines"\t"a ""word"""\t"tab\there"'), [["two\nlines", 'a "word"', "tab\there"]]);
});

test("a cell that only begins with a quote is taken as it is", () => {
  assert.deepEqual(cellsOf('"5 inch\tx'), [['"5 inch', "x"]]);
  assert.deepEqual(cellsOf('"5" wide\tx'), [['"5" wide', "x"]]);
});

test("an empty row in the middle stays one", () => {
  assert.deepEqual(cellsOf("a\n\nb"), [["a"], [""], ["b"]]);
});

test("what is copied out can be pasted in", () => {
  const rows = [["a", 'say "so"', "x\ty"], ["", "two\nlines", "z"]];
  assert.deepEqual(cellsOf(textOf(rows)), rows);
});
