import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openSample } from "#cli/demo/sample.js";
import { type ServedPage, servePage } from "#cli/demo/serve-page.js";
import {
  gateName,
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";

let gate: RunningGate;
let pull: Awaited<ReturnType<typeof openSample>>;
let page: ServedPage;

beforeAll(async () => {
  gate = await startGate();
  pull = await openSample(gate.github);
  await gate.settled();
  page = await servePage(gate.github, pull);
});

afterAll(async () => {
  await page.close();
  await gate.stop();
});

async function press(button: string): Promise<void> {
  await fetch(new URL(button, page.url), { method: "POST" });
  await gate.settled();
}

test("the sample is blocked for what it brings, also in its history", () => {
  const run = gate.run(pull.headSha);

  expect(run.conclusion).toBe("failure");
  const rules = run.annotations.map(({ title }) => title?.split(":")[0]);
  expect(rules).toEqual(
    expect.arrayContaining([
      "1.1 credentials/fallback-secret",
      "1.1 credentials/provider-key",
      "1.4 explicit-cors/any-origin-with-credentials",
    ]),
  );
  expect(run.summary).toContain(".env:1");
});

test("the page shows the merge box and the annotations on their lines", async () => {
  const html = await (await fetch(page.url)).text();

  expect(html).toContain("Merging is blocked");
  expect(html).toContain(reviewerName);
  expect(html.lastIndexOf("credentials/fallback-secret")).toBeGreaterThan(
    html.indexOf("process.env.JWT_SECRET"),
  );
});

const chromium = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

test("a browser shows it, too", async () => {
  if (chromium === undefined) {
    process.stdout.write(
      "No Chromium on this machine: the page was not opened in a browser.\n",
    );
    return;
  }
  const profile = await mkdtemp(join(tmpdir(), "demo-browser-"));
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${profile}`,
  ];
  const { stdout } = await promisify(execFile)(
    chromium,
    [...flags, "--dump-dom", page.url],
    { timeout: 25_000 },
  );
  await rm(profile, { recursive: true, force: true });

  expect(stdout).toContain('<tr class="note failure">');
  expect(stdout).toContain("Merging is blocked");
});

test("its buttons cause real events", async () => {
  await press("/approve-own");
  expect(gate.run(pull.headSha, reviewerName).conclusion).toBe(
    "action_required",
  );

  await press("/approve");
  expect(gate.run(pull.headSha, reviewerName).conclusion).toBe("success");

  const before = gate.run(pull.headSha).id;
  await press("/rerun");
  expect(gate.run(pull.headSha).id).not.toBe(before);

  await press("/push");
  const blocking = gate
    .run(pull.headSha, gateName)
    .annotations.filter((one) => one.annotation_level === "failure");
  expect(blocking).toEqual([]);
  expect(gate.run(pull.headSha, reviewerName).conclusion).toBe(
    "action_required",
  );
});
