// One sentence of the script, and the panel in which it is changed.
// The panel that is open: {item, sentence, piece, reading, element}.
let panel = null;
// Whether a reading that is chosen is for its place alone.
let onlyHere = false;
const coarse = matchMedia("(pointer: coarse)");

const ICONS = {
  play: "M7 4.5v15l12.5-7.5z",
  stop: "M6 6h12v12H6z",
  change: "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5v5M8.5 14.5v5",
};

const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add(name);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
};

const drawSentence = (sentence, at) => {
  const item = make("li", { id: `sentence-${sentence.span.start}`, class: `kind-${sentence.kind}` });
  item.sentence = sentence;
  item.number = at + 1;
  item.classList.toggle("begins", script.sentences[at - 1]?.block !== sentence.block);
  item.classList.toggle("changed", Boolean(doc.sentences[sentence.span.start]));
  const hearIt = make("button", { type: "button", class: "round hear", on: { click: () => toggleHearing(sentence) } });
  const change = make(
    "button",
    {
      type: "button",
      class: "round change",
      "aria-label": say("sentence.change", { number: item.number }),
      title: say("sentence.change", { number: item.number }),
      "aria-expanded": "false",
      on: { click: () => (panel?.item === item ? closePanel() : openPanel(item)) },
    },
    icon("change"),
  );
  const text = make("p", { class: "text", lang: "vi" }, ...sentence.pieces.map((piece) => drawPiece(piece, item)));
  item.append(hearIt, text, change);
  labelHear(item, hearing?.at === sentence.span.start);
  item.classList.toggle("now", hearing?.at === sentence.span.start);
  return item;
};

const labelHear = (item, isPlaying) => {
  const button = item.querySelector(".hear");
  const label = say(isPlaying ? "sentence.stop" : "sentence.hear", { number: item.number });
  button.setAttribute("aria-label", label);
  button.title = label;
  button.replaceChildren(icon(isPlaying ? "stop" : "play"));
};

const toggleHearing = ({ span }) => (hearing?.at === span.start ? stopHearing() : hear(span.start));

const MARKED = ["unknown", "doubtful", "likely"];

// Pieces that somebody may want to look at are buttons; the others can be clicked, and chosen in the panel.
const drawPiece = (piece, item) => {
  if (!piece.span) return piece.text;
  const mark = isHere(piece) ? "here" : piece.class === "lexicon" ? "own" : MARKED.includes(piece.confidence) ? piece.confidence : "";
  const element = make("span", { class: `piece ${mark}`, title: piece.said, "data-begin": `${piece.span.start}`, "data-end": `${piece.span.end}` });
  element.reading = piece;
  element.textContent = piece.text;
  if (mark) {
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    const name = say(`confidence.${mark}`);
    element.setAttribute("aria-label", say("piece.label", { text: piece.text, said: piece.said, confidence: name }));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      openPanel(item, element);
    });
  }
  element.addEventListener("click", () => getSelection().isCollapsed && openPanel(item, element));
  return element;
};

const closePanel = (returns = true) => {
  if (!panel) return;
  const { item, piece, element } = panel;
  panel = null;
  element.remove();
  item.querySelector(".change").setAttribute("aria-expanded", "false");
  item.querySelector(".piece.open")?.classList.remove("open");
  if (returns) (piece?.tabIndex === 0 ? piece : item.querySelector(".change")).focus();
};

// Opens the panel of a sentence at a piece of it. `keeps` names the field that is to have the focus.
const openPanel = (item, piece = null, keeps = undefined) => {
  closePanel(false);
  const { sentence } = item;
  const pieces = [...item.querySelectorAll(".piece")].filter((one) => one.textContent.trim());
  const chosen = piece ?? pieces.find((one) => isDoubtful(one.reading)) ?? pieces[0] ?? null;
  chosen?.classList.add("open");
  const element = make("div", { class: "panel", role: "group", "aria-label": say("sentence.panel", { number: item.number }) });
  panel = { item, sentence, piece: chosen, reading: chosen?.reading, element };
  if (chosen) element.append(drawReading(pieces, chosen));
  element.append(drawDelivery(sentence, item));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closePanel();
  });
  item.append(element);
  item.querySelector(".change").setAttribute("aria-expanded", "true");
  const field = keeps ? element.querySelector(`[data-keeps="${keeps}"]`) : null;
  // On a touch screen a field would bring the keyboard up.
  const find = (what) => element.querySelector(what);
  const usual = (!coarse.matches && (find(".alternative") ?? find("[name=said]"))) || find("select, input");
  (field ?? usual).focus({ preventScroll: Boolean(keeps) });
};

// How a piece is read, and what else it could be.
const drawReading = (pieces, chosen) => {
  const { reading } = chosen;
  const written = reading.text.split(/\s+/).filter(Boolean).join(" ");
  const { sentence } = panel;
  const words = make(
    "select",
    { "data-keeps": "piece", on: { change: () => openPanel(panel.item, pieces[words.selectedIndex], "piece") } },
    ...pieces.map((one) => make("option", { selected: one === chosen }, one.textContent)),
  );
  const here = isHere(reading);
  const confidence = here ? "here" : reading.class === "lexicon" ? "own" : reading.confidence;
  const only = make("input", { type: "checkbox", "data-keeps": "only", checked: onlyHere, on: { change: () => (onlyHere = only.checked) } });
  const choose = (text) => (onlyHere ? keepHere(reading, text, sentence) : keepReading(written, text, sentence));
  const other = make("input", { type: "text", name: "said", "data-keeps": "said", autocomplete: "off", spellcheck: false, lang: "vi", value: reading.said });
  // Whoever types replaces it, and who only confirms it keeps it.
  other.addEventListener("focus", () => other.select());
  const alternatives = (reading.alternatives ?? []).map((text) =>
    make("li", {}, make("button", { type: "button", class: "alternative", lang: "vi", on: { click: () => choose(text) } }, text)),
  );
  const form = make(
    "form",
    { class: "other" },
    make("label", { class: "field" }, make("span", {}, say("reading.other")), other),
    make("button", { type: "submit", class: "primary" }, say("reading.keep")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (other.value.trim()) choose(other.value.trim());
  });
  return make(
    "div",
    { class: "reading" },
    make("label", { class: "field" }, make("span", {}, say("reading.piece")), words),
    make("p", { class: "said" }, make("span", {}, say("reading.now")), " ", make("b", { lang: "vi" }, reading.said || "–"), " ",
      make("span", { class: `badge ${confidence}` }, say(`confidence.${confidence}`))),
    reading.message && make("p", { class: "hint" }, said("finding", reading.message)),
    make("label", { class: "only" }, only, " ", say("reading.only")),
    alternatives.length ? make("p", { class: "hint" }, say("reading.alternatives")) : null,
    alternatives.length ? make("ul", { class: "alternatives" }, ...alternatives) : null,
    form,
    here || reading.class === "lexicon"
      ? make("button", { type: "button", class: "quiet", "data-keeps": "forget", on: { click: () => (here ? keepHere(reading, null, sentence) : keepReading(written, null, sentence)) } }, say("reading.forget"))
      : null,
  );
};

// How the whole sentence is spoken.
const drawDelivery = (sentence, item) => {
  const begin = sentence.span.start;
  const own = doc.sentences[begin] ?? {};
  const rate = make("input", { type: "range", min: "50", max: "200", step: "5", value: String(own.rate ?? 100), "data-keeps": "rate" });
  const shown = make("output", {});
  const showRate = () => (shown.textContent = `${number(rate.valueAsNumber / 100, 2)}×`);
  showRate();
  const pause = make("input", {
    type: "number", min: "0", max: "60000", step: "50", value: String(Math.round(own.pause ?? sentence.pause)), "data-keeps": "pause",
  });
  const voices = make(
    "select",
    { "data-keeps": "voice" },
    make("option", { value: "" }, say("sentence.narrator")),
    ...options.voices.map((name) => make("option", { value: name, selected: name === own.voice }, name)),
  );
  const change = (value) => {
    const changed = { ...doc.sentences[begin], end: sentence.span.end, ...value };
    for (const name of Object.keys(changed)) if (changed[name] === undefined) delete changed[name];
    if (Object.keys(changed).length > 1) doc.sentences[begin] = changed;
    else delete doc.sentences[begin];
    item.classList.toggle("changed", Boolean(doc.sentences[begin]));
    save();
    hear(begin);
  };
  rate.addEventListener("input", showRate);
  rate.addEventListener("change", () => change({ rate: rate.valueAsNumber === 100 ? undefined : rate.valueAsNumber }));
  pause.addEventListener("change", () => {
    const is = pause.validity.valid && pause.value !== "";
    change({ pause: is ? pause.valueAsNumber : undefined });
  });
  voices.addEventListener("change", () => change({ voice: voices.value || undefined }));
  const reset = () => {
    delete doc.sentences[begin];
    save();
    hear(begin);
    redraw();
  };
  return make(
    "div",
    { class: "delivery" },
    make("label", { class: "field" }, make("span", {}, say("sentence.rate")), make("span", { class: "ranged" }, rate, shown)),
    make("label", { class: "field" }, make("span", {}, say("sentence.pause")), pause),
    make("label", { class: "field" }, make("span", {}, say("sentence.voice")), voices),
    make(
      "p",
      { class: "actions" },
      make("button", { type: "button", class: "quiet", on: { click: reset } }, say("sentence.reset")),
      make("button", { type: "button", class: "quiet", on: { click: () => closePanel() } }, say("close")),
    ),
  );
};
