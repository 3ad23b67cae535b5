/** When somebody can be reached, in words. Clocks are those of Norway. */

const ZONE = "Europe/Oslo";
const ALL_DAY = "00:00–24:00";
const DAY = 86_400_000;
// As every browser knows them.
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Tells whether somebody is there, when the staff are, and when that is next. */
export function tellReach({ state, opens_at: opensAt, hours }, texts) {
  const { person } = texts;
  if (state === "off") return person.off;
  if (state === "open") return person.present;
  if (!hours.length) return person.never;
  const told = [person[state]];
  if (opensAt) told.push(person.opens(tellMoment(new Date(opensAt), texts)));
  return [...told, person.hours(tellHours(hours, person))].join(" ");
}

/** Tells hours, with the days that have the same ones together: "mandag–fredag …". */
function tellHours(hours, person) {
  const groups = [];
  for (let day = 1; day <= 7; day += 1) {
    const spans = hours
      .filter((span) => span.day === day)
      .map(({ from, to }) => `${from}–${to}`)
      .join();
    const last = groups.at(-1);
    if (last?.spans === spans && last.to === day - 1) last.to = day;
    else if (spans) groups.push({ from: day, to: day, spans });
  }
  return groups.map((group) => `${tellDays(group, person)} ${tellSpans(group, person)}`).join(", ");
}

function tellDays({ from, to }, { days, daily }) {
  const [first, last] = [days[from - 1], days[to - 1]];
  if (to - from === 6) return daily;
  return first === last ? first : `${first}–${last}`;
}

function tellSpans({ spans }, { allDay, between, and }) {
  if (spans === ALL_DAY) return allDay;
  return spans
    .split(",")
    .map((span) => between(...span.split("–")))
    .join(and);
}

/** Tells a moment that comes: today, tomorrow, or on a day. */
function tellMoment(moment, { locale, person }) {
  const told = (time, options, language = "en-GB") =>
    time.toLocaleString(language, { timeZone: ZONE, ...options });
  const dateOf = (time) => told(time, { dateStyle: "short" });
  const clock = told(moment, { hour: "2-digit", minute: "2-digit" });
  const date = dateOf(moment);
  if (date === dateOf(new Date())) return person.at(person.today, clock);
  if (date === dateOf(new Date(Date.now() + DAY))) return person.at(person.tomorrow, clock);
  const weekday = person.days[WEEKDAYS.indexOf(told(moment, { weekday: "short" }))];
  const day = told(moment, { day: "numeric", month: "long" }, locale);
  return person.at(`${weekday} ${day}`, clock);
}
