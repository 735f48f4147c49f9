import type { UrlTarget } from "#model/url-origins.js";

/** Hosts whose credentials for browsers are public by design. */
export const publicHosts =
  /(?:^|\.)(?:supabase\.(?:co|in)|firebaseio\.com|firebasestorage\.googleapis\.com|firestore\.googleapis\.com|identitytoolkit\.googleapis\.com|securetoken\.googleapis\.com|fcmregistrations\.googleapis\.com|algolia\.net|algolianet\.com|posthog\.com|sentry\.io|mapbox\.com|maptiler\.com|emailjs\.com|web3forms\.com|formspree\.io|getform\.io|google-analytics\.com|segment\.(?:io|com)|mixpanel\.com|amplitude\.com|plausible\.io|recaptcha\.net|clerk\.(?:dev|com|accounts\.dev)|auth0\.com|convex\.(?:cloud|site)|pusher\.com|ably\.(?:io|com)|appwrite\.io|revenuecat\.com|giphy\.com|tenor\.com|tenor\.googleapis\.com|imgbb\.com|localhost|127\.0\.0\.1|0\.0\.0\.0|10\.0\.2\.2|sanity\.io|storyblok\.com|contentful\.com|datocms\.com|prismic\.io|unpkg\.com|jsdelivr\.net|infura\.io|alchemy\.com|ankr\.com|quicknode\.pro|walletconnect\.(?:com|org)|thirdweb\.com|stripe\.network|intercom\.io|crisp\.chat|launchdarkly\.com|statsig\.com|growthbook\.io|indexnow\.org|honeycomb\.io|web-push-codelab\.glitch\.me|ipinfo\.io|ipapi\.co|hcaptcha\.com)$/;

/** Hosts whose credentials open an account, a store of data or a wallet. */
export const secretHosts =
  /^(?:api\.(?:github|stripe|sendgrid|resend|brevo|mailgun|postmarkapp|hubapi|notion|airtable|linear|vercel|netlify|cloudflare|digitalocean|heroku|mercadopago|pagar|razorpay|asaas|cloudinary|telegram|openai|clerk|trello|intercom|pipedrive|monday|asana|cal|lemonsqueezy|paddle|flutterwave|paystack|xendit|midtrans|imgur|twilio|shipengine|easypost|convertkit|beehiiv|buttondown|pinecone|supabase)\.\w+(?:\.\w+)?|slack\.com|discord(?:app)?\.com|graph\.facebook\.com|[\w.-]+\.myshopify\.com|[\w.-]+\.atlassian\.net|api-m(?:\.sandbox)?\.paypal\.com|[\w.-]+\.pinecone\.io|[\w.-]+\.upstash\.io|[\w.-]+\.api\.mailchimp\.com|[\w.-]+\.cosmos\.azure\.com|data\.mongodb-api\.com|[\w.-]+\.weaviate\.network|gitlab\.com)$/;

/** A webhook by its address. */
export interface Webhook {
  readonly who: string;
  /** Whether whoever holds the address can write to people or rooms, not only start a flow. */
  readonly isSecret: boolean;
}

const hooks: readonly (Webhook & {
  readonly host: RegExp;
  readonly path?: RegExp;
})[] = [
  { who: "Slack", isSecret: true, host: /^hooks\.slack\.com$/ },
  {
    who: "Discord",
    isSecret: true,
    host: /^(?:\w+\.)?discord(?:app)?\.com$/,
    path: /^\/api\/(?:v\d+\/)?webhooks\//,
  },
  {
    who: "Telegram",
    isSecret: true,
    host: /^api\.telegram\.org$/,
    path: /^\/bot/,
  },
  {
    who: "Microsoft Teams",
    isSecret: true,
    host: /\.webhook\.office\.com$|^outlook\.office\.com$/,
  },
  { who: "Zapier", isSecret: false, host: /^hooks\.zapier\.com$/ },
  {
    who: "Make",
    isSecret: false,
    host: /^hook\.(?:\w+\.)?make\.com$|^hook\.integromat\.com$/,
  },
  {
    who: "n8n",
    isSecret: false,
    host: /n8n/,
    path: /^\/webhook(?:-test)?\//,
  },
  { who: "IFTTT", isSecret: false, host: /^maker\.ifttt\.com$/ },
  {
    who: "Pipedream",
    isSecret: false,
    host: /\.m\.pipedream\.net$/,
  },
];

/** The webhook that an address belongs to. */
export function webhookAt(target: UrlTarget): Webhook | undefined {
  if (target.kind === "setting")
    return /(?:N8N|ZAPIER|MAKE|SLACK|DISCORD|TEAMS)\w*(?:WEBHOOK|HOOK)|WEBHOOK_URL$/.test(
      target.setting,
    )
      ? {
          who: `an automation (${target.setting})`,
          isSecret: /SLACK|DISCORD|TEAMS/.test(target.setting),
        }
      : undefined;
  if (target.kind !== "absolute") return undefined;
  return hooks.find(
    ({ host, path }) =>
      host.test(target.host) && (path?.test(target.path) ?? true),
  );
}
