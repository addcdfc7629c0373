// The read-along page in a real browser. From the root of the project:
//   cargo build && (cd tests/browser && npm ci && node --test)
// DOCBAO names another program than target/debug/docbao, CHROMIUM another browser than chromium.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { accessible, docbao, focused, launch, ROOT } from "./support.js";

const ARTICLE = `Mưa lớn gây ngập ở miền núi

Sáng 18/02/2019, mưa to tại 12 xã làm ngập 3,5 km đường. Có tới 2.405 hộ dân phải đi tránh.

Tin nhắn ghi: <script>window.hacked = 1</script> và </script><img src=x onerror="window.hacked = 1"> rồi 'hết' & "xong".

${"Người dân đã dọn bùn, dựng lại nhà và chợ. ".repeat(30).trim()}

Nước đã rút.
`;

let folder, browser, page, faults, requests;

const url = (name) => pathToFileURL(join(folder, name)).href;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "docbao-page-"));
  const article = join(folder, "mưa lớn.txt");
  writeFileSync(article, ARTICLE);
  docbao("page", article, "-o", join(folder, "page.html"), "--no-config");
  docbao("page", article, "-o", join(folder, "linked.html"), "--link-audio", "--voice", "tone", "--no-config");
  browser = await launch();
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

test("the slider steps by 5 and by 30 seconds", async () => {
  const time = () => page.evaluate(() => Math.round(sound.currentTime));
  const slider = page.getByRole("slider", { name: "Vị trí" });
  await slider.focus();
  for (const [key, at] of [["PageUp", 30], ["ArrowRight", 35], ["ArrowUp", 40], ["ArrowLeft", 35], ["PageDown", 5], ["ArrowDown", 0], ["PageDown", 0]]) {
    await page.keyboard.press(key);
    assert.equal(await time(), at, key);
    assert.match(await slider.getAttribute("aria-valuetext"), new RegExp(`^0:${String(at).padStart(2, "0")} / `), key);
  }
});

test("J and L go 10 seconds, and keys go from paragraph to paragraph", async () => {
  const time = () => page.evaluate(() => Math.round(sound.currentTime));
  await page.keyboard.press("l");
  await page.keyboard.press("L");
  assert.equal(await time(), 20);
  await page.keyboard.press("j");
  assert.equal(await time(), 10);
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await sentenceStarts("Sáng 18/02/2019");
  await page.keyboard.press("Shift+ArrowRight");
  await sentenceStarts("Tin nhắn ghi");
  await page.keyboard.press("Shift+ArrowLeft");
  await sentenceStarts("Sáng 18/02/2019");
  await page.keyboard.press("k");
  assert.equal((await state()).paused, false);
});

test("position, speed and looks are there again", async () => {
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await sentenceStarts("Có tới");
  await page.keyboard.press("+");
  await page.getByRole("button", { name: "Cách hiển thị" }).click();
  await page.getByLabel("Rất lớn").check();
  await page.getByLabel("Tối").check();
  await page.getByLabel("Rất rộng").check();
  const looks = () =>
    page.evaluate(() => {
      const { fontSize, letterSpacing, backgroundColor } = getComputedStyle(document.body);
      return [fontSize, letterSpacing, backgroundColor];
    });
  const chosen = await looks();
  assert.deepEqual(chosen, ["28.5px", "3.42px", "rgb(22, 23, 26)"]);
  await page.reload();
  await sentenceStarts("Có tới");
  assert.deepEqual(await looks(), chosen);
  assert.equal(await page.evaluate(() => sound.playbackRate), 1.1);
  assert.match(await page.getByRole("status").last().innerText(), /^Lần trước dừng ở 0:\d\d\.$/);
  assert.equal((await state()).paused, true);
});

test("the list of keys comes with ?, and keys of one letter can be switched off", async () => {
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Bàn phím" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.getByRole("button", { name: "Cách hiển thị" }).click();
  await page.getByLabel("Dùng phím tắt một chữ").uncheck();
  await page.getByRole("button", { name: "Xong" }).click();
  await page.keyboard.press("l");
  await page.keyboard.press("?");
  assert.equal((await state()).time, 0);
  assert.equal(await page.getByRole("dialog").count(), 0);
  const named = await page.locator("[aria-keyshortcuts]").evaluateAll((all) => all.map((one) => one.getAttribute("aria-keyshortcuts")));
  for (const keys of ["Space K", "ArrowLeft", "ArrowRight", "J", "L", "+", "-", "?", "Enter"]) assert.ok(named.includes(keys), keys);
});

test("all of it can be done from the keyboard", async () => {
  const tab = async (name) => {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    assert.ok(now.startsWith(name), `${now} instead of ${name}`);
  };
  await tab("Đến trình phát");
  await tab("Cách hiển thị");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Cách hiển thị" }).waitFor();
  await page.getByLabel("Vừa").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("html").getAttribute("data-size"), "large");
  await page.keyboard.press("Escape");
  await tab("Bàn phím");
  // One paragraph is a stop; arrows go to the others, and Enter plays.
  await tab("Mưa lớn gây ngập");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^Tin nhắn ghi/);
  await page.keyboard.press("ArrowUp");
  assert.match(await focused(page), /^Sáng 18/);
  await page.keyboard.press("Enter");
  await sentenceStarts("Sáng 18/02/2019");
  assert.equal((await state()).paused, false);
  assert.equal(await page.locator("article [tabindex='0']").count(), 1);
  for (const name of ["Vị trí", "Lùi 10 giây", "Câu trước", "Dừng"]) await tab(name);
  await page.keyboard.press("Enter");
  assert.equal((await state()).paused, true);
  for (const name of ["Câu sau", "Tới 10 giây"]) await tab(name);
  await page.keyboard.press("Tab");
  await tab("Nhanh hơn");
  await tab("Tải âm thanh");
});

test("the player is whole on the narrowest telephones", async () => {
  await open("page.html", { viewport: { width: 320, height: 568 } });
  const boxes = await page.locator(".controls > *, .controls button").evaluateAll((all) =>
    all.map((one) => ({ id: one.id || "." + one.className, ...one.getBoundingClientRect().toJSON() })).filter(({ width }) => width > 0),
  );
  assert.ok(boxes.length >= 9);
  for (const { id, left, right, bottom, width, height } of boxes) {
    assert.ok(left >= 0 && right <= 320 && bottom <= 568, id);
    assert.ok(width >= 24 && height >= 20, `${id} is small`);
  }
  const buttons = boxes.filter(({ id }) => ["back", "play", "on", "slower", "speed", "faster"].includes(id));
  for (const one of buttons) {
    for (const other of buttons) assert.ok(one === other || one.right <= other.left + 0.5 || other.right <= one.left + 0.5, `${one.id} and ${other.id}`);
  }
});

test("marks cover no letter of another line, and a word over two lines is marked on both", async () => {
  const article = join(folder, "dài.txt");
  const long = "Ghềnhghuyềnnghiêngngả".repeat(4);
  writeFileSync(article, `Mưa lớn gây ngập gấp mấy lần ở quãng đường giáp vùng núi\n\nChữ ${long} rất dài.\n`);
  docbao("page", article, "-o", join(folder, "dài.html"), "--voice", "tone", "--no-config");
  await open("dài.html", { viewport: { width: 320, height: 700 } });
  const marks = () =>
    page.evaluate(() => {
      const sentence = document.querySelector(".s.now");
      const style = getComputedStyle(sentence);
      const [, high] = style.backgroundSize.split(" ");
      const { fontSize, lineHeight, boxDecorationBreak, textDecorationSkipInk } = style;
      return { high: parseFloat(high) / (high.endsWith("em") ? 1 : parseFloat(fontSize)), line: parseFloat(lineHeight) / parseFloat(fontSize), boxDecorationBreak, textDecorationSkipInk };
    });
  for (const key of ["Home", "ArrowRight"]) {
    await page.keyboard.press(key);
    await page.waitForFunction(() => document.querySelector(".s.now"));
    const { high, line, boxDecorationBreak, textDecorationSkipInk } = await marks();
    assert.ok(high < line, `${high} of ${line}`);
    assert.deepEqual([boxDecorationBreak, textDecorationSkipInk], ["clone", "auto"]);
  }
  const word = page.locator(".s > span", { hasText: long.slice(0, 20) });
  await word.click();
  await page.waitForFunction((part) => document.querySelector(".s > span.now")?.textContent.startsWith(part), long.slice(0, 20));
  assert.ok((await word.evaluate((one) => one.getClientRects().length)) >= 2);
  assert.equal(await word.evaluate((one) => getComputedStyle(one).boxDecorationBreak), "clone");
});

test("the keys of a headset and the lock screen do as the page does", async () => {
  await page.addInitScript(() => {
    window.handlers = {};
    navigator.mediaSession.setActionHandler = (action, does) => (window.handlers[action] = does);
  });
  await page.reload();
  await page.waitForFunction(() => sound.readyState > 0);
  await page.evaluate(() => handlers.play());
  await page.waitForFunction(() => navigator.mediaSession.metadata);
  const { title, src } = await page.evaluate(() => {
    const { title, artwork } = navigator.mediaSession.metadata;
    return { title, src: artwork[0].src };
  });
  assert.equal(title, "Mưa lớn gây ngập ở miền núi");
  assert.match(src, /^data:image\/png/);
  await page.evaluate(() => (handlers.pause(), handlers.seekto({ seekTime: 40 })));
  await page.evaluate(() => handlers.seekbackward({}));
  assert.equal(await page.evaluate(() => Math.round(sound.currentTime)), 30);
  await page.evaluate(() => (handlers.seekto({ seekTime: 0 }), handlers.nexttrack()));
  await sentenceStarts("Sáng 18/02/2019");
});

test("the sound can be taken away, and the page printed", async () => {
  const waits = page.waitForEvent("download");
  await page.getByRole("link", { name: "Tải âm thanh" }).click();
  const download = await waits;
  assert.match(download.suggestedFilename(), /\.opus$/);
  assert.equal(readFileSync(await download.path()).subarray(0, 4).toString(), "OggS");
  await page.emulateMedia({ media: "print" });
  const size = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).fontSize);
  const usual = await size();
  await page.evaluate(() => (document.documentElement.dataset.size = "huge"));
  assert.equal(await size(), usual);
  assert.equal(await page.locator("#player").isVisible(), false);
  assert.equal(await page.locator(".tools").isVisible(), false);
  assert.ok(await page.getByText("Nước đã rút.").isVisible());
});

test("what a browser cannot play, it gets in another format, or is told of", async () => {
  copyFileSync(join(folder, "linked.html"), join(folder, "broken.html"));
  const broken = readFileSync(join(folder, "broken.html"), "utf8").replace('src="./linked.opus"', 'src="./broken.opus"');
  writeFileSync(join(folder, "broken.html"), broken);
  writeFileSync(join(folder, "broken.opus"), "no sound");
  await open("broken.html");
  assert.match(await page.evaluate(() => sound.currentSrc), /linked\.mp3$/);
  writeFileSync(join(folder, "broken.html"), broken.replace('src="./linked.mp3"', 'src="./broken.opus"'));
  await page.reload();
  await page.getByText("Trình duyệt này không phát được").waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`nothing is amiss for accessibility: ${colorScheme}, ${width} pixels wide`, async () => {
      await open("page.html", { viewport: { width, height: 800 }, colorScheme });
      await page.keyboard.press("ArrowRight");
      await sentenceStarts("Sáng");
      await accessible(page);
      for (const name of ["Cách hiển thị", "Bàn phím"]) {
        await page.getByRole("button", { name }).click();
        await page.getByRole("dialog", { name }).waitFor();
        await accessible(page);
        await page.keyboard.press("Escape");
      }
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
