// The read-along page in a real browser. From the root of the project:
//   cargo build && (cd tests/browser && npm ci && node --test)
// DOCBAO names another program than target/debug/docbao, CHROMIUM another browser than chromium.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const ROOT = new URL("../../", import.meta.url);
const DOCBAO = process.env.DOCBAO ?? new URL("target/debug/docbao", ROOT).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ARTICLE = `Mưa lớn gây ngập ở miền núi

Sáng 18/02/2019, mưa to tại 12 xã làm ngập 3,5 km đường. Có tới 2.405 hộ dân phải đi tránh.

Tin nhắn ghi: <script>window.hacked = 1</script> và </script><img src=x onerror="window.hacked = 1"> rồi 'hết' & "xong".

${"Người dân đã dọn bùn, dựng lại nhà và chợ. ".repeat(30).trim()}

Nước đã rút.
`;

let folder, browser, page, faults, requests;

const docbao = (...args) => execFileSync(DOCBAO, args, { encoding: "utf8" });
const url = (name) => pathToFileURL(join(folder, name)).href;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "docbao-page-"));
  const article = join(folder, "mưa lớn.txt");
  writeFileSync(article, ARTICLE);
  docbao("page", article, "-o", join(folder, "page.html"), "--no-config");
  docbao("page", article, "-o", join(folder, "linked.html"), "--link-audio", "--voice", "tone", "--no-config");
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  // A sandbox needs rights that builds in containers do not have.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const open = async (name = "page.html", options = {}) => {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: "reduce", ...options });
  faults = [];
  requests = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url(name));
  await page.waitForFunction(() => document.getElementById("sound").readyState > 0);
};

beforeEach(() => open());
// Whatever a test does, the page has nothing to complain of.
afterEach(() => assert.deepEqual(faults, []));

// What the page shows now.
const state = () =>
  page.evaluate(() => {
    const sound = document.getElementById("sound");
    const words = [...document.querySelectorAll(".s > span")];
    const marked = document.querySelectorAll(".s > span.now");
    return {
      time: sound.currentTime,
      duration: sound.duration,
      paused: sound.paused,
      marked: marked.length,
      word: words.indexOf(marked[0]),
      text: marked[0]?.textContent,
      sentence: document.querySelector(".s.now")?.textContent,
    };
  });
const times = () => page.evaluate(() => JSON.parse(document.getElementById("times").textContent));
const wordIs = (text) =>
  page.waitForFunction((text) => document.querySelector(".s > span.now")?.textContent === text, text);
const sentenceStarts = (text) =>
  page.waitForFunction((text) => document.querySelector(".s.now")?.textContent.startsWith(text), text);

test("it asks nothing of the network and has every word in it once", async () => {
  assert.deepEqual(requests.filter((request) => !/^(file|data):/.test(request)), []);
  const shown = await page.locator("article").innerText();
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  assert.equal(plain(shown), plain(ARTICLE));
  const words = await page.locator(".s > span").count();
  assert.equal((await times()).length, 2 * words);
});

test("play moves the mark from word to word with the sound", async () => {
  await page.getByRole("button", { name: "Phát", exact: true }).click();
  const heard = await times();
  const heardAt = (seconds) => heard.filter((time, at) => at % 2 === 0 && time <= seconds * 1000).length - 1;
  const seen = new Set();
  for (let look = 0; look < 25; look++) {
    const now = await state();
    if (now.word >= 0) {
      // The mark may be a few frames behind the sound.
      assert.ok([heardAt(now.time + 0.01), heardAt(now.time - 0.1)].includes(now.word), JSON.stringify(now));
      assert.equal(now.marked, 1);
      seen.add(now.word);
    }
    await page.waitForTimeout(80);
  }
  assert.ok(seen.size >= 4, `${seen.size} words were marked in two seconds`);
  assert.deepEqual([...seen], [...seen].sort((a, b) => a - b));
  await page.getByRole("button", { name: "Dừng", exact: true }).click();
  assert.equal((await state()).paused, true);
  await page.getByRole("button", { name: "Phát", exact: true }).waitFor();
});

test("a click on a word plays from there", async () => {
  await page.getByText("2.405", { exact: true }).click();
  await wordIs("2.405");
  const now = await state();
  const heard = await times();
  assert.equal(now.paused, false);
  assert.ok(now.time * 1000 >= heard[2 * now.word] - 5 && now.time * 1000 < heard[2 * now.word] + 1500);
  assert.match(now.sentence, /^Có tới 2\.405 hộ dân phải đi tránh\.$/);
});

test("keys play, go from sentence to sentence and change the speed", async () => {
  await page.keyboard.press("ArrowRight");
  await sentenceStarts("Sáng 18/02/2019");
  await page.keyboard.press("ArrowRight");
  await sentenceStarts("Có tới");
  await page.keyboard.press("ArrowLeft");
  await sentenceStarts("Sáng 18/02/2019");
  await page.keyboard.press("End");
  await sentenceStarts("Nước đã rút.");
  await page.keyboard.press("ArrowRight");
  await sentenceStarts("Nước đã rút.");
  await page.keyboard.press("Home");
  await sentenceStarts("Mưa lớn");
  await page.keyboard.press("Space");
  assert.equal((await state()).paused, false);
  await page.keyboard.press("Space");
  assert.equal((await state()).paused, true);
  const speed = () => page.evaluate(() => [sound.playbackRate, document.getElementById("speed").value]);
  await page.keyboard.press("+");
  assert.deepEqual(await speed(), [1.1, "1,1×"]);
  for (let press = 0; press < 12; press++) await page.keyboard.press("-");
  assert.deepEqual(await speed(), [0.5, "0,5×"]);
  assert.equal(await page.getByRole("button", { name: "Chậm hơn" }).isDisabled(), true);
});

test("controls keep the keys they know", async () => {
  await page.getByRole("button", { name: "Nhanh hơn" }).focus();
  await page.keyboard.press("Space");
  assert.equal((await state()).paused, true);
  assert.equal(await page.evaluate(() => sound.playbackRate), 1.1);
  await page.getByRole("slider", { name: "Vị trí" }).focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => sound.currentTime > sound.duration - 0.5);
  await page.keyboard.press("Home");
  await page.waitForFunction(() => sound.currentTime === 0);
  await page.locator("#player").focus();
  await page.keyboard.press("Control+ArrowRight");
  assert.equal((await state()).time, 0);
});

test("at the end it stops, and can be played again", async () => {
  await page.keyboard.press("End");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => sound.ended);
  await page.getByRole("button", { name: "Phát", exact: true }).click();
  await wordIs("Mưa");
});

test("the sentence that is heard is in view, above the player", async () => {
  await open("page.html", { viewport: { width: 390, height: 600 } });
  const inView = () =>
    page.evaluate(() => {
      const { top, bottom } = document.querySelector(".s.now").getBoundingClientRect();
      return top >= 0 && bottom <= document.getElementById("player").getBoundingClientRect().top;
    });
  for (const key of ["End", "Home", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
    assert.ok(await inView(), key);
  }
});

test("what an article holds is text and never runs", async () => {
  assert.match(await page.locator("article").innerText(), /<script>window\.hacked = 1<\/script> và <\/script><img src=x/);
  assert.equal(await page.locator("article img, article script").count(), 0);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  // Even markup that got in would not run.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.hacked = 2";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.hacked = 3">');
  });
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.ok(faults.length >= 2 && faults.every((fault) => fault.includes("Content Security Policy")), faults);
  faults = [];
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`nothing is amiss for accessibility: ${colorScheme}, ${width} pixels wide`, async () => {
      await open("page.html", { viewport: { width, height: 800 }, colorScheme });
      await page.keyboard.press("ArrowRight");
      await sentenceStarts("Sáng");
      await page.evaluate(() => (document.querySelector("details").open = true));
      await page.evaluate(AXE);
      const { violations, passes } = await page.evaluate(() => axe.run());
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      assert.deepEqual(told, []);
      assert.ok(passes.length > 20);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(wide, width);
    });
  }
}

test("a screen reader finds running text, a heading and named controls", async () => {
  const tree = await page.locator("body").ariaSnapshot();
  assert.match(tree, /heading "Mưa lớn gây ngập ở miền núi" \[level=1\]/);
  assert.match(tree, /paragraph: Sáng 18\/02\/2019, mưa to tại 12 xã làm ngập 3,5 km đường\. Có tới 2\.405 hộ dân/);
  for (const control of ['slider "Vị trí"', 'button "Câu trước"', 'button "Phát"', 'button "Câu sau"', 'button "Nhanh hơn"']) {
    assert.ok(tree.includes(control), control);
  }
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "seek");
});

test("without scripts the article and the browser's own player are there", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(url("page.html"));
  assert.ok(await plain.locator("audio").isVisible());
  assert.ok(!(await plain.locator(".controls").isVisible()));
  assert.ok(await plain.getByText("Nước đã rút.").isVisible());
  await context.close();
});

test("a page can link to its sound", async () => {
  await open("linked.html");
  assert.ok(readFileSync(join(folder, "linked.html")).length < 60_000);
  await page.getByText("2.405", { exact: true }).click();
  await wordIs("2.405");
});

test("browsers read our WebVTT as it is meant", async () => {
  const text = readFileSync(new URL("tests/cases/golden/mua.vtt", ROOT), "utf8");
  const cues = await (await browser.newPage()).evaluate(async (text) => {
    const video = document.body.appendChild(document.createElement("video"));
    const track = video.appendChild(document.createElement("track"));
    track.track.mode = "hidden";
    track.src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
    await new Promise((resolve, reject) => ((track.onload = resolve), (track.onerror = reject)));
    const shown = (cue) => cue.getCueAsHTML().textContent;
    return [...track.track.cues].map((cue) => [cue.id, cue.startTime, cue.endTime, shown(cue)]);
  }, text);
  const seconds = (time) => time.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const written = text.trim().split("\n\n").slice(2).map((block) => {
    const [id, time, ...lines] = block.split("\n");
    const [start, end] = time.split(" --> ").map(seconds);
    return [id, start, end, plain(lines.join("\n"))];
  });
  assert.ok(written.length > 5);
  assert.deepEqual(
    cues.map(([id, start, end, text]) => [id, start.toFixed(3), end.toFixed(3), text]),
    written.map(([id, start, end, text]) => [id, start.toFixed(3), end.toFixed(3), text]),
  );
});
