import { keysOf } from "../key-format.js";

/** Keys of platforms that apps are deployed to, and of vaults that keep other keys. */
export const hostKeys = [
  ...keysOf(
    {
      vercel: "vercel.com > Account Settings > Tokens",
      "vercel-gateway": "vercel.com > the team > AI Gateway > API keys",
      "vercel-blob":
        "vercel.com > the project > Storage > the Blob store (rotate its read-write token)",
    },
    [
      ["vercel", "a Vercel access token", "vcp_", /[A-Za-z0-9]{20,60}/y],
      ["vercel", "a Vercel integration token", "vci_", /[A-Za-z0-9]{20,60}/y],
      ["vercel", "a Vercel app token", "vca_", /[A-Za-z0-9]{20,60}/y],
      ["vercel", "a Vercel refresh token", "vcr_", /[A-Za-z0-9]{20,60}/y],
      [
        "vercel-gateway",
        "a Vercel AI Gateway key",
        "vck_",
        /[A-Za-z0-9]{20,60}/y,
      ],
      ["vercel-blob", "a Vercel Blob token", "vercel_blob_rw_", /\w{30,80}/y],
    ],
  ),
  ...keysOf("app.netlify.com > User settings > Applications", [
    ["netlify", "a Netlify access token", "nfp_", /[A-Za-z0-9]{30,45}/y],
    ["netlify", "a Netlify token", "nfc_", /[A-Za-z0-9]{30,45}/y],
    ["netlify", "a Netlify token", "nfo_", /[A-Za-z0-9]{30,45}/y],
  ]),
  ...keysOf(
    {
      cloudflare: "dash.cloudflare.com > My Profile > API Tokens (roll it)",
      "cloudflare-origin":
        "dash.cloudflare.com > My Profile > API Tokens > Origin CA Key (change it)",
    },
    [
      [
        "cloudflare",
        "a Cloudflare API key",
        "cfk_",
        /[A-Za-z0-9]{40}[0-9a-f]{8}/y,
      ],
      [
        "cloudflare",
        "a Cloudflare user token",
        "cfut_",
        /[A-Za-z0-9]{40}[0-9a-f]{8}/y,
      ],
      [
        "cloudflare",
        "a Cloudflare account token",
        "cfat_",
        /[A-Za-z0-9]{40}[0-9a-f]{8}/y,
      ],
      [
        "cloudflare-origin",
        "a Cloudflare origin CA key",
        "v1.0-",
        /[a-f0-9]{24}-[a-f0-9]{146}/y,
      ],
    ],
  ),
  ...keysOf("supabase.com > Account > Access Tokens", [
    [
      "supabase-account",
      "a Supabase access token",
      "sbp_",
      /(?:v0_|oauth_)?[a-f0-9]{40}/y,
    ],
  ]),
  ...keysOf("Supabase dashboard > Project Settings > API keys", [
    [
      "supabase-secret",
      "a Supabase secret key, which bypasses row level security",
      "sb_secret_",
      /[\w-]{20,60}/y,
    ],
  ]),
  ...keysOf("Convex dashboard > Settings > Deploy keys", [
    [
      "convex",
      "a Convex deploy key",
      "prod:",
      /[a-z]{2,20}-[a-z]{2,20}-\d{1,4}\|[A-Za-z0-9+/=_-]{40,300}/y,
    ],
  ]),
  ...keysOf(
    {
      vault: "the Vault server (vault token revoke, then issue a new one)",
      "one-password":
        "1Password > Developer > Service accounts, or the account's Secret Key (regenerate it)",
      doppler: "Doppler dashboard > Tokens, or the config's Access tab",
      pulumi: "app.pulumi.com > Personal access tokens",
      tailscale: "Tailscale admin console > Settings > Keys",
      age: "wherever it decrypts (make a new pair with age-keygen, encrypt everything again for it, and replace the secrets that were encrypted)",
    },
    [
      ["vault", "a HashiCorp Vault service token", "hvs.", /[\w-]{24,160}/y],
      ["vault", "a HashiCorp Vault batch token", "hvb.", /[\w-]{100,300}/y],
      ["vault", "a HashiCorp Vault recovery token", "hvr.", /[\w-]{24,160}/y],
      [
        "one-password",
        "a 1Password service account token",
        "ops_eyJ",
        /[A-Za-z0-9+/=_-]{80,2000}/y,
        { structured: true },
      ],
      [
        "one-password",
        "a 1Password secret key",
        "A3-",
        /[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}/y,
      ],
      ["doppler", "a Doppler token", "dp.pt.", /[A-Za-z0-9]{40,44}/y],
      [
        "doppler",
        "a Doppler service token",
        "dp.st.",
        /(?:[\w-]{2,35}\.)?[A-Za-z0-9]{40,44}/y,
      ],
      [
        "doppler",
        "a Doppler service account token",
        "dp.sa.",
        /[A-Za-z0-9]{40,44}/y,
      ],
      ["doppler", "a Doppler CLI token", "dp.ct.", /[A-Za-z0-9]{40,44}/y],
      ["pulumi", "a Pulumi access token", "pul-", /[a-f0-9]{40}/y],
      [
        "tailscale",
        "a Tailscale key",
        "tskey-",
        /[a-z]{2,20}-\w{8,40}-\w{16,60}/y,
      ],
      [
        "age",
        "an age private key",
        "AGE-SECRET-KEY-1",
        /[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/y,
      ],
    ],
  ),
];
