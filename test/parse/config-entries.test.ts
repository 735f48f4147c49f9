import { expect, test } from "@jest/globals";
import { configEntries } from "#parse/config-entries.js";
import { processorMs } from "#support/processor-time.js";

function entriesOf(path: string, text: string): string[] {
  return configEntries(path, text).map(
    ({ keys, value, line }) => `${String(line)} ${keys.join("/")} = ${value}`,
  );
}

test("YAML maps, lists, flow values, quotes and comments are read with their lines", () => {
  const text = `# service
service: my-app
provider:
  httpApi:
    cors: true   # all
functions:
  hello:
    handler: src/hello.handler
    events:
      - http:
          path: hello/{id}
          cors: true
      - http: { path: a, cors: { origin: '*', headers: [x, "y"] } }
      - schedule: rate(1 day)
    list:
    - one
    - "two: 2"
  text: |
    cors: true
  url: https://a.example.com:8080/x
`;

  expect(entriesOf("serverless.yml", text)).toEqual([
    "2 service = my-app",
    "5 provider/httpApi/cors = true",
    "8 functions/hello/handler = src/hello.handler",
    "11 functions/hello/events/0/http/path = hello/{id}",
    "12 functions/hello/events/0/http/cors = true",
    "13 functions/hello/events/1/http/path = a",
    "13 functions/hello/events/1/http/cors/origin = *",
    "13 functions/hello/events/1/http/cors/headers/0 = x",
    "13 functions/hello/events/1/http/cors/headers/1 = y",
    "14 functions/hello/events/2/schedule = rate(1 day)",
    "16 functions/hello/list/0 = one",
    "17 functions/hello/list/1 = two: 2",
    "18 functions/text = cors: true",
    "20 functions/url = https://a.example.com:8080/x",
  ]);
});

test("YAML lists of maps keep the keys of an item together", () => {
  const text = `env:
  - name: A
    value: "*"
  - name: B
    value: b
`;

  expect(entriesOf("a.yaml", text)).toEqual([
    "2 env/0/name = A",
    "3 env/0/value = *",
    "4 env/1/name = B",
    "5 env/1/value = b",
  ]);
});

test("TOML tables, lists of tables, quoted keys and lists over lines are read", () => {
  const text = `[[headers]]
  for = "/*" # all
  [headers.values]
    Access-Control-Allow-Origin = "*"
[[headers]]
  for = "/fonts/*"
[vars]
a."b.c" = [
  "x",
  "y", # last
]
inline = { cors = true, deep = { d = 1 } }
`;

  expect(entriesOf("netlify.toml", text)).toEqual([
    "2 headers/0/for = /*",
    "4 headers/0/values/Access-Control-Allow-Origin = *",
    "6 headers/1/for = /fonts/*",
    "9 vars/a/b.c/0 = x",
    "10 vars/a/b.c/1 = y",
    "12 vars/inline/cors = true",
    "12 vars/inline/deep/d = 1",
  ]);
});

test("JSON is read with its lines, comments let pass", () => {
  const text = `{
  // all
  "headers": [
    { "source": "/api/(.*)", "ok": true, "n": null, },
  ]
}`;

  expect(entriesOf("vercel.json", text)).toEqual([
    "4 headers/0/source = /api/(.*)",
    "4 headers/0/ok = true",
    "4 headers/0/n = null",
  ]);
});

test.each([
  ["a.yml", "[".repeat(100_000)],
  ["a.yml", `${"  - ".repeat(30_000)}x`],
  [
    "a.yml",
    Array.from({ length: 20_000 }, (_, i) => `k${String(i)}: v`).join("\n"),
  ],
  ["a.yml", `a: ${"b:".repeat(50_000)}`],
  [
    "a.yml",
    Array.from({ length: 3_000 }, (_, i) => `${" ".repeat(i % 50)}- a: [`).join(
      "\n",
    ),
  ],
  ["a.toml", `a = ${"{ b = ".repeat(20_000)}`],
  ["a.json", "[".repeat(100_000)],
  ["a.json", '{"a":'.repeat(20_000)],
])("%s made to hurt costs little (%#)", (path, text) => {
  const start = processorMs();

  configEntries(path, text);

  expect(processorMs() - start).toBeLessThan(2_000);
});
