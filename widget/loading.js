/** Loads the chat, whose bytes the loader vouches for. */

import { CONFIG } from "./config.js";

/** The server that this file comes from. */
export const SERVER = import.meta.url.replace(/widget\/([^/]+\/)?[^/]+$/, "");

let loading = null;
let attempts = 0;

/** Returns the module of the chat. A page that asks for a nonce gives it to the element. */
export function loadChat(nonce) {
  loading ??= load(nonce).catch((fault) => {
    loading = null;
    throw fault;
  });
  return loading;
}

async function load(nonce) {
  const { path, integrity } = CONFIG;
  // Browsers remember by its address that a module failed.
  const address = `${SERVER}widget/${path}${attempts++ ? `?${attempts}` : ""}`;
  // `import()` knows no integrity; but what an element has loaded is not loaded again.
  await new Promise((onload, onerror) => {
    const script = document.createElement("script");
    const source = { type: "module", src: address, integrity, crossOrigin: "", nonce };
    document.head.append(Object.assign(script, source, { onload, onerror }));
  });
  return import(address);
}
