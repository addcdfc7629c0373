// The third step: files are chosen and made, and can be followed, cancelled, heard and taken away.
const wanted = byId("wanted");
let job = null;
let following = null;

const TEXTS = ["page", "book"];
const CAPTIONS = ["vtt", "srt"];

const outputsOf = () => doc.outputs ?? { audio: [options.audio[0]?.name], text: ["vtt"] };

const drawWanted = () => {
  const fields = wanted.elements;
  // The voice of the server may be a file of its own.
  const names = [...new Set([options.voice, ...options.voices])];
  const voices = names.map((name) => make("option", { selected: name === (doc.voice ?? options.voice) }, name));
  fields.voice.replaceChildren(...voices);
  fields.rate.value = doc.rate ?? options.rate;
  showRate();
  fields.title.value = doc.title;
  fields.author.value = doc.author;
  const levels = options.loudness.map((name) => make("option", { value: name, selected: name === doc.loudness }, say(`loudness.${name}`)));
  fields.loudness.replaceChildren(make("option", { value: "" }, say("loudness.usual")), ...levels);
  const { audio, text } = outputsOf();
  const choice = (group, name, label, isChosen) =>
    make("label", {}, make("input", { type: "checkbox", name: group, value: name, checked: isChosen }), " ", label);
  byId("audio-choices").replaceChildren(
    ...options.audio.map(({ name, label }) => choice("audio", name, label, audio.includes(name))),
  );
  const texts = [...options.captions.map(({ name }) => name).filter((name) => CAPTIONS.includes(name)), ...TEXTS];
  byId("text-choices").replaceChildren(
    ...texts.map((name) => choice("text", name, say(`output.${name}`), text.includes(name))),
  );
  byId("kept-hint").textContent = options.keeps_renders ? "" : say("render.temporary");
  drawPublication();
  drawJob();
};

const showRate = () => {
  const { rate } = wanted.elements;
  rate.nextElementSibling.textContent = `${number(rate.valueAsNumber, 2)}×`;
};

const chosen = (group) => [...wanted.querySelectorAll(`[name=${group}]:checked`)].map(({ value }) => value);

const takeWanted = () => {
  const { voice, rate, title, author, loudness } = wanted.elements;
  Object.assign(doc, {
    voice: voice.value === options.voice ? null : voice.value,
    rate: rate.valueAsNumber === options.rate ? null : rate.valueAsNumber,
    title: title.value.trim(),
    author: author.value.trim(),
    loudness: loudness.value || null,
    outputs: { audio: chosen("audio"), text: chosen("text") },
  });
  save();
};

// A name for files: ASCII letters of the title.
const slug = () => {
  const plain = doc.title.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "bai-doc";
};

const MARKS = "words.json";

const outputs = () => {
  const { audio, text } = doc.outputs;
  const name = slug(), title = doc.title || say("article.untitled");
  const files = audio.map((format) => ({ kind: "audio", format, name: `${name}.${format}` }));
  for (const format of text) {
    if (format === "page") files.push({ kind: "page", title, name: `${name}.html` });
    else if (format === "book") files.push({ kind: "book", title, name: `${name}.epub` });
    else files.push({ kind: "captions", format, name: `${name}.${format}` });
  }
  return [...files, { kind: "captions", format: "json", name: MARKS }];
};

const aboutIt = () => ({ title: doc.title || null, author: doc.author || null, source_url: doc.address });

const startRender = () =>
  busy(wanted, async () => {
    trouble();
    takeWanted();
    if (doc.outputs.audio.length === 0) throw new Refused(400, say("trouble.silent"));
    const more = { outputs: outputs(), loudness: doc.loudness, tags: aboutIt() };
    stopRender();
    job = await ask("POST", "/v1/studio/renders", asked(more));
    doc.job = job.address;
    save();
    drawJob();
    followJob();
  });

const followJob = async () => {
  following?.abort();
  const own = (following = new AbortController());
  await attempt(() => follow("GET", job.events, undefined, showProgress, own.signal));
  if (own.signal.aborted) return;
  following = null;
  job = await attempt(() => ask("GET", doc.job)) ?? job;
  drawJob();
  if (job.state === "done") {
    byId("made").querySelector("h2").focus();
    tell(say("made.told"));
  } else if (["failed", "refused"].includes(job.state)) trouble(say("trouble.render", { error: job.error ?? job.state }));
};

const showProgress = ({ state, progress }) => {
  const bar = byId("progress").querySelector("progress");
  if (progress?.of) {
    bar.max = progress.of;
    bar.value = progress.spoken;
    const percent = number(Math.floor((100 * progress.spoken) / progress.of));
    byId("progress-text").textContent = say(progress.spoken < progress.of ? "progress.spoken" : "progress.writing", { percent });
  } else {
    bar.removeAttribute("value");
    byId("progress-text").textContent = say(state === "queued" ? "progress.queued" : "progress.begun");
  }
};

const drawJob = () => {
  const state = job?.state;
  const runs = state === "queued" || state === "running";
  byId("progress").hidden = !runs;
  byId("made").hidden = state !== "done";
  if (runs) showProgress(job);
  if (state === "done") drawMade();
};

const drawMade = () => {
  const { speech_seconds: seconds, loudness } = job.produced;
  const level = loudness?.integrated_lufs;
  byId("made-about").textContent = say("made.about", { time: clock(seconds), level: level === undefined ? "–" : number(level, 1) });
  const files = job.files.filter(({ name }) => name !== MARKS);
  byId("downloads").replaceChildren(...files.map(({ name, address, content_type: type }) =>
    make("li", {}, make("button", { type: "button", class: "download", on: { click: (event) => fetchFile(event.currentTarget, name, address) } },
      make("span", { class: "name" }, name), make("span", { class: "type" }, type.split(";")[0]))),
  ));
  openPlayer();
};

// A link could not send the token, so files are fetched and then handed to the browser.
const fetchFile = async (button, name, address) => {
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  const answer = await attempt(async () => (await request("GET", address)).blob());
  button.removeAttribute("aria-disabled");
  if (answer) download(answer, name);
};

const download = (blob, name) => {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  // The browser has its own hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

// Nobody waits for it any more; what is done stays with the server.
const stopRender = () => {
  following?.abort();
  following = null;
  closePlayer();
  job = null;
  doc.job = null;
};

const cancelRender = async () => {
  const { address } = job;
  stopRender();
  save();
  drawJob();
  await attempt(() => ask("DELETE", address));
  tell(say("render.cancelled"));
  wanted.querySelector("[type=submit]").focus();
};

// The job of a document that was kept: done, or still being worked on, or long gone.
const restoreJob = async () => {
  if (!doc.job) return;
  try {
    job = await ask("GET", doc.job);
  } catch {
    doc.job = null;
    save();
    return;
  }
  if (job.state === "queued" || job.state === "running") followJob();
};

wanted.addEventListener("submit", (event) => {
  event.preventDefault();
  startRender();
});
wanted.addEventListener("change", takeWanted);
wanted.elements.rate.addEventListener("input", showRate);
byId("cancel").addEventListener("click", cancelRender);
