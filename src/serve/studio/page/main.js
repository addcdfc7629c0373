// The steps, the language, and how it all begins.
const STEPS = ["article", "script", "render"];

const showStep = (step, focuses = true) => {
  doc.step = step;
  save();
  closePanel(false);
  if (step !== "script") stopHearing();
  if (step !== "render") sound.pause();
  document.querySelector("nav").hidden = false;
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== step;
  for (const button of document.querySelectorAll(".step")) {
    button.disabled = button.dataset.step !== "article" && !(doc.source && article);
    if (button.dataset.step === step) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
  draw();
  const heading = [...byId(step).querySelectorAll("h1")].find((one) => one.offsetParent !== null);
  document.title = `${doc.title || say(`step.${step}`)} · docbao studio`;
  if (focuses) heading?.focus();
};

const draw = () => {
  if (doc.step === "article") drawArticle();
  else if (doc.step === "script") drawScript();
  else drawWanted();
};

const goTo = async (step) => {
  trouble();
  // What is said depends on what was chosen in the step before.
  if (step !== "article" && !script) {
    if (!(await loadScript())) return;
    drawScript();
  }
  showStep(step);
  scrollTo(0, 0);
};

const showLanguage = () => {
  document.documentElement.lang = language;
  const other = language === "vi" ? "en" : "vi";
  Object.assign(byId("language"), { textContent: WORDS[other]["language.name"], lang: other });
  sayAll();
};

const showOptions = () => {
  if (!options) return;
  byId("file").accept = options.extensions.map((ending) => `.${ending}`).join(",");
  byId("address-field").hidden = !options.addresses;
  byId("article-lead").textContent = say(options.addresses ? "article.lead" : "article.lead-without");
};

const begin = async () => {
  options = (await attempt(() => ask("GET", "/v1/studio"))) ?? null;
  if (!options) return;
  showOptions();
  if (doc.source && !(await showArticle())) return void showStep("article");
  await restoreJob();
  if (doc.step !== "article" && doc.source && (await loadScript())) {
    drawScript();
    return void showStep(doc.step, false);
  }
  showStep("article", false);
};

for (const button of document.querySelectorAll(".step")) {
  button.addEventListener("click", () => goTo(button.dataset.step));
}
for (const button of document.querySelectorAll("[data-go]")) {
  button.addEventListener("click", () => goTo(button.dataset.go));
}
byId("language").addEventListener("click", () => {
  language = language === "vi" ? "en" : "vi";
  keep(localStorage, LANGUAGE, language);
  showLanguage();
  showState();
  showOptions();
  if (options && document.querySelector("#token").hidden) draw();
});
byId("problem").querySelector("button").addEventListener("click", () => trouble());
byId("token").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  trouble();
  token = event.target.elements.token.value;
  keep(sessionStorage, TOKEN, token);
  event.target.reset();
  begin();
});

load();
showLanguage();
showState();
begin();
