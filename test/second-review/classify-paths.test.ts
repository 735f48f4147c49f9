import { describe, expect, test } from "@jest/globals";
import { classified, type Edit } from "./a-change.js";

const edited: Edit = { before: "one\n", after: "two\n" };

describe("paths that are enough", () => {
  test.each([
    ["src/lib/auth/session.ts", "auth"],
    ["app/(auth)/layout.tsx", "auth"],
    ["app/api/auth/[...nextauth]/route.ts", "auth"],
    ["auth.config.ts", "auth"],
    ["src/middleware.ts", "auth"],
    ["proxy.ts", "auth"],
    ["src/server/session.ts", "auth"],
    ["app/sign-in/page.tsx", "auth"],
    ["src/rbac/roles.json", "auth"],
    ["backend/oauth/callback.py", "auth"],
    ["src/payments/charge.ts", "payment"],
    ["app/api/checkout/route.ts", "payment"],
    ["server/billing/plan.go", "payment"],
    ["src/modules/billing/lib/lock.ts", "payment"],
    ["supabase/functions/notify/index.ts", "data"],
    ["db/pool.ts", "data"],
    ["src/models/user.ts", "data"],
    ["prisma/schema.prisma", "data"],
    ["reports/monthly.sql", "data"],
    ["firestore.rules", "data"],
    ["database.rules.json", "data"],
  ])("%s is %s code", (path, category) => {
    expect(classified(path, edited).categories).toEqual([category]);
  });

  test.each([
    ".vibegate.yml",
    ".GitHub/workflows/ci.yml",
    ".github/actions/setup/index.js",
    "CODEOWNERS",
    ".github/CODEOWNERS",
    "docs/CODEOWNERS",
    "packages/a/.gitattributes",
    ".gitmodules",
    "Dockerfile",
    "apps/web/Dockerfile.prod",
    "docker-compose.override.yml",
    "vercel.json",
    "infra/main.tf",
    ".npmrc",
  ])("%s is a control file that nothing takes out", (path) => {
    const file = classified(path, edited, {}, { ignoredPaths: ["**"] });

    expect(file.categories).toEqual(["control"]);
  });
});

describe("paths that only look alike", () => {
  test.each([
    "src/components/Author.tsx",
    "src/authority/index.ts",
    "docs/authentication.md",
    "public/stripe.svg",
    "src/styles/stripe.css",
    "locales/en/payment.json",
    "src/i18n/auth/de.ts",
    "src/app/privacy-policy/page.tsx",
    "src/components/checkout/Button.tsx",
    "src/training/TrainingSession.ts",
    "src/components/session.tsx",
    "src/auth/Login.stories.tsx",
    "src/theme/tokens.ts",
    "src/order/list.ts",
    "db.md",
    "packages/auth/tsconfig.json",
    "packages/auth/vitest.config.ts",
  ])("%s is not sensitive", (path) => {
    expect(classified(path, edited).categories).toEqual([]);
  });
});

test("tests are edited freely, and deleting them takes a guard away", () => {
  const path = "src/lib/auth/session.test.ts";

  expect(classified(path, edited).categories).toEqual([]);
  expect(classified(path, { before: "one\n", after: null }).categories).toEqual(
    ["auth"],
  );
});

test("code that moves away stays sensitive under its old name", () => {
  const file = classified("src/misc/a.ts", {
    before: "one\n",
    after: "one\n",
    was: "src/lib/auth/session.ts",
  });

  expect(file.categories).toEqual(["auth"]);
  expect(file.hits).toEqual([
    expect.objectContaining({
      path: "src/lib/auth/session.ts",
      isBefore: true,
    }),
  ]);
});

test("a control file that moves away stays one", () => {
  const file = classified("old/ci.txt", {
    before: "one\n",
    after: "one\n",
    was: ".github/workflows/ci.yml",
  });

  expect(file.categories).toEqual(["control"]);
});

test("the configuration adds paths, and its ignores take others out", () => {
  const policy = {
    sensitivePaths: { payment: ["src/shop/**"] },
    ignoredPaths: ["src/auth/legacy/**"],
  };

  expect(classified("src/shop/a.ts", edited, {}, policy).hits).toEqual([
    {
      category: "payment",
      path: "src/shop/a.ts",
      line: 1,
      isBefore: false,
      signal: "the configuration",
    },
  ]);
  expect(
    classified("src/auth/legacy/a.ts", edited, {}, policy).categories,
  ).toEqual([]);
});

test("every hit says where and why", () => {
  const file = classified("src/auth/a.ts", {
    before: "one\ntwo\n",
    after: "one\nthree\n",
  });

  expect(file.hits).toEqual([
    {
      category: "auth",
      path: "src/auth/a.ts",
      line: 2,
      isBefore: false,
      signal: 'the folder "auth"',
    },
  ]);
});
