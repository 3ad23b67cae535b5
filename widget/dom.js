/** Builds elements. Words only ever become text nodes. */

const SVG = "http://www.w3.org/2000/svg";

/** Lines on a grid of 24 by 24. */
const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 8h11v13H9zM15 8V3H4v13h5",
  menu: "M4 7h16M4 12h16M4 17h16",
  robot: "M5 9h14v10H5zM12 9V5M9.5 13v1.5M14.5 13v1.5M2.5 12.5v3M21.5 12.5v3",
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
