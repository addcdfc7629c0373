// The keys of the whole page, the list of them, and how the page looks.
const keys = {
  " ": toggle,
  k: toggle,
  ArrowLeft: does.back,
  ArrowRight: does.on,
  "Shift+ArrowLeft": () => back(openings),
  "Shift+ArrowRight": () => on(openings),
  j: does.rewind,
  l: does.forward,
  Home: () => goToFirst(firsts, 0),
  End: () => goToFirst(firsts, firsts.length - 1),
  "+": does.faster,
  "=": does.faster,
  "-": does.slower,
  "?": () => $("help").showModal(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const long = event.key.length > 1;
  const name = long ? (event.shiftKey ? "Shift+" : "") + event.key : event.key.toLowerCase();
  if (!Object.hasOwn(keys, name)) return;
  // Keys of one letter can be switched off, for those who speak to their computer (WCAG 2.1.4).
  if (!long && name !== " " && chosen.letters === "off") return;
  // What has the focus keeps the keys it knows.
  const owns = name === " " ? "button, summary, a" : long ? "input" : "";
  if (owns && event.target.closest(owns)) return;
  event.preventDefault();
  keys[name]();
});

for (const name of ["settings", "help"]) {
  const dialog = $(name);
  $("open-" + name).addEventListener("click", () => dialog.showModal());
  // A click beside a dialog is a click on itself, and closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".close")) dialog.close();
  });
}

// The reader's own colours are what the style sheet has for a dark system, put in force or not.
const dark = [...document.styleSheets].flatMap((sheet) =>
  [...sheet.cssRules].filter((rule) => rule.media?.mediaText.includes("prefers-color-scheme: dark")),
);
const byTheSystem = "(prefers-color-scheme: dark)";
const DARK = { system: byTheSystem, light: "not all", dark: "all" };
const chosen = { size: "normal", theme: "system", spacing: "normal", letters: "on", ...kept.get("settings") };
const look = () => {
  const { size, spacing, theme } = chosen;
  Object.assign(document.documentElement.dataset, { size, spacing });
  for (const rule of dark) rule.media.mediaText = DARK[theme] ?? byTheSystem;
  const scheme = document.querySelector("meta[name=color-scheme]");
  scheme.content = theme === "light" || theme === "dark" ? theme : "light dark";
};
look();
for (const input of $("settings").querySelectorAll("input")) {
  input.checked = chosen[input.name] === input.value;
  input.addEventListener("change", () => {
    chosen[input.name] = input.type === "radio" || input.checked ? input.value : "off";
    kept.set("settings", chosen);
    look();
  });
}
