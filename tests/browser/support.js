// What the tests of the pages share.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const ROOT = new URL("../../", import.meta.url);
const DOCBAO = process.env.DOCBAO ?? new URL("target/debug/docbao", ROOT).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const docbao = (...args) => execFileSync(DOCBAO, args, { encoding: "utf8" });

export const launch = () => {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  // A sandbox needs rights that builds in containers do not have.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
};

// axe-core finds nothing amiss in the page, which is as wide as its window.
export const accessible = async (page) => {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(() => axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  assert.deepEqual(told, []);
  assert.ok(passes.length > 15);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
};

// What has the focus, by its accessible name or its text, if it can be seen that it has it.
export const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const seen = element.matches("input[type=range], input[type=radio], audio") || (outlineStyle !== "none" && outlineWidth !== "0px");
    const name = element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent;
    return (seen ? "" : "unseen: ") + name.trim().replace(/\s+/g, " ");
  });
