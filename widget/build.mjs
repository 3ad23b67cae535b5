/**
 * Builds what is served of the widget: dist/loader.js and dist/chat.js. From the same source
 * and the same esbuild come the same bytes. Another folder than dist/ may be named.
 */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Makes a style sheet a text without blanks. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const sheet = await readFile(path, "utf8");
      const { code } = await transform(sheet, { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

await build({
  absWorkingDir: HERE,
  entryPoints: ["loader.js", "chat.js"],
  outdir: resolve(process.argv[2] ?? `${HERE}dist`),
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  target: "es2022",
  legalComments: "none",
  plugins: [styles],
});
