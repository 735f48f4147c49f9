import type { CostlyPackage } from "./cost.js";

const openAiCalls =
  /\.(?:completions|responses|images|speech|transcriptions|translations|embeddings|videos|runs|messages|sessions|clientSecrets|jobs|batches)\.(?:create|createAndPoll|createAndRun|createAndRunPoll|parse|stream|generate|edit|createVariation|runTools)$|\.(?:createCompletion|createChatCompletion|createImage|createEmbedding|createTranscription)$/;

const invoke =
  /\.(?:invoke|stream|call|batch|predict|generate|embedQuery|embedDocuments|streamEvents|streamLog|complete)$/;

/** Packages that ask a model. */
export const modelPackages: readonly CostlyPackage[] = [
  { name: "openai", provider: "OpenAI", kind: "model", calls: openAiCalls },
  {
    name: "openai-edge",
    provider: "OpenAI",
    kind: "model",
    calls: openAiCalls,
  },
  {
    name: "@azure/openai",
    provider: "Azure OpenAI",
    kind: "model",
    calls:
      /\.(?:get|stream)(?:Chat)?Completions$|\.getImages$|\.getEmbeddings$/,
  },
  {
    name: "@anthropic-ai/sdk",
    provider: "Anthropic",
    kind: "model",
    calls:
      /\.(?:messages|completions)\.(?:create|stream|parse|toolRunner)$|\.messages\.batches\.create$/,
  },
  {
    name: "@anthropic-ai/claude-agent-sdk",
    provider: "Anthropic",
    kind: "model",
    calls: /(?:^|\.)query$/,
  },
  {
    name: "@anthropic-ai/bedrock-sdk",
    provider: "Amazon Bedrock",
    kind: "model",
    calls: /\.messages\.(?:create|stream)$/,
  },
  {
    name: "@google/generative-ai",
    provider: "Google Gemini",
    kind: "model",
    calls:
      /\.(?:generateContent|generateContentStream|sendMessage|sendMessageStream|embedContent|batchEmbedContents)$/,
  },
  {
    name: "@google/genai",
    provider: "Google Gemini",
    kind: "model",
    calls:
      /\.(?:generateContent|generateContentStream|generateImages|generateVideos|embedContent|sendMessage|sendMessageStream|editImage|upscaleImage)$|\.live\.connect$/,
  },
  {
    name: "@google-cloud/vertexai",
    provider: "Google Vertex AI",
    kind: "model",
    calls:
      /\.(?:generateContent|generateContentStream|sendMessage|sendMessageStream)$/,
  },
  {
    name: "genkit",
    provider: "a model (Genkit)",
    kind: "model",
    calls:
      /\(\)\.(?:generate|generateStream|embed)$|definePrompt\(\)$|\.prompt\(\)$/,
  },
  {
    name: "@genkit-ai/*",
    provider: "a model (Genkit)",
    kind: "model",
    calls: /(?:^|\.)generate(?:Stream)?$|definePrompt\(\)$/,
  },
  {
    name: "@mistralai/mistralai",
    provider: "Mistral",
    kind: "model",
    calls:
      /\.chat(?:\.(?:complete|stream|parse))?$|\.chatStream$|\.embeddings(?:\.create)?$|\.ocr\.process$/,
  },
  {
    name: "cohere-ai",
    provider: "Cohere",
    kind: "model",
    calls: /\.(?:chat|chatStream|generate|embed|rerank|summarize|classify)$/,
  },
  { name: "groq-sdk", provider: "Groq", kind: "model", calls: openAiCalls },
  {
    name: "together-ai",
    provider: "Together AI",
    kind: "model",
    calls: openAiCalls,
  },
  {
    name: "ai",
    provider: "a model (AI SDK)",
    kind: "model",
    calls:
      /^(?:\*\.)?(?:generateText|streamText|generateObject|streamObject|embed|embedMany|experimental_generateImage|generateImage|experimental_generateSpeech|experimental_transcribe|streamUI|rerank)$|\.(?:generate|stream)$/,
  },
  { name: "@tanstack/ai", provider: "a model", kind: "model", calls: /^chat$/ },
  {
    name: "langchain",
    provider: "a model (LangChain)",
    kind: "model",
    calls: invoke,
  },
  {
    name: "@langchain/openai",
    provider: "a model (LangChain)",
    kind: "model",
    calls: invoke,
  },
  {
    name: "@langchain/anthropic",
    provider: "a model (LangChain)",
    kind: "model",
    calls: invoke,
  },
  {
    name: "@langchain/google-*",
    provider: "a model (LangChain)",
    kind: "model",
    calls: invoke,
  },
  {
    name: "@langchain/core",
    provider: "a model (LangChain)",
    kind: "model",
    calls: /(?:pipe|from)\(\).*\.(?:invoke|stream|batch)$/,
  },
  {
    name: "@langchain/langgraph",
    provider: "a model (LangGraph)",
    kind: "model",
    calls: invoke,
  },
  {
    name: "@langchain/*",
    provider: "a model (LangChain)",
    kind: "model",
    calls: invoke,
  },
  {
    name: "@aws-sdk/client-bedrock-runtime",
    provider: "Amazon Bedrock",
    kind: "model",
    calls: /\.(?:send|invokeModel|converse|converseStream)$/,
  },
  {
    name: "@aws-sdk/client-bedrock-agent-runtime",
    provider: "Amazon Bedrock",
    kind: "model",
    calls: /\.send$/,
  },
  {
    name: "@openai/agents",
    provider: "OpenAI",
    kind: "model",
    calls: /(?:^|\.)run$/,
  },
  {
    name: "@openrouter/sdk",
    provider: "OpenRouter",
    kind: "model",
    calls:
      /\.(?:chat\.send|completions\.(?:create|generate)|callModel)$|^callModel$/,
  },
  {
    name: "@mastra/*",
    provider: "a model (Mastra)",
    kind: "model",
    calls: /\.(?:generate|stream|generateLegacy|streamLegacy|network)$/,
  },
  {
    name: "llamaindex",
    provider: "a model (LlamaIndex)",
    kind: "model",
    calls: /\.(?:query|chat|complete|run|getTextEmbedding)$/,
  },
  {
    name: "@llamaindex/*",
    provider: "a model (LlamaIndex)",
    kind: "model",
    calls: /\.(?:query|chat|complete|run|getTextEmbedding)$/,
  },
  {
    name: "@huggingface/inference",
    provider: "Hugging Face",
    kind: "model",
    calls:
      /\.(?:textGeneration|textGenerationStream|chatCompletion|chatCompletionStream|textToImage|textToVideo|textToSpeech|imageToText|imageToImage|automaticSpeechRecognition|featureExtraction|summarization|translation|questionAnswering|request)$/,
  },
  {
    name: "@cerebras/cerebras_cloud_sdk",
    provider: "Cerebras",
    kind: "model",
    calls: /\.completions\.create$/,
  },
  {
    name: "portkey-ai",
    provider: "an AI gateway",
    kind: "model",
    calls: /\.(?:completions|embeddings)\.create$|\.images\.generate$/,
  },
  {
    name: "voyageai",
    provider: "Voyage AI",
    kind: "model",
    calls: /\.(?:embed|rerank|contextualizedEmbed)$/,
  },
  {
    name: "@copilotkit/runtime",
    provider: "a model (CopilotKit)",
    kind: "model",
    calls: /(?:^|\.)copilotRuntime\w+Endpoint$/,
  },
  {
    name: "@azure-rest/ai-inference",
    provider: "Azure AI",
    kind: "model",
    calls: /\.post$/,
  },
];
