/** The foot of the panel, where one writes or is asked something. */

/** Lets one question at a time stand there instead of the text field. */
export function createFoot(field) {
  let asked = null;

  function show(question) {
    if (asked) asked.hidden = true;
    asked = question;
    if (asked) asked.hidden = false;
    field.hidden = asked !== null;
  }

  /** Takes a question away, if it is the one that stands there. */
  function clear(question) {
    if (asked === question) show(null);
  }

  return { show, clear };
}
