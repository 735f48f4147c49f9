import { expect, test } from "@jest/globals";
import { buildProject } from "#model/build-project.js";
import { callsIn } from "#model/functions.js";
import { keyOrigin, worstOrigin } from "#model/key-origin.js";
import { publishedBy } from "#model/public-settings.js";
import { credentialsIn } from "#model/sent-credentials.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

/** Where the credentials of the calls of `send` in a file come from: kind and setting. */
function originsIn(files: Files, path = "src/a.ts"): string[] {
  const project = buildProject(aSnapshot({ files }), { checks: [] });
  const code = project.files.get(path)?.code;
  return (code?.functions ?? []).flatMap((within) =>
    callsIn(within)
      .filter(({ callee }) => /(?:^|\.)send$|^fetch$/.test(callee))
      .map(({ call }) => {
        const sent = credentialsIn(project, { path, value: call, within });
        const origin = worstOrigin(
          sent.flatMap((one) => keyOrigin(project, one) ?? []),
        );
        return [origin?.kind, origin?.setting].filter(Boolean).join(" ");
      }),
  );
}

test.each([
  [
    "a setting behind a constant",
    `const key = import.meta.env.VITE_KEY; send({ apiKey: key });`,
    "published VITE_KEY",
  ],
  [
    "a setting that stays on the server",
    `send({ apiKey: process.env.KEY });`,
    "hidden KEY",
  ],
  [
    "a fallback beside a setting",
    `send({ apiKey: process.env.KEY || "k3y0123456789abcdef" });`,
    "written",
  ],
  [
    "a header in a template",
    "send({ headers: { Authorization: `Bearer ${process.env.NEXT_PUBLIC_T}` } });",
    "published NEXT_PUBLIC_T",
  ],
  [
    "a parameter of the address",
    "fetch(`https://example.com/a?city=b&api_key=${import.meta.env.VITE_W}`);",
    "published VITE_W",
  ],
  [
    "a parameter, by what callers hand over",
    `function ask(key) { send({ apiKey: key }); } ask(process.env.EXPO_PUBLIC_K);`,
    "published EXPO_PUBLIC_K",
  ],
  [
    "a function that gives it",
    `function key() { return import.meta.env.VITE_K.trim(); } send({ apiKey: key() });`,
    "published VITE_K",
  ],
  [
    "what a person types",
    `function Form() { const [key] = useState(""); send({ apiKey: key }); }`,
    "person",
  ],
  [
    "what a person typed before",
    `send({ apiKey: localStorage.getItem("key") });`,
    "person",
  ],
  [
    "a token that a server gave",
    `async function f() { const { token } = await load(); send({ token }); }`,
    "unknown",
  ],
  ["no credential at all", `send({ model: "m", text: "hello" });`, ""],
  ["a stand-in", `send({ apiKey: "your-api-key-here-123" });`, ""],
])("tells %s", (_case, code, expected) => {
  expect(originsIn({ "src/a.ts": code })).toEqual([expected]);
});

test("follows a key through a constructor in another file and an Expo setting", () => {
  const origins = originsIn({
    "src/a.ts": `export class Client {
      constructor(private key: string) { this.key = key; }
      ask() { return send({ apiKey: this.key }); }
    }`,
    "src/b.ts": `import { Client } from "./a";
      import Constants from "expo-constants";
      export const client = new Client(Constants.expoConfig.extra.modelKey);`,
  });

  expect(origins).toEqual(["published modelKey"]);
});

test.each([
  ["vite.config.ts", `export default { define: { "process.env.KEY": "1" } };`],
  ["vite.config.ts", `export default { define: { "process.env": env } };`],
  ["next.config.js", `module.exports = { env: { KEY: process.env.KEY } };`],
  ["webpack.config.js", `new webpack.EnvironmentPlugin(["KEY"])`],
])("%s may publish a setting", (path, text) => {
  const project = buildProject(aSnapshot({ files: { [path]: text } }), {
    checks: [],
  });

  expect(publishedBy(project, "KEY")).toBe(path);
  expect(publishedBy(project, "REACT_APP_KEY")).toBe("prefix");
});

test("a setting that no bundler speaks of stays on the server", () => {
  const files = {
    "vite.config.ts": `export default { define: { "process.env.OTHER": "1" } };`,
    "next.config.js": `module.exports = { images: { domains: ["KEY"] } };`,
  };
  const project = buildProject(aSnapshot({ files }), { checks: [] });

  expect(publishedBy(project, "KEY")).toBeUndefined();
});
