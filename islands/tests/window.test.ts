import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, zoomed } from "../src/map/window.ts";

const whole = { x: 0, y: 0, width: 1000, height: 750 };

test("the point that is looked at stays where it is", () => {
  const now = zoomed(whole, whole, 2, 400, 300);
  assert.deepEqual([(400 - now.x) / now.width, (300 - now.y) / now.height], [0.4, 0.4]);
});

test("the window keeps the shape of the map", () => {
  const now = zoomed(whole, whole, 3.7, 10, 10);
  assert.ok(Math.abs(now.width / now.height - 1000 / 750) < 1e-9);
});

test("nobody looks from further away than the whole, nor closer than 24 times", () => {
  assert.deepEqual(zoomed(whole, whole, 0.5, 0, 0), whole);
  assert.equal(zoomed(whole, whole, 1e6, 0, 0).width, 1000 / 24);
});

test("moving stops at the edge", () => {
  const now = zoomed(whole, whole, 2, 0, 0);
  assert.deepEqual(moved(now, whole, -1, -1), now);
  assert.equal(moved(now, whole, 100, 0).x, 500);
});
