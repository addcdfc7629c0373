// What a reader has chosen and how far they are, kept by the browser where it keeps anything.
const kept = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem("docbao:" + key)) ?? {};
    } catch {
      return {};
    }
  },
  set(key, value) {
    try {
      localStorage.setItem("docbao:" + key, JSON.stringify(value));
    } catch {
      // Pages from files and private windows may keep nothing.
    }
  },
};
