/** News of a case: the server's stream, or where none comes through, asking again and again. */

// Milliseconds. The first event comes at once, unless something on the way holds it back; then
// there is one at least every 15 seconds.
const FIRST_WITHIN = 4_000;
const NEXT_WITHIN = 40_000;
// One that ends sooner has been refused, or taken over by another tab.
const LASTING = 5_000;
const BRIEFLY = 500;
const ASK_EVERY = 2_500;
const LONGEST_PAUSE = 8_000;
// After so many streams that fail while the server answers, or one that is held back, it is
// asked instead; and after so many questions, a stream is tried again.
const MOST_FAILED = 3;
const MOST_ASKED = 30;

/**
 * Hands on how the case stands whenever that changes, until a signal ends it: `open(signal)`
 * opens a stream, `ask()` asks, and `take(view)` gets what comes. Rejects when the server no
 * longer knows the conversation.
 */
export async function follow({ open, ask, take }, signal) {
  let without = 0; // How often a stream has failed, or was left out.
  let failed = 0; // How often the server has not answered at all, in a row.
  while (!signal.aborted) {
    let end = "";
    if (without < MOST_FAILED || without > MOST_ASKED) end = await listen(open, take, signal);
    if (end === "lasted") {
      without = failed = 0;
      await pause(BRIEFLY, 1, signal);
      continue;
    }
    if (signal.aborted) return;
    let wait = ASK_EVERY;
    let spread = 0.2;
    try {
      const view = await ask();
      if (!signal.aborted) take(view);
      if (end === "held" || (end && without >= MOST_FAILED)) without = MOST_FAILED;
      else without += 1;
      failed = 0;
    } catch (fault) {
      if (fault.isExpiry) throw fault;
      failed += 1;
      wait = Math.max(Math.min(500 * 2 ** failed, LONGEST_PAUSE), (fault.retryAfter ?? 0) * 1000);
      spread = 0.5; // Lest all come back at once.
    }
    await pause(wait, spread, signal);
  }
}

/** Takes what a stream tells until it ends, and returns whether it has lasted, failed or was held. */
async function listen(open, take, signal) {
  const own = new AbortController();
  const stop = () => own.abort();
  const begun = Date.now();
  let hasCome = false;
  let timer = setTimeout(stop, FIRST_WITHIN);
  signal.addEventListener("abort", stop);
  try {
    const response = await open(own.signal);
    const reader = response.ok && response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events) {
        const data = event.split("\n").find((line) => line.startsWith("data:"));
        hasCome ||= data !== undefined;
        if (data && !own.signal.aborted) take(JSON.parse(data.slice(5)));
      }
      if (hasCome) {
        clearTimeout(timer);
        timer = setTimeout(stop, NEXT_WITHIN);
      }
    }
  } catch {
    // Whatever ended it, what comes next is the same.
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  stop();
  const lasted = Date.now() - begun;
  if (!hasCome) return lasted < FIRST_WITHIN ? "failed" : "held";
  return lasted < LASTING ? "failed" : "lasted";
}

/** Waits for about so long, or until the browser is online again. */
function pause(milliseconds, spread, signal) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      over.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, milliseconds * (1 + spread * (2 * Math.random() - 1)));
    signal.addEventListener("abort", end, { signal: over.signal });
    window.addEventListener("online", end, { signal: over.signal });
    if (signal.aborted) end();
  });
}
