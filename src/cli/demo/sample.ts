import type { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import { generateSecret } from "#support/secret-samples.js";

/** What the app looked like before. */
const before = {
  ".vibegate.yml": "version: 1\nphase: commitment\n",
  "README.md": "# Sticker shop\n\nStickers for street musicians.\n",
  "package.json": `${JSON.stringify(
    {
      name: "sticker-shop",
      private: true,
      type: "module",
      dependencies: { cors: "2.8.5", express: "5.1.0", stripe: "19.1.0" },
    },
    null,
    2,
  )}\n`,
  "src/server.ts": `import express from "express";

const app = express();
app.use(express.json());

app.get("/health", (_request, response) => {
  response.json({ ok: true });
});

app.listen(3000);
`,
};

const server = `import cors from "cors";
import express from "express";
import { requireUser, signIn } from "./auth.js";
import { chargeOrder } from "./payments.js";

const app = express();
app.use(cors({ origin: true, credentials: true }));
app.use(express.json());

app.get("/health", (_request, response) => {
  response.json({ ok: true });
});

app.post("/sign-in", signIn);
app.post("/orders", requireUser, async (request, response) => {
  response.json(await chargeOrder(request.body.amount));
});

app.listen(3000);
`;

const auth = `import type { RequestHandler } from "express";
import jwt from "jsonwebtoken";

const secret = process.env.JWT_SECRET || "sticker-shop-super-secret";

export const signIn: RequestHandler = (request, response) => {
  response.json({ token: jwt.sign({ email: request.body.email }, secret) });
};

export const requireUser: RequestHandler = (request, response, next) => {
  try {
    response.locals.user = jwt.verify(request.headers.authorization ?? "", secret);
    next();
  } catch {
    response.status(401).end();
  }
};
`;

/** The keys are made up on the spot: nothing that looks like one is kept in any file. */
function payments(): string {
  return `import Stripe from "stripe";

const stripe = new Stripe("${generateSecret("stripe-live", 7)}");

export function chargeOrder(amount: number) {
  return stripe.paymentIntents.create({ amount, currency: "eur" });
}
`;
}

/**
 * A repository with a pull request as an assistant writes it: it works, and it is not fit for real users.
 * The last commit tidies up a key that the first one brought; the history keeps it.
 */
export async function openSample(
  github: LocalGitHub,
): Promise<LocalPullRequest> {
  github.createUser({ login: "vera", permission: "write" });
  github.createUser({ login: "rhea", permission: "write" });
  const repository = await github.createRepository({
    owner: "acme",
    name: "sticker-shop",
    files: before,
    commit: { author: "rhea" },
  });
  await repository.commit({
    branch: "payments",
    by: "vera",
    author: "vera",
    coAuthors: [{ name: "Claude", email: "noreply@anthropic.com" }],
    message: "Add sign-in and payments",
    files: {
      "src/server.ts": server,
      "src/auth.ts": auth,
      "src/payments.ts": payments(),
      ".env": `OPENAI_API_KEY=${generateSecret("openai", 3)}\n`,
    },
  });
  await repository.commit({
    branch: "payments",
    by: "vera",
    author: "vera",
    message: "Remove the environment file again",
    remove: [".env"],
  });
  return repository.openPullRequest({
    head: "payments",
    title: "Add sign-in and payments",
    author: "vera",
  });
}

/** The same files after somebody has read the annotations. */
export const fixedFiles: Readonly<Record<string, string>> = {
  "src/server.ts": server
    .replace(
      "{ origin: true, credentials: true }",
      '{ origin: ["https://stickers.example.com"], credentials: true }',
    )
    .replace(
      "const app = express();",
      'const prices = new Map([["small", 300], ["large", 900]]);\n\nconst app = express();',
    )
    .replace(
      "chargeOrder(request.body.amount)",
      "chargeOrder(prices.get(request.body.size) ?? 900)",
    ),
  "src/auth.ts": auth
    .replace(
      'process.env.JWT_SECRET || "sticker-shop-super-secret"',
      "requiredSetting(process.env.JWT_SECRET)",
    )
    .replace(
      "const secret",
      `function requiredSetting(value: string | undefined): string {
  if (!value) throw new Error("JWT_SECRET is not set.");
  return value;
}

const secret`,
    ),
  "src/payments.ts": payments().replace(
    /new Stripe\(.*\)/,
    'new Stripe(process.env.STRIPE_SECRET_KEY ?? "")',
  ),
};
