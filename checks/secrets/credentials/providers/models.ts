import { keysOf } from "../key-format.js";

/** Keys of model, speech, search and vector providers: whoever holds one spends its owner's money. */
export const modelKeys = [
  ...keysOf(
    {
      openai:
        "platform.openai.com > API keys (create a new one, then delete this one)",
      "openai-admin":
        "platform.openai.com > Settings > Organization > Admin keys",
    },
    [
      ["openai", "an OpenAI API key", "sk-proj-", /[\w-]{40,200}/y],
      [
        "openai",
        "an OpenAI service account key",
        "sk-svcacct-",
        /[\w-]{40,200}/y,
      ],
      ["openai-admin", "an OpenAI admin key", "sk-admin-", /[\w-]{40,200}/y],
      ["openai", "an OpenAI API key", "sk-None-", /[\w-]{40,200}/y],
      [
        "openai",
        "an OpenAI-style API key",
        "sk-",
        /[A-Za-z0-9]{32,64}/y,
        { loose: true },
      ],
    ],
  ),
  ...keysOf(
    {
      anthropic:
        "console.anthropic.com > Settings > API keys (create a new one, then delete this one)",
      "anthropic-admin": "console.anthropic.com > Settings > Admin keys",
      "anthropic-session":
        "claude.ai > Settings > Account (log out of all devices, then sign in again)",
    },
    [
      [
        "anthropic",
        "an Anthropic API key",
        "sk-ant-api",
        /\d\d-[\w-]{40,140}/y,
      ],
      [
        "anthropic-admin",
        "an Anthropic admin key",
        "sk-ant-admin",
        /\d\d-[\w-]{40,140}/y,
      ],
      [
        "anthropic-session",
        "an Anthropic sign-in token",
        "sk-ant-oat",
        /\d\d-[\w-]{40,140}/y,
      ],
      [
        "anthropic-session",
        "an Anthropic sign-in token",
        "sk-ant-ort",
        /\d\d-[\w-]{40,140}/y,
      ],
      [
        "anthropic-session",
        "an Anthropic session key",
        "sk-ant-sid",
        /\d\d-[\w-]{40,140}/y,
      ],
    ],
  ),
  ...keysOf("openrouter.ai > Keys", [
    ["openrouter", "an OpenRouter API key", "sk-or-v1-", /[a-f0-9]{48,80}/y],
  ]),
  ...keysOf("console.groq.com > API Keys", [
    ["groq", "a Groq API key", "gsk_", /[A-Za-z0-9]{40,60}/y],
  ]),
  ...keysOf("console.x.ai > API Keys", [
    ["xai", "an xAI API key", "xai-", /[A-Za-z0-9]{60,100}/y],
  ]),
  ...keysOf("huggingface.co > Settings > Access Tokens", [
    [
      "hugging-face",
      "a Hugging Face access token",
      "hf_",
      /[A-Za-z0-9]{30,40}/y,
    ],
    [
      "hugging-face",
      "a Hugging Face organisation token",
      "api_org_",
      /[A-Za-z0-9]{30,40}/y,
    ],
  ]),
  ...keysOf("replicate.com > Account > API tokens", [
    ["replicate", "a Replicate API token", "r8_", /[A-Za-z0-9]{36,40}/y],
  ]),
  ...keysOf("perplexity.ai > Settings > API", [
    ["perplexity", "a Perplexity API key", "pplx-", /[A-Za-z0-9]{40,64}/y],
  ]),
  ...keysOf("elevenlabs.io > Profile > API keys", [
    [
      "elevenlabs",
      "an ElevenLabs API key",
      "sk_",
      /[a-f0-9]{48}/y,
      { loose: true },
    ],
  ]),
  ...keysOf("cloud.cerebras.ai > API keys", [
    ["cerebras", "a Cerebras API key", "csk-", /[a-z0-9]{40,60}/y],
  ]),
  ...keysOf("fireworks.ai > API Keys", [
    ["fireworks", "a Fireworks API key", "fw_", /[A-Za-z0-9]{20,40}/y],
  ]),
  ...keysOf("api.together.ai > Settings > API Keys", [
    ["together", "a Together AI API key", "tgp_v1_", /[\w-]{40,60}/y],
  ]),
  ...keysOf("build.nvidia.com > API Keys", [
    ["nvidia", "an NVIDIA API key", "nvapi-", /[\w-]{60,80}/y],
  ]),
  ...keysOf(
    {
      langsmith: "smith.langchain.com > Settings > API keys",
      langfuse: "Langfuse > the project's Settings > API keys",
      helicone: "Helicone > Settings > API keys",
      pinecone: "app.pinecone.io > the project > API keys",
      tavily: "app.tavily.com > API keys",
      firecrawl: "firecrawl.dev > API keys",
      jina: "jina.ai > API keys",
      voyage: "dashboard.voyageai.com > API keys",
      apify: "console.apify.com > Settings > API & Integrations",
      browserbase: "Browserbase > the project's Settings > API key",
      e2b: "e2b.dev > Dashboard > API keys",
      wandb: "wandb.ai > User settings > API keys",
      bedrock:
        "AWS console > Amazon Bedrock > API keys (delete the key, and its IAM user's credential for Bedrock)",
      retell: "Retell dashboard > API keys",
    },
    [
      [
        "langsmith",
        "a LangSmith API key",
        "lsv2_pt_",
        /[a-f0-9]{32}_[a-f0-9]{10}/y,
      ],
      [
        "langsmith",
        "a LangSmith service key",
        "lsv2_sk_",
        /[a-f0-9]{32}_[a-f0-9]{10}/y,
      ],
      ["langfuse", "a Langfuse secret key", "sk-lf-", /[a-f0-9-]{36}/y],
      ["helicone", "a Helicone API key", "sk-helicone-", /[a-z0-9-]{20,60}/y],
      ["pinecone", "a Pinecone API key", "pcsk_", /\w{40,100}/y],
      ["tavily", "a Tavily API key", "tvly-", /[A-Za-z0-9-]{28,64}/y],
      [
        "firecrawl",
        "a Firecrawl API key",
        "fc-",
        /[a-f0-9]{32}/y,
        { loose: true },
      ],
      ["jina", "a Jina API key", "jina_", /[\w-]{50,80}/y],
      [
        "voyage",
        "a Voyage AI API key",
        "pa-",
        /[\w-]{43,46}/y,
        { loose: true },
      ],
      ["apify", "an Apify API token", "apify_api_", /[A-Za-z0-9]{30,46}/y],
      ["browserbase", "a Browserbase API key", "bb_live_", /[\w-]{20,40}/y],
      ["e2b", "an E2B API key", "e2b_", /[a-f0-9]{40}/y],
      ["wandb", "a Weights & Biases API key", "wandb_v1_", /\w{40,100}/y],
      [
        "bedrock",
        "an Amazon Bedrock API key",
        "ABSK",
        /[A-Za-z0-9+/]{100,280}={0,2}/y,
      ],
      ["retell", "a Retell API key", "key_", /[a-f0-9]{28}/y, { loose: true }],
    ],
  ),
];
