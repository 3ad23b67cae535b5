/** For sites that are built: loads the chat of a server, which the package holds no copy of. */

/**
 * Loads the chat of a server, and resolves when `helse-assistent` is defined. With a `version`
 * and its `integrity`, as `python -m bot.cli widget` prints them, it stays the same; without,
 * it follows the server.
 */
export async function load(server, { version = "1", integrity, nonce } = {}) {
  const base = server.endsWith("/") ? server : `${server}/`;
  const src = new URL(`widget/${version}/loader.js`, base).href;
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { type: "module", crossOrigin: "anonymous", src });
    if (integrity) script.integrity = integrity;
    if (nonce) script.nonce = nonce;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} could not be loaded, or is another version`));
    document.head.append(script);
  });
  await customElements.whenDefined("helse-assistent");
}
