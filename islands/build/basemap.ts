import { readFileSync } from "node:fs";
import { geoPath, type GeoPermissibleObjects } from "d3-geo";
import { ground, type Atlas } from "./borders.ts";
import { FRAME, MERIDIAN, PARALLELS, parameters, projection } from "./projection.ts";

/** The least area of an island that is drawn, in square units of the frame: smaller ones are specks. */
const SPECK = 0.6;

/** Nations of which the frame shows a corner only, and not as the United Nations draw it: never tinted as taking part. */
const CUT_OFF = ["IL"];

/** Where a second implementation of the projection is to agree with this one, degrees east and north. */
const CHECKED: [number, number][] = [[15, 52], [34.1, 44.95], [-9.1, 38.7], [25.5, 69], [24.9, 67], [44.8, 41.7], [-21.9, 64.1], [33.4, 35.2]];

export interface Basemap {
  /** An SVG file with one path per nation, called by its alpha-2 code, and the lines between them. */
  picture: string;
  /** What it takes to place a point on it, and points to check that with. */
  parameters: object;
}

export function basemap(atlasFile: string): Basemap {
  const { land, borders, broken } = ground(JSON.parse(readFileSync(atlasFile, "utf8")) as Atlas);
  const onto = projection();
  const path = geoPath(onto).digits(1);
  const drawn = (shape: GeoPermissibleObjects) => withoutSpecks(path(shape) ?? "");
  const shapes = land.map(({ nation, shape }) => ({ nation, d: drawn(shape) })).filter(({ d }) => d !== "");
  const paths = shapes.map(({ nation, d }) => `<path id="${nation}" d="${d}"/>`);
  const lines = `<path id="borders" d="${path(borders) ?? ""}"/><path id="broken" d="${path(broken) ?? ""}"/>`;
  const size = `width="${FRAME.width}" height="${FRAME.height}" viewBox="0 0 ${FRAME.width} ${FRAME.height}"`;
  return {
    picture: `<svg xmlns="http://www.w3.org/2000/svg" ${size}><g id="land">${paths.join("\n")}</g>${lines}</svg>\n`,
    parameters: {
      ...FRAME,
      parallels: PARALLELS,
      meridian: MERIDIAN,
      ...parameters(onto),
      nations: shapes.map(({ nation }) => nation).filter((nation) => !CUT_OFF.includes(nation)),
      checks: CHECKED.map((point) => ({ longitude: point[0], latitude: point[1], at: onto(point) })),
    },
  };
}

function withoutSpecks(d: string): string {
  return d.split("Z").filter((ring) => area(ring) >= SPECK).map((ring) => `${ring}Z`).join("");
}

function area(ring: string): number {
  const points = ring.slice(1).split("L").map((pair) => pair.split(",").map(Number));
  let twice = 0;
  points.forEach(([x = 0, y = 0], at) => {
    const [left = 0, top = 0] = points[(at + 1) % points.length] ?? [];
    twice += x * top - left * y;
  });
  return Math.abs(twice) / 2;
}
