// The chat in a frame of another site: settings come in the address, and it talks with the
// page around by messages. docs/embedding.md describes both.

const NAME = "helse-assistent";
const EVENTS = ["ready", "open", "message", "source", "error"];
const WORDS = /^(heading|welcome|consent|starters|contact|hours|question)(-(nb|nn|en))?$/;

const chat = document.querySelector(NAME);
const settings = new URLSearchParams(location.search);
// Only sites of HELSE_ORIGINS can frame this page. Opened by itself, it says nothing that
// whoever made the link has put into its address.
const isFramed = parent !== window;

for (const [name, value] of settings) {
  if (name === "theme" || (isFramed && WORDS.test(name))) chat.setAttribute(name, value);
}

function tell(event) {
  const told = { source: NAME, event: event.type.replace("helse-", ""), detail: event.detail };
  // The page around is on the list, and nothing of what was said is told.
  parent.postMessage(told, "*");
  if (event.type === "helse-source" && settings.get("source") === "parent") {
    event.preventDefault();
  }
}

function listen({ source, data }) {
  if (source !== parent || data?.target !== NAME) return;
  if (data.command === "ask") chat.ask(data.text);
  if (data.command === "language") chat.language = data.language;
}

if (isFramed) {
  for (const name of EVENTS) chat.addEventListener(`helse-${name}`, tell);
  window.addEventListener("message", listen);
}
