/** What a service is that is sent data about people. */
export type ReceiverKind =
  "analytics" | "errors" | "contacts" | "payments" | "vectors" | "model";

/** A package that sends data to a service that keeps it. */
export interface DataReceiver {
  readonly name: RegExp;
  readonly vendor: string;
  readonly kind: ReceiverKind;
  /** Last name of the calls that send. */
  readonly sends: RegExp;
}

const tracks =
  /^(?:identify|identifyImmediate|track|capture|captureImmediate|alias|group|page|setPersonProperties|register|set|set_once|setUserId|setUserProperties|logEvent|event|publish|setUser|setUserVars|people)$/;
const reports =
  /^(?:setUser|setContext|setExtra|setExtras|setTag|setTags|captureException|captureMessage|captureEvent|addBreadcrumb|notify|addMetadata|identify|setUserVars|setUserID|addCustomAttributes|configure|error|warning|info|critical)$/;
const keeps =
  /^(?:create|update|upsert|createContact|updateContact|addListMember|setListMember|batchListMembers|createOrUpdate|identify|createSubscriber|subscribe|addSubscriber|createProfile|createOrUpdateProfile|basicApi|postMessage|sendEvent|add)$/;

/** Services that keep what they are told of a person, by the packages that reach them. */
export const dataReceivers: readonly DataReceiver[] = [
  one(/^posthog-(?:node|js|react-native)$/, "PostHog", "analytics", tracks),
  one(/^@segment\/analytics-|^analytics-node$/, "Segment", "analytics", tracks),
  one(/^mixpanel/, "Mixpanel", "analytics", tracks),
  one(/^@amplitude\//, "Amplitude", "analytics", tracks),
  one(/^@rudderstack\//, "RudderStack", "analytics", tracks),
  one(/^@june-so\//, "June", "analytics", tracks),
  one(/^@logsnag\//, "LogSnag", "analytics", tracks),
  one(/^react-ga4?$/, "Google Analytics", "analytics", tracks),
  one(/^@hotjar\/|^react-hotjar$/, "Hotjar", "analytics", tracks),
  one(/^@fullstory\//, "FullStory", "analytics", tracks),
  one(/^logrocket$/, "LogRocket", "analytics", tracks),
  one(/^@sentry\//, "Sentry", "errors", reports),
  one(/^@bugsnag\//, "Bugsnag", "errors", reports),
  one(/^rollbar$/, "Rollbar", "errors", reports),
  one(/^@highlight-run\//, "Highlight", "errors", reports),
  one(/^@datadog\/browser-/, "Datadog", "errors", reports),
  one(/^intercom-client$|^@intercom\//, "Intercom", "contacts", keeps),
  one(/^@hubspot\/api-client$/, "HubSpot", "contacts", keeps),
  one(/^loops$/, "Loops", "contacts", keeps),
  one(/^@mailchimp\//, "Mailchimp", "contacts", keeps),
  one(/^@getbrevo\/|^sib-api-v3-sdk$/, "Brevo", "contacts", keeps),
  one(/^klaviyo-api$/, "Klaviyo", "contacts", keeps),
  one(/^@mailerlite\//, "MailerLite", "contacts", keeps),
  one(/^customerio-node$/, "Customer.io", "contacts", keeps),
  one(/^crisp-api$/, "Crisp", "contacts", keeps),
  one(/^@novu\//, "Novu", "contacts", keeps),
  one(/^@knocklabs\/node$/, "Knock", "contacts", keeps),
  one(/^@pinecone-database\//, "Pinecone", "vectors", /^upsert\w*$/),
  one(/^@qdrant\//, "Qdrant", "vectors", /^upsert\w*$/),
  one(/^@upstash\/vector$/, "Upstash Vector", "vectors", /^upsert$/),
  one(/^chromadb$/, "Chroma", "vectors", /^(?:add|upsert)$/),
  one(/^weaviate-/, "Weaviate", "vectors", /^(?:insert|insertMany|creator)$/),
];

/** Mail services keep contacts only where asked to; a mail that is sent is no list. */
export const mailingLists: readonly (DataReceiver & {
  readonly way: RegExp;
})[] = [
  {
    ...one(/^resend$/, "Resend", "contacts", /^(?:create|update)$/),
    way: /\.contacts\.(?:create|update)$/,
  },
  {
    ...one(/^stripe$/, "Stripe", "payments", /^(?:create|update)$/),
    way: /\.customers\.(?:create|update)$/,
  },
];

/** Last names of calls that take a person out of a service again. */
export const forgets =
  /^(?:\$?del|delete\w*|remove\w*|erase\w*|forget\w*|purge\w*|unsubscribe\w*|archive\w*|suppress\w*|gdpr\w*|destroy\w*|permanent\w*)$/i;

function one(
  name: RegExp,
  vendor: string,
  kind: ReceiverKind,
  sends: RegExp,
): DataReceiver {
  return { name, vendor, kind, sends };
}
