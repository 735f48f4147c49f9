import { secretSort, wordsOf } from "./secret-names.js";

/** Vendors whose every key is money or a voice: none of them has a key for pages. */
const guardedVendors = new Set(
  "openai anthropic claude gemini groq mistral cohere deepseek openrouter perplexity replicate huggingface hf xai grok together elevenlabs deepgram assemblyai stability fal pinecone tavily serper firecrawl resend sendgrid mailgun postmark brevo sendinblue mailersend twilio telnyx telegram notion airtable github gitlab hubspot openrouterai lovable kimi moonshot qwen dashscope zhipu novita fireworks cerebras runpod suno heygen did synthesia apify serpapi".split(
    " ",
  ),
);

const databaseAddress =
  /(^|_)(DATABASE|DB|MONGO|MONGODB|POSTGRES|PG|REDIS|MYSQL)_(URL|URI|DSN|CONNECTION_STRING)$/;

/** Whether a name promises a secret that must never reach a page, so that a public prefix contradicts it. */
export function isServerOnly(name: string): boolean {
  const words = wordsOf(name);
  const has = (...wanted: string[]): boolean =>
    wanted.some((word) => words.includes(word));
  if (databaseAddress.test(name)) return true;
  if (
    has("public", "publishable", "anon", "site", "pk") ||
    /^(ENABLE|SHOW|HAS|USE|IS)_/.test(name)
  )
    return false;
  if (has("service") && has("role", "key")) return !has("worker", "map");
  if (/password_?hash$/i.test(name)) return true;
  const sort = secretSort(name);
  if (sort === undefined)
    return words.at(-1) === "sk" && !has("locale", "lang");
  if (sort === "password" || has("secret")) return true;
  if (sort !== "token" && sort !== "api-key") return true;
  return words.some((word) => guardedVendors.has(word)) || has("admin");
}
