import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../src/grid/moves.ts";

test("arrows stop at the edges", () => {
  assert.deepEqual(moved("ArrowUp", false, 0, 2, 5, 3), [0, 2]);
  assert.deepEqual(moved("ArrowRight", false, 0, 2, 5, 3), [0, 2]);
  assert.deepEqual(moved("ArrowDown", true, 0, 2, 5, 3), [4, 2]);
});

test("Home and End go along the row, with Ctrl to the corners", () => {
  assert.deepEqual(moved("End", false, 1, 0, 5, 3), [1, 2]);
  assert.deepEqual(moved("Home", true, 4, 2, 5, 3), [0, 0]);
});

test("other keys lead nowhere", () => assert.equal(moved("a", false, 0, 0, 5, 3), undefined));
