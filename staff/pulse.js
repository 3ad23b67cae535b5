// Tells the page Kø when to ask for news. Browsers hold back the clock of a page that is not seen,
// but not that of a worker; else nobody would seem to be there.
let every = 500;
let next;

function tick() {
  postMessage("");
  next = setTimeout(tick, every);
}

addEventListener("message", (event) => {
  every = event.data;
  clearTimeout(next);
  tick();
});

tick();
