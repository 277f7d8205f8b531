import { geoConicConformal, type GeoConicProjection } from "d3-geo";

/** Degrees. The parallels are those of Europe's own conformal conic map, EPSG:3034; its middle is moved east, to the alliance. */
export const PARALLELS: readonly [number, number] = [35, 65];
export const MERIDIAN = 15;

/** Width and height of the map in its own units; a unit is about a pixel on a desk's screen. */
export const FRAME = { width: 1000, height: 750 } as const;

/** What the frame holds, by the ends of it that matter: degrees east and north. */
const HOLDS: [number, number][] = [
  [-24.6, 65.5], // the west of Iceland
  [29, 71.3], // the north of Norway
  [-10.5, 51.5], // the west of Ireland
  [-9.6, 36.8], // the south-west of Portugal
  [24.5, 34.6], // the south of Crete
  [33.5, 34.5], // the south of Cyprus
  [45.5, 41.5], // the Caucasus
];

export function projection(): GeoConicProjection {
  const ends = { type: "MultiPoint" as const, coordinates: HOLDS };
  return geoConicConformal()
    .parallels([...PARALLELS])
    .rotate([-MERIDIAN, 0])
    .fitExtent([[12, 12], [FRAME.width - 12, FRAME.height - 4]], ends)
    .clipExtent([[0, 0], [FRAME.width, FRAME.height]])
    .precision(0.3);
}

/** What a second implementation needs to place a point: x = left + scale * east, y = top - scale * north. */
export function parameters(of: GeoConicProjection): { scale: number; left: number; top: number } {
  const scale = of.scale();
  // d3 moves what it projects so that its own centre, 0° E 0° N after turning, lies at `translate`.
  const [left, top] = of.translate();
  return { scale, left, top };
}
