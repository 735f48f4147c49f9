import { generateKeyPairSync, randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { createLog } from "#server/log.js";
import { redact } from "#server/redact.js";
import { Secret } from "#server/secret.js";

const random = (length: number): string =>
  randomBytes(length).toString("hex").slice(0, length);
const jwt = ["eyJhbGciOiJSUzI1NiJ9", "eyJpc3MiOiIxIn0", random(40)].join(".");
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const credentials: readonly (readonly [string, string])[] = [
  ["an installation token", ["ghs", random(36)].join("_")],
  ["a long installation token", ["ghs", "12345", jwt].join("_")],
  ["a classic personal token", ["ghp", random(36)].join("_")],
  ["a refresh token", ["ghr", random(76)].join("_")],
  ["a fine-grained token", ["github", "pat", random(22), random(59)].join("_")],
  ["an old installation token", ["v1", random(40)].join(".")],
  ["an app's token", jwt],
  ["a header", `Bearer ${random(30)}`],
  ["a signature", `sha256=${random(64)}`],
  ["a private key", privateKey],
];

describe("a text without credentials", () => {
  test.each(credentials)("%s is taken out", (_name, credential) => {
    const safe = redact(`before ${credential} after`);

    expect(safe).toContain("before ");
    expect(leaks(safe, credential)).toEqual([]);
  });

  test("ordinary text stays as it is", () => {
    const text = "The token of installation 42 was refreshed: 0123456789abcdef";
    expect(redact(text)).toBe(text);
  });

  test("a key that was cut off is taken out to the end", () => {
    expect(leaks(redact(privateKey.slice(0, 200)), privateKey)).toEqual([]);
  });
});

describe("the log", () => {
  function logged(write: (log: ReturnType<typeof createLog>) => void): string {
    let text = "";
    const own = [new Secret('an own secret with "quotes" in it, long enough')];
    const log = createLog("trace", own, {
      write: (line) => {
        text += line;
      },
    });
    write(log);
    return text;
  }

  test.each(credentials)(
    "%s never shows, in a message, a field or an error",
    (_name, credential) => {
      const text = logged((log) => {
        log.info(credential);
        log.info({ deep: { down: [credential] } }, "A field");
        log.error({ err: new Error("no", { cause: credential }) }, "Failed");
        log.error({ err: new Error(credential) }, "Failed");
      });

      expect(leaks(text, credential)).toEqual([]);
      for (const line of text.trim().split("\n"))
        expect(() => JSON.parse(line) as unknown).not.toThrow();
    },
  );

  test("our own secrets never show, whatever they look like", () => {
    const text = logged((log) => {
      log.info({ note: 'an own secret with "quotes" in it, long enough' });
    });

    expect(text).not.toContain("an own secret");
  });
});

/** Pieces of twelve characters of a credential that are still to be seen. */
function leaks(text: string, credential: string): string[] {
  const body = credential.replace(/-----[A-Z ]+-----/g, "").trim();
  const value = body.includes(" ") ? body.slice(body.indexOf(" ") + 1) : body;
  const pieces: string[] = [];
  for (let at = 0; at + 12 <= value.length; at += 12)
    pieces.push(value.slice(at, at + 12));
  return pieces.filter((piece) => text.includes(piece));
}
