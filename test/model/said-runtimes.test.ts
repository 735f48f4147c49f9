import { describe, expect, test } from "@jest/globals";
import { defaultSettings, type Settings } from "#gate/settings.js";
import { byApp } from "#model/apps.js";
import { buildProject } from "#model/build-project.js";
import { runtimeOf } from "#model/runtimes.js";
import { isSingleTenant } from "#model/tenancy.js";
import { aSnapshot } from "#support/a-snapshot.js";

const sources: Readonly<Record<string, string>> = {
  "portal/call.ts": 'import { ask } from "./ask.js";\nask();\n',
  "portal/ask.ts": "export const ask = () => fetch('/x');\n",
  "engine/run.ts": "export const run = () => 1;\n",
  "portal/call.test.ts": "test('x', () => {});\n",
  "out/client.ts": "export const made = 1;\n",
};

function projectWith(settings: Partial<Settings>) {
  const snapshot = aSnapshot({ files: sources });
  return buildProject(snapshot, {
    checks: [],
    settings: { ...defaultSettings, ...settings },
  });
}

describe("what the configuration says of files", () => {
  test("decides where they run, and what they load with them", () => {
    const project = projectWith({
      clientPaths: ["portal/call.ts", "portal/*.test.ts"],
      serverPaths: ["engine/**"],
    });

    expect(runtimeOf(project, "portal/call.ts")).toBe("client");
    expect(runtimeOf(project, "portal/ask.ts")).toBe("client");
    expect(runtimeOf(project, "engine/run.ts")).toBe("server");
    expect(runtimeOf(project, "portal/call.test.ts")).toBe("test");
  });

  test("nothing said, nothing decided", () => {
    const project = projectWith({});

    expect(runtimeOf(project, "portal/call.ts")).toBe("shared");
    expect(runtimeOf(project, "engine/run.ts")).toBe("shared");
  });

  test("a generated file is read as one", () => {
    const project = projectWith({ generatedPaths: ["out/**"] });

    expect(project.files.get("out/client.ts")).toMatchObject({
      kind: "generated",
    });
    expect(project.files.get("out/client.ts")?.code).toBeUndefined();
    expect(runtimeOf(project, "out/client.ts")).toBe("generated");
  });

  test("tenancy may differ from app to app", () => {
    const project = projectWith({
      projects: [{ name: "portal", paths: ["portal/**"], tenancy: "single" }],
    });

    expect(isSingleTenant(project, "portal/ask.ts")).toBe(true);
    expect(isSingleTenant(project, "engine/run.ts")).toBe(false);
  });

  test("files are sorted by app", () => {
    const project = projectWith({
      projects: [{ name: "portal", paths: ["portal/**"] }],
    });

    const sorted = byApp(project, [
      { path: "portal/ask.ts" },
      { path: "engine/run.ts" },
    ]);

    expect([...sorted.keys()]).toEqual(["portal", undefined]);
  });
});
