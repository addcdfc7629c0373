// The controls: they play, go to places and change the speed, also from the keys of a headset.
const seek = $("seek");
const SPEEDS = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

const clock = (seconds) => {
  const s = Math.floor(seconds || 0), pad = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(s / 60) % 60, hours = Math.floor(s / 3600);
  return (hours ? hours + ":" + pad(minutes) : minutes) + ":" + pad(s % 60);
};
const show = () => {
  seek.value = sound.currentTime;
  const [now, length] = [clock(sound.currentTime), clock(sound.duration)];
  if ($("now").textContent !== now) $("now").textContent = now;
  seek.setAttribute("aria-valuetext", now + " / " + length);
};
const frame = () => {
  mark();
  if (!sound.paused) requestAnimationFrame(frame);
};

// What is stopped before it has begun is no fault.
const play = () => sound.play().catch(() => {});
const toggle = () => (sound.paused ? play() : sound.pause());
const goTo = (time) => {
  scrolled = -Infinity;
  sound.currentTime = Math.min(Math.max(time, 0), sound.duration || 0);
  // At once, for a screen reader says the slider's value as soon as a key moved it; events come later.
  show();
};
const goBy = (seconds) => goTo(sound.currentTime + seconds);
const goToFirst = (some, n) => {
  if (some.length) goTo(start(some[Math.min(Math.max(n, 0), some.length - 1)]));
};
// Back goes to the start of this sentence or paragraph, and from near its start to the one before.
const back = (some) => {
  const now = after(some, wordAt(sound.currentTime));
  const begun = now >= 0 && sound.currentTime - start(some[now]) > 1.5;
  goToFirst(some, begun ? now : now - 1);
};
const on = (some) => {
  const now = after(some, wordAt(sound.currentTime));
  if (now + 1 < some.length) goToFirst(some, now + 1);
};
const setSpeed = (speed) => {
  const at = SPEEDS.indexOf(speed);
  if (at < 0) return;
  sound.playbackRate = speed;
  $("speed").value = String(speed).replace(".", ",") + "×";
  $("slower").disabled = at === 0;
  $("faster").disabled = at === SPEEDS.length - 1;
};
const changeSpeed = (step) => {
  setSpeed(SPEEDS[SPEEDS.indexOf(sound.playbackRate) + step]);
  keep();
};

// Where the reader is in this article, and how fast they hear it.
const KEEP_EVERY = 5;
let last = 0;
const keep = () => {
  last = sound.currentTime;
  kept.set(sound.dataset.article, { time: sound.ended ? 0 : last, speed: sound.playbackRate });
};
const resume = () => {
  const { time, speed } = kept.get(sound.dataset.article);
  setSpeed(speed);
  if (!(time > 1 && time < sound.duration - 1)) return;
  goTo(time);
  $("news").textContent = "Lần trước dừng ở " + clock(time) + ".";
};
for (const name of ["pause", "ended", "seeked"]) sound.addEventListener(name, keep);
sound.addEventListener("timeupdate", () => {
  if (!sound.paused && Math.abs(sound.currentTime - last) > KEEP_EVERY) keep();
});

sound.controls = false;
sound.hidden = true;
for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;
article.classList.add("live");

const ready = () => {
  seek.max = sound.duration;
  $("length").textContent = clock(sound.duration);
  resume();
  show();
};
if (sound.readyState > 0) ready();
else sound.addEventListener("loadedmetadata", ready, { once: true });
sound.addEventListener("timeupdate", () => (show(), mark()));
sound.addEventListener("seeking", () => (show(), mark()));
const state = () => {
  const playing = !sound.paused;
  document.body.classList.toggle("playing", playing);
  $("play").setAttribute("aria-label", playing ? "Dừng" : "Phát");
  if (!playing) return;
  $("news").textContent = "";
  frame();
};
for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, state);
// None of the sounds can be played.
const fail = () => {
  $("news").textContent = "Trình duyệt này không phát được âm thanh của trang. Hãy tải về, hoặc dùng trình duyệt mới hơn.";
};
sound.lastElementChild.addEventListener("error", fail);
// It may have failed before this was read.
addEventListener("load", () => {
  if (sound.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) fail();
});

seek.addEventListener("input", () => goTo(Number(seek.value)));
// The steps that people expect of a long sound, not those of a slider of tenths.
const STEPS = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 };
seek.addEventListener("keydown", (event) => {
  if (!Object.hasOwn(STEPS, event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  goBy(STEPS[event.key]);
});
const does = {
  play: toggle,
  back: () => back(firsts),
  on: () => on(firsts),
  rewind: () => goBy(-10),
  forward: () => goBy(10),
  slower: () => changeSpeed(-1),
  faster: () => changeSpeed(1),
};
for (const [id, act] of Object.entries(does)) $(id).addEventListener("click", act);

// A sound that is in the page becomes a file when it is asked for.
const download = $("download");
download.addEventListener("click", () => {
  const [head, data] = sound.currentSrc.split(";base64,");
  if (!head.startsWith("data:") || download.href.startsWith("blob:")) return;
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  download.href = URL.createObjectURL(new Blob([bytes], { type: head.slice("data:".length) }));
});

// What the lock screen and the keys of a headset show and do.
const picture = () => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 512;
  const draw = canvas.getContext("2d");
  draw.fillStyle = "#9c2f1f";
  draw.fillRect(0, 0, 512, 512);
  draw.fillStyle = "#ffffff";
  draw.font = "280px serif";
  draw.textAlign = "center";
  draw.textBaseline = "middle";
  draw.fillText([...document.title][0] ?? "", 256, 270);
  return canvas.toDataURL();
};
const session = navigator.mediaSession;
const place = () => {
  if (!(sound.duration > 0)) return;
  const { duration, playbackRate } = sound;
  session.setPositionState({ duration, playbackRate, position: Math.min(sound.currentTime, duration) });
};
if (session) {
  sound.addEventListener("play", () => {
    const { artist = "", album = "", picture: given } = sound.dataset;
    // Browsers take no picture from a file.
    const src = given && location.protocol.startsWith("http") ? new URL(given, location).href : picture();
    session.metadata = new MediaMetadata({ title: document.title, artist, album, artwork: [{ src }] });
  }, { once: true });
  const actions = {
    play,
    pause: () => sound.pause(),
    seekbackward: ({ seekOffset }) => goBy(-(seekOffset || 10)),
    seekforward: ({ seekOffset }) => goBy(seekOffset || 10),
    seekto: ({ seekTime }) => goTo(seekTime),
    previoustrack: () => back(openings),
    nexttrack: () => on(openings),
  };
  for (const [action, act] of Object.entries(actions)) {
    try {
      session.setActionHandler(action, act);
    } catch {
      // This browser does not know the action.
    }
  }
  for (const name of ["loadedmetadata", "seeked", "ratechange", "play"]) sound.addEventListener(name, place);
}
