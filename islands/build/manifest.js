import { createHash } from "node:crypto";

const KINDS = { js: "script", css: "style", svg: "picture", json: "facts" };

/** Writes manifest.json: what every part is called once built, by its plain name, and the digest that a browser checks it by. */
export function manifest() {
  return {
    name: "outwork-manifest",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const parts = Object.values(bundle).filter(isAskedFor).map((built) => [plain(built.fileName), described(built)]);
        const sorted = Object.fromEntries(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
        this.emitFile({ type: "asset", fileName: "manifest.json", source: `${JSON.stringify(sorted, null, 1)}\n` });
      },
    },
  };
}

/** Parts that a page names itself; a chunk that only other scripts import is found by them. */
function isAskedFor(built) {
  return ending(built.fileName) in KINDS && (built.type === "asset" || built.isEntry);
}

function described(built) {
  const content = built.type === "chunk" ? built.code : built.source;
  return { file: built.fileName, integrity: `sha384-${createHash("sha384").update(content).digest("base64")}`, kind: KINDS[ending(built.fileName)] };
}

/** page-B4c9x_1a.js is `page.js`: the digest that Vite puts into the name is eight characters long. */
function plain(fileName) {
  return fileName.replace(/-[\w-]{8}(?=\.\w+$)/, "");
}

function ending(fileName) {
  return fileName.slice(fileName.lastIndexOf(".") + 1);
}
