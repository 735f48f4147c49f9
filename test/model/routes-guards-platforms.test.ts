import { expect, test } from "@jest/globals";
import { guardedRoutes } from "#support/guarded-routes.js";

test.each([
  [
    "GraphQL",
    {
      "src/resolvers.ts": [
        `import { GraphQLError } from "graphql";`,
        `const signedIn = (resolve) => (parent, args, context) => {`,
        `  if (!context.user) throw new GraphQLError("no");`,
        `  return resolve(parent, args, context);`,
        `};`,
        `export const resolvers = {`,
        `  Query: { open: async () => [] },`,
        `  Mutation: {`,
        `    remove: async (parent, { id }, context) => {`,
        `      if (!context.user) throw new GraphQLError("no");`,
        `      return true;`,
        `    },`,
        `    clear: signedIn(async () => true),`,
        `  },`,
        `};`,
      ].join("\n"),
    },
    [
      "graphql PROCEDURE Query.open src/resolvers.ts:7 -",
      "graphql PROCEDURE Mutation.remove src/resolvers.ts:9 session src/resolvers.ts:10",
      "graphql PROCEDURE Mutation.clear src/resolvers.ts:13 session src/resolvers.ts:3",
    ],
  ],
  [
    "node:http",
    {
      "server.js": [
        `const http = require("node:http");`,
        `const jwt = require("jsonwebtoken");`,
        `http.createServer((req, res) => {`,
        `  if (req.method === "DELETE") {`,
        `    try {`,
        `      jwt.verify(req.headers.authorization, process.env.JWT_SECRET);`,
        `    } catch {`,
        `      res.writeHead(401);`,
        `      return res.end();`,
        `    }`,
        `  }`,
        `  res.end();`,
        `}).listen(3000);`,
      ].join("\n"),
    },
    ["node-http DELETE /* server.js:3 session server.js:6"],
  ],
  [
    "Vercel and Netlify functions",
    {
      "api/notes.ts": [
        `import { verifyToken } from "@clerk/backend";`,
        `export default async function handler(req, res) {`,
        `  await verifyToken(req.headers.authorization, {});`,
        `  res.end();`,
        `}`,
      ].join("\n"),
      "api/open.ts": [
        `export function GET() { return new Response("hi"); }`,
      ].join("\n"),
      "netlify/functions/clean.ts": [
        `export const handler = async (event) => {`,
        `  if (event.headers["x-key"] !== process.env.CLEAN_SECRET) return { statusCode: 401 };`,
        `  return { statusCode: 200 };`,
        `};`,
      ].join("\n"),
    },
    [
      "vercel * /api/notes api/notes.ts:2 session api/notes.ts:3",
      "vercel GET /api/open api/open.ts:1 -",
      "netlify * /.netlify/functions/clean netlify/functions/clean.ts:1 secret netlify/functions/clean.ts:2",
    ],
  ],
  [
    "Cloudflare, worker and pages",
    {
      "src/worker.ts": [
        `export default {`,
        `  async fetch(request, env) {`,
        `    if (request.headers.get("Authorization") !== env.API_TOKEN) return new Response("no", { status: 401 });`,
        `    return new Response(null);`,
        `  },`,
        `};`,
      ].join("\n"),
      "functions/_middleware.ts": [
        `export const onRequest = async (context) => {`,
        `  const session = await context.env.SESSIONS.get(context.request.headers.get("Cookie"));`,
        `  if (!session) return new Response("no", { status: 401 });`,
        `  return context.next();`,
        `};`,
      ].join("\n"),
      "functions/notes/[id].ts": [
        `export const onRequestDelete = async () => new Response(null);`,
      ].join("\n"),
    },
    [
      "cloudflare-pages DELETE /notes/:id functions/notes/[id].ts:1 session functions/_middleware.ts:3",
      "worker * /* src/worker.ts:2 secret src/worker.ts:3",
    ],
  ],
  [
    "Firebase functions",
    {
      "functions/src/index.ts": [
        `import { onCall, onRequest, HttpsError } from "firebase-functions/v2/https";`,
        `import { getAuth } from "firebase-admin/auth";`,
        `export const remove = onCall((request) => {`,
        `  if (!request.auth) throw new HttpsError("unauthenticated", "no");`,
        `});`,
        `export const report = onRequest(async (req, res) => {`,
        `  await getAuth().verifyIdToken(req.headers.authorization);`,
        `  res.end();`,
        `});`,
        `export const open = onRequest((req, res) => res.end());`,
      ].join("\n"),
    },
    [
      "firebase-call * /remove functions/src/index.ts:3 session functions/src/index.ts:4",
      "firebase-request * /report functions/src/index.ts:6 session functions/src/index.ts:7",
      "firebase-request * /open functions/src/index.ts:10 -",
    ],
  ],
  [
    "Supabase functions",
    {
      "supabase/config.toml": [
        `[functions.own]`,
        `verify_jwt = false`,
        ``,
      ].join("\n"),
      "supabase/functions/own/index.ts": [
        `import { createClient } from "https://esm.sh/@supabase/supabase-js@2";`,
        `Deno.serve(async (req) => {`,
        `  const caller = createClient("u", "k", { global: { headers: { Authorization: req.headers.get("Authorization") } } });`,
        `  const { data: { user } } = await caller.auth.getUser();`,
        `  if (!user) return new Response("no", { status: 401 });`,
        `  return new Response(null);`,
        `});`,
      ].join("\n"),
      "supabase/functions/platform/index.ts": [
        `Deno.serve(async () => new Response(null));`,
      ].join("\n"),
    },
    [
      "supabase-function * /functions/v1/own supabase/functions/own/index.ts:2 session supabase/functions/own/index.ts:5",
      "supabase-function * /functions/v1/platform supabase/functions/platform/index.ts:1 platform supabase/functions/platform/index.ts:1",
    ],
  ],
  [
    "NestJS, with a guard for all and roles",
    {
      "src/app.module.ts": [
        `import { APP_GUARD } from "@nestjs/core";`,
        `import { JwtGuard } from "./jwt.guard";`,
        `@Module({ providers: [{ provide: APP_GUARD, useClass: JwtGuard }] })`,
        `export class AppModule {}`,
      ].join("\n"),
      "src/jwt.guard.ts": [
        `export class JwtGuard {`,
        `  constructor(private jwt: JwtService) {}`,
        `  async canActivate(context) {`,
        `    const request = context.switchToHttp().getRequest();`,
        `    request.user = await this.jwt.verifyAsync(request.headers.authorization);`,
        `    return true;`,
        `  }`,
        `}`,
      ].join("\n"),
      "src/cats.controller.ts": [
        `@Controller("cats")`,
        `export class Cats {`,
        `  @Get()`,
        `  @Public()`,
        `  list() { return []; }`,
        `  @Roles("admin")`,
        `  @Delete(":id")`,
        `  remove() {}`,
        `}`,
      ].join("\n"),
    },
    [
      "nest GET /cats src/cats.controller.ts:3 -",
      "nest DELETE /cats/:id src/cats.controller.ts:7 session src/jwt.guard.ts:5, role src/cats.controller.ts:6",
    ],
  ],
  [
    "Hono",
    {
      "src/index.ts": [
        `import { Hono } from "hono";`,
        `import { bearerAuth } from "hono/bearer-auth";`,
        `const app = new Hono();`,
        `app.use("/notes/*", bearerAuth({ token: "x" }));`,
        `app.post("/notes/:id", (c) => c.json({}));`,
        `app.get("/open", (c) => c.text("hi"));`,
        `export default app;`,
      ].join("\n"),
    },
    [
      "hono POST /notes/:id src/index.ts:5 session src/index.ts:4",
      "hono GET /open src/index.ts:6 -",
    ],
  ],
  [
    "Fastify",
    {
      "src/app.js": [
        `const app = require("fastify")();`,
        `app.decorate("signedIn", async (request, reply) => {`,
        `  try {`,
        `    await request.jwtVerify();`,
        `  } catch {`,
        `    return reply.code(401).send();`,
        `  }`,
        `});`,
        `const guarded = { preHandler: [app.signedIn] };`,
        `app.delete("/notes/:id", { ...guarded, schema: {} }, async () => ({}));`,
        `app.get("/open", async () => "hi");`,
      ].join("\n"),
    },
    [
      "fastify DELETE /notes/:id src/app.js:10 session src/app.js:4",
      "fastify GET /open src/app.js:11 -",
    ],
  ],
] as const)("what guards the routes of %s", (_name, files, expected) => {
  expect(guardedRoutes(files as never)).toEqual(expected);
});
