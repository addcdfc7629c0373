// The studio of `docbao serve` in a real browser: see page.test.js for how it is run.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";

const ROOT = new URL("../../", import.meta.url);
const DOCBAO = process.env.DOCBAO ?? new URL("target/debug/docbao", ROOT).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ARTICLE = `Bão số 3 áp sát miền Bắc

08/09/2024 07:30

Sáng 12/3, HĐND xã họp phiên thứ 2 để bàn việc phòng chống bão.

Ông XQZKW nói mưa to tại 12 xã. Tin nhắn ghi: <script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"> rồi 'hết'.

Ảnh: Minh Phương

Nước đã rút.
`;

let folder, lexicon, server, browser, context, page, faults, requests;

// A server on a port of its own.
const serve = async (args = [], env = {}) => {
  const program = spawn(DOCBAO, ["serve", "--no-config", "--listen", "127.0.0.1:0", "--log", "none", ...args], {
    env: { ...process.env, DOCBAO_TOKEN: "", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  for await (const line of createInterface({ input: program.stderr })) {
    const found = line.match(/the studio is at (http:\S+)/);
    if (found) return { program, url: found[1] };
  }
  throw new Error("the server does not start");
};

const stop = ({ program }) =>
  new Promise((resolve) => {
    program.once("exit", resolve);
    program.kill("SIGINT");
  });

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "docbao-studio-"));
  lexicon = join(folder, "own.tsv");
  server = await serve(["--lexicon-file", lexicon]);
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  // A sandbox needs rights that builds in containers do not have.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  if (server) await stop(server);
  rmSync(folder, { recursive: true });
});

const open = async (options = {}, url = server.url) => {
  await context?.close();
  const usual = { viewport: { width: 1000, height: 800 }, reducedMotion: "reduce", locale: "vi-VN" };
  context = await browser.newContext({ ...usual, ...options });
  page = await context.newPage();
  faults = [];
  requests = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
};

beforeEach(() => {
  writeFileSync(lexicon, "# Của tôi\nwritten\tsaid\nMessi\tmét xi\n");
  return open();
});
// Whatever a test does, the page has nothing to complain of.
afterEach(() => assert.deepEqual(faults, []));

const button = (name) => page.getByRole("button", { name, exact: true });
const sentence = (text) => page.locator("#sentences > li", { hasText: text });

const paste = async (text = ARTICLE) => {
  await page.getByLabel("Văn bản của bài").fill(text);
  await button("Đọc bài").click();
  await page.locator("#blocks li").first().waitFor();
};
const toScript = async (text) => {
  await paste(text);
  await button("Xem kịch bản").click();
  await page.locator("#sentences > li").first().waitFor();
};
const toRender = async (text) => {
  await toScript(text);
  await page.locator("[data-go=render]").click();
  await page.locator("#wanted").waitFor();
};
// The sentence that was spoken last: how long it is, once it is there.
const heardAfter = async (before) => {
  await page.waitForFunction((before) => voice.src !== (before?.src ?? "") && voice.duration > 0, before);
  return page.evaluate(() => ({ src: voice.src, duration: voice.duration }));
};

test("an article becomes a script, a reading is changed and heard, and all of it is rendered and taken away", async () => {
  await paste();
  const blocks = page.locator("#blocks li");
  assert.equal(await blocks.count(), 6);
  assert.match(await page.locator("#blocks-count").innerText(), /4 trong 6/);
  // One click changes a block.
  await page.getByText("Ảnh: Minh Phương").click();
  assert.match(await page.locator("#blocks-count").innerText(), /5 trong 6/);

  await button("Xem kịch bản").click();
  await sentence("Minh Phương").waitFor();
  const piece = page.locator("#sentences .piece.unknown", { hasText: "XQZKW" });
  await sentence("Ông").getByRole("button", { name: /Nghe câu/ }).click();
  const before = await heardAfter(null);

  await piece.click();
  const panel = page.locator(".panel");
  assert.match(await panel.innerText(), /ích quy dét.*chưa biết/s);
  assert.match(await panel.innerText(), /chưa biết chữ tắt XQZKW; đọc từng chữ cái/);
  // The one field is where the focus is.
  await page.keyboard.type("quốc");
  const since = Date.now();
  await page.keyboard.press("Enter");
  const changed = await heardAfter(before);
  const took = Date.now() - since;
  console.log(`from a corrected word to its sentence in the page: ${took} ms`);
  assert.ok(changed.duration < before.duration - 0.3, `${before.duration} s, then ${changed.duration} s`);
  const own = page.locator("#sentences .piece.own", { hasText: "XQZKW" });
  await own.waitFor();
  assert.equal(await own.getAttribute("title"), "quốc");
  const kept = readFileSync(lexicon, "utf8");
  assert.ok(kept.startsWith("# Của tôi\nwritten\tsaid\nMessi\tmét xi\n") && kept.endsWith("XQZKW\tquốc\n"), kept);
  assert.match(await page.locator("#told").innerText(), /XQZKW đọc là quốc/);

  await button("Thu bản đọc").first().click();
  await page.getByLabel("WAV").check();
  await page.getByLabel("Trang đọc theo").check();
  await page.locator("#wanted [type=submit]").click();
  await page.locator("#made").waitFor({ timeout: 120_000 });
  await page.waitForFunction(() => sound.readyState > 0);
  const names = await page.locator("#downloads .name").allInnerTexts();
  const stem = "bao-so-3-ap-sat-mien-bac";
  assert.deepEqual(names, [`${stem}.mp3`, `${stem}.wav`, `${stem}.vtt`, `${stem}.html`]);
  for (const [name, begins] of [[names[1], "RIFF"], [names[2], "WEBVTT"], [names[3], "<!DOCTYPE html>"]]) {
    const [taken] = await Promise.all([page.waitForEvent("download"), page.getByText(name).click()]);
    assert.equal(taken.suggestedFilename(), name);
    assert.ok(readFileSync(await taken.path()).toString("latin1").startsWith(begins), name);
  }
  // The waveform is drawn, and a click on a word plays from there.
  const colours = await page.evaluate(() => {
    const { data } = wave.getContext("2d").getImageData(0, 0, wave.width, wave.height);
    return data.some((value) => value > 0);
  });
  assert.ok(colours);
  await page.locator("#heard span", { hasText: "XQZKW" }).click();
  await page.waitForFunction(() => document.querySelector("#heard span.now")?.textContent === "XQZKW");
  assert.equal(await page.evaluate(() => sound.paused), false);
  await button("Dừng").click();
  await page.locator("#heard").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("#heard p.now")?.textContent.startsWith("Tin nhắn"));
  assert.deepEqual(requests.filter((request) => !request.startsWith(new URL(server.url).origin) && !/^(blob|data):/.test(request)), []);
});

test("a sentence has its own speed, pause and voice, and is as usual again", async () => {
  await toScript();
  const row = sentence("Nước đã rút");
  await row.getByRole("button", { name: /Chỉnh câu/ }).click();
  await row.getByRole("button", { name: /Nghe câu/ }).click();
  let last = await heardAfter(null);
  const usual = last.duration;
  const change = async (does) => {
    await does();
    last = await heardAfter(last);
    return last.duration;
  };
  const rate = page.getByLabel("Tốc độ của câu này");
  assert.ok((await change(() => rate.fill("200"))) < usual * 0.9);
  assert.equal(await row.evaluate((item) => item.classList.contains("changed")), true);
  await change(() => rate.fill("100"));
  const pause = page.getByLabel("Nghỉ sau câu (ms)");
  const long = await change(async () => {
    await pause.fill("3000");
    await pause.press("Enter");
  });
  assert.ok(long > usual + 1.5, `${usual} s, then ${long} s`);
  const src = last.src;
  await change(() => page.getByLabel("Giọng của câu này").selectOption("bac-nu"));
  assert.notEqual(last.src, src);
  const reset = await change(() => button("Về như thường").click());
  assert.ok(Math.abs(reset - usual) < 0.05, `${usual} s, then ${reset} s`);
  await page.waitForFunction(() => !document.querySelector("#sentences .changed"));
});

test("a reading can be for its place alone", async () => {
  const before = readFileSync(lexicon, "utf8");
  await toScript("Tin mới\n\nÔng XQZKW nói mưa to. Bà XQZKW nghe và ghi lại.");
  const unknown = page.locator("#sentences .piece.unknown", { hasText: "XQZKW" });
  const here = page.locator("#sentences .piece.here");
  assert.equal(await unknown.count(), 2);
  await unknown.first().click();
  await page.getByLabel("Chỉ ở đây, không ghi vào từ điển").check();
  await page.getByLabel("Cách đọc khác, viết bằng chữ").fill("a bê");
  await button("Giữ và nghe").click();
  await here.waitFor();
  assert.equal(await here.getAttribute("title"), "a bê");
  assert.match(await page.locator("#told").innerText(), /Ở đây XQZKW được đọc là a bê/);
  assert.match(await page.locator(".panel").innerText(), /chỉ ở đây/);
  assert.equal(await unknown.count(), 1);
  assert.equal(readFileSync(lexicon, "utf8"), before);
  // It is the document's: it comes back with it, and goes into the render.
  await page.reload();
  await here.waitFor();
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.url().endsWith("/v1/studio/renders")),
    (async () => {
      await page.locator("[data-go=render]").click();
      await page.locator("#wanted [type=submit]").click();
    })(),
  ]);
  const { readings } = request.postDataJSON().job.reading.edits;
  assert.deepEqual(readings.map(({ said }) => said), ["a bê"]);
  await page.locator("#made").waitFor({ timeout: 120_000 });
  await page.locator("nav [data-step=script]").click();
  // What cannot be a reading changes nothing.
  await here.click();
  await page.getByLabel("Chỉ ở đây, không ghi vào từ điển").check();
  await page.getByLabel("Cách đọc khác, viết bằng chữ").fill("số 1");
  await button("Giữ và nghe").click();
  await page.locator("#problem", { hasText: "số 1" }).waitFor();
  assert.equal(await page.evaluate(() => Object.values(JSON.parse(localStorage.getItem("docbao-document")).readings)[0].said), "a bê");
  await button("Bỏ cách đọc này").click();
  await page.waitForFunction(() => document.querySelectorAll("#sentences .piece.unknown").length === 2);
  faults = faults.filter((fault) => !fault.includes("400 (Bad Request)"));
});

test("a reading that was kept can be forgotten", async () => {
  await toScript();
  await page.locator("#sentences .piece.unknown", { hasText: "XQZKW" }).click();
  await page.getByLabel("Cách đọc khác, viết bằng chữ").fill("a bê");
  await button("Giữ và nghe").click();
  await page.locator("#sentences .piece.own").waitFor();
  await button("Bỏ cách đọc này").click();
  await page.locator("#sentences .piece.unknown", { hasText: "XQZKW" }).waitFor();
  assert.ok(!readFileSync(lexicon, "utf8").includes("XQZKW"));
  // What cannot be a reading is told, and kept nowhere.
  await page.getByLabel("Cách đọc khác, viết bằng chữ").fill("số 1");
  await button("Giữ và nghe").click();
  await page.getByRole("alert").getByText("write numbers in words").waitFor();
  assert.ok(!readFileSync(lexicon, "utf8").includes("XQZKW"));
  faults = faults.filter((fault) => !fault.includes("status of 400"));
});

test("everything can be done from the keyboard", async () => {
  await page.getByLabel("Văn bản của bài").focus();
  await page.keyboard.insertText(ARTICLE);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#blocks li").first().waitFor();
  const focused = () => page.evaluate(() => document.activeElement.innerText || document.activeElement.id);
  await page.waitForFunction(() => document.activeElement.id === "article-title");
  const boxes = page.locator("#blocks input");
  await boxes.nth(1).focus();
  await page.keyboard.press("Space");
  assert.equal(await boxes.nth(1).isChecked(), true);
  await button("Xem kịch bản").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.innerText === "Kịch bản");
  await button("Chỗ đáng ngờ tiếp theo").focus();
  await page.keyboard.press("Enter");
  await page.locator(".panel").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(), "XQZKW");
  await page.keyboard.press("Enter");
  await page.locator(".panel").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".panel").count(), 0);
  await page.locator("[data-go=render]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.innerText === "Thu bản đọc");
});

test("a reload loses nothing", async () => {
  await paste();
  await page.getByText("Ảnh: Minh Phương").click();
  await button("Xem kịch bản").click();
  const row = sentence("Nước đã rút");
  await row.getByRole("button", { name: /Chỉnh câu/ }).click();
  await page.getByLabel("Tốc độ của câu này").fill("150");
  await page.reload();
  await sentence("Minh Phương").waitFor();
  await page.locator("#sentences .changed", { hasText: "Nước đã rút" }).waitFor();
  await page.locator("[data-go=render]").click();
  await page.getByLabel("Tác giả").fill("Lan");
  await page.locator("#wanted [type=submit]").click();
  await page.locator("#made").waitFor({ timeout: 120_000 });
  await page.reload();
  await page.locator("#made").waitFor();
  assert.equal(await page.getByLabel("Tác giả").inputValue(), "Lan");
  await page.waitForFunction(() => sound.readyState > 0);
  await page.locator(".step").first().click();
  await button("Bài khác").click();
  await page.getByLabel("Văn bản của bài").waitFor();
  await page.reload();
  await page.getByLabel("Văn bản của bài").waitFor();
});

test("a long render shows how far it is, and can be cancelled", async () => {
  await toRender(`${ARTICLE}\n${"Mưa to ở miền núi phía bắc, nước sông lên nhanh. ".repeat(1500)}`);
  await page.locator("#wanted [type=submit]").click();
  await page.waitForFunction(() => document.querySelector("#progress progress").value > 0, null, { timeout: 120_000 });
  assert.match(await page.locator("#progress-text").innerText(), /Đã đọc \d+%/);
  await button("Hủy").click();
  await page.locator("#progress").waitFor({ state: "hidden" });
  assert.equal(await page.locator("#made").isVisible(), false);
});

test("a file comes in, and what cannot be read is told", async () => {
  const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
  await page.getByLabel("Hoặc một tệp").setInputFiles(file("a.md", "# Lũ về\n\nNước lên nhanh."));
  await button("Đọc bài").click();
  await page.getByRole("heading", { name: "Lũ về" }).waitFor();
  await button("Bài khác").click();
  await page.getByLabel("Hoặc một tệp").setInputFiles(file("a.docx", "PK\u0003\u0004xx"));
  await button("Đọc bài").click();
  await page.getByRole("alert").getByText("a.docx").waitFor();
  await page.getByRole("alert").getByRole("button").click();
  assert.equal(await page.getByRole("alert").count(), 0);
  faults = faults.filter((fault) => !fault.includes("status of 400"));
});

test("it speaks the language of the browser, and the other one", async () => {
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  await page.locator("#language").click();
  await page.getByRole("heading", { name: "Which article is to be heard?" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.reload();
  await page.getByRole("heading", { name: "Which article is to be heard?" }).waitFor();
  await open({ locale: "fr-FR" });
  await page.getByRole("heading", { name: "Which article is to be heard?" }).waitFor();
});

test("a server with a token is asked with it, and it is kept for the tab alone", async () => {
  const other = await serve([], { DOCBAO_TOKEN: "bí-mật" });
  try {
    await open({}, other.url);
    await page.getByLabel("Mã truy cập").fill("x");
    await button("Vào").click();
    await page.getByRole("alert").getByText("không phải mã").waitFor();
    faults = faults.filter((fault) => !fault.includes("status of 401"));
    await page.getByLabel("Mã truy cập").fill("bí-mật");
    await button("Vào").click();
    await toRender();
    await page.locator("#wanted [type=submit]").click();
    await page.locator("#made").waitFor({ timeout: 120_000 });
    await page.waitForFunction(() => sound.readyState > 0);
    const kept = await page.evaluate(() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]);
    assert.ok(!kept[0].includes("bí-mật") && kept[1].includes("bí-mật"), kept);
    await page.reload();
    await page.locator("#made").waitFor();
  } finally {
    await context.close();
    await stop(other);
  }
});

test("an article is published in the server's show", async () => {
  const show = join(folder, "show");
  execFileSync(DOCBAO, ["podcast", "init", show]);
  const settings = readFileSync(join(show, "podcast.toml"), "utf8");
  writeFileSync(join(show, "podcast.toml"), settings.replace("cover.jpg", "cover.png"));
  // As much of a picture as is looked at.
  const size = [0, 0, 5, 120];
  const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, ...size, ...size, 8, 2, 0, 0, 0]);
  writeFileSync(join(show, "cover.png"), Buffer.concat([head, Buffer.from("\0\0\0\0\0\0\0\0IEND\u00ae\u0042\u0060\u0082", "latin1")]));
  const other = await serve(["--show", show, "--voice", "tone"]);
  try {
    await open({}, other.url);
    await toRender();
    await page.getByText("chương trình Tin sáng").waitFor();
    await page.evaluate(() => {
      window.told = [];
      const note = () => told.push(published.textContent);
      new MutationObserver(note).observe(published, { childList: true, characterData: true, subtree: true });
    });
    await button("Đăng").click();
    await page.locator("#published", { hasText: "bao-so-3-ap-sat-mien-bac.txt; chương trình có 1 tập" }).waitFor({ timeout: 120_000 });
    assert.match(readFileSync(join(show, "public/feed.xml"), "utf8"), /Bão số 3 áp sát miền Bắc/);
    await button("Đăng lại").waitFor();
    const told = await page.evaluate(() => window.told);
    assert.ok(told.some((text) => /bao-so-3-ap-sat-mien-bac.txt: đã đọc 100%/.test(text)), told.join("; "));
  } finally {
    await context.close();
    await stop(other);
  }
});

test("what an article holds is text and never runs", async () => {
  await toScript();
  assert.match(await page.locator("#sentences").innerText(), /<script>window\.hacked = 1<\/script><img src=x/);
  assert.equal(await page.locator("#sentences img, #sentences script").count(), 0);
  // Even markup that got in would not run.
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.hacked = 2";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.hacked = 3">');
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.ok(faults.length >= 2 && faults.every((fault) => fault.includes("Content Security Policy")), faults);
  faults = [];
});

const check = async (width, what) => {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => axe.run());
  const told = violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map((node) => node.html).join(" ")}`);
  assert.deepEqual(told, []);
  assert.ok(passes.length > 15);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, what);
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`nothing is amiss for accessibility: ${colorScheme}, ${width} pixels wide`, async () => {
      await open({ viewport: { width, height: 800 }, colorScheme });
      await page.getByLabel("Văn bản của bài").waitFor();
      await check(width, "form");
      await paste();
      await check(width, "blocks");
      await button("Xem kịch bản").click();
      await page.locator("#sentences .piece.unknown").first().click();
      await page.locator(".panel").waitFor();
      await check(width, "script");
      await page.locator("[data-go=render]").click();
      await page.locator("#wanted [type=submit]").click();
      await page.locator("#made").waitFor({ timeout: 120_000 });
      await page.waitForFunction(() => sound.readyState > 0);
      await check(width, "render");
    });
  }
}

test("a screen reader finds named controls and what has happened", async () => {
  await toScript();
  const tree = await page.locator("body").ariaSnapshot();
  for (const named of [
    'navigation "Các bước"',
    'heading "Kịch bản" [level=1]',
    'button "Nghe câu 1"',
    'button "Chỉnh câu 1"',
    'button "XQZKW, đọc là ích quy dét ca vê kép, chưa biết"',
  ]) {
    assert.ok(tree.includes(named), `${named} in ${tree}`);
  }
  assert.match(await page.getByRole("status").innerText(), /Đã đọc bài: 6 phần/);
  assert.equal(await page.locator(".step[aria-current=step]").innerText(), "2\nKịch bản");
});

test("in forced colours what is doubtful is still marked", async () => {
  await open({ forcedColors: "active" });
  await toScript();
  const line = await page.locator("#sentences .piece.unknown").first().evaluate((piece) => getComputedStyle(piece).textDecorationLine);
  assert.equal(line, "underline");
});
