/** A person takes over: what offers that, what is agreed to, and how the case stands. */

import { newId } from "./conversation.js";
import { button, el, icon } from "./dom.js";
import { tellReach } from "./hours.js";
import { explain } from "./texts.js";

const LONGEST_REACH = 200;
// Why somebody wants a person, by the kind of the reply that offers one.
const REASONS = { handover: "asked", not_stated: "not_stated" };

/**
 * Makes the `offer` below what was said, the `bar` that tells how the case stands, and the
 * `element` that stands instead of the text field while something is asked.
 */
export function createPerson(context) {
  const { texts, language, store, conversation, desk, foot } = context;
  const { announce, speak, add, focus } = context;
  const words = texts.person;
  const offer = el("div", { class: "offer", role: "group", "aria-label": words.help, hidden: true });
  const standing = el("p");
  const choices = el("div", { class: "choices" });
  const bar = el(
    "div",
    { class: "bar", role: "group", "aria-label": words.status, hidden: true },
    icon("person"),
    standing,
    choices,
  );
  const element = el("section", { class: "question asking", hidden: true });
  let opener = null;
  let shownBar = "";
  let shownPlace = null;
  let offered = "";
  let lookedFor = "";
  let dislikedAt = -1;

  function update() {
    // Who answers gets what is said in the chat; what was written here stays for later.
    if (desk.isAnswered) goBack();
    showBar();
    showOffer();
  }

  /** Offers it after a reply that did not help. */
  function follow(rating) {
    dislikedAt = rating === "down" ? conversation.turns.length : -1;
    update();
  }

  /** Returns why a person is offered now, or nothing. */
  function reasonNow() {
    const { turns, unsent } = conversation;
    const newest = turns.at(-1);
    if (!desk.isThere || !desk.isKnown || desk.isLive || !newest || unsent.length) return "";
    if (newest.reply.offer === "person") return REASONS[newest.reply.kind] ?? "clarify";
    const isDisliked = newest.feedback?.rating === "down" || dislikedAt === turns.length;
    return isDisliked ? "thumbs" : "";
  }

  function showOffer() {
    const reason = reasonNow();
    const wanted = reason && `${reason} ${conversation.turns.at(-1).id}`;
    if (wanted && wanted !== lookedFor) {
      lookedFor = wanted;
      offered = "";
      // Where it cannot be told, pressing tells why.
      desk.look().catch(() => {}).then(() => present(wanted, reason));
    }
    if (!wanted) lookedFor = offered = "";
    offer.hidden = !offered;
  }

  function present(wanted, reason) {
    if (wanted !== lookedFor || desk.reach?.state === "off") return;
    const { reach } = desk;
    const labels = { open: words.talk, away: words.leave, closed: words.leave };
    const label = labels[reach?.state] ?? words.help;
    const name = reach?.state === "open" ? "person" : "letter";
    offered = wanted;
    add(() => {
      offer.replaceChildren(
        button(label, () => ask(reason), {}, icon(name)),
        el("p", { class: "hint" }, reach && tellReach(reach, texts)),
      );
      offer.hidden = false;
    });
    speak({ text: words.offered(label), language });
  }

  /** Asks whether to share the conversation, or for a message where nobody is there. */
  async function ask(reason) {
    opener = offer.hidden ? null : offer.querySelector("button");
    try {
      await desk.look();
    } catch (fault) {
      announce(explain(texts, fault));
      return;
    }
    const { state } = desk.reach;
    if (state === "off") announce(words.off);
    else if (state === "open") askToShare(reason);
    else askForMessage(reason, tellReach(desk.reach, texts));
  }

  function askToShare(reason) {
    const id = newId();
    const fault = el("p", { class: "fault", role: "alert" });
    const agree = button(words.agree, () => open(agree), { class: "primary" });

    async function open(pressed) {
      if (pressed.ariaDisabled) return;
      pressed.ariaDisabled = "true";
      fault.textContent = "";
      try {
        await desk.open(id, reason, language);
        leave();
      } catch (cause) {
        if (cause.code === "nobody_there") askForMessage(reason, words.nobody);
        else fault.textContent = `${words.notAsked} ${explain(texts, cause)}`;
      } finally {
        pressed.ariaDisabled = null;
      }
    }

    const shared = el("div", { id: "shared" }, ...sharing());
    show(words.talk, [shared, fault, agree, button(texts.cancel, goBack)], "shared");
    agree.focus();
  }

  function sharing() {
    return words.shared(texts.days(conversation.about.kept_days)).map((text) => el("p", {}, text));
  }

  /** Asks for a message to the staff, and how they can reach its writer. */
  function askForMessage(reason, why) {
    let id = newId();
    const draft = { language, ...store.get().note };
    const isOptional = desk.case !== null;
    let isTried = false;
    const keep = () => {
      store.set({ note: { text: text.value, reach: reach.value, language: chosen.value } });
      if (isTried) describe();
    };
    // Sent again with the same id, a text is taken once, as it came first.
    const rewrite = () => {
      id = newId();
      keep();
    };
    const text = el("textarea", { id: "note", rows: 3, oninput: rewrite, "aria-describedby": "note-hint note-fault" });
    const reach = el("input", {
      id: "reach",
      autocomplete: "email",
      oninput: keep,
      "aria-describedby": "reach-hint reach-fault",
    });
    const chosen = el(
      "select",
      { id: "answer-language", onchange: keep },
      ...Object.entries(words.languages).map(([code, name]) => el("option", { value: code }, name)),
    );
    const faults = {
      text: el("p", { class: "fault", id: "note-fault" }),
      reach: el("p", { class: "fault", id: "reach-fault" }),
    };
    const fault = el("p", { class: "fault", role: "alert" });
    const send = el("button", { class: "primary" }, words.send);
    const form = el(
      "form",
      { novalidate: true, onsubmit: submit },
      el("p", {}, why),
      el("label", { for: "note" }, isOptional ? words.optional : words.message),
      el("p", { class: "hint", id: "note-hint" }, words.messageHint),
      text,
      faults.text,
      el("label", { for: "reach" }, words.reach),
      el("p", { class: "hint", id: "reach-hint" }, words.reachHint),
      reach,
      faults.reach,
      el("label", { for: "answer-language" }, words.language),
      chosen,
      ...sharing(),
      fault,
      el("div", { class: "choices" }, send, button(texts.cancel, goBack)),
    );
    text.value = draft.text ?? "";
    reach.value = draft.reach ?? "";
    chosen.value = draft.language;

    function describe() {
      const tooLong = [...text.value.trim()].length - conversation.about.longest_message;
      const way = reach.value.trim();
      faults.text.textContent = "";
      if (tooLong > 0) faults.text.textContent = words.tooLong(tooLong);
      else if (!isOptional && !text.value.trim()) faults.text.textContent = words.empty;
      faults.reach.textContent = "";
      if (!way) faults.reach.textContent = words.noReach;
      else if ([...way].length > LONGEST_REACH) faults.reach.textContent = words.reachTooLong;
      const wrong = [];
      for (const [input, told] of [[text, faults.text], [reach, faults.reach]]) {
        input.ariaInvalid = told.textContent ? "true" : null;
        if (told.textContent) wrong.push(input);
      }
      return wrong;
    }

    async function submit(event) {
      event.preventDefault();
      isTried = true;
      const [wrong] = describe();
      fault.textContent = "";
      if (wrong) return void wrong.focus();
      if (send.ariaDisabled) return;
      send.ariaDisabled = "true";
      const message = { text: text.value.trim(), reach: reach.value.trim(), reason };
      try {
        await desk.leave(id, { ...message, language: chosen.value });
        store.set({ note: undefined });
        leave();
        if (desk.case) announce(words.sent(desk.case.number));
      } catch (cause) {
        fault.textContent = `${words.notSent} ${explain(texts, cause)}`;
      } finally {
        send.ariaDisabled = null;
      }
    }

    show(words.leave, [form]);
    text.focus();
  }

  /** Shows something in the place of the text field. */
  function show(title, parts, details) {
    element.setAttribute("aria-labelledby", "person-title");
    if (details) element.setAttribute("aria-describedby", details);
    else element.removeAttribute("aria-describedby");
    element.replaceChildren(el("h3", { id: "person-title" }, title), ...parts);
    add(() => foot.show(element));
    element.scrollTop = 0;
  }

  function leave() {
    add(() => foot.clear(element));
    element.replaceChildren();
    focus();
  }

  /** Returns whether something was asked. */
  function goBack() {
    if (element.hidden) return false;
    leave();
    if (opener?.isConnected && !offer.hidden) opener.focus();
    return true;
  }

  /** Tells how the case stands, and what can be done. Places are read aloud when they change. */
  function showBar() {
    const { state, place, by, reachable } = desk.case ?? {};
    const key = [state, place, by?.name, reachable].join();
    if (key === shownBar) return;
    const hadFocus = bar.contains(bar.getRootNode().activeElement);
    const acts = [];
    let [told, more] = ["", ""];
    if (desk.isWaiting) {
      const now = words.place(place);
      [told, more] = [now, words.robotMeanwhile];
      acts.push([words.leaveQueue, end("robot")]);
      acts.push([words.leave, () => askForMessage("asked", words.robotMeanwhile)]);
      if (shownPlace !== null && shownPlace !== place) speak({ text: now, language });
    } else if (desk.isAnswered) {
      [told, more] = [words.answers(by?.name), words.silent];
      acts.push([words.toRobot, end("robot")], [words.end, end("nobody")]);
    } else if (state === "message" && !reachable) {
      told = words.howToReach;
      acts.push([words.tellReach, () => askForMessage("asked", words.howToReach)]);
    }
    shownBar = key;
    shownPlace = place ?? null;
    add(() => {
      standing.replaceChildren(told, el("span", {}, more && ` ${more}`));
      choices.replaceChildren(...acts.map(([label, act]) => button(label, act)));
      bar.hidden = !told;
    });
    if (hadFocus) focus();
  }

  function end(to) {
    return async ({ currentTarget: pressed }) => {
      if (pressed.ariaDisabled) return;
      pressed.ariaDisabled = "true";
      try {
        await desk.end(to);
      } catch (fault) {
        announce(`${words.notEnded} ${explain(texts, fault)}`);
      }
      pressed.ariaDisabled = null;
    };
  }

  /** Goes to what is asked. Returns whether something is. */
  function goThere() {
    if (element.hidden) return false;
    element.querySelector("textarea, button").focus();
    return true;
  }

  return { offer, bar, element, update, ask, follow, goBack, focus: goThere };
}
