import { keysOf } from "../key-format.js";

const stripeDashboard =
  "Stripe dashboard > Developers > API keys (roll the key)";

/** Keys of payment and commerce providers. */
export const paymentKeys = [
  ...keysOf(stripeDashboard, [
    [
      "stripe-live",
      "a Stripe live secret key",
      "sk_live_",
      /[A-Za-z0-9]{16,250}/y,
    ],
    [
      "stripe-live",
      "a Stripe live restricted key",
      "rk_live_",
      /[A-Za-z0-9]{16,250}/y,
    ],
    [
      "stripe-live",
      "a Stripe live secret key",
      "sk_prod_",
      /[A-Za-z0-9_-]{16,250}/y,
    ],
    [
      "stripe-test",
      "a Stripe test secret key",
      "sk_test_",
      /[A-Za-z0-9]{16,250}/y,
      { atMost: "advise" },
    ],
    [
      "stripe-test",
      "a Stripe test restricted key",
      "rk_test_",
      /[A-Za-z0-9]{16,250}/y,
      { atMost: "advise" },
    ],
  ]),
  ...keysOf(
    {
      "webhook-secret":
        "the sender's dashboard > Webhooks (in Stripe: Developers > Webhooks > the endpoint > roll the secret; in Clerk, Resend and others: Webhooks > the endpoint > Signing secret)",
    },
    [
      [
        "webhook-secret",
        "a webhook signing secret (Stripe, Svix)",
        "whsec_",
        /[A-Za-z0-9+/=]{24,80}/y,
      ],
    ],
  ),
  ...keysOf("Paddle > Developer tools > Authentication", [
    ["paddle", "a Paddle live API key", "pdl_live_apikey_", /\w{20,80}/y],
    [
      "paddle",
      "a Paddle sandbox API key",
      "pdl_sdbx_apikey_",
      /\w{20,80}/y,
      { atMost: "advise" },
    ],
    ["paddle", "a Paddle notification secret", "pdl_ntfset_", /\w{20,80}/y],
  ]),
  ...keysOf("Polar > Settings > Access tokens", [
    ["polar", "a Polar organisation token", "polar_oat_", /\w{30,60}/y],
    ["polar", "a Polar access token", "polar_pat_", /\w{30,60}/y],
    ["polar", "a Polar webhook secret", "polar_whs_", /\w{30,60}/y],
  ]),
  ...keysOf("Shopify admin > Apps > Develop apps > API credentials", [
    ["shopify", "a Shopify admin API token", "shpat_", /[A-Za-z0-9]{32,64}/y],
    ["shopify", "a Shopify custom app token", "shpca_", /[A-Za-z0-9]{32,64}/y],
    [
      "shopify",
      "a Shopify private app password",
      "shppa_",
      /[A-Za-z0-9]{32,64}/y,
    ],
    ["shopify", "a Shopify shared secret", "shpss_", /[A-Za-z0-9]{32,64}/y],
  ]),
  ...keysOf("developer.squareup.com > Credentials", [
    ["square", "a Square access token", "EAAA", /[\w-]{58,62}/y],
    ["square", "a Square access token", "sq0atp-", /[\w-]{22,60}/y],
    ["square", "a Square OAuth secret", "sq0csp-", /[\w-]{40,60}/y],
  ]),
  ...keysOf(
    {
      flutterwave:
        "Flutterwave dashboard > Settings > API keys (generate new ones)",
      "mercado-pago":
        "Mercado Pago developers > Your integrations > the application > Production credentials (renew them)",
      asaas: "Asaas > Integrations > API keys",
      midtrans: "Midtrans dashboard > Settings > Access keys",
      xendit: "Xendit dashboard > Settings > API keys",
      braintree: "Braintree control panel > Settings > API",
      plaid:
        "Plaid's API (/item/access_token/invalidate gives a new token for the old one)",
      easypost: "EasyPost dashboard > API keys",
      shippo: "Shippo > Settings > API",
      duffel: "Duffel dashboard > Developers > Access tokens",
      adyen:
        "Adyen Customer Area > Developers > API credentials (generate a new API key)",
    },
    [
      [
        "flutterwave",
        "a Flutterwave secret key",
        "FLWSECK-",
        /[A-Za-z0-9]{20,60}(?:-X)?/y,
      ],
      [
        "flutterwave",
        "a Flutterwave test secret key",
        "FLWSECK_TEST-",
        /[A-Za-z0-9]{12,60}(?:-X)?/y,
        { atMost: "advise" },
      ],
      [
        "mercado-pago",
        "a Mercado Pago access token",
        "APP_USR-",
        /\d{10,20}-\d{6}-[a-f0-9]{32}-\d{5,12}/y,
      ],
      ["asaas", "an Asaas API key", "$aact_", /[\w:+/=-]{40,240}/y],
      ["midtrans", "a Midtrans server key", "Mid-server-", /[\w-]{20,40}/y],
      [
        "midtrans",
        "a Midtrans sandbox server key",
        "SB-Mid-server-",
        /[\w-]{20,40}/y,
        { atMost: "advise" },
      ],
      [
        "xendit",
        "a Xendit secret key",
        "xnd_production_",
        /[A-Za-z0-9]{30,100}/y,
      ],
      [
        "xendit",
        "a Xendit test key",
        "xnd_development_",
        /[A-Za-z0-9]{30,100}/y,
        { atMost: "advise" },
      ],
      [
        "braintree",
        "a Braintree access token",
        "access_token$production$",
        /[a-z0-9]{16}\$[a-f0-9]{32}/y,
      ],
      ["plaid", "a Plaid access token", "access-production-", /[a-f0-9-]{36}/y],
      ["easypost", "an EasyPost API key", "EZAK", /[A-Za-z0-9]{54}/y],
      ["shippo", "a Shippo live token", "shippo_live_", /[a-f0-9]{40}/y],
      ["duffel", "a Duffel live token", "duffel_live_", /[\w-]{40,46}/y],
      [
        "adyen",
        "an Adyen API key",
        "AQE",
        /[A-Za-z0-9]{3,6}[\w+/=-]{60,160}/y,
        { loose: true },
      ],
    ],
  ),
];
