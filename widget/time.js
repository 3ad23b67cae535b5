/** When something was said. */

import { el } from "./dom.js";

const formats = new Map();

/** Makes an `element` that tells it: today the clock, before today the date too. */
export function createTime({ locale }) {
  const element = el("time");
  let toldOn;

  /** Tells it anew each day. */
  function tell(time) {
    const today = new Date();
    if (today.toDateString() === toldOn) return;
    toldOn = today.toDateString();
    element.dateTime = time;
    const said = new Date(time);
    element.textContent = formatFor(locale, said, today).format(said);
  }

  return { element, tell };
}

function formatFor(locale, said, today) {
  const isToday = said.toDateString() === today.toDateString();
  const isThisYear = said.getFullYear() === today.getFullYear();
  const key = [locale, isToday, isThisYear].join();
  if (!formats.has(key)) {
    const day = !isToday && { day: "numeric", month: "long" };
    const year = !isThisYear && { year: "numeric" };
    const clock = { hour: "2-digit", minute: "2-digit" };
    formats.set(key, new Intl.DateTimeFormat(locale, { ...day, ...year, ...clock }));
  }
  return formats.get(key);
}
