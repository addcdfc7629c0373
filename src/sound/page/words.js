// Follows the sound through the text: the word and the sentence that are heard are marked.
const $ = (id) => document.getElementById(id);
const sound = $("sound"), article = $("article");
const words = [...article.querySelectorAll(".s > span")];
const times = JSON.parse($("times").textContent);
const start = (word) => times[2 * word] / 1000;
const end = (word) => times[2 * word + 1] / 1000;
const numbers = new Map(words.map((word, number) => [word, number]));
// The first word of each sentence, and of each paragraph.
const firsts = words.flatMap((word, n) => (word.previousElementSibling ? [] : [n]));
const paragraphOf = (word) => words[word].parentElement.parentElement;
const openings = firsts.filter((n, at) => at === 0 || paragraphOf(n) !== paragraphOf(firsts[at - 1]));
const paragraphs = openings.map(paragraphOf);
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
// Which of some first words a word comes after.
const after = (some, word) => count(some.length, (n) => some[n], word) - 1;

let word = -1, sentence = -1;
const mark = () => {
  const heard = wordAt(sound.currentTime);
  const now = heard >= 0 && sound.currentTime < end(heard) + 0.15 ? heard : -1;
  if (now !== word) {
    words[word]?.classList.remove("now");
    words[now]?.classList.add("now");
    word = now;
  }
  const within = after(firsts, heard);
  if (within !== sentence) {
    words[firsts[sentence]]?.parentElement.classList.remove("now");
    words[firsts[within]]?.parentElement.classList.add("now");
    sentence = within;
    follow();
    if (!article.contains(document.activeElement)) stopAt(Math.max(after(openings, heard), 0));
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

// One paragraph is a stop of the Tab key: the one that is heard, or was gone to.
let stop = 0;
const stopAt = (n) => {
  if (!paragraphs[n]) return;
  paragraphs[stop].tabIndex = -1;
  paragraphs[n].tabIndex = 0;
  stop = n;
};
for (const paragraph of paragraphs) {
  paragraph.tabIndex = -1;
  paragraph.setAttribute("aria-keyshortcuts", "Enter");
}
stopAt(0);
article.addEventListener("focusin", (event) => stopAt(paragraphs.indexOf(event.target)));
article.addEventListener("keydown", (event) => {
  const at = paragraphs.indexOf(event.target);
  if (at < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1 }[event.key];
  if (event.key === "Enter") {
    goTo(start(openings[at]));
    play();
  } else if (paragraphs[to]) {
    scrolled = performance.now();
    paragraphs[to].focus();
  } else {
    return;
  }
  event.preventDefault();
});
article.addEventListener("click", (event) => {
  const number = numbers.get(event.target);
  if (number === undefined || !getSelection().isCollapsed) return;
  goTo(start(number));
  play();
});
