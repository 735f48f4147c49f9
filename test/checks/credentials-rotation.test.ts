import { expect, test } from "@jest/globals";
import { credentials } from "#checks/secrets/credentials/check.js";
import { keyFormats } from "#checks/secrets/credentials/provider-keys.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { generateSecret, type secretKinds } from "#support/secret-samples.js";

/** Kinds by the words that name their provider in a sentence. */
const byKind = new Map(keyFormats.map((format) => [format.kind, format]));
const kinds = [...byKind.keys()];

/** Providers that are called otherwise where their keys are replaced. */
const calledOtherwise: Readonly<Record<string, RegExp>> = {
  "anthropic-session": /claude\.ai/,
  "webhook-secret": /sender's dashboard.*Stripe.*Clerk/,
  "google-refresh-token": /myaccount\.google\.com/,
  "google-access-token": /myaccount\.google\.com/,
  "one-password": /1Password/,
  "hugging-face": /huggingface\.co/,
  "new-relic": /newrelic/,
  "mercado-pago": /Mercado Pago/,
  "slack-webhook": /slack\.com/,
  "teams-webhook": /Microsoft Teams/,
  "google-chat-webhook": /Google Chat/,
  instagram: /facebook\.com.*Instagram/,
  meta: /facebook\.com/,
  square: /squareup\.com/,
  artifactory: /JFrog/,
  bedrock: /Amazon Bedrock/,
  xai: /x\.ai/,
  langsmith: /smith\.langchain\.com/,
  frameio: /frame\.io/,
};

test.each(kinds)("%s is replaced where its own provider says", (kind) => {
  const rotate = byKind.get(kind)?.rotate ?? "";
  const provider = kind.split("-")[0] ?? kind;

  expect(rotate).toMatch(calledOtherwise[kind] ?? new RegExp(provider, "i"));
  // A place to go to within it, or what to do there.
  expect(rotate).toMatch(/ > | \(/);
  expect(rotate).not.toMatch(
    /^the (?:provider|product|cloud|payment|registry|monitoring)/,
  );
});

test("no two providers share a sentence", () => {
  const providers = new Map<string, Set<string>>();
  for (const { kind, rotate } of keyFormats)
    providers.set(
      rotate,
      (providers.get(rotate) ?? new Set()).add(kind.split("-")[0] ?? kind),
    );

  expect(
    [...providers].filter(([, names]) => names.size > 1).map(([text]) => text),
  ).toEqual([]);
});

function fixFor(path: string, text: string): readonly string[] {
  const project = buildProject(aSnapshot({ files: { [path]: text } }), {
    checks: [credentials],
  });
  const outcome = credentials.evaluate(project);
  return outcome.status === "broken"
    ? outcome.findings.map(({ fix }) => fix)
    : [];
}

type Kind = (typeof secretKinds)[number];

test.each<[Kind, string]>([
  ["openai", "platform.openai.com > API keys"],
  ["stripe-live", "Stripe dashboard > Developers > API keys (roll the key)"],
  ["aws-access-key", "then deactivate and delete this one"],
  ["neon", "console.neon.tech"],
  ["pypi", "pypi.org > Account settings > API tokens"],
  ["posthog", "PostHog > Settings > Personal API keys"],
  ["telegram-bot", "@BotFather > /revoke"],
  ["discord-bot", "Reset token"],
  ["mailchimp", "Mailchimp > Account > Extras > API keys"],
  ["supabase-service-role", "Supabase dashboard > Project Settings > API keys"],
  ["postgres-url", "the database (new password for that user)"],
  ["private-key", "wherever its public half is installed"],
])("the finding of %s says so", (kind, place) => {
  const text = `export const value = ${JSON.stringify(generateSecret(kind))};\n`;

  expect(fixFor("src/settings.ts", text).join("\n")).toContain(place);
});

test.each([
  ["RESEND_API_KEY", "resend.com > API Keys"],
  ["AWS_SECRET_ACCESS_KEY", "AWS console > IAM"],
  ["CLAUDE_API_KEY", "console.anthropic.com"],
  // Only the name tells whose it is, so no more than that is said.
  ["DEEPGRAM_API_KEY", "the deepgram dashboard > API keys"],
])("a random value under the name %s is replaced at %s", (name, place) => {
  const text = `${name}=${generateSecret("random-hex")}\n`;

  expect(fixFor("notes/setup.txt", text).join("\n")).toContain(place);
});
