import { geoContains } from "d3-geo";
import { feature, mesh, merge } from "topojson-client";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import type { MultiLineString, MultiPolygon as Shape } from "geojson";
import { ALPHA2 } from "./nations.ts";

/** Countries of the atlas: a shape without an ISO code has a name only. */
export type Country = (Polygon | MultiPolygon) & { id?: string; properties: { name: string } };
export type Atlas = Topology<{ countries: GeometryCollection }>;

/** A point inside Crimea: Simferopol, degrees east and north. */
const SIMFEROPOL: [number, number] = [34.1, 44.95];

export interface Land {
  nation: string;
  shape: Shape;
}

export interface Ground {
  land: Land[];
  borders: MultiLineString;
  /** Lines that the United Nations draw broken: not settled, or of a status of its own. */
  broken: MultiLineString;
}

/** The countries as the United Nations' maps show them; docs/why/map.md says what was checked and why. */
export function ground(atlas: Atlas): Ground {
  const countries = crimeaInUkraine(atlas, atlas.objects.countries.geometries as Country[]);
  const all = { type: "GeometryCollection" as const, geometries: countries };
  const between = (a: Country, b: Country, line: "whole" | "broken") => a !== b && (isBroken(a, b) ? "broken" : "whole") === line;
  return {
    land: byNation(atlas, countries),
    borders: mesh(atlas, all, (a, b) => between(a as Country, b as Country, "whole")),
    broken: mesh(atlas, all, (a, b) => between(a as Country, b as Country, "broken")),
  };
}

/** Pairs whose line is not settled: Security Council resolutions 1244 (Kosovo), 541 (Cyprus), 497 (the Golan). */
const NOT_SETTLED = [["Kosovo", "Serbia"], ["N. Cyprus", "Cyprus"], ["Israel", "Syria"]] as const;

function isBroken(a: Country, b: Country): boolean {
  const names = [a.properties.name, b.properties.name];
  return NOT_SETTLED.some((pair) => pair.every((name) => names.includes(name)));
}

function byNation(atlas: Atlas, countries: Country[]): Land[] {
  const found = new Map<string, Country[]>();
  for (const each of countries) {
    const nation = nationOf(each);
    if (nation) found.set(nation, [...(found.get(nation) ?? []), each]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([nation, parts]) => ({ nation, shape: merge(atlas, parts as Polygon[]) }));
}

/** Alpha-2 code. Kosovo has a code of its own by custom, XK; Cyprus is one country, as in Security Council resolution 541. */
function nationOf(country: Country): string | undefined {
  if (country.properties.name === "N. Cyprus") return "CY";
  if (country.properties.name === "Kosovo") return "XK";
  return country.id === undefined ? undefined : ALPHA2[country.id];
}

/**
 * The atlas gives Crimea to who occupies it; General Assembly resolution 68/262 holds it to be Ukraine's.
 *
 * Its ring is moved in the topology, so the border is drawn along the Kerch Strait, and none at Perekop.
 */
function crimeaInUkraine(atlas: Atlas, countries: Country[]): Country[] {
  const russia = named(countries, "Russia");
  const ukraine = named(countries, "Ukraine");
  const crimea = polygons(russia).filter((arcs) => geoContains(feature(atlas, { type: "Polygon", arcs }).geometry, SIMFEROPOL));
  if (crimea.length !== 1) throw new Error(`The atlas draws Crimea as ${crimea.length} polygons of Russia; one was looked for. Check docs/why/map.md.`);
  const shaped = (country: Country, arcs: number[][][]): Country => ({ ...country, type: "MultiPolygon", arcs }) as Country;
  const left = polygons(russia).filter((arcs) => !crimea.includes(arcs));
  const mended = new Map([[russia, shaped(russia, left)], [ukraine, shaped(ukraine, [...polygons(ukraine), ...crimea])]]);
  return countries.map((each) => mended.get(each) ?? each);
}

function named(countries: Country[], name: string): Country {
  const found = countries.find((each) => each.properties.name === name);
  if (!found) throw new Error(`The atlas has no country called ${name}.`);
  return found;
}

function polygons(country: Country): number[][][] {
  return country.type === "Polygon" ? [country.arcs] : country.arcs;
}
