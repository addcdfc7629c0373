"use strict";
// The page of a show: episodes are found by their words, one plays at a time, and the address of the
// feed is copied. Without this script the page is the whole list.
(() => {
  const $ = (id) => document.getElementById(id);
  for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;

  // As people type who leave the marks out: mua finds mưa.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  const episodes = [...document.querySelectorAll("article")].map((element) => {
    const text = plain(element.querySelector(".said").textContent);
    return { element, text };
  });
  const search = () => {
    const words = plain($("search").value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { element, text } of episodes) {
      element.hidden = !words.every((word) => text.includes(word));
      found += !element.hidden;
    }
    $("found").textContent = words.length ? found + " bài" : "";
  };
  $("search").addEventListener("input", search);
  search();

  document.addEventListener("play", (event) => {
    for (const other of document.querySelectorAll("audio")) if (other !== event.target) other.pause();
  }, true);

  $("copy").addEventListener("click", async () => {
    const feed = $("feed");
    feed.select();
    try {
      await navigator.clipboard.writeText(feed.value);
      $("copied").textContent = "Đã chép.";
    } catch {
      $("copied").textContent = "Địa chỉ đã được chọn: hãy bấm Ctrl+C để chép.";
    }
  });
})();
