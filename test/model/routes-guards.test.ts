import { expect, test } from "@jest/globals";
import { guardedRoutes } from "#support/guarded-routes.js";

test.each([
  [
    "Next.js, with middleware, a library's handlers and safe actions",
    {
      "middleware.ts": [
        `import { getToken } from "next-auth/jwt";`,
        `export async function middleware(request) {`,
        `  const token = await getToken({ req: request });`,
        `  if (!token) return Response.redirect("/login");`,
        `}`,
        `export const config = { matcher: ["/api/notes/:path*"] };`,
      ].join("\n"),
      "app/api/notes/route.ts": [
        `export async function POST() { return new Response(null); }`,
      ].join("\n"),
      "app/api/auth/[...nextauth]/route.ts": [
        `import { handlers } from "@/auth";`,
        `export const { GET, POST } = handlers;`,
      ].join("\n"),
      "auth.ts": [
        `import NextAuth from "next-auth";`,
        `export const { handlers, auth } = NextAuth({});`,
      ].join("\n"),
      "lib/client.ts": [
        `import { createSafeActionClient } from "next-safe-action";`,
        `import { auth } from "@/auth";`,
        `export const members = createSafeActionClient().use(async ({ next }) => {`,
        `  const session = await auth();`,
        `  if (!session) throw new Error("no");`,
        `  return next({ ctx: session });`,
        `});`,
      ].join("\n"),
      "app/actions.ts": [
        `"use server";`,
        `import { members } from "@/lib/client";`,
        `export const save = members.inputSchema(schema).action(async ({ parsedInput }) => {});`,
      ].join("\n"),
    },
    [
      "next-action ACTION app/actions.ts#save app/actions.ts:3 session lib/client.ts:5",
      "next-app GET /api/auth/* app/api/auth/[...nextauth]/route.ts:2 -",
      "next-app POST /api/auth/* app/api/auth/[...nextauth]/route.ts:2 -",
      "next-app POST /api/notes app/api/notes/route.ts:1 session middleware.ts:4",
    ],
  ],
  [
    "tRPC",
    {
      "src/trpc.ts": [
        `import { initTRPC, TRPCError } from "@trpc/server";`,
        `const t = initTRPC.create();`,
        `export const router = t.router;`,
        `export const open = t.procedure;`,
        `const signedIn = t.middleware(({ ctx, next }) => {`,
        `  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" });`,
        `  return next();`,
        `});`,
        `export const memberProcedure = t.procedure.use(signedIn);`,
        `export const adminProcedure = memberProcedure.use(({ ctx, next }) => {`,
        `  if (ctx.user.role !== "admin") throw new TRPCError({ code: "FORBIDDEN" });`,
        `  return next();`,
        `});`,
      ].join("\n"),
      "src/notes.ts": [
        `import { adminProcedure, memberProcedure, router, open as publicProcedure } from "./trpc";`,
        `export const notes = router({`,
        `  list: publicProcedure.query(() => []),`,
        `  add: memberProcedure.mutation(async () => {}),`,
        `  clear: adminProcedure.mutation(async () => {}),`,
        `});`,
      ].join("\n"),
    },
    [
      "trpc PROCEDURE notes.list src/notes.ts:3 -",
      "trpc PROCEDURE notes.add src/notes.ts:4 session src/trpc.ts:6",
      "trpc PROCEDURE notes.clear src/notes.ts:5 session src/trpc.ts:6, role src/trpc.ts:11",
    ],
  ],
  [
    "Express, with guards inside handlers of errors, and one that lets some in and nobody else",
    {
      "src/guard.ts": [
        `import jwt from "jsonwebtoken";`,
        `const caught = (run) => (req, res, next) => Promise.resolve(run(req, res, next)).catch(next);`,
        `export const signedIn = caught(async (req, res, next) => {`,
        `  req.user = jwt.verify(req.cookies.jwt, process.env.JWT_SECRET);`,
        `  next();`,
        `});`,
        `export function staff(req, res, next) {`,
        `  if (req.headers["x-key"] === process.env.STAFF_KEY) return next();`,
        `  console.warn("stranger");`,
        `  console.warn(req.ip);`,
        `  console.warn(req.path);`,
        `  return res.status(401).end();`,
        `}`,
        `export function open(req, res, next) {`,
        `  if (req.headers["x-key"] === process.env.STAFF_KEY) return next();`,
        `  if (req.query.quietly) return next();`,
        `  console.warn("stranger");`,
        `  console.warn(req.path);`,
        `  return res.status(401).end();`,
        `}`,
      ].join("\n"),
      "src/app.ts": [
        `import express from "express";`,
        `import { open, signedIn, staff } from "./guard";`,
        `const app = express();`,
        `app.get("/mine", signedIn, (req, res) => res.json({}));`,
        `app.get("/staff", staff, (req, res) => res.json({}));`,
        `app.get("/open", open, (req, res) => res.json({}));`,
      ].join("\n"),
    },
    [
      "express GET /mine src/app.ts:4 session src/guard.ts:4",
      "express GET /staff src/app.ts:5 secret src/guard.ts:8",
      "express GET /open src/app.ts:6 -",
    ],
  ],
  [
    "Fastify, with plugins that are loaded by folder",
    {
      "src/app.ts": [
        `import { join } from "node:path";`,
        `import AutoLoad from "@fastify/autoload";`,
        `export default async function (fastify, opts) {`,
        `  fastify.register(AutoLoad, { dir: join(__dirname, "routes"), autoHooks: true, options: { prefix: "/v1" } });`,
        `}`,
      ].join("\n"),
      "src/routes/notes/autohooks.ts": [
        `export default async function (fastify) {`,
        `  fastify.addHook("preHandler", async (request) => { await request.jwtVerify(); });`,
        `}`,
      ].join("\n"),
      "src/routes/notes/index.ts": [
        `export default async function (fastify) {`,
        `  fastify.get("/", async () => []);`,
        `}`,
      ].join("\n"),
      "src/routes/notes/_noteId/index.ts": [
        `export default async function (fastify) {`,
        `  fastify.get("/", async () => ({}));`,
        `}`,
      ].join("\n"),
    },
    [
      "fastify GET /v1/notes/:noteId src/routes/notes/_noteId/index.ts:2 -",
      "fastify GET /v1/notes src/routes/notes/index.ts:2 session src/routes/notes/autohooks.ts:2",
    ],
  ],
  [
    "Hono, with routers that a function makes",
    {
      "src/lib/create-app.ts": [
        `import { OpenAPIHono } from "@hono/zod-openapi";`,
        `export function createRouter() {`,
        `  return new OpenAPIHono({ strict: false });`,
        `}`,
        `export default function createApp() {`,
        `  const app = createRouter();`,
        `  app.use("*", logger());`,
        `  return app;`,
        `}`,
      ].join("\n"),
      "src/users.ts": [
        `import { createRoute } from "@hono/zod-openapi";`,
        `import { jwt } from "hono/jwt";`,
        `import { createRouter } from "./lib/create-app";`,
        `const me = createRoute({ path: "/me", method: "get", middleware: [jwt({ secret: key })] as const });`,
        `const router = createRouter().openapi(me, async (c) => c.json({}));`,
        `export default router;`,
      ].join("\n"),
      "src/app.ts": [
        `import createApp from "./lib/create-app";`,
        `import users from "./users";`,
        `const app = createApp();`,
        `app.route("/users", users);`,
        `export default app;`,
      ].join("\n"),
    },
    ["hono GET /users/me src/users.ts:5 session src/users.ts:4"],
  ],
  [
    "SvelteKit, with a hook",
    {
      "src/hooks.server.ts": [
        `import { redirect } from "@sveltejs/kit";`,
        `export const handle = async ({ event, resolve }) => {`,
        `  if (event.url.pathname.startsWith("/app") && !event.locals.user) redirect(303, "/login");`,
        `  return resolve(event);`,
        `};`,
      ].join("\n"),
      "src/routes/app/+page.server.ts": [
        `export const load = async () => ({});`,
        `export const actions = { save: async () => ({}) };`,
      ].join("\n"),
      "src/routes/api/open/+server.ts": [
        `export const GET = async () => new Response("hi");`,
      ].join("\n"),
    },
    [
      "sveltekit GET /api/open src/routes/api/open/+server.ts:1 -",
      "sveltekit GET /app src/routes/app/+page.server.ts:1 session src/hooks.server.ts:3",
      "sveltekit ACTION /app?/save src/routes/app/+page.server.ts:2 session src/hooks.server.ts:3",
    ],
  ],
  [
    "Remix and React Router",
    {
      "app/session.server.ts": [
        `import { createCookieSessionStorage, redirect } from "@remix-run/node";`,
        `const storage = createCookieSessionStorage({});`,
        `export const { getSession } = storage;`,
        `export async function requireUser(request) {`,
        `  const session = await getSession(request.headers.get("Cookie"));`,
        `  if (!session.get("userId")) throw redirect("/login");`,
        `  return session.get("userId");`,
        `}`,
      ].join("\n"),
      "app/routes/notes.$id.tsx": [
        `import { requireUser } from "../session.server";`,
        `export async function loader({ request }) {`,
        `  await requireUser(request);`,
        `  return {};`,
        `}`,
        `export async function action() { return {}; }`,
      ].join("\n"),
      "app/routes/about.tsx": [
        `import { json } from "@remix-run/node";`,
        `export const loader = () => json({});`,
      ].join("\n"),
      "remix.config.js": [`module.exports = {};`].join("\n"),
    },
    [
      "remix GET /about app/routes/about.tsx:2 -",
      "remix GET /notes/:id app/routes/notes.$id.tsx:2 session app/session.server.ts:6",
      "remix ACTION /notes/:id app/routes/notes.$id.tsx:6 -",
    ],
  ],
  [
    "Nuxt, with middleware of its server",
    {
      "server/middleware/session.ts": [
        `export default defineEventHandler(async (event) => {`,
        `  if (!event.path.startsWith("/api/notes")) return;`,
        `  const { user } = await getUserSession(event);`,
        `  if (!user) throw createError({ statusCode: 401 });`,
        `});`,
      ].join("\n"),
      "server/api/notes/index.post.ts": [
        `export default defineEventHandler(async () => ({}));`,
      ].join("\n"),
      "server/api/open.get.ts": [
        `export default defineEventHandler(() => "hi");`,
      ].join("\n"),
    },
    [
      "nitro POST /api/notes server/api/notes/index.post.ts:1 session server/middleware/session.ts:4",
      "nitro GET /api/open server/api/open.get.ts:1 -",
    ],
  ],
  [
    "Astro, with middleware",
    {
      "astro.config.mjs": [`export default {};`].join("\n"),
      "src/middleware.ts": [
        `export const onRequest = async (context, next) => {`,
        `  if (context.url.pathname.startsWith("/api/notes") && !context.locals.user) return new Response("no", { status: 401 });`,
        `  return next();`,
        `};`,
      ].join("\n"),
      "src/pages/api/notes.ts": [
        `export const POST = async () => new Response(null);`,
      ].join("\n"),
      "src/pages/api/open.ts": [
        `export const GET = async () => new Response("hi");`,
      ].join("\n"),
    },
    [
      "astro POST /api/notes src/pages/api/notes.ts:1 session src/middleware.ts:2",
      "astro GET /api/open src/pages/api/open.ts:1 -",
    ],
  ],
  [
    "Expo",
    {
      "app/api/notes+api.ts": [
        `import { createClient } from "@supabase/supabase-js";`,
        `const supabase = createClient("u", "k");`,
        `export async function DELETE(request) {`,
        `  const { data: { user } } = await supabase.auth.getUser(request.headers.get("authorization"));`,
        `  if (!user) return new Response("no", { status: 401 });`,
        `  return new Response(null);`,
        `}`,
        `export async function GET() { return new Response("hi"); }`,
      ].join("\n"),
    },
    [
      "expo DELETE /api/notes app/api/notes+api.ts:3 session app/api/notes+api.ts:5",
      "expo GET /api/notes app/api/notes+api.ts:8 -",
    ],
  ],
] as const)("what guards the routes of %s", (_name, files, expected) => {
  expect(guardedRoutes(files as never)).toEqual(expected);
});
