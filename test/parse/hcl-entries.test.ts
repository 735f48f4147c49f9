import { expect, test } from "@jest/globals";
import { hclEntries } from "#parse/hcl-entries.js";
import { processorMs } from "#support/processor-time.js";

/** Entries as `line: keys = value`. */
function shown(text: string): string[] {
  return hclEntries(text).map(
    ({ keys, value, line }) => `${String(line)}: ${keys.join(" ")} = ${value}`,
  );
}

test("blocks, labels, nested blocks and maps", () => {
  const text = `resource "a_b" "main" {
  count = 2 # two
  settings {
    tags = { name = "x", on = true }
    list = [
      1,
      { a = 2 },
    ]
  }
  after = var.x
}
top = false`;

  expect(shown(text)).toEqual([
    "1: resource a_b main = ",
    "2: resource a_b main count = 2",
    "3: resource a_b main settings = ",
    "4: resource a_b main settings tags = ",
    "4: resource a_b main settings tags name = x",
    "4: resource a_b main settings tags on = true",
    "5: resource a_b main settings list = [1,{a=2},]",
    "10: resource a_b main after = var.x",
    "12: top = false",
  ]);
});

test("comments, heredocs and quotes hold no attributes", () => {
  const text = `// a = 1
/* b = 2
*/ c = "x { y = \\"1\\" } # no"
d = <<-EOF
  e = 5
  EOF
f = 6`;

  expect(shown(text)).toEqual([
    '3: c = x { y = \\"1\\" } # no',
    "4: d = <<",
    "7: f = 6",
  ]);
});

test.each([
  ["open blocks", "a {\n".repeat(50_000)],
  ["open brackets", `a = ${"[".repeat(200_000)}`],
  ["open quotes", 'a = "'.repeat(80_000)],
  ["open comments", "/* ".repeat(150_000)],
  ["heredocs without an end", "a = <<X\n".repeat(30_000)],
  ["closing braces", "}".repeat(400_000)],
])("%s take no time", (_name, text) => {
  const start = processorMs();

  hclEntries(text);

  expect(processorMs() - start).toBeLessThan(3_000);
});
