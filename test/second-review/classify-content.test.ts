import { describe, expect, test } from "@jest/globals";
import { classified } from "./a-change.js";
import {
  handler,
  notes,
  router,
  swapped,
  type ContentCase,
} from "./content-samples.js";

const sensitive: Readonly<
  Record<string, ContentCase & { readonly finds: readonly string[] }>
> = {
  "an owner filter dropped from a query": {
    path: "src/features/notes.ts",
    edit: {
      before: notes,
      after: notes.replace("\n    .eq('user_id', userId)", ""),
    },
    finds: ["data"],
  },
  "a check removed while the guard's call stays": {
    path: "src/features/rename.ts",
    edit: {
      before: handler,
      after: handler.replace(/ {2}if[^]*?\n {2}}\n/, ""),
    },
    finds: ["auth"],
  },
  "a guarded procedure made public without touching an import": {
    path: "src/features/router.ts",
    edit: swapped(router, "list: protectedProcedure", "list: publicProcedure"),
    finds: ["auth"],
  },
  "a guard imported from somewhere else under its old name": {
    path: "src/features/rename.ts",
    edit: swapped(handler, "'../guard'", "'../testing'"),
    finds: ["auth"],
  },
  "a comparison of a role": {
    path: "src/features/remove.ts",
    edit: swapped(
      "export const mayRemove = (user: User) => user.role === 'admin'\n",
      "'admin'",
      "'member'",
    ),
    finds: ["auth"],
  },
  "a comparison with the owner": {
    path: "src/features/edit.ts",
    edit: {
      before:
        "export function edit(note: Note, user: User) {\n  if (note.ownerId !== user.id) throw new Error('no')\n  return note\n}\n",
      after:
        "export function edit(note: Note, user: User) {\n  return note\n}\n",
    },
    finds: ["auth"],
  },
  "a flag of a cookie": {
    path: "src/features/remember.ts",
    edit: swapped(
      "export const options = {\n  httpOnly: true,\n  path: '/',\n}\n",
      "httpOnly: true",
      "httpOnly: false",
    ),
    finds: ["auth"],
  },
  "an origin that is let in": {
    path: "src/features/headers.ts",
    edit: swapped(
      "export const headers = { 'Access-Control-Allow-Origin': 'https://a.example' }\n",
      "https://a.example",
      "*",
    ),
    finds: ["auth"],
  },
  "the routes that a middleware runs for": {
    path: "src/edge.ts",
    edit: swapped(
      "export const config = {\n  matcher: ['/app/:path*', '/admin/:path*'],\n}\n",
      ", '/admin/:path*'",
      "",
    ),
    finds: ["auth"],
  },
  "the sign-in that strangers are sent to": {
    path: "src/features/account.tsx",
    edit: {
      before:
        "export async function Account() {\n  const person = await who()\n  if (!person) redirect('/login')\n  return <p>hi</p>\n}\n",
      after:
        "export async function Account() {\n  const person = await who()\n  return <p>hi</p>\n}\n",
    },
    finds: ["auth"],
  },
  "a password hashed with less work": {
    path: "src/features/register.ts",
    edit: swapped(
      "import bcrypt from 'bcryptjs'\nexport const digest = (word: string) => bcrypt.hash(word, 12)\n",
      "12",
      "2",
    ),
    finds: ["auth"],
  },
  "a decorator taken off a method": {
    path: "src/features/cats.controller.ts",
    edit: {
      before:
        "class Cats {\n  @UseGuards(AdminGuard)\n  @Get()\n  list() { return [] }\n}\n",
      after: "class Cats {\n  @Get()\n  list() { return [] }\n}\n",
    },
    finds: ["auth"],
  },
  "a barrel that passes a guard on from elsewhere": {
    path: "src/features/index.ts",
    edit: swapped(
      "export { requireAdmin } from './checks'\n",
      "./checks",
      "./relaxed",
    ),
    finds: ["auth"],
  },
  "a barrel of data code": {
    path: "src/features/all.ts",
    edit: {
      before: "export * from './a'\n",
      after: "export * from './a'\nexport * from '../db'\n",
    },
    finds: ["data"],
  },
  "a catch-all route that hands over to a library": {
    path: "app/api/[...all]/route.ts",
    edit: {
      before: null,
      after:
        "import { toNextJsHandler } from 'better-auth/next-js'\nimport { instance } from '@/server'\nexport const { GET, POST } = toNextJsHandler(instance)\n",
    },
    finds: ["auth"],
  },
  "a policy within a string": {
    path: "scripts/setup.ts",
    edit: swapped(
      "await run(`\n  create policy owner on notes using (owner = auth.uid())\n`)\n",
      "owner = auth.uid()",
      "true",
    ),
    finds: ["data"],
  },
  "a query in a tagged template": {
    path: "src/features/report.ts",
    edit: swapped(
      "export const total = (id: string) => sql`select sum(amount) from orders where shop = ${id}`\n",
      " where shop = ${id}",
      "",
    ),
    finds: ["data"],
  },
  "a query through a client in the context": {
    path: "src/features/people.ts",
    edit: swapped(
      "export const people = (ctx: Context) =>\n  ctx.prisma.person.findMany({\n    where: { team: ctx.team },\n  })\n",
      "    where: { team: ctx.team },\n",
      "",
    ),
    finds: ["data"],
  },
  "a field of personal data": {
    path: "src/features/profile.ts",
    edit: {
      before: "export interface Profile {\n  name: string\n}\n",
      after:
        "export interface Profile {\n  name: string\n  dateOfBirth: string\n}\n",
    },
    finds: ["data"],
  },
  "the key of another database": {
    path: "src/settings.ts",
    edit: swapped(
      "export const url = process.env.DATABASE_URL\n",
      "DATABASE_URL",
      "DATABASE_URL_EU",
    ),
    finds: ["data"],
  },
  "the signature of a payment webhook": {
    path: "src/features/hook.ts",
    edit: {
      before:
        "export const hook = (body: string, mark: string) =>\n  client.webhooks.constructEvent(body, mark, secret)\n",
      after: "export const hook = (body: string) =>\n  JSON.parse(body)\n",
    },
    finds: ["payment"],
  },
  "an amount that a local client charges": {
    path: "src/features/charge.ts",
    edit: swapped(
      "import { money } from './stripe-client'\nexport const charge = (cents: number) =>\n  money.charges.create({ amount: cents })\n",
      "amount: cents ",
      "amount: cents * 100 ",
    ),
    finds: ["payment"],
  },
  "a function of a module that wraps an SDK": {
    path: "src/features/order.ts",
    edit: swapped(
      "import { collect } from './till'\nexport const order = (cents: number) => collect(cents)\n",
      "collect(cents)",
      "collect(cents - 1)",
    ),
    others: {
      "src/features/till.ts":
        "import Stripe from 'stripe'\nconst client = new Stripe('')\nexport function collect(cents: number) {\n  return client.charges.create({ amount: cents })\n}\n",
    },
    finds: ["payment"],
  },
  "a wrapper behind a barrel": {
    path: "src/features/order.ts",
    edit: swapped(
      "import { store } from './all'\nexport const order = (id: string) => store.query(id)\n",
      "(id)\n",
      "(id + 1)\n",
    ),
    others: {
      "src/features/all.ts": "export * from './keep'\n",
      "src/features/keep.ts":
        "import { Pool } from 'pg'\nexport const store = new Pool()\n",
    },
    finds: ["data"],
  },
  "a test of sign-in deleted, told by its content": {
    path: "src/features/enter.test.ts",
    edit: {
      before:
        "import { getServerSession } from 'next-auth'\ntest('x', () => getServerSession())\n",
      after: null,
    },
    finds: ["auth"],
  },
  "code that says that it was generated": {
    path: "dist/server.generated.js",
    edit: swapped(
      "// @generated\nimport jwt from 'jsonwebtoken'\nexport const read = (t) => jwt.verify(t, key)\n",
      "jwt.verify(t, key)",
      "jwt.decode(t)",
    ),
    finds: ["auth"],
  },
  "a request that is authorized no more": {
    path: "src/features/proxy.ts",
    edit: {
      before:
        "export async function proxy(r: Request) {\n  const no = await authorizeGateway(r)\n  if (no) return no\n  return fetch(r)\n}\n",
      after:
        "export async function proxy(r: Request) {\n  return fetch(r)\n}\n",
    },
    finds: ["auth"],
  },
  "an answer that refuses strangers, by a number beside it": {
    path: "src/features/files.ts",
    edit: {
      before:
        "app.get('/f', async (c) => {\n  const id = await who(c)\n  if (!id) return c.json({ error: 'no' }, 401)\n  return c.json(await list(id))\n})\n",
      after:
        "app.get('/f', async (c) => {\n  return c.json(await list(1))\n})\n",
    },
    finds: ["auth"],
  },
  "an answer that refuses strangers, by its words": {
    path: "src/features/act.ts",
    edit: {
      before:
        "export async function act(id?: string) {\n  if (!id) throw new Error('Unauthorized')\n  return go(id)\n}\n",
      after: "export async function act(id?: string) {\n  return go(id)\n}\n",
    },
    finds: ["auth"],
  },
  "a piece of a query": {
    path: "src/features/bounce.ts",
    edit: swapped(
      "export const bounced = () =>\n  `join\n    (select distinct visit\n    from events\n    group by visit) as b`;\n",
      "from events",
      "from hours",
    ),
    finds: ["data"],
  },
  "the script of a Vue file": {
    path: "src/features/Pay.vue",
    edit: swapped(
      "<template><p>pay</p></template>\n<script setup lang=\"ts\">\nimport { loadStripe } from '@stripe/stripe-js'\nconst stripe = await loadStripe('a')\n</script>\n",
      "loadStripe('a')",
      "loadStripe('b')",
    ),
    finds: ["payment"],
  },
  "a Python module with a database": {
    path: "service/report.py",
    edit: swapped(
      "from sqlalchemy.orm import Session\n\ndef total(s):\n    return 1\n",
      "return 1",
      "return 2",
    ),
    finds: ["data"],
  },
  "a guard of Rails": {
    path: "app/controllers/notes_controller.rb",
    edit: {
      before:
        "class NotesController\n  before_action :authenticate_user!\nend\n",
      after: "class NotesController\nend\n",
    },
    finds: ["auth"],
  },
};

describe("content that is sensitive", () => {
  test.each(Object.entries(sensitive))(
    "%s",
    (_, { path, edit, others, finds }) => {
      expect(classified(path, edit, others).categories).toEqual(finds);
    },
  );
});

test("a hit names the line and what gave it away, on the side where it stands", () => {
  const { hits } = classified("src/features/rename.ts", {
    before: handler,
    after: handler.replace("403", "200"),
  });

  expect(hits).toContainEqual({
    category: "auth",
    path: "src/features/rename.ts",
    line: 5,
    isBefore: true,
    signal: "an answer that refuses access",
  });
});

test("nesting that no parser takes leaves the file to a person", () => {
  const deep = `export const a = ${"(".repeat(60_000)}1${")".repeat(60_000)}\n`;

  const file = classified("src/features/deep.ts", {
    before: null,
    after: deep,
  });

  expect(file.categories).toEqual(["control"]);
});
