// Shows how far a trial has come, and the whole page anew when it has ended. Without it, the page
// has a link that does.
const SECONDS = 3;

async function look() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const progress = page.getElementById("progress");
  if (!progress) {
    location.reload();
    return;
  }
  // Only what changed, or a screen reader would read all of it again.
  for (const selector of ["label", "progress"]) {
    const shown = document.querySelector(`#progress ${selector}`);
    const now = progress.querySelector(selector);
    if (shown.outerHTML !== now.outerHTML) shown.replaceWith(document.importNode(now, true));
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
