"use strict";
// Follows the sound through the text: the word and the sentence that are heard are marked, a click on
// a word plays from there, and keys go from sentence to sentence.
(() => {
  const $ = (id) => document.getElementById(id);
  const sound = $("sound"), article = $("article"), seek = $("seek");
  const words = [...article.querySelectorAll(".s > span")];
  const times = JSON.parse($("times").textContent);
  const start = (word) => times[2 * word] / 1000;
  const end = (word) => times[2 * word + 1] / 1000;
  const numbers = new Map(words.map((word, number) => [word, number]));
  // The first word of each sentence.
  const firsts = words.flatMap((word, n) => (word.previousElementSibling ? [] : [n]));
  const SPEEDS = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // How many of the ascending numbers at(0), at(1), … are no greater than x.
  const count = (length, at, x) => {
    let low = 0, high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  // A hair, because a browser may seek to just before the time it is given.
  const wordAt = (time) => count(words.length, start, time + 0.005) - 1;
  const sentenceOf = (word) => count(firsts.length, (n) => firsts[n], word) - 1;

  let word = -1, sentence = -1;
  const mark = () => {
    const heard = wordAt(sound.currentTime);
    const now = heard >= 0 && sound.currentTime < end(heard) + 0.15 ? heard : -1;
    if (now !== word) {
      words[word]?.classList.remove("now");
      words[now]?.classList.add("now");
      word = now;
    }
    const within = sentenceOf(heard);
    if (within !== sentence) {
      words[firsts[sentence]]?.parentElement.classList.remove("now");
      words[firsts[within]]?.parentElement.classList.add("now");
      sentence = within;
      follow();
    }
  };

  // Keeps the sentence in view, unless the reader has just scrolled somewhere else.
  let scrolled = -Infinity;
  const follow = () => {
    const element = words[firsts[sentence]]?.parentElement;
    if (!element || performance.now() - scrolled < 4000) return;
    const { top, bottom } = element.getBoundingClientRect();
    const room = innerHeight - $("player").offsetHeight;
    if (top > room * 0.1 && bottom < room * 0.85) return;
    const behavior = calm.matches ? "auto" : "smooth";
    scrollTo({ top: scrollY + top - room * 0.3, behavior });
  };
  for (const name of ["wheel", "touchmove"]) {
    addEventListener(name, () => (scrolled = performance.now()), { passive: true });
  }

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
    sound.currentTime = time;
  };
  const goToSentence = (n) => {
    if (firsts.length) goTo(start(firsts[Math.min(Math.max(n, 0), firsts.length - 1)]));
  };
  // Back goes to the start of this sentence, and from near its start to the one before.
  const back = () => {
    const now = sentenceOf(wordAt(sound.currentTime));
    const begun = now >= 0 && sound.currentTime - start(firsts[now]) > 1.5;
    goToSentence(begun ? now : now - 1);
  };
  const on = () => {
    const now = sentenceOf(wordAt(sound.currentTime));
    if (now + 1 < firsts.length) goToSentence(now + 1);
  };
  const setSpeed = (step) => {
    const now = SPEEDS.indexOf(sound.playbackRate);
    const next = Math.min(Math.max(now + step, 0), SPEEDS.length - 1);
    sound.playbackRate = SPEEDS[next];
    $("speed").value = String(SPEEDS[next]).replace(".", ",") + "×";
    $("slower").disabled = next === 0;
    $("faster").disabled = next === SPEEDS.length - 1;
  };

  sound.controls = false;
  sound.hidden = true;
  document.querySelector(".controls").hidden = false;
  article.classList.add("live");

  const ready = () => {
    seek.max = sound.duration;
    $("length").textContent = clock(sound.duration);
    show();
  };
  if (sound.readyState > 0) ready();
  sound.addEventListener("loadedmetadata", ready);
  sound.addEventListener("timeupdate", () => (show(), mark()));
  sound.addEventListener("seeking", () => (show(), mark()));
  const state = () => {
    const playing = !sound.paused;
    document.body.classList.toggle("playing", playing);
    $("play").setAttribute("aria-label", playing ? "Dừng" : "Phát");
    if (playing) frame();
  };
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, state);

  seek.addEventListener("input", () => goTo(Number(seek.value)));
  $("play").addEventListener("click", toggle);
  $("back").addEventListener("click", back);
  $("on").addEventListener("click", on);
  $("slower").addEventListener("click", () => setSpeed(-1));
  $("faster").addEventListener("click", () => setSpeed(1));
  article.addEventListener("click", (event) => {
    const number = numbers.get(event.target);
    if (number === undefined || !getSelection().isCollapsed) return;
    goTo(start(number));
    play();
  });

  const keys = {
    " ": toggle,
    ArrowLeft: back,
    ArrowRight: on,
    Home: () => goToSentence(0),
    End: () => goToSentence(firsts.length - 1),
    "+": () => setSpeed(1),
    "=": () => setSpeed(1),
    "-": () => setSpeed(-1),
  };
  addEventListener("keydown", (event) => {
    const does = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!does || event.ctrlKey || event.altKey || event.metaKey) return;
    // What has the focus keeps the keys it knows.
    const owns = event.key === " " ? "button, summary, a" : event.key.length > 1 ? "input" : "";
    if (owns && event.target.closest(owns)) return;
    event.preventDefault();
    does();
  });
})();
