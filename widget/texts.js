/** What the interface says. All languages have the same keys. */

import { CONTENT } from "./content.js";
import { PERSON } from "./words.js";

const nb = {
  name: "Bokmål",
  locale: "nb-NO",
  days: (count) => (count === 1 ? "én dag" : `${count} dager`),

  menu: "Meny",
  close: "Lukk samtalen",
  cancel: "Avbryt",

  language: "Språk",
  size: "Tekststørrelse",
  sizes: { normal: "Vanlig", large: "Stor", largest: "Størst" },
  save: "Lagre samtalen",
  notSaved: "Samtalen ble ikke lagret.",
  id: "Samtale-ID",
  idDetails:
    "Vil du ha noe slettet eller slått opp, kan du gi denne ID-en til dem som driver tjenesten.",
  feedback: "Tilbakemeldingen din",
  statements: { privacy: "Personvern", accessibility: "Tilgjengelighet" },

  leave: "Start på nytt",
  leaveDetails: (days) =>
    `Du kommer ikke tilbake til denne samtalen. Serveren sletter den ${days} etter den ` +
    "siste meldingen. Du kan også slette den nå.",
  left: "Dette er en ny samtale.",

  remove: "Slett samtalen",
  removeDetails:
    "Alt du har skrevet, svarene og tilbakemeldingene dine blir slettet. Det kan ikke angres.",
  removeFirst: "Slett og start på nytt",
  removed: "Samtalen er slettet.",
  notRemoved: "Samtalen ble ikke slettet.",

  welcome: [
    "Hei! Jeg er en robot. Spør meg om kunngjøringen ",
    ", så svarer jeg og viser hvor det står.",
  ],
  changed: "Mye kan være annerledes nå.",
  about: "Om samtalen",
  wrong:
    "Svarene er laget av et program som kan misforstå spørsmålet ditt. " +
    "Sjekk svaret mot sitatet under det. Står ikke svaret i kunngjøringen, sier jeg fra.",
  kept: (days) =>
    `Det du skriver, lagres på serveren og slettes ${days} etter den siste meldingen. ` +
    "Nettleseren husker hvilken samtale som er din, valgene dine og det du ikke har sendt ennå. " +
    "Vi bruker ingen informasjonskapsler. Du kan når som helst slette samtalen i menyen.",
  understands: "Jeg forstår bokmål, nynorsk og engelsk. Du velger språk i menyen.",
  personal: "Ikke skriv fødselsnummer eller andre personopplysninger.",
  successor: "Den forrige samtalen er utløpt.",
  conversation: "Samtale",
  showEarlier: "Vis eldre meldinger",
  earlierShown: "De eldre meldingene står over.",
  earlierNotShown: "Eldre meldinger ble ikke hentet.",
  suggestions: "Forslag til spørsmål",
  goDown: "Rull ned",

  field: "Skriv et spørsmål",
  notice: "Roboten kan ta feil.",
  hint: "Trykk Enter for å sende, og Shift + Enter for ny linje.",
  send: "Send",
  wait: "Vent på svaret før du sender.",
  room: (count) => `${count} tegn igjen`,
  tooLong: (count) => `Meldingen er ${count} tegn for lang. Kort ned teksten før du sender.`,

  you: "Du",
  robot: "Robot",
  typing: "Roboten skriver",
  slow: "Det tar lengre tid enn vanlig. Vent litt til.",
  kinds: {
    not_stated: "Uten svar",
    out_of_scope: "Utenfor tema",
    handover: "Kontakt",
  },
  quote: "Sitat fra kunngjøringen",
  showMore: "Vis hele sitatet",
  showLess: "Vis mindre av sitatet",
  showSource: "Vis i kunngjøringen",
  copy: "Kopier svaret",
  copied: "Svaret er kopiert.",
  notCopied: "Nettleseren lar meg ikke kopiere. Merk teksten og kopier den selv.",

  up: "Svaret hjalp",
  down: "Svaret hjalp ikke",
  thanks: "Takk for tilbakemeldingen.",
  notRated: "Tilbakemeldingen ble ikke lagret.",
  comment: "Vil du si mer? (valgfritt)",
  sendComment: "Send kommentaren",

  notSent: "Ikke sendt.",
  retry: "Prøv igjen",
  discard: "Fjern",
  faults: {
    offline: "Du er ikke på nett.",
    timeout: "Serveren brukte for lang tid.",
    unreachable: "Jeg får ikke kontakt med serveren.",
    away: "Tjenesten er ikke klar akkurat nå. Vent litt før du prøver igjen.",
    too_long: "Meldingen er for lang.",
    unsent: "Siden ble lukket før meldingen var sendt.",
    other: "Noe gikk galt på serveren.",
  },
  mustWait: (seconds) =>
    "Det kom mange meldinger på kort tid. " +
    `Vent ${seconds} ${seconds === 1 ? "sekund" : "sekunder"} før du prøver igjen.`,
};

const nn = {
  name: "Nynorsk",
  // Many browsers know the dates of Bokmål alone.
  locale: ["nn-NO", "nb-NO"],
  days: (count) => (count === 1 ? "éin dag" : `${count} dagar`),

  menu: "Meny",
  close: "Lukk samtalen",
  cancel: "Avbryt",

  language: "Språk",
  size: "Tekststorleik",
  sizes: { normal: "Vanleg", large: "Stor", largest: "Størst" },
  save: "Lagre samtalen",
  notSaved: "Samtalen vart ikkje lagra.",
  id: "Samtale-ID",
  idDetails:
    "Vil du ha noko sletta eller slått opp, kan du gje denne ID-en til dei som driv tenesta.",
  feedback: "Tilbakemeldinga di",
  statements: { privacy: "Personvern", accessibility: "Tilgjengelegheit" },

  leave: "Start på nytt",
  leaveDetails: (days) =>
    `Du kjem ikkje tilbake til denne samtalen. Serveren slettar han ${days} etter den ` +
    "siste meldinga. Du kan òg slette han no.",
  left: "Dette er ein ny samtale.",

  remove: "Slett samtalen",
  removeDetails:
    "Alt du har skrive, svara og tilbakemeldingane dine blir sletta. Det kan ikkje angrast.",
  removeFirst: "Slett og start på nytt",
  removed: "Samtalen er sletta.",
  notRemoved: "Samtalen vart ikkje sletta.",

  welcome: [
    "Hei! Eg er ein robot. Spør meg om kunngjeringa ",
    ", så svarar eg og viser kvar det står.",
  ],
  changed: "Mykje kan vere annleis no.",
  about: "Om samtalen",
  wrong:
    "Svara er laga av eit program som kan misforstå spørsmålet ditt. " +
    "Sjekk svaret mot sitatet under det. Står ikkje svaret i kunngjeringa, seier eg frå.",
  kept: (days) =>
    `Det du skriv, blir lagra på serveren og sletta ${days} etter den siste meldinga. ` +
    "Nettlesaren hugsar kva samtale som er din, vala dine og det du ikkje har sendt enno. " +
    "Vi bruker ingen informasjonskapslar. Du kan når som helst slette samtalen i menyen.",
  understands: "Eg forstår bokmål, nynorsk og engelsk. Du vel språk i menyen.",
  personal: "Ikkje skriv fødselsnummer eller andre personopplysningar.",
  successor: "Den førre samtalen har gått ut.",
  conversation: "Samtale",
  showEarlier: "Vis eldre meldingar",
  earlierShown: "Dei eldre meldingane står over.",
  earlierNotShown: "Eldre meldingar vart ikkje henta.",
  suggestions: "Forslag til spørsmål",
  goDown: "Rull ned",

  field: "Skriv eit spørsmål",
  notice: "Roboten kan ta feil.",
  hint: "Trykk Enter for å sende, og Shift + Enter for ny linje.",
  send: "Send",
  wait: "Vent på svaret før du sender.",
  room: (count) => `${count} teikn igjen`,
  tooLong: (count) => `Meldinga er ${count} teikn for lang. Kort ned teksten før du sender.`,

  you: "Du",
  robot: "Robot",
  typing: "Roboten skriv",
  slow: "Det tek lengre tid enn vanleg. Vent litt til.",
  kinds: {
    not_stated: "Utan svar",
    out_of_scope: "Utanfor tema",
    handover: "Kontakt",
  },
  quote: "Sitat frå kunngjeringa (på bokmål)",
  showMore: "Vis heile sitatet",
  showLess: "Vis mindre av sitatet",
  showSource: "Vis i kunngjeringa",
  copy: "Kopier svaret",
  copied: "Svaret er kopiert.",
  notCopied: "Nettlesaren lar meg ikkje kopiere. Merk teksten og kopier han sjølv.",

  up: "Svaret hjelpte",
  down: "Svaret hjelpte ikkje",
  thanks: "Takk for tilbakemeldinga.",
  notRated: "Tilbakemeldinga vart ikkje lagra.",
  comment: "Vil du seie meir? (valfritt)",
  sendComment: "Send kommentaren",

  notSent: "Ikkje sendt.",
  retry: "Prøv igjen",
  discard: "Fjern",
  faults: {
    offline: "Du er ikkje på nett.",
    timeout: "Serveren brukte for lang tid.",
    unreachable: "Eg får ikkje kontakt med serveren.",
    away: "Tenesta er ikkje klar akkurat no. Vent litt før du prøver igjen.",
    too_long: "Meldinga er for lang.",
    unsent: "Sida vart lukka før meldinga var send.",
    other: "Noko gjekk gale på serveren.",
  },
  mustWait: (seconds) =>
    `Det kom mange meldingar på kort tid. Vent ${seconds} sekund før du prøver igjen.`,
};

const en = {
  name: "English",
  locale: "en-GB",
  days: (count) => (count === 1 ? "one day" : `${count} days`),

  menu: "Menu",
  close: "Close the chat",
  cancel: "Cancel",

  language: "Language",
  size: "Text size",
  sizes: { normal: "Normal", large: "Large", largest: "Largest" },
  save: "Save the conversation",
  notSaved: "The conversation was not saved.",
  id: "Conversation ID",
  idDetails:
    "If you want something deleted or looked up, you can give this ID to the people who run " +
    "the service.",
  feedback: "Your feedback",
  statements: { privacy: "Privacy", accessibility: "Accessibility" },

  leave: "Start again",
  leaveDetails: (days) =>
    `You cannot return to this conversation. The server deletes it ${days} after the ` +
    "last message. You can also delete it now.",
  left: "This is a new conversation.",

  remove: "Delete the conversation",
  removeDetails:
    "Everything you have written, the answers and your feedback will be deleted. This cannot be undone.",
  removeFirst: "Delete and start again",
  removed: "The conversation has been deleted.",
  notRemoved: "The conversation was not deleted.",

  welcome: [
    "Hello! I’m a chatbot. Ask me about the announcement ",
    ", and I’ll answer and show where it says so.",
  ],
  changed: "Much may be different now.",
  about: "About this conversation",
  wrong:
    "The answers come from a computer program that may misunderstand your question. Check the answer " +
    "against the quote below it. If the answer is not in the announcement, I’ll say so.",
  kept: (days) =>
    `What you write is stored on the server and deleted ${days} after the last message. ` +
    "Your browser remembers which conversation is yours, your choices and what you have not sent " +
    "yet. We use no cookies. You can delete the conversation from the menu at any time.",
  understands:
    "I understand English and both written forms of Norwegian. You choose the language in the menu.",
  personal: "Please do not type national identity numbers or other personal information.",
  successor: "The previous conversation has expired.",
  conversation: "Conversation",
  showEarlier: "Show earlier messages",
  earlierShown: "The earlier messages are above.",
  earlierNotShown: "The earlier messages could not be fetched.",
  suggestions: "Suggested questions",
  goDown: "Scroll down",

  field: "Write a question",
  notice: "The chatbot can be wrong.",
  hint: "Press Enter to send, and Shift + Enter for a new line.",
  send: "Send",
  wait: "Please wait for the answer before you send.",
  room: (count) => `${count} ${count === 1 ? "character" : "characters"} left`,
  tooLong: (count) =>
    `The message is ${count} ${count === 1 ? "character" : "characters"} too long. ` +
    "Shorten it before you send.",

  you: "You",
  robot: "Chatbot",
  typing: "The chatbot is typing",
  slow: "This is taking longer than usual. Please wait a little more.",
  kinds: {
    not_stated: "No answer",
    out_of_scope: "Off topic",
    handover: "Contact",
  },
  quote: "Quote from the announcement (in Norwegian)",
  showMore: "Show the whole quote",
  showLess: "Show less of the quote",
  showSource: "Show in the announcement",
  copy: "Copy the answer",
  copied: "The answer has been copied.",
  notCopied: "Your browser does not let me copy. Please select the text and copy it yourself.",

  up: "The answer helped",
  down: "The answer did not help",
  thanks: "Thank you for your feedback.",
  notRated: "The feedback was not saved.",
  comment: "Would you like to say more? (optional)",
  sendComment: "Send your comment",

  notSent: "Not sent.",
  retry: "Try again",
  discard: "Remove",
  faults: {
    offline: "You are offline.",
    timeout: "The server did not answer in time.",
    unreachable: "I cannot reach the server.",
    away: "The service is not ready right now. Wait a little before you try again.",
    too_long: "The message is too long.",
    unsent: "The page was closed before the message was sent.",
    other: "Something went wrong on the server.",
  },
  mustWait: (seconds) =>
    "There were many messages in a short time. " +
    `Wait ${seconds} ${seconds === 1 ? "second" : "seconds"} before you try again.`,
};

/** By language code, with what the content decides. */
export const TEXTS = { nb, nn, en };
for (const code in TEXTS) Object.assign(TEXTS[code], CONTENT[code], { person: PERSON[code] });

/** Says why something failed. */
export function explain(texts, { code, retryAfter }) {
  if (code === "rate_limited") return texts.mustWait(retryAfter);
  return texts.faults[code] ?? texts.faults.other;
}
