import { describe, expect, test } from "@jest/globals";
import { classified, type Edit } from "./a-change.js";

describe("package.json", () => {
  test.each([
    [
      "a payment SDK added",
      manifest({}),
      manifest({ stripe: "1.0.0" }),
      ["payment"],
    ],
    [
      "an auth SDK removed",
      manifest({ "next-auth": "4.0.0" }),
      manifest({}),
      ["auth"],
    ],
    [
      "a data client in another version",
      manifest({ pg: "8.0.0" }),
      manifest({ pg: "8.1.0" }),
      ["data"],
    ],
    [
      "an override of one",
      manifest({}),
      '{"overrides":{"jose":"1.0.0"}}\n',
      ["auth"],
    ],
    [
      "a resolution of one below another",
      "{}\n",
      '{"pnpm":{},"resolutions":{"jose@^4":"1.0.0"}}\n',
      ["auth"],
    ],
    [
      "an install script",
      scripts({}),
      scripts({ postinstall: "node x.js" }),
      ["control"],
    ],
    [
      "a changed prepare script",
      scripts({ prepare: "a" }),
      scripts({ prepare: "b" }),
      ["control"],
    ],
    ["a manifest that no longer parses", manifest({}), "{ broken", ["control"]],
  ] as const)("%s counts", (_, before, after, categories) => {
    const file = classified("apps/web/package.json", { before, after });

    expect(file.categories).toEqual(categories);
  });

  test.each([
    [
      "another package",
      manifest({ react: "18.0.0" }),
      manifest({ react: "19.0.0" }),
    ],
    [
      "its own version",
      '{"version":"1.0.0","dependencies":{"stripe":"1.0.0"}}\n',
      '{"version":"1.0.1","dependencies":{"stripe":"1.0.0"}}\n',
    ],
    ["a script that people run", scripts({ dev: "a" }), scripts({ dev: "b" })],
    [
      "the order of the packages",
      '{"dependencies":{"pg":"1.0.0","a":"1.0.0"}}\n',
      '{"dependencies":{"a":"1.0.0","pg":"1.0.0"}}\n',
    ],
  ])("%s does not count", (_, before, after) => {
    const file = classified("package.json", { before, after });

    expect(file.categories).toEqual([]);
  });

  test("ignoring it does not hide an install script", () => {
    const edit: Edit = {
      before: scripts({}),
      after: scripts({ install: "x" }),
    };

    const file = classified("package.json", edit, {}, { ignoredPaths: ["**"] });

    expect(file.categories).toEqual(["control"]);
  });
});

describe("lock files", () => {
  test.each([
    ["package-lock.json", npmLock],
    ["yarn.lock", yarnLock],
    ["pnpm-lock.yaml", pnpmLock],
    ["bun.lock", bunLock],
  ] as const)(
    "%s counts for what a watched package resolves to",
    (path, lock) => {
      const edit = (before: string, after: string) =>
        classified(path, { before, after });

      expect(
        edit(lock("8.0.0", "1.0.0"), lock("8.1.0", "1.0.0")).categories,
      ).toEqual(["data"]);
      expect(
        edit(lock("8.0.0", "1.0.0"), lock("8.0.0", "1.1.0")).categories,
      ).toEqual([]);
    },
  );

  test("another checksum of the same version counts", () => {
    const before = npmLock("8.0.0", "1.0.0");

    const file = classified("package-lock.json", {
      before,
      after: before.replace("sha-8.0.0", "sha-other"),
    });

    expect(file.categories).toEqual(["data"]);
  });

  test("other peers beside the same version do not count", () => {
    const lock = (peer: string) =>
      `snapshots:\n\n  typeorm@0.3.0(pg@${peer}):\n    dependencies:\n      a: 1.0.0\n`;

    const file = classified("pnpm-lock.yaml", {
      before: lock("8.0.0"),
      after: lock("8.1.0"),
    });

    expect(file.categories).toEqual([]);
  });

  test("a range that some other package asks for pins nothing", () => {
    const lock = (range: string) =>
      `{\n  "packages": {\n    "node_modules/left": {\n      "version": "1.0.0",\n      "dependencies": {\n        "pg": "${range}"\n      }\n    }\n  }\n}\n`;

    const file = classified("package-lock.json", {
      before: lock("^7"),
      after: lock("^8"),
    });

    expect(file.categories).toEqual([]);
  });
});

test.each([
  [
    "requirements.txt",
    "django==4.0\n",
    "django==4.0\nstripe==5.0\n",
    ["payment"],
  ],
  ["pyproject.toml", "[a]\nx = 1\n", "[a]\nx = 1\npyjwt = '^2'\n", ["auth"]],
  [
    "go.mod",
    "module a\n",
    "module a\nrequire github.com/jackc/pgx/v5 v5.0.0\n",
    ["data"],
  ],
  ["Gemfile", "gem 'devise', '4.0'\n", "gem 'devise', '4.1'\n", ["auth"]],
  ["Gemfile", "gem 'rake', '4.0'\n", "gem 'rake', '4.1'\n", []],
])("%s counts for watched packages", (path, before, after, categories) => {
  expect(classified(path, { before, after }).categories).toEqual(categories);
});

function manifest(dependencies: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name: "a", dependencies }, null, 2)}\n`;
}

function scripts(some: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name: "a", scripts: some }, null, 2)}\n`;
}

function npmLock(pg: string, left: string): string {
  const entry = (version: string) => ({ version, integrity: `sha-${version}` });
  return `${JSON.stringify(
    {
      lockfileVersion: 3,
      packages: {
        "node_modules/pg": entry(pg),
        "node_modules/left": { ...entry(left), dependencies: { pg: "^8" } },
      },
    },
    null,
    2,
  )}\n`;
}

function yarnLock(pg: string, left: string): string {
  return `left@^1:\n  version "${left}"\n  resolved "https://r/left-${left}.tgz"\n\npg@^8:\n  version "${pg}"\n  resolved "https://r/pg-${pg}.tgz"\n`;
}

function pnpmLock(pg: string, left: string): string {
  return `packages:\n\n  left@${left}:\n    resolution: {integrity: sha-${left}}\n\n  pg@${pg}:\n    resolution: {integrity: sha-${pg}}\n`;
}

function bunLock(pg: string, left: string): string {
  return `{\n  "packages": {\n    "left": ["left@${left}", "", {}, "sha-${left}"],\n    "pg": ["pg@${pg}", "", {}, "sha-${pg}"],\n  }\n}\n`;
}
