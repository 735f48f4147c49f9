import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalRepository } from "#support/local-repository.js";
import {
  filesCase,
  type HostileCase,
  type HostileTools,
} from "./hostile-case.js";

/** Repositories whose names, links and git metadata are made to mislead or to run something. */
export const hostileFolders: readonly HostileCase[] = [
  ...names(),
  ...links(),
  ...metadata(),
  ...histories(),
  ...references(),
];

function names(): HostileCase[] {
  const innocent = "export const a = 1;\n";
  const named = (name: string, paths: readonly string[]) =>
    filesCase(`names: ${name}`, ({ secret }) =>
      Object.fromEntries(
        paths.map((path) => [path, `${innocent}const key = "${secret()}";\n`]),
      ),
    );
  return [
    named("markup", [
      "a\n# b.ts",
      "<img src=x onerror=alert(1)>.ts",
      "[click](https:evil).ts",
      "`code`|cell.ts",
      "@octocat #1.ts",
      "<!-- -->.ts",
    ]),
    named("that steer terminals and runners", [
      "\u001b[2J\u001b]0;x\u0007.ts",
      "::error file=a::b.ts",
      "##[command]a.ts",
      "\u202etxt.ts",
      "a\rb.ts",
      "\u009b31m.ts",
    ]),
    named("for shells and git", [
      "-n.ts",
      "--output=x.ts",
      ":(glob)**.ts",
      "*.ts",
      "$(touch ran).ts",
      "`touch ran`.ts",
      '"quoted".ts',
      "'.ts",
      "a\\b.ts",
      " .ts",
      "{a,b}.ts",
      "!a.ts",
    ]),
    named("of every object", [
      "__proto__",
      "__proto__.ts",
      "constructor.ts",
      "toString/hasOwnProperty.ts",
    ]),
    named("that look alike", ["A.ts", "a.ts", "\u00e9.ts", "e\u0301.ts"]),
    {
      name: "names: that are no text",
      build: ({ folder }) => {
        const path = Buffer.from(`${folder}/\xff\xfe.ts`, "latin1");
        writeFileSync(path, innocent);
      },
      look: "check",
    },
    filesCase("names: that are secrets", ({ secret }) => ({
      [`${secret()}.ts`]: innocent,
      [`${secret()}/a.ts`]: innocent,
    })),
  ];
}

function links(): HostileCase[] {
  const linked = (
    name: string,
    targets: (tools: HostileTools) => Readonly<Record<string, string>>,
  ): HostileCase => ({
    name: `git: ${name}`,
    build: ({ folder }, tools) => {
      for (const [path, target] of Object.entries(targets(tools)))
        symlinkSync(target, join(folder, path));
    },
    look: "check",
  });
  return [
    linked("links out of the repository", ({ outside }) => ({
      "out.ts": join(outside, "secret.ts"),
      folder: outside,
      "up.ts": "../../../../../../etc/passwd",
      ".vibegate.yml": "/etc/passwd",
      "tsconfig.json": "/etc/passwd",
    })),
    linked("links to devices", () => ({
      "zero.ts": "/dev/zero",
      "random.env": "/dev/urandom",
      "tty.json": "/dev/tty",
    })),
    linked("links in circles", () => ({
      "a.ts": "b.ts",
      "b.ts": "a.ts",
      self: ".",
      deep: "self/self/self/deep",
    })),
    {
      name: "git: pipes where files were",
      build: ({ folder }) => {
        for (const name of ["readme.md", "pipe.ts", ".env"]) {
          rmSync(join(folder, name), { force: true });
          execFileSync("mkfifo", [join(folder, name)]);
        }
      },
    },
    {
      name: "git: a folder that was swapped for a link",
      build: (repository, { outside }) => {
        repository.commit({ "lib/secret.ts": "export const a = 1;\n" });
        rmSync(join(repository.folder, "lib"), { recursive: true });
        symlinkSync(outside, join(repository.folder, "lib"));
      },
    },
  ];
}

function metadata(): HostileCase[] {
  return [
    {
      name: "git: a configuration full of programs",
      build: ({ folder }, { canary }) => {
        const config = [
          `[core]\n\tfsmonitor = ${canary}\n\thooksPath = ${folder}/hooks\n\tpager = ${canary}\n\tsshCommand = ${canary}\n\teditor = ${canary}\n\tgitProxy = ${canary}\n\talternateRefsCommand = ${canary}`,
          `[diff]\n\texternal = ${canary}\n[diff "x"]\n\ttextconv = ${canary}\n\tcommand = ${canary}`,
          `[filter "x"]\n\tclean = ${canary}\n\tsmudge = ${canary}\n\tprocess = ${canary}\n\trequired = true`,
          `[alias]\n\tls-tree = !${canary}\n\tls-files = !${canary}\n\tcat-file = !${canary}\n\trev-parse = !${canary}`,
          `[include]\n\tpath = /dev/zero-no-such\n[credential]\n\thelper = ${canary}\n[uploadpack]\n\tpackObjectsHook = ${canary}`,
        ].join("\n");
        const path = join(folder, ".git/config");
        writeFileSync(path, `${config}\n`, { flag: "a" });
        writeFileSync(join(folder, ".gitattributes"), "* filter=x diff=x\n");
        mkdirSync(join(folder, "hooks"));
      },
    },
    {
      name: "git: a folder that looks like a bare repository",
      build: (repository, { canary }) => {
        repository.write({
          "fake/HEAD": "ref: refs/heads/main\n",
          "fake/config": `[core]\n\tbare = true\n\tfsmonitor = ${canary}\n`,
          "fake/objects/info/alternates": "/etc\n",
          "fake/refs/heads/main": `${"0".repeat(40)}\n`,
          "fake/hooks/post-index-change": `#!/bin/sh\n${canary}\n`,
        });
      },
      look: "check",
    },
    {
      name: "git: a submodule that wants to be updated by a program",
      build: (repository, { canary }) => {
        repository.write({
          ".gitmodules": `[submodule "a"]\n\tpath = sub\n\turl = ext::${canary}\n\tupdate = !${canary}\n\tignore = none\n`,
        });
        const link = `160000,${"1".repeat(40)},sub`;
        repository.git("update-index", "--add", "--cacheinfo", link);
      },
    },
    filesCase(
      "git: attributes that hide files",
      ({ secret }) => ({
        ".gitattributes":
          "* -diff binary export-ignore linguist-generated\nhidden.ts -text filter=x\n",
        "hidden.ts": `export const key = "${secret()}";\n`,
      }),
      "check",
    ),
    {
      name: "git: names that no work tree can have",
      build: (repository) => {
        const blob = repository.gitWithInput(
          "evil\n",
          "hash-object",
          "-w",
          "--stdin",
        );
        const inner = repository.gitWithInput(
          `100644 blob ${blob}\tconfig\n`,
          "mktree",
        );
        const head = repository.git("ls-tree", "HEAD");
        const lines = [
          `040000 tree ${inner}\t.git`,
          `040000 tree ${inner}\t..`,
          `100644 blob ${blob}\tCON.ts`,
          head,
        ];
        const tree = repository.gitWithInput(`${lines.join("\n")}\n`, "mktree");
        const commit = repository.git(
          "commit-tree",
          "-p",
          "HEAD",
          "-m",
          "evil",
          tree,
        );
        repository.git("update-ref", "refs/heads/evil", commit);
      },
      look: ["check", "--base", "main", "--head", "evil"],
      hidesPlanted: true,
    },
    filesCase(
      "git: pointers of Git LFS",
      () => ({
        "a.ts": `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 12\n`,
        ".lfsconfig": "[lfs]\n\turl = https://evil.example\n",
      }),
      "check",
    ),
  ];
}

function histories(): HostileCase[] {
  return [
    {
      name: "git: no repository",
      build: ({ folder }) => {
        rmSync(join(folder, ".git"), { recursive: true });
      },
    },
    {
      name: "git: no commits",
      build: (repository) => {
        rmSync(join(repository.folder, ".git"), { recursive: true });
        repository.git("init", "-q");
      },
    },
    {
      name: "git: objects that are gone",
      build: (repository) => {
        repository.commit({ "a.ts": "export const a = 1;\n" });
        const id = repository.git("rev-parse", "HEAD:a.ts");
        removeObject(repository, id);
        repository.write({ "a.ts": "export const a = 2;\n" });
      },
    },
    {
      name: "git: an object that is not what it says",
      build: (repository) => {
        repository.commit({ "a.ts": "export const a = 1;\n" });
        const id = repository.git("rev-parse", "HEAD:a.ts");
        const path = removeObject(repository, id);
        writeFileSync(path, "garbage");
        repository.git("checkout", "-q", "-b", "broken");
      },
    },
    {
      name: "git: an index of garbage",
      build: ({ folder }) => {
        writeFileSync(join(folder, ".git/index"), "garbage");
      },
      isRefused: true,
    },
    {
      name: "git: a secret that came and went within the change",
      build: (repository, { secret }) => {
        repository.git("checkout", "-q", "-b", "secretive");
        repository.commit({ "a.ts": `export const key = "${secret()}";\n` });
        repository.commit({ "a.ts": "export const key = env.KEY;\n" });
      },
      look: "check",
    },
    {
      name: "git: no common history",
      build: (repository) => {
        repository.git("checkout", "-q", "--orphan", "island");
      },
      look: "check",
    },
  ];
}

function removeObject({ folder }: LocalRepository, id: string): string {
  const path = join(folder, ".git/objects", id.slice(0, 2), id.slice(2));
  rmSync(path, { force: true });
  return path;
}

function references(): HostileCase[] {
  const refused = [
    "--output=ran",
    "-n",
    "--upload-pack=touch ran",
    "main\u0000x",
    "main..HEAD --all",
    ":/",
    "HEAD^{/(a+)+$}",
    "@{-1}",
    "",
  ];
  return [
    ...refused.map((base): HostileCase => ({
      name: `git: the base ${JSON.stringify(base)}`,
      build: () => undefined,
      look: ["check", `--base=${base.replace("\u0000", "\u0001")}`],
      isRefused: true,
    })),
    {
      name: "git: branches named like commands",
      build: (repository) => {
        repository.git("branch", "$(touch${IFS}ran);`id`", "main");
      },
      look: ["check", "--base", "$(touch${IFS}ran);`id`"],
    },
  ];
}
