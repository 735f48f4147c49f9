import { keysOf } from "../key-format.js";

/** Keys that send mail, messages and calls in their owner's name. */
export const messageKeys = [
  ...keysOf("resend.com > API Keys", [
    [
      "resend",
      "a Resend API key",
      "re_",
      /[A-Za-z0-9]{6,12}_[A-Za-z0-9]{18,32}/y,
    ],
  ]),
  ...keysOf("SendGrid > Settings > API Keys", [
    ["sendgrid", "a SendGrid API key", "SG.", /[\w-]{16,32}\.[\w-]{16,64}/y],
  ]),
  ...keysOf("Mailgun > Account > API security", [
    ["mailgun", "a Mailgun API key", "key-", /[a-f0-9]{32}/y, { loose: true }],
  ]),
  ...keysOf("Brevo > SMTP & API > API keys", [
    ["brevo", "a Brevo API key", "xkeysib-", /[a-f0-9]{64}-[A-Za-z0-9]{16}/y],
    ["brevo", "a Brevo SMTP key", "xsmtpsib-", /[a-f0-9]{64}-[A-Za-z0-9]{16}/y],
  ]),
  ...keysOf("Twilio console > Account > API keys & tokens", [
    ["twilio", "a Twilio API key", "SK", /[a-f0-9]{32}/y, { loose: true }],
  ]),
  ...keysOf("api.slack.com/apps > OAuth & Permissions (revoke and reinstall)", [
    ["slack", "a Slack bot token", "xoxb-", /[A-Za-z0-9-]{20,160}/y],
    ["slack", "a Slack user token", "xoxp-", /[A-Za-z0-9-]{20,160}/y],
    ["slack", "a Slack token", "xoxa-", /[A-Za-z0-9-]{20,160}/y],
    ["slack", "a Slack token", "xoxo-", /[A-Za-z0-9-]{20,160}/y],
    ["slack", "a Slack refresh token", "xoxr-", /[A-Za-z0-9-]{20,160}/y],
    ["slack", "a Slack token", "xoxs-", /[A-Za-z0-9-]{20,160}/y],
    [
      "slack",
      "a Slack configuration token",
      "xoxe",
      /[.-](?:xox[bp]-)?\d-[A-Za-z0-9-]{100,200}/y,
    ],
    [
      "slack",
      "a Slack app token",
      "xapp-",
      /\d-[A-Za-z0-9]{8,16}-\d{8,16}-[a-f0-9]{40,80}/y,
    ],
    ["slack", "a Slack app token", "xapp-", /[A-Za-z0-9-]{20,160}/y],
  ]),
  ...keysOf("api.slack.com/apps > Incoming Webhooks", [
    [
      "slack-webhook",
      "a Slack webhook address",
      "hooks.slack.com/services/",
      /T[A-Za-z0-9]{1,40}\/B[A-Za-z0-9]{1,40}\/[A-Za-z0-9]{10,40}/y,
    ],
    [
      "slack-webhook",
      "a Slack workflow webhook address",
      "hooks.slack.com/workflows/",
      /[A-Za-z0-9/]{20,100}/y,
    ],
    [
      "slack-webhook",
      "a Slack trigger webhook address",
      "hooks.slack.com/triggers/",
      /[A-Za-z0-9/]{20,100}/y,
    ],
  ]),
  ...keysOf("Discord > Server settings > Integrations > Webhooks", [
    [
      "discord-webhook",
      "a Discord webhook address",
      "discord.com/api/webhooks/",
      /\d{17,20}\/[\w-]{60,80}/y,
    ],
    [
      "discord-webhook",
      "a Discord webhook address",
      "discordapp.com/api/webhooks/",
      /\d{17,20}\/[\w-]{60,80}/y,
    ],
  ]),
  ...keysOf(
    {
      "teams-webhook":
        "Microsoft Teams > the channel > Connectors > Incoming Webhook (remove it, then add a new one)",
      "google-chat-webhook":
        "Google Chat > the space > Apps & integrations > Webhooks (delete it, then add a new one)",
    },
    [
      [
        "teams-webhook",
        "a Microsoft Teams webhook address",
        ".webhook.office.com/webhookb2/",
        /[a-f0-9-]{36}@[a-f0-9-]{36}\/IncomingWebhook\/[a-f0-9]{32}\/[a-f0-9-]{36}/y,
      ],
      [
        "google-chat-webhook",
        "a Google Chat webhook address",
        "chat.googleapis.com/v1/spaces/",
        /[\w-]{6,20}\/messages\?key=[\w-]{30,50}&token=[\w%-]{30,60}/y,
      ],
    ],
  ),
  ...keysOf("onesignal.com > Settings > Keys & IDs", [
    ["onesignal", "a OneSignal API key", "os_v2_app_", /[a-z0-9]{80,120}/y],
    [
      "onesignal",
      "a OneSignal organisation key",
      "os_v2_org_",
      /[a-z0-9]{80,120}/y,
    ],
  ]),
  ...keysOf(
    {
      instagram:
        "developers.facebook.com > your app > Instagram > API setup (generate a new token)",
      meta: "developers.facebook.com > your app > Access tokens (for a system user: Meta Business Suite > System users > revoke tokens)",
    },
    [
      [
        "instagram",
        "an Instagram access token",
        "IGAA",
        /[A-Za-z0-9]{80,300}/y,
      ],
      [
        "meta",
        "a Meta (Facebook, WhatsApp) access token",
        "EAA",
        /[A-Za-z0-9]{90,300}/y,
      ],
    ],
  ),
];
