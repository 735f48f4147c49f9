import { expect, test } from "@jest/globals";
import { completeDeletion } from "#checks/data/complete-deletion/check.js";
import { buildProject } from "#model/build-project.js";
import { dataReceivers } from "#model/data-receivers.js";
import { aSnapshot } from "#support/a-snapshot.js";

/** `rule (confidence): message`, one a finding, of an endpoint that runs some code. */
function findingsOf(code: string): string[] {
  const text = `import OpenAI from "openai";
const client = new OpenAI({ baseURL: "https://openrouter.ai/api/v1" });
const ask = (content: string) => client.chat.completions.create({ model: "m", max_tokens: 9, messages: [{ role: "user", content }] });
export async function POST(req: Request) {
  const { prompt, transcript, email } = await req.json();
  ${code}
  return Response.json({});
}`;
  const snapshot = aSnapshot({ files: { "app/api/ask/route.ts": text } });
  const outcome = completeDeletion.evaluate(
    buildProject(snapshot, { checks: [completeDeletion] }),
  );
  return outcome.status === "broken"
    ? outcome.findings.map(
        ({ rule, confidence, message }) =>
          `${rule} (${confidence}): ${message.slice(0, 60)}`,
      )
    : [];
}

const model = (content: string) =>
  `await client.chat.completions.create({ model: "m", max_tokens: 9, messages: [{ role: "user", content: ${content} }] });`;

test.each([
  [
    "console.log(prompt);",
    "personal-data-in-logs (possible): The server's log gets prompt, and no deletion reaches a log.",
  ],
  [
    "console.log(transcript);",
    "personal-data-in-logs (likely): The server's log gets transcript, and no deletion reaches a ",
  ],
  [
    "console.log(prompt); console.log(email);",
    "personal-data-in-logs (likely): The server's logs get personal data in 2 places: email and p",
  ],
  [
    model("prompt"),
    "model-may-train (possible): What people write may go to OpenRouter: it may route to prov",
  ],
  [
    model("transcript"),
    "model-may-train (likely): Personal data goes to OpenRouter: it may route to providers ",
  ],
])(
  "a text that was put together is only possibly personal: %s",
  (code, said) => {
    expect(findingsOf(code)).toEqual([said]);
  },
);

/** What is sent to a vendor, and what asks it to forget: the package, its client, the calls. */
const vendors: readonly (readonly [string, string, string])[] = [
  [
    "posthog-node",
    'identify({ distinctId: "1", email: user.email })',
    "PostHog",
  ],
  [
    "@segment/analytics-node",
    'identify({ userId: "1", traits: { email: user.email } })',
    "Segment",
  ],
  ["mixpanel", 'track("in", { email: user.email })', "Mixpanel"],
  [
    "@amplitude/analytics-node",
    'track("in", { email: user.email })',
    "Amplitude",
  ],
  [
    "@rudderstack/rudder-sdk-node",
    "identify({ traits: { email: user.email } })",
    "RudderStack",
  ],
  ["@sentry/node", "setUser({ email: user.email })", "Sentry"],
  ["@bugsnag/js", "addMetadata({ email: user.email })", "Bugsnag"],
  ["rollbar", "configure({ payload: { email: user.email } })", "Rollbar"],
  ["intercom-client", "contacts.create({ email: user.email })", "Intercom"],
  [
    "@hubspot/api-client",
    "crm.contacts.basicApi.create({ email: user.email })",
    "HubSpot",
  ],
  [
    "@mailchimp/mailchimp_marketing",
    "lists.addListMember({ email_address: user.email })",
    "Mailchimp",
  ],
  ["@getbrevo/brevo", "contacts.createContact({ email: user.email })", "Brevo"],
  ["loops", "createContact({ email: user.email })", "Loops"],
  ["resend", "contacts.create({ email: user.email })", "Resend"],
];

function toldIn(name: string, told: string, forgets: string): string[] {
  const files = {
    "package.json": "{}",
    "src/vendor.ts": `import Vendor from "${name}";
export const vendor = new Vendor("key");
export function tell(user: { email: string }) {
  vendor.${told};
}`,
    "src/server.ts": `import express from "express";
import { prisma } from "./db.js";
import { tell, vendor } from "./vendor.js";
const app = express();
app.post("/login", (req, res) => { tell(req.user); res.end(); });
app.delete("/account", async (req, res) => {
  ${forgets}
  await prisma.user.delete({ where: { id: req.user.id } });
  res.end();
});`,
    "src/db.ts":
      'import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient();',
  };
  const outcome = completeDeletion.evaluate(
    buildProject(aSnapshot({ files }), { checks: [completeDeletion] }),
  );
  return outcome.status === "broken"
    ? outcome.findings.map(({ message }) => message)
    : [];
}

test.each(vendors)(
  "%s keeps what it is told until it is asked to forget",
  (name, told, vendor) => {
    expect(toldIn(name, told, "")).toEqual([
      `${vendor} is told who a person is, and no deletion asks to forget it.`,
    ]);
    expect(toldIn(name, told, "await vendor.deleteUser(req.user.id);")).toEqual(
      [],
    );
  },
);

test("each sort of vendor is among them", () => {
  const kinds = new Map(dataReceivers.map((one) => [one.vendor, one.kind]));

  expect(
    new Set(vendors.map(([, , vendor]) => kinds.get(vendor) ?? "mail")),
  ).toEqual(new Set(["analytics", "errors", "contacts", "mail"]));
});
