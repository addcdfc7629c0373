// What the page says, in the language of its reader.
const byId = (id) => document.getElementById(id);
const WORDS = Object.fromEntries(["vi", "en"].map((name) => [name, JSON.parse(byId(name).textContent)]));
const LANGUAGE = "docbao-language";

const preferred = () => {
  const known = navigator.languages.map((name) => name.split("-")[0]).find((name) => name in WORDS);
  return recall(localStorage, LANGUAGE) ?? known ?? "en";
};

// A browser may refuse to keep anything.
const recall = (store, name) => {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
};
const keep = (store, name, text) => {
  try {
    if (text === null) store.removeItem(name);
    else store.setItem(name, text);
    return true;
  } catch {
    return false;
  }
};

let language = preferred();

const say = (name, values = {}) =>
  (WORDS[language][name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
// What a text has in the slots of a pattern such as `{text} is not known`; null if it is not made so.
const slotsOf = (pattern, text) => {
  const [first, ...rest] = pattern.split(/\{\w+\}/);
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (!rest.length || !text.startsWith(first)) return null;
  const slots = {};
  let at = first.length;
  for (const [number, part] of rest.entries()) {
    const end = number === rest.length - 1 ? text.length - part.length : text.indexOf(part, at + 1);
    if (end <= at || !text.startsWith(part, end)) return null;
    slots[names[number]] = text.slice(at, end);
    at = end + part.length;
  }
  return slots;
};

// What the server says in English alone is translated where there is a translation.
const known = (group, text) => {
  const exact = WORDS[language][`${group}.${text}`];
  if (exact !== undefined) return exact;
  for (const name of Object.keys(WORDS.en)) {
    const slots = name.startsWith(`${group}.`) && slotsOf(name.slice(group.length + 1), text);
    if (slots) return say(name, slots);
  }
  return undefined;
};
const number = (value, digits = 0) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");

const sayAll = (root = document) => {
  const each = (name, put) => {
    for (const element of root.querySelectorAll(`[data-${name}]`)) put(element, say(element.dataset[name]));
  };
  each("say", (element, text) => (element.textContent = text));
  each("label", (element, text) => {
    element.setAttribute("aria-label", text);
    if (element.tagName === "BUTTON") element.title = text;
  });
  each("hint", (element, text) => (element.placeholder = text));
};

// An element with attributes and what is in it.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, does] of Object.entries(value)) element.addEventListener(event, does);
    else if (name in element && typeof value !== "string") element[name] = value;
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
};

// What the server says, in its own language where there is no other.
const said = (group, text) => {
  const words = known(group, text);
  return words === undefined ? make("span", { lang: "en" }, text) : document.createTextNode(words);
};

// Tells a screen reader what has happened.
const tell = (text) => (byId("told").textContent = text);

const trouble = (text) => {
  const box = byId("problem");
  box.hidden = !text;
  box.firstElementChild.textContent = text ?? "";
};
