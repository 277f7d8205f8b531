import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { geoContains } from "d3-geo";
import { ground, type Atlas } from "../build/borders.ts";

const atlas = createRequire(import.meta.url)("world-atlas/countries-50m.json") as Atlas;
const drawn = ground(atlas);

const PLACES: [string, [number, number], string][] = [
  ["Simferopol", [34.1, 44.95], "UA"], ["Sevastopol", [33.6, 44.62], "UA"], ["Donetsk", [37.8, 48.0], "UA"],
  ["Luhansk", [39.3, 48.57], "UA"], ["Kherson", [32.62, 46.64], "UA"], ["Zaporizhzhia", [35.14, 47.84], "UA"],
  ["Tiraspol", [29.63, 46.84], "MD"], ["Sukhumi", [41.05, 43.02], "GE"], ["Tskhinvali", [43.97, 42.23], "GE"],
  ["Khankendi", [46.75, 39.82], "AZ"], ["Kyrenia", [33.3, 35.3], "CY"], ["Kaliningrad", [20.5, 54.7], "RU"],
];

for (const [name, point, nation] of PLACES) {
  test(`${name} lies in ${nation} and in no other country`, () => {
    const holding = drawn.land.filter(({ shape }) => geoContains(shape, point)).map((land) => land.nation);
    assert.deepEqual(holding, [nation]);
  });
}

test("no border is drawn across the isthmus of Perekop", () => {
  const across = drawn.borders.coordinates.flat().filter(([x = 0, y = 0]) => x > 32.9 && x < 35.2 && y > 45.7 && y < 46.35);
  assert.deepEqual(across, []);
});

test("lines that are not settled are broken: Kosovo, Cyprus, the Golan", () => {
  const middles = drawn.broken.coordinates.map((line) => line[Math.floor(line.length / 2)] ?? [0, 0]);
  for (const [east, north] of [[20.9, 42.9], [33.3, 35.15], [35.8, 33.0]] as const) {
    assert.ok(middles.some(([x = 0, y = 0]) => Math.hypot(x - east, y - north) < 0.8), `${east} ${north}`);
  }
});
