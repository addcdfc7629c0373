// The document: an article and what was decided of it. The browser keeps it, so that a reload loses nothing.
const DOCUMENT = "docbao-document";

const blank = () => ({
  step: "article",
  // As a job takes it: {text} or {file: {name, base64}}.
  source: null,
  title: "",
  author: "",
  address: null,
  // Whether blocks are read, by their numbers, where somebody has chosen.
  blocks: {},
  // How sentences are spoken, by where they begin: {end, rate, pause, voice}.
  sentences: {},
  // How words are read at their place alone, by where they begin: {end, said}.
  readings: {},
  voice: null,
  rate: null,
  loudness: null,
  outputs: null,
  // The address of the job that renders it.
  job: null,
  // The name of its file in the server's show, once it is published.
  published: null,
});

let doc = blank();
// Readings are the user's and not the document's.
const LEXICON = "docbao-lexicon";
let lexicon = recall(localStorage, LEXICON) ?? "";

const load = () => {
  try {
    const kept = JSON.parse(recall(localStorage, DOCUMENT));
    if (kept?.source) doc = { ...blank(), ...kept };
  } catch {
    // What cannot be read is as good as not there.
  }
};

let warned = false;
const save = () => {
  const isKept = keep(localStorage, DOCUMENT, doc.source ? JSON.stringify(doc) : null);
  if (!isKept && !warned) {
    warned = true;
    // An older document would come back in its place.
    keep(localStorage, DOCUMENT, null);
    tell(say("kept.not"));
  }
};

const partOf = (voice) => `voice ${voice}`;

// What the server is sent for it.
const asked = (more = {}) => {
  const manners = [], pauses = {}, voices = {};
  for (const [begin, { end, rate, pause, voice }] of Object.entries(doc.sentences)) {
    const span = { start: Number(begin), end };
    if (rate) manners.push({ span, kind: { rate } });
    if (voice) {
      manners.push({ span, kind: { part: partOf(voice) } });
      voices[partOf(voice)] = { name: voice, rate: doc.rate ?? options.rate };
    }
    if (pause !== undefined) pauses[end] = pause;
  }
  const readings = Object.entries(doc.readings).map(([start, { end, said }]) => ({ span: { start: Number(start), end }, said }));
  const job = { source: doc.source, reading: { edits: { blocks: doc.blocks, manners, pauses, readings } }, voices, ...more };
  job.voice = { ...(doc.voice ? { name: doc.voice } : {}), rate: doc.rate ?? options.rate };
  return options.lexicon === null && lexicon ? { job, lexicon } : { job };
};
