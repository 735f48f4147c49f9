import { expect, test } from "@jest/globals";
import { rateLimits } from "#checks/limits/rate-limits/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function findingsIn(files: Files) {
  const project = buildProject(aSnapshot({ files }), { checks: [rateLimits] });
  const outcome = rateLimits.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

const asks = `fetch("https://api.openai.com/v1/responses", { method: "POST" })`;

test("a token of the platform is anybody's, and the finding says why", () => {
  const [finding] = findingsIn({
    "supabase/functions/ask/index.ts": `Deno.serve(async () => ${asks});`,
  });

  expect(finding).toMatchObject({
    rule: "anonymous-costly-route",
    confidence: "likely",
  });
  expect(finding?.message).toContain("public key");
  expect(finding?.evidence?.at(-1)?.note).toContain("verify_jwt");
});

test("a caller's token at the database makes it doubtful whether strangers get through", () => {
  const [finding] = findingsIn({
    "supabase/functions/ask/index.ts": `Deno.serve(async (request) => {
      const client = createClient(url, key, { global: { headers: { Authorization: request.headers.get("Authorization") } } });
      const { data } = await client.from("projects").select("*").single();
      return ${asks};
    });`,
  });

  expect(finding).toMatchObject({ confidence: "possible" });
});

test("a refusal whose condition cannot be followed makes it doubtful, too", () => {
  const [finding] = findingsIn({
    "app/api/ask/route.ts": `import { gate } from "gate";
      export async function POST(request) {
        if (gate(request)) return new Response(null, { status: 403 });
        return ${asks};
      }`,
  });

  expect(finding).toMatchObject({ confidence: "possible" });
});

test("code that nothing loads weighs less and is not forgotten", () => {
  const [finding] = findingsIn({
    "src/old/legacy.ts": `import express from "express";
      const old = express.Router();
      old.post("/ask", async (req, res) => { res.json(await ${asks}); });
      export { old };`,
  });

  expect(finding?.atMost ?? "none").not.toBe("none");
});

test("paths that lead to the same comparison are one finding", () => {
  const findings = findingsIn({
    "src/server.ts": `import express from "express";
      import bcrypt from "bcrypt";
      const app = express();
      async function login(req, res) { res.json(await bcrypt.compare(req.body.password, "h")); }
      app.post("/login", login);
      app.post("/signin", login);
      app.listen(1);`,
  });

  expect(findings.map(({ rule }) => rule)).toEqual([
    "unlimited-credential-route",
  ]);
});

test("memory is a fault only where instances come and go", () => {
  const limited = `import express from "express";
    import rateLimit from "express-rate-limit";
    const app = express();
    app.post("/ask", rateLimit({ max: 5 }), async (req, res) => { res.json(await ${asks}); });
    app.listen(1);`;
  const rules = (files: Files) => findingsIn(files).map(({ rule }) => rule);

  expect(rules({ "src/server.ts": limited })).toEqual([]);
  expect(rules({ "src/server.ts": limited, "vercel.json": "{}" })).toEqual([
    "memory-limiter-on-serverless",
  ]);
  expect(
    rules({ "src/server.ts": limited, "vercel.json": "{}", Dockerfile: "" }),
  ).toEqual([]);
});

test("a hook that refuses by a session of its own kind is believed", () => {
  const [finding] = findingsIn({
    "src/hooks.server.ts": `import { sessions } from "./sessions";
      export const handle = async ({ event, resolve }) => {
        const user = sessions.find(event.cookies.get("session"));
        if (!user && event.url.pathname.startsWith("/api")) return new Response(null, { status: 401 });
        return resolve(event);
      };`,
    "src/sessions.ts": `export const sessions = { find: (id) => load(id) };`,
    "src/routes/api/ask/+server.ts": `export async function POST() { return ${asks}; }`,
  });

  expect(finding?.rule).toBe("unlimited-costly-route");
});
