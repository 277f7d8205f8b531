import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { manifest } from "./build/manifest.js";
import { shipped } from "./build/shipped.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  publicDir: false,
  logLevel: "warn",
  plugins: [shipped(), manifest()],
  build: {
    outDir: process.env.OUTWORK_ASSETS ?? here("../src/outwork/web/assets"),
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome125", "firefox129", "safari18"], // keeps light-dark() as it is written
    // Nothing may be inlined: the pages allow no content but the service's own files.
    assetsInlineLimit: 0,
    modulePreload: false,
    license: { fileName: "NOTICES.md" },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      checks: { eval: false, pluginTimings: false }, // htmx has an eval, which its option allowEval keeps shut
      input: Object.fromEntries(["theme", "page", "map", "grid", "api"].map((name) => [name, here(`src/${name}.ts`)]).concat([["style", here("src/style.css")]])),
      output: { entryFileNames: "[name]-[hash].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" },
    },
  },
});
