import { keysOf } from "../key-format.js";

/** Keys of clouds and of databases that are rented. */
export const cloudKeys = [
  ...keysOf(
    {
      "aws-access-key":
        "AWS console > IAM > Users > Security credentials (create a second key, switch to it, then deactivate and delete this one)",
      "aws-session-key":
        "AWS console > IAM > Roles > the role > Revoke sessions (it ends by itself within hours; replace the long-lived key that it was made with)",
    },
    [
      [
        "aws-access-key",
        "an AWS access key id",
        "AKIA",
        /[A-Z0-9]{16}/y,
        { loose: true },
      ],
      [
        "aws-access-key",
        "an AWS access key id",
        "ABIA",
        /[A-Z0-9]{16}/y,
        { loose: true },
      ],
      [
        "aws-access-key",
        "an AWS access key id",
        "ACCA",
        /[A-Z0-9]{16}/y,
        { loose: true },
      ],
      [
        "aws-session-key",
        "a temporary AWS access key id",
        "ASIA",
        /[A-Z0-9]{16}/y,
        { loose: true, atMost: "advise" },
      ],
    ],
  ),
  ...keysOf(
    {
      "google-oauth-secret":
        "Google Cloud console > APIs & Services > Credentials > the OAuth client (add a new secret, then disable and delete this one)",
      "google-refresh-token":
        "myaccount.google.com > Security > Your connections to third-party apps (remove the app's access, then sign in to it again)",
      "google-access-token":
        "myaccount.google.com > Security > Your connections to third-party apps (it ends by itself within hours; replace the refresh token or key that it was made with)",
    },
    [
      [
        "google-oauth-secret",
        "a Google OAuth client secret",
        "GOCSPX-",
        /[\w-]{24,40}/y,
      ],
      [
        "google-refresh-token",
        "a Google OAuth refresh token",
        "1//0",
        /[\w-]{40,120}/y,
      ],
      [
        "google-access-token",
        "a Google OAuth access token",
        "ya29.",
        /[\w-]{60,300}/y,
        { atMost: "advise" },
      ],
    ],
  ),
  ...keysOf(
    {
      "azure-storage":
        "Azure portal > the storage account > Access keys (switch to the other key, then regenerate this one)",
      "azure-bus":
        "Azure portal > the namespace > Shared access policies (switch to the secondary key, then regenerate the primary one)",
    },
    [
      [
        "azure-storage",
        "an Azure storage account key",
        "AccountKey=",
        /[A-Za-z0-9+/]{80,90}={0,2}/y,
      ],
      [
        "azure-bus",
        "an Azure shared access key",
        "SharedAccessKey=",
        /[A-Za-z0-9+/]{40,60}={0,2}/y,
      ],
    ],
  ),
  ...keysOf(
    {
      alibaba:
        "Alibaba Cloud console > RAM > Users > AccessKey (create a second one, switch to it, then disable and delete this one)",
      tencent: "Tencent Cloud console > CAM > API key management",
      yandex:
        "Yandex Cloud console > Service accounts > the account > API keys",
      digitalocean: "cloud.digitalocean.com > API > Tokens",
      fly: "fly.io dashboard > Tokens (or fly tokens revoke)",
      heroku:
        "dashboard.heroku.com > Account settings > API key (regenerate it)",
      render: "dashboard.render.com > Account Settings > API keys",
      planetscale:
        "app.planetscale.com > the database > Settings > Passwords, or the organization's Service tokens",
      neon: "console.neon.tech > Account settings > API keys",
      xata: "Xata > Account settings > API keys",
      databricks:
        "the Databricks workspace > User settings > Developer > Access tokens",
      openshift:
        "the OpenShift cluster (oc logout ends the token; then sign in again)",
      scalingo: "Scalingo dashboard > Profile > API tokens",
    },
    [
      [
        "alibaba",
        "an Alibaba Cloud access key id",
        "LTAI",
        /[A-Za-z0-9]{17,21}/y,
        { loose: true },
      ],
      [
        "tencent",
        "a Tencent Cloud secret id",
        "AKID",
        /[A-Za-z0-9]{32}/y,
        { loose: true },
      ],
      [
        "yandex",
        "a Yandex Cloud API key",
        "AQVN",
        /[\w-]{35,40}/y,
        { loose: true },
      ],
      [
        "digitalocean",
        "a DigitalOcean access token",
        "dop_v1_",
        /[a-f0-9]{64}/y,
      ],
      [
        "digitalocean",
        "a DigitalOcean OAuth token",
        "doo_v1_",
        /[a-f0-9]{64}/y,
      ],
      [
        "digitalocean",
        "a DigitalOcean refresh token",
        "dor_v1_",
        /[a-f0-9]{64}/y,
      ],
      ["fly", "a Fly.io access token", "fo1_", /[\w-]{40,60}/y],
      [
        "fly",
        "a Fly.io access token",
        "fm1r_",
        /[A-Za-z0-9+/]{80,1000}={0,3}/y,
      ],
      ["fly", "a Fly.io access token", "fm2_", /[A-Za-z0-9+/]{80,1000}={0,3}/y],
      ["heroku", "a Heroku API key", "HRKU-AA", /[\w-]{50,70}/y],
      ["render", "a Render API key", "rnd_", /[A-Za-z0-9]{28,40}/y],
      [
        "planetscale",
        "a PlanetScale password",
        "pscale_pw_",
        /[\w=.-]{32,64}/y,
      ],
      ["planetscale", "a PlanetScale token", "pscale_tkn_", /[\w=.-]{32,64}/y],
      [
        "planetscale",
        "a PlanetScale OAuth token",
        "pscale_oauth_",
        /[\w=.-]{32,64}/y,
      ],
      ["neon", "a Neon API key", "napi_", /[a-z0-9]{60,70}/y],
      ["xata", "a Xata API key", "xau_", /[A-Za-z0-9]{30,50}/y],
      [
        "databricks",
        "a Databricks access token",
        "dapi",
        /[a-f0-9]{32}(?:-\d)?/y,
      ],
      ["openshift", "an OpenShift user token", "sha256~", /[\w-]{43}/y],
      ["scalingo", "a Scalingo API token", "tk-us-", /[\w-]{48}/y],
    ],
  ),
];
