// The pages of a show in a real browser: see page.test.js for how it is run.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { accessible, docbao, focused, launch } from "./support.js";

const DAYS = [
  ["tin-4.txt", "Mưa lớn ở miền núi", "04/03/2024 06:30", "Mưa to từ đêm qua, đường lên bản ngập 3,5 km."],
  ["tin-5.txt", "Chợ nổi họp lại", "05/03/2024 06:30", "Ghe thuyền về bến từ sáng sớm, hàng trái cây đầy ắp."],
];

let folder, browser, page, faults, requests;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "docbao-show-"));
  docbao("podcast", "init", folder);
  const settings = join(folder, "podcast.toml");
  const apps = '[apps]\napple = "https://podcasts.apple.com/podcast/id0"\nspotify = "https://open.spotify.com/show/0"\n';
  writeFileSync(settings, `${readFileSync(settings, "utf8")}\n${apps}`);
  for (const [name, title, date, text] of DAYS) {
    writeFileSync(join(folder, name), `${title}\n\n${date}\n\n${text}\n\nNgười dân mừng vui.\n`);
  }
  docbao("podcast", "build", folder, "--voice", "tone", "--no-cache", "--no-config", "--quiet");
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const open = async (name = "index.html", options = {}) => {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 1000, height: 800 }, ...options });
  faults = [];
  requests = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(folder, "public", name)).href);
};

beforeEach(() => open());
afterEach(() => {
  assert.deepEqual(faults, []);
  assert.deepEqual(requests.filter((request) => !/^(file|data):/.test(request)), []);
});

const shown = () => page.locator("article:visible h2").allInnerTexts();

test("every episode is there, and words find it with and without marks", async () => {
  assert.deepEqual(await shown(), ["Chợ nổi họp lại", "Mưa lớn ở miền núi"]);
  const search = page.getByLabel("Tìm bài");
  await search.fill("mua nui");
  assert.deepEqual(await shown(), ["Mưa lớn ở miền núi"]);
  assert.equal(await page.locator("#found").innerText(), "1 bài");
  await search.fill("GHE thuyền");
  assert.deepEqual(await shown(), ["Chợ nổi họp lại"]);
  await search.fill("không có");
  assert.deepEqual(await shown(), []);
  await search.fill("");
  assert.equal((await shown()).length, 2);
});

test("without scripts it is the whole list", async () => {
  await open("index.html", { javaScriptEnabled: false });
  assert.equal((await shown()).length, 2);
  assert.equal(await page.getByLabel("Tìm bài").isVisible(), false);
  assert.ok(await page.getByRole("link", { name: "RSS", exact: true }).isVisible());
});

test("all of it can be done from the keyboard", async () => {
  const tab = async (name) => {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    assert.ok(now.startsWith(name), `${now} instead of ${name}`);
  };
  for (const name of ["Đến các bài", "Apple Podcasts", "Spotify", "RSS", "Chương trình nghe khác", "Chép RSS"]) await tab(name);
  await page.keyboard.press("Enter");
  await page.getByText(/^(Đã chép|Địa chỉ đã được chọn)/).waitFor();
  await page.getByLabel("Tìm bài").focus();
  await page.keyboard.type("mưa");
  await tab("Mưa lớn ở miền núi");
  await page.keyboard.press("Enter");
  await page.waitForURL(/tin-4\.html$/);
  await page.waitForFunction(() => document.getElementById("sound").readyState > 0);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => !document.getElementById("sound").paused);
  await tab("Đến trình phát");
  await tab("Tin sáng");
  await page.keyboard.press("Enter");
  await page.waitForURL(/index\.html$/);
});

for (const [what, options] of [
  ["wide", { viewport: { width: 1280, height: 800 } }],
  ["narrow", { viewport: { width: 320, height: 700 } }],
  ["dark", { colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
]) {
  test(`nothing is amiss for accessibility: ${what}`, async () => {
    for (const name of ["index.html", "episodes/tin-4.html"]) {
      await open(name, options);
      await accessible(page);
    }
  });
}

test("a browser shows the feed as a list, with the way to hear it", async () => {
  await open("feed.xml");
  const seen = await page.evaluate(() => ({
    says: getComputedStyle(document.documentElement, "::before").content,
    texts: [...document.querySelectorAll("channel *")]
      .filter((one) => one.childElementCount === 0 && one.getClientRects().length > 0)
      .map((one) => one.nodeName),
  }));
  assert.match(seen.says, /chép địa chỉ của trang này/);
  const episode = ["title", "pubDate", "description"];
  assert.deepEqual(seen.texts, ["title", "description", ...episode, ...episode]);
});
