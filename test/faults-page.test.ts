import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const root = fileURLToPath(new URL("../../", import.meta.url));
const faults = 66;

interface FaultRow {
  readonly number: number;
  readonly shownBy: string;
}

const rows: readonly FaultRow[] = readFileSync(`${root}docs/faults.md`, "utf8")
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    return { number: Number(cells[1]), shownBy: cells[4] ?? "" };
  });

const tests = new Set(
  readdirSync(`${root}test`, { recursive: true, encoding: "utf8" }).flatMap(
    (path) => /([\w-]+?)(?:\.test)?\.ts$/.exec(path)?.[1] ?? [],
  ),
);

test("every fault is listed, once and in order", () => {
  expect(rows.map(({ number }) => number)).toEqual(
    Array.from({ length: faults }, (_, index) => index + 1),
  );
});

test("every fault names tests that are there, or says why none is", () => {
  const wrong = rows.filter(({ shownBy }) => {
    if (/^not (?:shown|by us): \S/.test(shownBy)) return false;
    const names = shownBy.replaceAll(/\([^)]*\)/g, "").match(/[\w-]+/g) ?? [];
    return names.length === 0 || names.some((name) => !tests.has(name));
  });

  expect(wrong).toEqual([]);
});
