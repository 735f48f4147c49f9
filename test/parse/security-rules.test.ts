import { describe, expect, test } from "@jest/globals";
import { parseRuleExpression } from "#parse/rule-expression.js";
import { ruleTokens } from "#parse/rule-tokens.js";
import { securityRules } from "#parse/security-rules.js";
import { processorMs } from "#support/processor-time.js";

describe("security rules", () => {
  test("give each match its whole path, with the lines of what it allows", () => {
    const rules = securityRules(`rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /users/{userId} {
      allow read, update: if request.auth.uid == userId; /* ; allow write; */
      match /notes/{note=**} { allow write }
    }
    allow get: if a == '}' // }
      || b
  }
}`);

    expect(rules?.service).toBe("firestore");
    expect(
      rules?.matches.map(({ path, allows }) => [
        path,
        allows.map(({ methods, line }) => [methods, line]),
      ]),
    ).toEqual([
      ["/databases/{database}/documents", [[["get"], 8]]],
      [
        "/databases/{database}/documents/users/{userId}",
        [[["read", "update"], 5]],
      ],
      [
        "/databases/{database}/documents/users/{userId}/notes/{note=**}",
        [[["write"], 6]],
      ],
    ]);
  });

  test("other files that end in .rules are none", () => {
    expect(securityRules('SUBSYSTEM=="usb", MODE="0666"')).toBeUndefined();
  });

  test("conditions are read by precedence", () => {
    const read = parseRuleExpression(
      ruleTokens("!a || b.c['d'] == null && f(x, [1, 'y'])"),
    );

    expect(read).toMatchObject({
      operator: "||",
      left: { kind: "not", of: { name: "a" } },
      right: {
        operator: "&&",
        left: {
          operator: "==",
          left: { name: "b.c.d" },
          right: { value: null },
        },
        right: { callee: "f" },
      },
    });
  });

  test.each(["(", "a ==", "a b", "[", "f(,", "/a/$(", "? :"])(
    "%s is no condition, and is not taken for one",
    (text) => {
      expect(parseRuleExpression(ruleTokens(text))).toEqual({
        kind: "unknown",
      });
    },
  );

  test.each([
    "((",
    "!(",
    "[",
    "match /a/{b} {",
    "allow read: if a || ",
    "function f() { return ",
    "/* ",
    "f(",
    "'",
    "a.b",
    "? ",
  ])("time grows no faster than the text: %s", (unit) => {
    const text = `service cloud.firestore { match /a { allow read: if ${unit.repeat(Math.floor(400_000 / unit.length))}`;
    const begin = processorMs();

    securityRules(text);

    expect(processorMs() - begin).toBeLessThan(3000);
  });
});
