/** What the browser remembers. */

/**
 * Opens what the browser remembers about a server: `token`, `unsent`, `draft`, `language`,
 * `size` and `open`; a `note` to the staff that is being written, and whether there is a
 * `case` that is waited for. Where storage is blocked, it lasts as long as the page.
 */
export function openStore(origin) {
  const key = `helse-assistent:${origin}`;
  let memory = {};
  let isBlocked = false;

  function get() {
    try {
      if (!isBlocked) memory = JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      isBlocked = true;
    }
    return memory;
  }

  function set(changes) {
    memory = { ...get(), ...changes };
    try {
      localStorage.setItem(key, JSON.stringify(memory));
    } catch {
      isBlocked = true;
    }
  }

  return { get, set };
}
