import assert from "node:assert/strict";
import { test } from "node:test";
import { differs, keyOf, next, type Kept } from "../src/page/kept.ts";

const typed: Kept = { state: "typed", version: "7", fields: [["note", "x"]] };

test("what was typed is offered until it was sent and a page of the same account follows", () => {
  assert.equal(next(typed, "shown"), "offer");
  assert.equal(next({ ...typed, state: "sent" }, "shown"), "drop");
});

test("a sign-in page or a refusal in between keeps it", () => {
  assert.equal(next({ ...typed, state: "sent" }, "signed-out"), "wait");
  assert.equal(next({ ...typed, state: "sent" }, "refused"), "wait");
});

test("two accounts never share a key", () => assert.notEqual(keyOf("a", "/d", "f"), keyOf("b", "/d", "f")));

test("the order of fields is no difference, their number is", () => {
  const two: Kept = { ...typed, fields: [["a", "1"], ["b", "2"]] };
  assert.equal(differs(two, [["b", "2"], ["a", "1"]]), false);
  assert.equal(differs(two, [["a", "1"], ["a", "1"], ["b", "2"]]), true);
});
