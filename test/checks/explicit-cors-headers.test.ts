import { expect, test } from "@jest/globals";
import { explicitCors } from "#checks/secrets/explicit-cors/check.js";
import type { Finding } from "#gate/finding.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function findingsIn(files: Files): readonly Finding[] {
  const project = buildProject(aSnapshot({ files }), {
    checks: [explicitCors],
  });
  const outcome = explicitCors.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

test.each([
  [
    "an origin that the caller tested is only possible",
    `const ALLOWED = new Set(["https://a.example.com"]);
const isAllowed = (origin: string | null) => !origin || ALLOWED.has(origin);
function corsHeaders(origin: string | null) {
  return origin ? { "Access-Control-Allow-Origin": origin } : {};
}
export async function POST(request: Request) {
  const origin = request.headers.get("origin");
  if (!isAllowed(origin)) return new Response(null, { status: 403 });
  return new Response(await save(await request.json()), { headers: corsHeaders(origin) });
}`,
    [["reflected-origin", "possible"]],
  ],
  [
    "nobody tested it",
    `function corsHeaders(origin: string) {
  return { "Access-Control-Allow-Origin": origin || "*" };
}
export async function POST(request: Request) {
  return new Response(await save(await request.json()), { headers: corsHeaders(request.headers.get("origin") ?? "") });
}`,
    [["reflected-origin", "likely"]],
  ],
  [
    "a pattern that every site meets",
    `export async function POST(request: Request) {
  const origin = request.headers.get("origin") ?? "";
  const allowed = /^https:\\/\\/.+/i.test(origin) || /^http:\\/\\/localhost(?::\\d+)?$/i.test(origin);
  const headers = new Headers();
  if (allowed && origin.length > 0) headers.set("Access-Control-Allow-Origin", origin);
  return new Response(await save(await request.json()), { headers });
}`,
    [["loose-origin-match", "likely"]],
  ],
  [
    "a first value that production replaces",
    `const headersFor = (requestOrigin: string | null = null) => {
  let allowed = "*";
  if (process.env.NODE_ENV === "production" && requestOrigin) {
    allowed = LIST.includes(requestOrigin) ? requestOrigin : "https://a.example.com";
  }
  return { "Access-Control-Allow-Origin": allowed, "Access-Control-Allow-Credentials": "true" };
};
export const POST = async (request: Request) => new Response(await request.json(), { headers: headersFor(null) });`,
    [],
  ],
  [
    "a fallback that is never reached",
    `const list = () => (process.env.STAGE === "a" ? ["https://a.example.com"] : ["https://b.example.com"]);
export const POST = async (request: Request) => {
  const allowed = list();
  return new Response(await request.json(), { headers: { "Access-Control-Allow-Origin": allowed[0] || "*" } });
};`,
    [],
  ],
  [
    "a switch that an operator turns on purpose",
    `export const POST = async (request: Request) =>
  new Response(await request.json(), { headers: { "Access-Control-Allow-Origin": process.env.ALLOW_ALL_ORIGINS === "true" ? "*" : "https://a.example.com" } });`,
    [],
  ],
  [
    "a part of the origin that many share is no test",
    `export const POST = async (request: Request) => {
  const origin = request.headers.get("origin") ?? "";
  const { protocol } = new URL(origin);
  const headers = new Headers(await request.json());
  if (protocol === "https:") headers.set("Access-Control-Allow-Origin", origin);
  return new Response(null, { headers });
};`,
    [["reflected-origin", "likely"]],
  ],
])("%s", (_case, text, expected) => {
  const findings = findingsIn({ "app/api/a/route.ts": text });

  expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual(
    expected,
  );
});

test("a health endpoint may answer everybody", () => {
  const text = `export const GET = (req: Request) => Response.json({}, { headers: { "Access-Control-Allow-Origin": req.headers.get("origin") || "*" } });`;

  expect(findingsIn({ "app/api/health/route.ts": text })).toEqual([]);
});

test.each([
  [
    "nobody is asked for",
    "const body = await req.json();",
    ["wildcard-on-costly-api"],
  ],
  [
    "the caller's token is read",
    `const user = await client.auth.getUser(req.headers.get("Authorization"));`,
    ["wildcard-on-token-api"],
  ],
  [
    "the sender's signature is read",
    `await verify(await req.text(), req.headers.get("telnyx-signature"));`,
    ["wildcard-on-token-api"],
  ],
])("a paid service behind a wildcard, where %s", (_case, line, rules) => {
  const text = `const headers = { "Access-Control-Allow-Origin": "*" };
const key = Deno.env.get("OPENAI_API_KEY");
Deno.serve(async (req) => {
  ${line}
  await fetch("https://api.openai.com/v1/responses", { headers: { Authorization: key }, body: await req.text() });
  return new Response("", { headers });
});`;
  const findings = findingsIn({ "supabase/functions/write/index.ts": text });

  expect(findings.map(({ rule }) => rule)).toEqual(rules);
});
