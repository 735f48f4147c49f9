import { expect, test } from "@jest/globals";
import { serverSideAuthorization } from "#checks/identity/server-side-authorization/check.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot } from "#support/a-snapshot.js";

/** How sure the check is of an Express route that closes a chat for whoever asks. */
function confidenceBehind(middleware: string): string | undefined {
  const files = {
    "package.json": '{ "dependencies": { "express": "5.0.0" } }',
    "src/server.ts": `import express from "express";
import jwt from "jsonwebtoken";
import { prisma } from "./db";
const app = express();
function ${middleware}(req, res, next) {
  try {
    req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET);
  } catch {
    req.user = undefined;
  }
  next();
}
app.post("/chats/:id/end", ${middleware}, async (req, res) => {
  await prisma.chat.update({ where: { id: req.params.id }, data: { open: false } });
  res.json({ ok: true });
});
app.listen(3000);
`,
    "src/db.ts":
      'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  };
  const check = serverSideAuthorization;
  const outcome = check.evaluate(
    buildProject(aSnapshot({ files }), { checks: [check] }),
  );
  if (outcome.status !== "broken") return undefined;
  return outcome.findings.find(({ rule }) => rule === "open-mutation")
    ?.confidence;
}

test("an endpoint that lets guests in by the name of its middleware is only possibly open", () => {
  expect(confidenceBehind("optionalAuth")).toBe("possible");
});

test.each(["requireAuth", "rejectAnonymous", "blockGuests"])(
  "the same look-up under %s, which promises a guard, blocks",
  (middleware) => {
    expect(confidenceBehind(middleware)).toBe("likely");
  },
);
