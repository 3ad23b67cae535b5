// How a site that is built uses the widget. The compiler reads it; nothing runs it.
import { load, type Kind } from "helse-assistent";

await load("https://assistent.example.org");
await load("https://assistent.example.org", { version: "0123456789abcdef", integrity: "sha384-…" });

const chat = document.createElement("helse-assistent");
chat.setAttribute("heading-nn", "Spør kommunen");
chat.language = "nn";
document.body.append(chat);

const isShown: boolean = await chat.open();
if (isShown) await chat.ask("Kven fekk pengar?");
chat.close();

chat.addEventListener("helse-message", ({ detail }) => {
  const kind: Kind | string = detail.kind;
  console.log(kind, detail.language);
});
document.addEventListener("helse-source", (event) => {
  event.preventDefault();
  console.log(event.detail.quote.length, event.detail.url);
});
document.addEventListener("helse-error", ({ detail: { code } }) => console.log(code));

// @ts-expect-error there is no such language
chat.language = "sv";
// @ts-expect-error a question is a text
void chat.ask(42);
// @ts-expect-error what was said stays in the chat
document.addEventListener("helse-message", ({ detail }) => console.log(detail.text));
