// The page Kø with a script: news as they come, keys, and drafts beside what they answer. Without
// one, its forms and links do the same.

// Milliseconds between two questions for news, where the page is seen and where it is not.
const SEEN = 500;
const HIDDEN = 4000;
const BETWEEN_TYPING = 3000;
// So long an answer of the server is waited for.
const PATIENCE = 10_000;
const SOUND = "cases-sound";
// So often a draft is asked for, once a second, while the model is loaded.
const MOST_TRIES = 120;

const desk = document.getElementById("desk");
const told = document.getElementById("told");
const trouble = document.getElementById("trouble");
const story = document.getElementById("story");
const sound = document.getElementById("sound");
const { case: number, news } = desk.dataset;
const path = location.pathname;
const kept = `cases-reply-${number}`;
const keptNote = `cases-note-${number}`;
// The tab shows the title of the document, and how many wait.
const tab = document;
const title = tab.title.replace(/^\(\d+\) /, "");

const field = () => document.getElementById("reply");
const note = () => document.getElementById("note");

function show(element, isShown) {
  if (element && element.hidden === isShown) element.hidden = !isShown;
}

function tell(text) {
  // The same words twice are not read out again.
  told.textContent = "";
  setTimeout(() => {
    told.textContent = text;
  });
}

function complain(text = "") {
  if (trouble.textContent !== text) trouble.textContent = text;
  show(trouble, text !== "");
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

// Parts that have changed are put in place of those that are shown. The focus stays where it was,
// and so does what somebody has written or chosen.
function renew(html) {
  for (const fresh of parsed(html).querySelectorAll("[data-part]")) {
    const old = document.querySelector(`[data-part="${fresh.dataset.part}"]`);
    if (!old || old.dataset.version === fresh.dataset.version) continue;
    if (fresh.querySelector("#say")) {
      // The case is one's own now: the whole page offers more.
      sessionStorage.setItem(keptNote, note().value);
      location.reload();
      return;
    }
    const focused = old.contains(document.activeElement) && document.activeElement;
    const values = [...old.querySelectorAll("textarea, select")].map((it) => [it.id, it.value]);
    const part = document.importNode(fresh, true);
    old.replaceWith(part);
    for (const [id, value] of values) {
      const it = document.getElementById(id);
      const isThere = it?.matches("textarea") || [...(it?.options ?? [])].some((o) => o.value === value);
      if (isThere) it.value = value;
    }
    show(part.querySelector(".unsent"), field()?.value !== "");
    if (focused?.id) document.getElementById(focused.id)?.focus();
  }
}

function add(html) {
  const list = story.querySelector("ol");
  const wasAtEnd = story.scrollHeight - story.scrollTop - story.clientHeight < 80;
  for (const item of parsed(`<ol>${html}</ol>`).querySelectorAll("ol > li.beside")) {
    if (!document.getElementById(item.id)) list.append(document.importNode(item, true));
  }
  if (wasAtEnd) toEnd();
  draftLatest();
}

function toEnd() {
  if (story) story.scrollTop = story.scrollHeight;
}

// News

let version = "";
let waiting;
let isAsking = false;
let failures = 0;

async function ask() {
  if (isAsking) return;
  isAsking = true;
  try {
    const asked = new URLSearchParams({ version });
    if (number) {
      asked.set("case", number);
      asked.set("since", desk.dataset.since);
      asked.set("robot", desk.dataset.robot);
    }
    const answer = await fetch(`${news}?${asked}`, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.redirected) {
      pulse.terminate();
      complain(trouble.dataset.signedOut);
      return;
    }
    if (!answer.ok) throw new Error(answer.status);
    take(await answer.json());
    failures = 0;
    if (trouble.textContent === trouble.dataset.lost) complain();
  } catch {
    failures += 1;
    if (failures > 2) complain(trouble.dataset.lost);
  } finally {
    isAsking = false;
  }
}

function take(told_) {
  if (number && told_.case === null) {
    // It was deleted: the page that comes says so.
    location.reload();
    return;
  }
  if (told_.parts) renew(told_.parts);
  version = told_.version;
  const now = told_.calls ? `(${told_.calls}) ${title}` : title;
  if (tab.title !== now) tab.title = now;
  const isNew = waiting && told_.waiting.some((it) => !waiting.has(it));
  waiting = new Set(told_.waiting);
  if (isNew) {
    tell(told.dataset.newCase.replace("{count}", told_.waiting.length));
    play();
  }
  if (told_.case) {
    show(document.querySelector("#typing span"), told_.case.typing);
    desk.dataset.robot = told_.case.robot;
    if (told_.case.said) {
      desk.dataset.since = told_.case.latest;
      add(told_.case.said);
    }
  }
}

// Drafts: that of the latest message by itself, of others when somebody asks.

// What was asked for last, of each message.
const askedFor = new WeakMap();

async function draft(place, topic = "", tries = MOST_TRIES) {
  const asked = new URLSearchParams({ topic });
  askedFor.set(place, asked);
  const answer = await fetch(`${path}/draft/${place.dataset.line}?${asked}`).catch(() => null);
  const isTold = answer?.headers.get("Content-Type")?.startsWith("application/json");
  const { html, told: why } = isTold ? await answer.json() : {};
  // Another one was asked for meanwhile.
  if (askedFor.get(place) !== asked) return;
  if (answer?.status === 202 && tries > 1) {
    setTimeout(() => askedFor.get(place) === asked && draft(place, topic, tries - 1), 1000);
    return;
  }
  if (!html) {
    complain(why ?? trouble.dataset.lost);
    return;
  }
  const wasAtEnd = story.scrollHeight - story.scrollTop - story.clientHeight < 80;
  place.replaceChildren(...parsed(html).body.childNodes);
  withScript(place);
  if (wasAtEnd) toEnd();
}

function draftLatest() {
  const place = [...document.querySelectorAll(".draft")].at(-1);
  if (place && !place.querySelector(".draft-text") && !place.dataset.asked) {
    place.dataset.asked = "yes";
    draft(place);
  }
}

function put(text) {
  const it = field();
  if (!it || it.readOnly) return;
  it.focus();
  // Between blank lines, where something is written already; it can be undone as if typed.
  const before = it.value.slice(0, it.selectionStart).trimEnd() ? "\n\n" : "";
  if (!document.execCommand("insertText", false, before + text)) {
    it.setRangeText(before + text, it.selectionStart, it.selectionEnd, "end");
    keep();
  }
  tell(told.dataset.put);
}

function putLatest() {
  const text = [...document.querySelectorAll(".draft .suggested")].at(-1);
  if (text) put(text.textContent);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(told.dataset.copied);
  } catch {
    complain(trouble.dataset.notCopied);
  }
}

// The answer: what is written stays in the tab until it is sent.

let typedAt = 0;
// What was sent last and may not have come, with the id in the form.
let tried;

function keep() {
  if (field()?.value) sessionStorage.setItem(kept, field().value);
  else sessionStorage.removeItem(kept);
}

function noteTyping() {
  if (Date.now() - typedAt < BETWEEN_TYPING || !field().value) return;
  typedAt = Date.now();
  const body = new FormData();
  body.set("csrf_token", document.querySelector("#say [name=csrf_token]").value);
  fetch(`${path}/typing`, { method: "POST", body }).catch(() => {});
}

async function say(form) {
  const it = field();
  if (!it.value.trim() || form.dataset.sending) return;
  form.dataset.sending = "yes";
  const sent = it.value;
  const id = document.getElementById("line");
  // Sent again with the same id, it would be taken once, as it came first.
  if (tried !== undefined && tried !== sent) {
    id.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
  }
  tried = sent;
  try {
    const headers = { Accept: "application/json" };
    const body = new FormData(form);
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(form.action, { method: "POST", headers, body, signal });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    const { line, told: why } = isOurs ? await answer.json() : {};
    if (line) {
      if (it.value === sent) it.value = "";
      if (id.isConnected) id.value = line;
      tried = undefined;
      typedAt = 0;
      complain();
      tell(told.dataset.sent);
    } else {
      complain(why ?? (answer.status === 401 ? trouble.dataset.signedOut : trouble.dataset.notSent));
    }
  } catch {
    complain(trouble.dataset.notSent);
  } finally {
    delete form.dataset.sending;
    keep();
  }
  ask();
}

// Sound, which browsers allow once somebody has touched the page.

let tones;

function play() {
  if (!sound?.checked || !tones) return;
  const moment = tones.currentTime;
  for (const [place, frequency] of [660, 880].entries()) {
    const tone = tones.createOscillator();
    const volume = tones.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.15, moment + place * 0.18);
    volume.gain.exponentialRampToValueAtTime(0.001, moment + place * 0.18 + 0.17);
    tone.connect(volume).connect(tones.destination);
    tone.start(moment + place * 0.18);
    tone.stop(moment + place * 0.18 + 0.18);
  }
}

function wake() {
  if (sound.checked) tones ??= new AudioContext();
}

function withScript(part) {
  for (const it of part.querySelectorAll(".with-script")) it.hidden = false;
  for (const it of part.querySelectorAll(".without-script")) it.hidden = true;
}

// What is pressed, written and seen

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.id === "say") {
    event.preventDefault();
    say(form);
  } else if (form.matches(".ask-draft")) {
    event.preventDefault();
    draft(form.closest(".draft"), submitter?.name === "topic" ? submitter.value : "");
  } else if (form.matches(".put-opening")) {
    event.preventDefault();
    put(submitter.textContent);
  }
});

addEventListener("click", ({ target }) => {
  const text = target.closest(".draft-text")?.querySelector(".suggested")?.textContent;
  if (target.closest(".put")) put(text);
  if (target.closest(".copy")) copy(text);
});

addEventListener("input", ({ target }) => {
  if (target !== field()) return;
  keep();
  noteTyping();
});

if (document.querySelector("[data-keys=on]")) {
  addEventListener("keydown", (event) => {
    if (event.target !== field() || event.isComposing) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.key === "F2" && !modified) {
      event.preventDefault();
      putLatest();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    }
  });
}

if (number) {
  const wasKept = sessionStorage.getItem(kept);
  if (field()?.value === "" && wasKept) field().value = wasKept;
  show(document.querySelector(".unsent"), field()?.value !== "");
  note().value ||= sessionStorage.getItem(keptNote) ?? "";
  sessionStorage.removeItem(keptNote);
  toEnd();
  draftLatest();
}

sound.checked = localStorage.getItem(SOUND) === "on";
sound.addEventListener("change", () => {
  localStorage.setItem(SOUND, sound.checked ? "on" : "off");
  wake();
  play();
});
for (const it of ["pointerdown", "keydown"]) addEventListener(it, wake);
withScript(document);

const pulse = new Worker("/staff/pulse.js");
pulse.addEventListener("message", ask);
const pace = () => pulse.postMessage(document.hidden ? HIDDEN : SEEN);
document.addEventListener("visibilitychange", pace);
pace();
