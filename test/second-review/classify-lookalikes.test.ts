import { expect, test } from "@jest/globals";
import { classified } from "./a-change.js";
import {
  notes,
  panel,
  router,
  swapped,
  type ContentCase,
} from "./content-samples.js";

const harmless: Readonly<Record<string, ContentCase>> = {
  "another function of a file with a query": {
    path: "src/features/notes.ts",
    edit: swapped(notes, "notes`", "Notes`"),
  },
  "a class name in a component that loads data": {
    path: "src/features/Panel.tsx",
    edit: swapped(panel, "p-2", "p-4"),
  },
  "a comment within a query": {
    path: "src/features/notes.ts",
    edit: swapped(
      notes,
      "    .select('*')\n",
      "    // all of them\n    .select('*')\n",
    ),
  },
  "another procedure of a router with a guarded one": {
    path: "src/features/router.ts",
    edit: swapped(router, "'hi'", "'hello'"),
  },
  "an import that is only moved": {
    path: "src/features/client.ts",
    edit: {
      before:
        "import a from './a'\nimport jwt from 'jsonwebtoken'\na()\nexport { jwt }\n",
      after:
        "import jwt from 'jsonwebtoken'\nimport a from './a'\na()\nexport { jwt }\n",
    },
  },
  "an import of a type": {
    path: "src/features/client.ts",
    edit: {
      before: "export const a = 1\n",
      after:
        "import type Stripe from 'stripe'\nexport const a = 1\nexport type P = Stripe.Price\n",
    },
  },
  "an enumeration of a generated client": {
    path: "src/features/Badge.tsx",
    edit: swapped(
      "import { Status } from '@prisma/client'\nexport const Badge = (p: P) => <i>{p.status === Status.DONE ? 'a' : 'b'}</i>\n",
      "'a'",
      "'c'",
    ),
  },
  "a value that a query returned, shown elsewhere": {
    path: "src/features/Rows.tsx",
    edit: swapped(
      "import { load } from './load'\nconst rows = await load()\nexport const Rows = () => <i>{rows.length}</i>\n",
      "<i>{rows.length}</i>",
      "<b>{rows.length}</b>",
    ),
    others: {
      "src/features/load.ts":
        "import { Pool } from 'pg'\nconst pool = new Pool()\nexport const load = () => pool.query('select 1 from a ')\n",
    },
  },
  "a hook of the project that shows who is there": {
    path: "src/features/Hello.tsx",
    edit: swapped(
      "import { useSession } from '../lib/session'\nexport const Hello = () => <i>{useSession().name}</i>\n",
      "<i>{useSession().name}</i>",
      "<b>{useSession().name}</b>",
    ),
  },
  "another entry of a table at the top of a file": {
    path: "src/features/table.ts",
    edit: swapped(
      "export const table = {\n  rows: db.select().from(rows),\n  title: 'a',\n}\n",
      "'a'",
      "'b'",
    ),
  },
  "a page that shows which error came": {
    path: "src/features/Form.tsx",
    edit: swapped(
      "export function explain(code: Code) {\n  return match(code).with(Code.UNAUTHORIZED, () => 'a').run()\n}\n",
      "'a'",
      "'b'",
    ),
  },
  "a device that does not let a page take pictures": {
    path: "src/features/camera.ts",
    edit: swapped(
      "export function warn() {\n  alert('Permission denied')\n  return 1\n}\n",
      "1",
      "2",
    ),
  },
  "roles of a chat": {
    path: "src/features/chat.ts",
    edit: swapped(
      "export const own = (message: Message) => message.role === 'user'\n",
      "'user'",
      "'assistant'",
    ),
  },
  "a role for screen readers": {
    path: "src/features/Menu.tsx",
    edit: swapped(
      'export const Menu = () => <ul role="menu" />\n',
      '"menu"',
      '"list"',
    ),
  },
  "tokens of a model": {
    path: "src/features/tokens.ts",
    edit: swapped(
      "export const maxTokens = 100\nexport const tokenCount = 0\n",
      "100",
      "200",
    ),
  },
  "a training session": {
    path: "src/features/TrainingSession.ts",
    edit: swapped(
      "export class TrainingSession {\n  session = 1\n}\n",
      "1",
      "2",
    ),
  },
  "permissions of a browser": {
    path: "src/features/usePlace.ts",
    edit: swapped(
      "export const ask = () => Geolocation.checkPermissions()\n",
      "=> G",
      "=> void G",
    ),
  },
  "a subscription of RxJS": {
    path: "src/features/price.component.ts",
    edit: swapped(
      "import { Subscription } from 'rxjs'\nexport class P { one?: Subscription }\n",
      "one",
      "two",
    ),
  },
  "a subscription of GraphQL": {
    path: "src/features/news.graphql",
    edit: swapped("type Subscription { one: Int }\n", "one", "two"),
  },
  "a digest for a cache": {
    path: "src/features/etag.ts",
    edit: swapped(
      "import { createHash } from 'node:crypto'\nexport const tag = (b: string) => createHash('sha1').update(b).digest('hex')\n",
      "sha1",
      "sha256",
    ),
  },
  "a key of a list in React": {
    path: "src/features/List.tsx",
    edit: swapped(
      "export const L = (p: P) => p.a.map((i) => <b key={i.id} />)\n",
      "i.id",
      "i.key",
    ),
  },
  "a sentence that begins like a query": {
    path: "src/features/Choose.tsx",
    edit: swapped(
      "export const text = 'Select a plan from the list'\n",
      "plan",
      "seat",
    ),
  },
  "a class of styles": {
    path: "src/styles.css",
    edit: swapped(".stripe { order: 1 }\n", "1", "2"),
  },
  "an array made from something": {
    path: "src/features/range.ts",
    edit: swapped(
      "export const r = (n: number) => Array.from({ length: n })\n",
      "n })",
      "n + 1 })",
    ),
  },
  "a test that is edited": {
    path: "src/features/enter.test.ts",
    edit: swapped(
      "import jwt from 'jsonwebtoken'\ntest('x', () => jwt.sign('a', 'b'))\n",
      "'a'",
      "'c'",
    ),
  },
  "a story of a sign-in": {
    path: "src/auth/SignIn.stories.tsx",
    edit: swapped(
      "import { signIn } from 'next-auth/react'\nexport const A = () => signIn()\n",
      "A ",
      "B ",
    ),
  },
};

test.each(Object.entries(harmless))(
  "not sensitive: %s",
  (_, { path, edit, others }) => {
    expect(classified(path, edit, others).hits).toEqual([]);
  },
);

test.each([
  ["components/models/model-icon.tsx", "<Icon />", []],
  ["lib/models/llm/list.ts", 'const GPT4 = { provider: "openai" };', []],
  ["lib/models/user.ts", "const userModel = 1;", ["data"]],
  ["lib/models/chat.ts", "// gpt\nnew mongoose.Schema({});", ["data"]],
  ["app/models/user.rb", "# gpt", ["data"]],
])("the folder of %s is believed as its content allows", (path, text, says) => {
  const edited = { before: `${text}\n`, after: `${text} // more\n${text}\n` };
  expect(classified(path, edited).categories).toEqual(says);
});
