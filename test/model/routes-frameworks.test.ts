import { expect, test } from "@jest/globals";
import { guardedRoutes } from "#support/guarded-routes.js";

const body = "{ return new Response(null); }";
const guarded = `{ if (!request.user) return new Response("no", { status: 401 }); return new Response(null); }`;

test.each([
  [
    "Next.js",
    {
      "app/(shop)/api/orders/[id]/route.ts": `export const GET = async (request) => ${guarded};\nexport async function POST() ${body}`,
      "pages/api/old.ts": `export default function handler(req, res) { if (req.method === "PUT") res.end(); }`,
      "app/actions.ts": `"use server";\nexport async function save() {}`,
    },
    [
      "next-app GET /api/orders/:id app/(shop)/api/orders/[id]/route.ts:1 session app/(shop)/api/orders/[id]/route.ts:1",
      "next-app POST /api/orders/:id app/(shop)/api/orders/[id]/route.ts:2 -",
      "next-action ACTION app/actions.ts#save app/actions.ts:2 -",
      "next-pages PUT /api/old pages/api/old.ts:1 -",
    ],
  ],
  [
    "Fastify",
    {
      "src/app.ts": `import Fastify from "fastify";\nimport users from "./users";\nconst app = Fastify();\napp.register(users, { prefix: "/users" });\napp.get("/", async () => "hi");`,
      "src/users.ts": `export default async function (fastify) {\n  fastify.addHook("preHandler", async (request) => { await request.jwtVerify(); });\n  fastify.route({ method: "DELETE", url: "/:id", handler: async () => ({}) });\n}`,
    },
    [
      "fastify GET / src/app.ts:5 -",
      "fastify DELETE /users/:id src/users.ts:3 session src/users.ts:2",
    ],
  ],
  [
    "Hono",
    {
      "src/index.ts": `import { Hono } from "hono";\nimport { jwt } from "hono/jwt";\nimport { notes } from "./notes";\nconst app = new Hono().basePath("/api");\napp.use("/notes/*", jwt({ secret: "x" }));\napp.route("/notes", notes);\napp.get("/ping", (c) => c.text("pong"));`,
      "src/notes.ts": `import { Hono } from "hono";\nexport const notes = new Hono();\nnotes.post("/:id", async (c) => c.json({}));`,
    },
    [
      "hono GET /api/ping src/index.ts:7 -",
      "hono POST /api/notes/:id src/notes.ts:3 session src/index.ts:5",
    ],
  ],
  [
    "NestJS",
    {
      "src/cats.controller.ts": `@Controller("cats")\nexport class Cats {\n  @UseGuards(AuthGuard("jwt"))\n  @Delete(":id")\n  remove() { return 1; }\n  @Get()\n  list() { return []; }\n}`,
    },
    [
      "nest DELETE /cats/:id src/cats.controller.ts:4 session src/cats.controller.ts:3",
      "nest GET /cats src/cats.controller.ts:6 -",
    ],
  ],
  [
    "SvelteKit",
    {
      "src/routes/notes/[id]/+server.ts": `export const DELETE = async () => ${body};`,
      "src/routes/login/+page.server.ts": `export const actions = { default: async () => ({}) };`,
    },
    [
      "sveltekit ACTION /login?/default src/routes/login/+page.server.ts:1 -",
      "sveltekit DELETE /notes/:id src/routes/notes/[id]/+server.ts:1 -",
    ],
  ],
  [
    "Remix",
    {
      "app/routes/admin.users_.$id.tsx": `import { json } from "@remix-run/node";\nexport async function loader() { return json({}); }\nexport const action = async () => json({});`,
    },
    [
      "remix GET /admin/users/:id app/routes/admin.users_.$id.tsx:2 -",
      "remix ACTION /admin/users/:id app/routes/admin.users_.$id.tsx:3 -",
    ],
  ],
  [
    "Nuxt",
    {
      "server/api/notes/[id].delete.ts": `export default defineEventHandler(async (event) => ({}));`,
    },
    ["nitro DELETE /api/notes/:id server/api/notes/[id].delete.ts:1 -"],
  ],
  [
    "Astro",
    {
      "astro.config.mjs": "export default {};",
      "src/pages/api/save.ts": `export const POST = async () => ${body};`,
    },
    ["astro POST /api/save src/pages/api/save.ts:1 -"],
  ],
  [
    "Supabase functions",
    {
      "supabase/config.toml": "[functions.open]\nverify_jwt = false\n",
      "supabase/functions/open/index.ts": `Deno.serve(async () => ${body});`,
      "supabase/functions/closed/index.ts": `Deno.serve(async () => ${body});`,
    },
    [
      "supabase-function * /functions/v1/closed supabase/functions/closed/index.ts:1 platform supabase/functions/closed/index.ts:1",
      "supabase-function * /functions/v1/open supabase/functions/open/index.ts:1 -",
    ],
  ],
  [
    "Firebase functions",
    {
      "functions/src/index.ts": `import { onCall, HttpsError } from "firebase-functions/v2/https";\nexport const remove = onCall(async (request) => { if (!request.auth) throw new HttpsError("unauthenticated", "no"); });`,
    },
    [
      "firebase-call * /remove functions/src/index.ts:2 session functions/src/index.ts:2",
    ],
  ],
  [
    "Expo",
    { "app/api/notes+api.ts": `export async function GET() ${body}` },
    ["expo GET /api/notes app/api/notes+api.ts:1 -"],
  ],
  [
    "GraphQL",
    {
      "src/resolvers.ts": `export const resolvers = { Query: { notes: async () => [] } };`,
    },
    ["graphql PROCEDURE Query.notes src/resolvers.ts:1 -"],
  ],
  [
    "node:http",
    {
      "server.js": `const http = require("http");\nhttp.createServer((req, res) => res.end()).listen(3000);`,
    },
    ["node-http * /* server.js:2 -"],
  ],
  [
    "Vercel, Netlify, Cloudflare",
    {
      "api/hello.ts":
        "export default function handler(req, res) { res.end(); }",
      "netlify/functions/mail.ts": `export const handler = async () => ({ statusCode: 200 });`,
      "src/worker.ts": `export default { async fetch(request) ${body} };`,
    },
    [
      "vercel * /api/hello api/hello.ts:1 -",
      "netlify * /.netlify/functions/mail netlify/functions/mail.ts:1 -",
      "worker * /* src/worker.ts:1 -",
    ],
  ],
  [
    "Convex",
    {
      "convex/team/notes.ts": `import { internalMutation, mutation, query } from "../_generated/server";\nexport const list = query(async (ctx) => ctx.db.query("notes").collect());\nexport const add = mutation({ args: {}, handler: async (ctx, args) => {\n  const identity = await ctx.auth.getUserIdentity();\n  if (!identity) throw new Error("no");\n} });\nexport const tidy = internalMutation({ handler: async () => {} });`,
      "convex/http.ts": `import { httpRouter } from "convex/server";\nimport { httpAction } from "./_generated/server";\nconst http = httpRouter();\nconst receive = httpAction(async (ctx, request) => new Response(null));\nhttp.route({ path: "/hook", method: "POST", handler: receive });\nexport default http;`,
    },
    [
      "convex-http POST /hook convex/http.ts:5 -",
      "convex PROCEDURE team.notes.list convex/team/notes.ts:2 -",
      "convex PROCEDURE team.notes.add convex/team/notes.ts:3 session convex/team/notes.ts:5",
    ],
  ],
] as const)("the routes of %s and their guards", (_name, files, expected) => {
  expect(guardedRoutes(files as never)).toEqual(expected);
});
