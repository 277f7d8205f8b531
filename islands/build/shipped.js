import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { basemap } from "./basemap.ts";

const require = createRequire(import.meta.url);
const folder = (name) => dirname(require.resolve(`${name}/package.json`));
const read = (...path) => readFileSync(join(...path), "utf8");

/** Adds what is not bundled from sources of ours: the base map, and the notices of what it and the API's pages are made from. */
export function shipped() {
  return {
    name: "outwork-shipped",
    generateBundle() {
      const { picture, parameters } = basemap(join(folder("world-atlas"), "countries-50m.json"));
      this.emitFile({ type: "asset", name: "basemap.svg", source: picture });
      this.emitFile({ type: "asset", name: "basemap.json", source: JSON.stringify(parameters) });
      this.emitFile({ type: "asset", fileName: "NOTICES-more.md", source: notices() });
    },
  };
}

/** Vite's own notices cover what is bundled from sources; these are of data, and of what Swagger UI had bundled before. */
function notices() {
  const swagger = folder("swagger-ui-dist");
  return [
    "# Base map: Natural Earth 4.1, public domain, redistributed by world-atlas",
    read(folder("world-atlas"), "LICENSE"),
    "# Swagger UI",
    read(swagger, "NOTICE"),
    read(swagger, "swagger-ui-es-bundle.js.LICENSE.txt"),
  ].join("\n\n");
}
