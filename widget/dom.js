/** Builds elements. Words only ever become text nodes. */

const SVG = "http://www.w3.org/2000/svg";

/** Lines on a grid of 24 by 24. */
const ICONS = {
  again: "M5 5v5h5M5.5 15a7 7 0 1 0 0-6",
  bin: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 8h11v13H9zM15 8V3H4v13h5",
  down: "M12 4v16M5 13l7 7 7-7",
  letter: "M3 6h18v12H3zM3 7l9 6 9-6",
  menu: "M4 7h16M4 12h16M4 17h16",
  outside: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M6 6l12 12",
  person: "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6",
  phone: "M6 3h3l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2",
  quote: "M5 17l2.5-4.5H5V7h5.5v5.5L8 17zM13.5 17l2.5-4.5h-2.5V7H19v5.5L16.5 17z",
  save: "M12 3v12M7 10l5 5 5-5M4 19h16",
  robot: "M5 9h14v10H5zM12 9V5M9.5 13v1.5M14.5 13v1.5M2.5 12.5v3M21.5 12.5v3",
  unknown: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .7-1 1.7M12 16v1.5",
  thumb: "M7 11v9.5M7 11l4.5-8C13.1 3 14 4 14 5.6V9h5.4L18 20.5H7M7 11H3.5v9.5H7",
};

/** Makes an element. Functions listen (`onclick`); what is false is left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Makes a button with words. */
export function button(label, onclick, attributes = {}, ...before) {
  return el("button", { type: "button", onclick, ...attributes }, ...before, label);
}

/** Makes a button with an icon alone. */
export function iconButton(name, label, onclick, attributes = {}) {
  const named = { class: "icon", "aria-label": label, title: label, ...attributes };
  return button("", onclick, named, icon(name));
}

/** Makes an icon. Screen readers skip it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
