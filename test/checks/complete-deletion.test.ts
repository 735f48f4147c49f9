import { expect, test } from "@jest/globals";
import { completeDeletion } from "#checks/data/complete-deletion/check.js";
import { buildProject } from "#model/build-project.js";
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
