import { describe, expect, test } from "@jest/globals";
import { NewLines } from "#cli/new-lines.js";
import { processorMs } from "#support/processor-time.js";

describe("which contents of a history are looked at", () => {
  test("a line is new once", () => {
    const lines = new NewLines();

    expect(lines.hasCandidate("const apiKey = 'a';\n")).toBe(true);
    expect(lines.hasCandidate("// more\nconst apiKey = 'a';\n")).toBe(false);
    expect(lines.hasCandidate("const apiKey = 'b';\n")).toBe(true);
  });

  test.each([
    ["a telling name", "DB_PASSWORD=x"],
    ["an address with a login", "db: postgres://bob:x@host/shop"],
    ["a long run of characters", `run("${"aZ09".repeat(8)}")`],
    ["a key file", "-----BEGIN RSA"],
    ["a line too long to look at", "a b ".repeat(2_000)],
  ])("%s is a candidate", (_title, text) => {
    expect(new NewLines().hasCandidate(text)).toBe(true);
  });

  test("plain code is none, and takes linear time", () => {
    const line = "return a + b; // sum of two numbers\n";
    const started = processorMs();

    expect(new NewLines().hasCandidate(line.repeat(100_000))).toBe(false);
    expect(processorMs() - started).toBeLessThan(5_000);
  });
});
