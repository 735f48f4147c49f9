import { expect, test } from "@jest/globals";
import { explicitCors } from "#checks/secrets/explicit-cors/check.js";
import { loosePattern } from "#checks/secrets/explicit-cors/loose-match.js";
import type { Finding } from "#gate/finding.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";
import { processorMs } from "#support/processor-time.js";

function findingsIn(files: Files): readonly Finding[] {
  return judged(aSnapshot({ files }));
}

function judged(snapshot: ReturnType<typeof aSnapshot>): readonly Finding[] {
  const project = buildProject(snapshot, { checks: [explicitCors] });
  const outcome = explicitCors.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

/** The rules that fire for the options that an Express app gives to `cors`. */
function rulesFor(options: string, before = ""): string[] {
  const text = `import cors from "cors";\n${before}\napp.use(cors(${options}));\napp.post("/a", save);`;
  return findingsIn({ "src/main.ts": text }).map(({ rule }) => rule);
}

const none: string[] = [];

test.each([
  [`{ origin: "*" }`, ["wildcard-origin"]],
  [`{ origin: true }`, ["reflected-origin"]],
  [`{ origin: false }`, none],
  [`undefined`, ["framework-default"]],
  [`{ methods: ["GET"] }`, ["framework-default"]],
  [`{ origin: "*", credentials: true }`, ["any-origin-with-credentials"]],
  [`{ credentials: true }`, ["any-origin-with-credentials"]],
  [`{ origin: process.env.ORIGIN }`, none],
  [`{ origin: process.env.ORIGIN ?? "*" }`, ["open-when-unset"]],
  [
    `{ origin: process.env.ORIGIN ? process.env.ORIGIN.split(",") : "*" }`,
    ["open-when-unset"],
  ],
  [`{ origin: process.env.ORIGIN?.split(",") || true }`, ["open-when-unset"]],
  [`{ origin: config.get("ORIGIN", "*") }`, ["open-when-unset"]],
  [
    `{ origin: process.env.NODE_ENV === "production" ? "https://a.example.com" : "*" }`,
    none,
  ],
  [
    `{ origin: process.env.NODE_ENV === "production" ? "*" : "http://localhost:3000" }`,
    ["wildcard-origin"],
  ],
  [`{ origin: isProd ? ["https://a.example.com"] : true }`, none],
  [`{ origin: /^https:\\/\\/a\\.example\\.com$/ }`, none],
  [`{ origin: /example\\.com$/ }`, ["loose-origin-match"]],
  [`{ origin: /.*/ }`, ["reflected-origin"]],
  [
    `{ origin: new RegExp("^https://.*\\\\.vercel\\\\.app$") }`,
    ["loose-origin-match"],
  ],
])("cors(%s) gives %j", (options, rules) => {
  expect(rulesFor(options)).toEqual(rules);
});

const callback = (body: string) =>
  `{ origin: (origin, callback) => { ${body} } }`;

test.each([
  ["callback(null, true);", ["reflected-origin"]],
  ["callback(null, allowed.includes(origin));", none],
  ["callback(null, !origin || allowed.includes(origin));", none],
  [
    "callback(null, allowed.length === 0 || allowed.includes(origin));",
    ["open-when-unset"],
  ],
  [
    "if (!allowed.length) return callback(null, true); callback(null, allowed.includes(origin));",
    ["open-when-unset"],
  ],
  [
    "if (allowed.includes(origin)) callback(null, true); else callback(new Error());",
    none,
  ],
  [
    "if (allowed.includes(origin)) callback(null, true); else callback(null, true);",
    ["reflected-origin"],
  ],
  [
    "if (!allowed.includes(origin)) return callback(new Error()); callback(null, true);",
    none,
  ],
  [
    "if (allowed.indexOf(origin) === -1) return callback(new Error()); return callback(null, true);",
    none,
  ],
  [
    "const ok = allowed.some((one) => origin === one); callback(null, ok);",
    none,
  ],
  [
    "const ok = allowed.some((one) => origin.startsWith(one)); callback(null, ok);",
    ["loose-origin-match"],
  ],
  [
    "if (origin.includes('example.com')) callback(null, true);",
    ["loose-origin-match"],
  ],
  [
    "if (/example\\.com/.test(origin)) callback(null, true);",
    ["loose-origin-match"],
  ],
  ["if (origin.endsWith('.example.com')) callback(null, true);", none],
  [
    "if (new URL(origin).hostname.endsWith('.example.com')) callback(null, true);",
    none,
  ],
  [
    "if (isDevelopment) return callback(null, true); callback(null, allowed.includes(origin));",
    none,
  ],
  ["if (process.env.NODE_ENV !== 'production') callback(null, true);", none],
  [
    "if (allowed.includes('*')) return callback(null, true); callback(null, allowed.includes(origin));",
    none,
  ],
  [
    "if (await isKnown(origin)) return callback(null, true); callback(null, false);",
    none,
  ],
  [
    "let ok = false; for (const one of allowed) if (one === origin) ok = true; callback(null, ok);",
    none,
  ],
  [
    "let ok = true; if (!allowed.includes(origin)) console.warn(origin); callback(null, ok);",
    ["reflected-origin"],
  ],
  ["if (allowed[origin]) callback(null, true);", none],
  [
    "switch (origin) { case 'https://a.example.com': return callback(null, true); default: return callback(null, false); }",
    none,
  ],
])("an origin function with %s gives %j", (body, rules) => {
  expect(rulesFor(callback(body), "const allowed = list();")).toEqual(rules);
});

test.each([
  ["function isKnown(o: string) { return allowed.has(o); }", none],
  ["function isKnown(o: string) { return true; }", ["reflected-origin"]],
  [
    "const isKnown = (o: string) => o.includes('example');",
    ["loose-origin-match"],
  ],
])("a function of this file is read, not trusted: %s", (before, rules) => {
  const body =
    "if (isKnown(origin)) return callback(null, true); callback(null, false);";

  expect(rulesFor(callback(body), before)).toEqual(rules);
});

test("a function in another file is read where it stands", () => {
  const findings = findingsIn({
    "src/main.ts": `import cors from "cors";\nimport { corsOrigin } from "./origin";\napp.use(cors({ origin: corsOrigin, credentials: true }));`,
    "src/origin.ts": `export function corsOrigin(origin, callback) {\n  callback(null, true);\n}`,
  });

  expect(findings).toMatchObject([
    {
      rule: "any-origin-with-credentials",
      path: "src/origin.ts",
      lines: { start: 2 },
    },
  ]);
});

test("a constant through a barrel is named where it is written, with the place that uses it", () => {
  const findings = findingsIn({
    "src/main.ts": `import cors from "cors";\nimport { corsOptions } from "@/config";\napp.use(cors(corsOptions));\napp.post("/", save);`,
    "src/config/index.ts": `export * from "./cors";`,
    "src/config/cors.ts": `const base = { origin: "*" };\nexport const corsOptions = { ...base, maxAge: 1 };`,
  });

  expect(findings).toMatchObject([
    {
      rule: "wildcard-origin",
      path: "src/config/cors.ts",
      lines: { start: 1 },
      evidence: [{ path: "src/main.ts", line: 3 }],
    },
  ]);
});

test.each([
  [
    "unused",
    `const corsHeaders = { "Access-Control-Allow-Origin": "*" };`,
    "possible",
  ],
  [
    "used",
    `const corsHeaders = { "Access-Control-Allow-Origin": "*" };\nexport const POST = async (req) => new Response(await req.json(), { headers: corsHeaders });`,
    "certain",
  ],
])("headers that are %s weigh accordingly", (_case, text, confidence) => {
  expect(
    findingsIn({
      "app/api/a/route.ts": text.includes("POST")
        ? text
        : `${text}\nexport const POST = async (req) => new Response(await req.json());`,
    }),
  ).toMatchObject([{ confidence }]);
});

test.each([
  "res.header('Access-Control-Allow-Origin', '*')",
  "res.set({ 'Access-Control-Allow-Origin': '*' })",
  "reply.header('access-control-allow-origin', '*')",
  "res.writeHead(200, { 'Access-Control-Allow-Origin': '*' })",
  "ctx.set('Access-Control-Allow-Origin', '*')",
  "response.headers.set('Access-Control-Allow-Origin', '*')",
  "response.headers['Access-Control-Allow-Origin'] = '*'",
  "headers.append('Access-Control-Allow-Origin', '*')",
  "setHeader(event, 'Access-Control-Allow-Origin', '*')",
  "callback(null, { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } })",
  "new NextResponse(null, { headers: { 'Access-Control-Allow-Origin': '*' } })",
  "NextResponse.json({}, { headers: new Headers([['Access-Control-Allow-Origin', '*']]) })",
])("%s is a policy", (statement) => {
  const text = `export async function POST(req, res) {\n  const body = await req.json();\n  ${statement};\n}`;

  expect(findingsIn({ "app/api/a/route.ts": text })).toMatchObject([
    { rule: "wildcard-origin", lines: { start: 3 } },
  ]);
});

test("a new handler under an old open policy is named at the line that takes it in", () => {
  const shared = "supabase/functions/_shared/cors.ts";
  const handler = "supabase/functions/write/index.ts";
  const files = {
    [shared]: `export const corsHeaders = { "Access-Control-Allow-Origin": "*" };`,
    [handler]: `import OpenAI from "npm:openai";\nimport { corsHeaders } from "../_shared/cors.ts";\nDeno.serve(async (req) => new Response(await write(new OpenAI(), await req.json()), { headers: corsHeaders }));`,
  };
  const findings = judged(
    aSnapshot({
      files,
      scope: "change",
      changes: [
        {
          path: handler,
          status: "added",
          added: [{ start: 1, end: 3 }],
          removed: [],
        },
      ],
    }),
  );

  expect(findings).toMatchObject([
    { rule: "wildcard-on-costly-api", path: shared },
    {
      rule: "wildcard-on-costly-api",
      path: handler,
      lines: { start: 2 },
      evidence: [{ path: shared }],
    },
  ]);
});

test("a session in the app behind a wildcard blocks, a token only advises", () => {
  const main = `import cors from "cors";\nimport { routes } from "./routes";\napp.use(cors({ origin: "*" }));\napp.use(routes);`;
  const rule = (routes: string) =>
    findingsIn({ "src/main.ts": main, "src/routes.ts": routes }).map(
      (one) => one.rule,
    );

  expect(
    rule(
      `export const routes = Router();\nroutes.post("/a", (req) => user(req.cookies.session_token));`,
    ),
  ).toEqual(["wildcard-on-session-api"]);
  expect(
    rule(
      `export const routes = Router();\nroutes.post("/a", (req) => user(req.headers.authorization));`,
    ),
  ).toEqual(["wildcard-origin"]);
});

test.each([
  ["^https:\\/\\/a\\.example\\.com$", false],
  ["^https?:\\/\\/([a-z0-9-]+\\.)*example\\.com(:\\d+)?$", false],
  ["^(https:\\/\\/a\\.example\\.com|https:\\/\\/b\\.example\\.com)$", false],
  ["\\.example\\.com$", false],
  ["^http:\\/\\/localhost:\\d+$", false],
  ["^https:\\/\\/my-app-[a-z0-9]+-team\\.vercel\\.app$", false],
  ["example\\.com$", true],
  ["^https:\\/\\/a\\.example\\.com", true],
  ["^https:\\/\\/.*example\\.com$", true],
  ["^https:\\/\\/a.example\\.com$", true],
  ["^https:\\/\\/.+\\.vercel\\.app$", true],
  [".*", true],
])("the pattern %s is loose: %j", (source, isLoose) => {
  expect(loosePattern(source) !== undefined).toBe(isLoose);
});

test.each([
  ["nested calls", `cors(${"(".repeat(900)}x${")".repeat(900)})`],
  [
    "a long chain",
    `import cors from "cors"; app.use(cors({ origin: a${".b()".repeat(20_000)} }));`,
  ],
  [
    "many alternatives",
    `import cors from "cors"; app.use(cors({ origin: ${"a ? b : ".repeat(400)}"*" }));`,
  ],
  [
    "many fallbacks",
    `import cors from "cors"; app.use(cors({ origin: ${"a || ".repeat(5_000)}"*" }));`,
  ],
  [
    "functions that call each other",
    `import cors from "cors"; ${Array.from({ length: 300 }, (_, i) => `function allow${String(i)}(o) { return allow${String(i + 1)}(o) || allow${String(i + 2)}(o); }`).join("\n")} app.use(cors({ origin: (o, cb) => cb(null, allow0(o)) }));`,
  ],
  [
    "many headers",
    Array.from(
      { length: 5_000 },
      () => `res.set("Access-Control-Allow-Origin", origin);`,
    ).join("\n"),
  ],
  ["open comments", `cors ${"/*".repeat(200_000)}`],
])("%s end in time", (_case, text) => {
  const start = processorMs();

  findingsIn({ "src/main.ts": text });

  expect(processorMs() - start).toBeLessThan(5_000);
});

test("no text of a file stands in a finding of a setting", () => {
  const [finding] = findingsIn({
    ".env": `SECRET=one-two-three\nCORS_ORIGIN=*\n`,
  });

  expect(finding).toMatchObject({ path: ".env", lines: { start: 2 } });
  expect(JSON.stringify(finding)).not.toContain("one-two-three");
});
