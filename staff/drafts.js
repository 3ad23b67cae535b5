// The page Utkast with a script: the length of the e-mail, a letter that follows what is
// changed, and Ctrl+Enter to copy it. Without one, its buttons do all but the copying.

const WAIT = 400;

const mail = document.getElementById("mail");
const count = document.getElementById("count");
const work = document.getElementById("work");
const letter = document.getElementById("letter");
const told = document.getElementById("told");

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function countMail() {
  const longest = Number(count.dataset.longest);
  // As the server counts: characters, each line break as one.
  const length = [...mail.value].length;
  const text = length > longest ? count.dataset.tooLong : count.dataset.text;
  count.textContent = fill(text, { length, longest, over: length - longest });
  count.classList.toggle("fault", length > longest);
}

function tell(text) {
  // The same words twice are not read out again.
  told.textContent = "";
  setTimeout(() => {
    told.textContent = text;
  });
}

function mark() {
  letter.focus();
  letter.select();
  return document.execCommand("copy");
}

async function copy() {
  try {
    await navigator.clipboard.writeText(letter.value);
    tell(told.dataset.copied);
  } catch {
    tell(mark() ? told.dataset.copied : told.dataset.marked);
  }
}

// Of several changes the last one counts, whichever answer comes first.
let newest = 0;

async function renew() {
  const number = (newest += 1);
  const body = new FormData(work);
  body.set("do", "update");
  const answer = await fetch(work.action, { method: "POST", body });
  if (!answer.ok || number !== newest) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const renewed = page.getElementById("letter")?.value;
  if (renewed !== undefined && renewed !== letter.value) {
    letter.value = renewed;
    tell(told.dataset.renewed);
  }
}

let waiting;

function changed(event) {
  clearTimeout(waiting);
  if (event.target.matches("select")) {
    // Another question brings another answer, with proof of its own.
    work.requestSubmit(work.querySelector('button[value="update"]'));
    return;
  }
  waiting = setTimeout(renew, WAIT);
}

mail.addEventListener("input", countMail);
count.hidden = false;
countMail();

if (work) {
  work.addEventListener("change", changed);
  document.getElementById("copying").hidden = false;
  document.getElementById("copy").addEventListener("click", copy);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      copy();
    }
  });
}
