// Plays what was rendered, with the words marked as they are heard, and draws its waveform.
const sound = byId("sound"), seek = byId("seek"), wave = byId("wave"), heard = byId("heard");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
// {address, peaks, sentences, words: [{element, start, end}]}
let played = null;

const clock = (seconds) => {
  const s = Math.floor(seconds || 0), pad = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(s / 60) % 60, hours = Math.floor(s / 3600);
  return (hours ? hours + ":" + pad(minutes) : minutes) + ":" + pad(s % 60);
};

const openPlayer = async () => {
  if (played?.address === job.address) return;
  closePlayer();
  const own = (played = { address: job.address, peaks: [], sentences: [], words: [] });
  const file = job.files.find(({ content_type: type }) => type.startsWith("audio/") && sound.canPlayType(type));
  const marks = job.files.find(({ name }) => name === MARKS);
  const [blob, times, shape] = await Promise.all([
    attempt(async () => (file ? (await request("GET", file.address)).blob() : null)),
    attempt(() => ask("GET", marks.address)),
    attempt(() => ask("GET", `/v1/studio/renders/${job.id}/waveform`)),
  ]);
  if (played !== own) return;
  if (blob) sound.src = URL.createObjectURL(blob);
  own.sentences = times?.sentences ?? [];
  own.peaks = shape?.peaks ?? [];
  heard.replaceChildren(...own.sentences.map((sentence) => drawHeard(sentence, own.words)));
  own.words.sort((a, b) => a.start - b.start);
  drawWave();
};

const closePlayer = () => {
  if (!played) return;
  played = null;
  sound.pause();
  if (sound.src) URL.revokeObjectURL(sound.src);
  sound.removeAttribute("src");
  heard.replaceChildren();
};

// A sentence with its words; what is between them is not heard.
const drawHeard = (sentence, words) => {
  const element = make("p", { lang: "vi" });
  let at = 0;
  for (const word of sentence.words) {
    const begin = word.text ? sentence.text.indexOf(word.text, at) : -1;
    if (begin < 0) continue;
    element.append(sentence.text.slice(at, begin));
    at = begin + word.text.length;
    const span = make("span", {}, word.text);
    element.append(span);
    words.push({ element: span, start: word.start_ms / 1000, end: word.end_ms / 1000 });
  }
  element.append(sentence.text.slice(at));
  return element;
};

let marked = null;
const markHeard = () => {
  const time = sound.currentTime + 0.005;
  const word = played?.words.findLast(({ start }) => start <= time);
  const now = word && time < word.end + 0.15 ? word.element : null;
  if (now === marked) return;
  marked?.classList.remove("now");
  marked?.parentElement.classList.remove("now");
  now?.classList.add("now");
  now?.parentElement.classList.add("now");
  marked = now;
  if (now) keepInView(now);
};

const keepInView = (element) => {
  const box = heard.getBoundingClientRect(), { top, bottom } = element.getBoundingClientRect();
  if (top >= box.top && bottom <= box.bottom) return;
  heard.scrollTo({ top: heard.scrollTop + top - box.top - box.height / 3, behavior: calm.matches ? "auto" : "smooth" });
};

const showTime = () => {
  const times = `${clock(sound.currentTime)} / ${clock(sound.duration)}`;
  seek.value = sound.currentTime;
  seek.setAttribute("aria-valuetext", times);
  if (byId("time").textContent !== times) byId("time").textContent = times;
  drawWave();
};

// Bars of the sound, what was heard of it in another colour, and a mark where each sentence begins.
const drawWave = () => {
  const { clientWidth: width, clientHeight: height } = wave;
  if (!width || !played) return;
  const scale = devicePixelRatio || 1, context = wave.getContext("2d");
  if (wave.width !== Math.round(width * scale)) wave.width = Math.round(width * scale);
  if (wave.height !== Math.round(height * scale)) wave.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(wave);
  const [own, rest, tick] = ["--played", "--unplayed", "--tick"].map((name) => style.getPropertyValue(name));
  const { peaks, sentences } = played, bars = Math.max(1, Math.floor(width / 3));
  const seconds = sound.duration || 1, room = height - 8;
  for (let bar = 0; bar < bars && peaks.length; bar++) {
    const from = Math.floor((bar * peaks.length) / bars), to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    const peak = Math.max(...peaks.slice(from, to)) / 100, tall = Math.max(1.5, peak * room);
    context.fillStyle = bar / bars < sound.currentTime / seconds ? own : rest;
    context.fillRect(bar * 3, (room - tall) / 2, 2, tall);
  }
  context.fillStyle = tick;
  for (const { start_ms: start } of sentences) context.fillRect((start / 1000 / seconds) * width, height - 6, 1.5, 6);
};

const sentenceAt = () => (played?.sentences ?? []).findLastIndex(({ start_ms: start }) => start / 1000 <= sound.currentTime + 0.005);
const toSentence = (number) => {
  const sentences = played?.sentences ?? [];
  if (sentences.length) sound.currentTime = sentences[Math.min(Math.max(number, 0), sentences.length - 1)].start_ms / 1000;
};
// From near the start of a sentence, to the one before.
const back = () => {
  const now = sentenceAt();
  toSentence(now >= 0 && sound.currentTime - played.sentences[now].start_ms / 1000 > 1.5 ? now : now - 1);
};
const togglePlay = () => (sound.paused ? sound.play().catch(() => {}) : sound.pause());

const frame = () => {
  markHeard();
  showTime();
  if (!sound.paused) requestAnimationFrame(frame);
};
const showState = () => {
  document.body.classList.toggle("playing", !sound.paused);
  const label = say(sound.paused ? "player.play" : "player.pause");
  byId("play").setAttribute("aria-label", label);
  byId("play").title = label;
  if (!sound.paused) frame();
};
for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, showState);
sound.addEventListener("loadedmetadata", () => {
  seek.max = sound.duration;
  showTime();
});
sound.addEventListener("seeking", () => (markHeard(), showTime()));
seek.addEventListener("input", () => (sound.currentTime = Number(seek.value)));
wave.addEventListener("click", (event) => {
  const { left, width } = wave.getBoundingClientRect();
  sound.currentTime = ((event.clientX - left) / width) * (sound.duration || 0);
});
byId("play").addEventListener("click", togglePlay);
byId("back").addEventListener("click", back);
byId("on").addEventListener("click", () => toSentence(sentenceAt() + 1));
heard.addEventListener("click", (event) => {
  const word = played?.words.find(({ element }) => element === event.target);
  if (!word || !getSelection().isCollapsed) return;
  sound.currentTime = word.start;
  sound.play().catch(() => {});
});
heard.addEventListener("keydown", (event) => {
  const does = { " ": togglePlay, ArrowLeft: back, ArrowRight: () => toSentence(sentenceAt() + 1) }[event.key];
  if (!does || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  does();
});
addEventListener("resize", drawWave);
for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", drawWave);
}
