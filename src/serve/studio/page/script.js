// The second step: the sentences, what is doubtful about them, and how each sounds.
let script = null;
let turn = 0;

const loadScript = async () => {
  const own = ++turn;
  byId("sentences").setAttribute("aria-busy", "true");
  const loaded = await attempt(() => ask("POST", "/v1/studio/script", asked()));
  // A later one is on its way.
  if (own !== turn) return false;
  byId("sentences").removeAttribute("aria-busy");
  if (!loaded) return false;
  script = loaded;
  for (const { span } of script.sentences) {
    const own = doc.sentences[span.start];
    if (own) own.end = span.end;
  }
  return true;
};

const isDoubtful = ({ confidence }) => confidence === "unknown" || confidence === "doubtful";
const doubtfulPieces = () => [...document.querySelectorAll("#sentences .piece.unknown, #sentences .piece.doubtful")];

const drawScript = () => {
  if (!script) return;
  const readings = script.sentences.flatMap((sentence) => sentence.pieces).filter((piece) => piece.span);
  const doubtful = readings.filter(isDoubtful).length;
  const count = { sentences: number(script.sentences.length), doubtful: number(doubtful) };
  byId("script-about").textContent = say(doubtful ? "script.about" : "script.sure", count);
  byId("render-about").textContent = say(doubtful ? "render.doubtful" : "render.sure", count);
  for (const name of ["doubtful-before", "doubtful-next"]) byId(name).disabled = doubtful === 0;
  byId("keep-lexicon").hidden = options.lexicon !== null || !lexicon;
  drawNotes(byId("script-notes"), script.notes);
  byId("sentences").replaceChildren(...script.sentences.map(drawSentence));
};

// From where the focus is, to the next piece that is doubtful or the one before.
const jump = (step) => {
  const pieces = doubtfulPieces();
  const from = panel?.piece ?? document.activeElement;
  const isAfter = (piece) => from.compareDocumentPosition(piece) & Node.DOCUMENT_POSITION_FOLLOWING;
  const later = pieces.findIndex((piece) => piece !== from && isAfter(piece));
  const at = pieces.indexOf(from);
  let next = at >= 0 ? at + step : step > 0 ? later : (later < 0 ? pieces.length : later) - 1;
  if (!from.closest?.("#sentences")) next = step > 0 ? 0 : pieces.length - 1;
  const piece = pieces[(next + pieces.length) % pieces.length];
  if (!piece) return;
  openPanel(piece.closest("li"), piece);
  piece.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
};

// The sentences anew, with the focus and the open panel where they were.
const redraw = async () => {
  const at = panel && { sentence: panel.sentence.span.start, piece: panel.reading?.span.start };
  if (!(await loadScript())) return;
  const focused = document.activeElement?.closest(".panel") && document.activeElement.dataset.keeps;
  drawScript();
  if (!at) return;
  const sentence = script.sentences.find(({ span }) => span.start <= at.sentence && at.sentence < span.end);
  const item = sentence && byId(`sentence-${sentence.span.start}`);
  if (!item) return void (panel = null);
  const piece = [...item.querySelectorAll(".piece")].find((one) => Number(one.dataset.end) > at.piece);
  openPanel(item, piece ?? null, focused);
};

// A reading is kept for its place alone, or with null forgotten, and the sentence is heard.
const keepHere = async ({ span, text }, reading, sentence) => {
  trouble();
  const before = doc.readings;
  const apart = Object.entries(before).filter(([start, { end }]) => end <= span.start || span.end <= Number(start));
  doc.readings = Object.fromEntries(apart);
  if (reading !== null) doc.readings[span.start] = { end: span.end, said: reading };
  // What the server refuses is not kept.
  if ((await hear(sentence.span.start)) === false) return void (doc.readings = before);
  save();
  tell(say(reading === null ? "reading.forgotten" : "reading.kept-here", { written: text, said: reading }));
  await redraw();
};

const isHere = ({ span }) => doc.readings[span.start]?.end === span.end;

// A reading is kept, or with null forgotten, and the sentence is heard.
const keepReading = async (written, reading, sentence) => {
  trouble();
  const kept = await attempt(() =>
    ask("POST", "/v1/studio/lexicon", { ...(options.lexicon === null ? { lexicon } : {}), written, said: reading }),
  );
  if (!kept) return;
  if (kept.lexicon !== null) keep(localStorage, LEXICON, (lexicon = kept.lexicon));
  tell(say(reading === null ? "reading.forgotten" : "reading.kept", { written, said: reading }));
  // What is heard does not wait for what is shown.
  await hear(sentence.span.start);
  await redraw();
};

const voice = byId("voice");
let hearing = null;

// Gives whether there is something to be heard; nothing if something else is heard by then.
const hear = async (at) => {
  trouble();
  hearing?.stop.abort();
  const own = (hearing = { at, stop: new AbortController(), words: [] });
  voice.pause();
  markPlaying();
  const spoken = await attempt(() => ask("POST", "/v1/studio/speech", { document: asked(), at }, own.stop.signal));
  if (hearing !== own) return undefined;
  if (!spoken) {
    stopHearing();
    return false;
  }
  own.words = spoken.words;
  URL.revokeObjectURL(voice.src);
  voice.src = URL.createObjectURL(unpack(spoken.audio, "audio/wav"));
  // A browser may want a click first; the sound is there all the same.
  await voice.play().catch(() => {});
  return true;
};

const stopHearing = () => {
  hearing?.stop.abort();
  hearing = null;
  voice.pause();
  markPlaying();
};

const itemOf = (at) => byId(`sentence-${at}`);

// Shows which sentence is heard, and of it which piece.
const markPlaying = () => {
  for (const item of document.querySelectorAll("#sentences > .now")) {
    item.classList.remove("now");
    labelHear(item, false);
  }
  const item = hearing && itemOf(hearing.at);
  item?.classList.add("now");
  if (item) labelHear(item, true);
};

const markPiece = () => {
  if (!hearing) return;
  const now = voice.currentTime * 1000;
  const word = hearing.words.findLast((one) => one.start_ms <= now && now < one.end_ms + 150);
  const item = itemOf(hearing.at);
  for (const piece of item?.querySelectorAll(".piece") ?? []) {
    const { begin, end } = piece.dataset;
    const isHeard = word && Number(begin) <= word.span.start && word.span.start < Math.max(Number(end), Number(begin) + 1);
    piece.classList.toggle("heard", Boolean(isHeard));
  }
  if (!voice.paused) requestAnimationFrame(markPiece);
};

voice.addEventListener("play", markPiece);
voice.addEventListener("ended", () => {
  hearing = null;
  for (const piece of document.querySelectorAll(".piece.heard")) piece.classList.remove("heard");
  markPlaying();
});
byId("doubtful-next").addEventListener("click", () => jump(1));
byId("doubtful-before").addEventListener("click", () => jump(-1));
byId("keep-lexicon").addEventListener("click", () => download(new Blob([lexicon]), "docbao-lexicon.tsv"));
