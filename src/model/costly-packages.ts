import type { CostlyPackage } from "./cost.js";

/** Packages that reach other paid services: speech, media, look-ups, charges. */
export const servicePackages: readonly CostlyPackage[] = [
  {
    name: "replicate",
    provider: "Replicate",
    kind: "media",
    calls: /\.(?:run|stream)$|\.predictions\.create$|\.trainings\.create$/,
  },
  {
    name: "@fal-ai/*",
    provider: "fal",
    kind: "media",
    calls: /(?:^|\.)(?:run|subscribe|stream|submit)$/,
  },
  {
    name: "@runwayml/sdk",
    provider: "Runway",
    kind: "media",
    calls: /\.create$/,
  },
  {
    name: "elevenlabs",
    provider: "ElevenLabs",
    kind: "speech",
    calls: /\.(?:generate|convert|convertAsStream|textToSpeech|stream)$/,
  },
  {
    name: "@elevenlabs/*",
    provider: "ElevenLabs",
    kind: "speech",
    calls: /\.(?:convert|stream|convertWithTimestamps|compose|create)$/,
  },
  {
    name: "@deepgram/sdk",
    provider: "Deepgram",
    kind: "speech",
    calls: /\.(?:transcribeUrl|transcribeFile|live|request|preRecorded)$/,
  },
  {
    name: "assemblyai",
    provider: "AssemblyAI",
    kind: "speech",
    calls: /\.transcripts\.(?:transcribe|create|submit)$|\.lemur\.task$/,
  },
  {
    name: "@google-cloud/speech",
    provider: "Google Speech",
    kind: "speech",
    calls: /\.(?:recognize|longRunningRecognize|streamingRecognize)$/,
  },
  {
    name: "@google-cloud/text-to-speech",
    provider: "Google Text-to-Speech",
    kind: "speech",
    calls: /\.synthesizeSpeech$/,
  },
  {
    name: "@google-cloud/vision",
    provider: "Google Vision",
    kind: "media",
    calls: /\.(?:\w+Detection|annotateImage|batchAnnotateImages)$/,
  },
  {
    name: "@google-cloud/translate",
    provider: "Google Translate",
    kind: "lookup",
    calls: /\.(?:translate|translateText)$/,
  },
  {
    name: "@aws-sdk/client-polly",
    provider: "Amazon Polly",
    kind: "speech",
    calls: /\.send$/,
  },
  {
    name: "@aws-sdk/client-rekognition",
    provider: "Amazon Rekognition",
    kind: "media",
    calls: /\.send$/,
  },
  {
    name: "@aws-sdk/client-textract",
    provider: "Amazon Textract",
    kind: "media",
    calls: /\.send$/,
  },
  {
    name: "stripe",
    provider: "Stripe",
    kind: "charge",
    calls:
      /\.(?:paymentIntents\.(?:create|confirm)|charges\.create|setupIntents\.(?:create|confirm)|tokens\.create|payouts\.create|transfers\.create)$/,
  },
  {
    name: "@googlemaps/google-maps-services-js",
    provider: "Google Maps",
    kind: "lookup",
    calls:
      /\.(?:geocode|reverseGeocode|directions|distancematrix|place\w+|textSearch|findPlaceFromText|elevation|timezone)$/,
  },
  {
    name: "@tavily/core",
    provider: "Tavily",
    kind: "lookup",
    calls: /\.(?:search|extract|searchQNA|crawl)$/,
  },
  {
    name: "exa-js",
    provider: "Exa",
    kind: "lookup",
    calls: /\.(?:search|searchAndContents|answer|findSimilar)$/,
  },
  {
    name: "@mendable/firecrawl-js",
    provider: "Firecrawl",
    kind: "lookup",
    calls: /\.(?:scrapeUrl|crawlUrl|scrape|crawl|search|extract)$/,
  },
  {
    name: "apify-client",
    provider: "Apify",
    kind: "lookup",
    calls: /\.(?:call|start)$/,
  },
  {
    name: "puppeteer*",
    provider: "a browser on your server",
    kind: "work",
    calls: /(?:^|\.)launch$/,
  },
  {
    name: "playwright*",
    provider: "a browser on your server",
    kind: "work",
    calls: /\.launch$/,
  },
  {
    name: "lumaai",
    provider: "Luma",
    kind: "media",
    calls: /\.(?:generations|image|video)\.create$/,
  },
  {
    name: "@cartesia/cartesia-js",
    provider: "Cartesia",
    kind: "speech",
    calls: /\.(?:bytes|sse|send|generate|infill|create)$/,
  },
  {
    name: "hume",
    provider: "Hume",
    kind: "speech",
    calls:
      /\.(?:synthesizeJson|synthesizeFile|synthesizeJsonStreaming|synthesizeFileStreaming|connect)$/,
  },
  {
    name: "microsoft-cognitiveservices-speech-sdk",
    provider: "Azure Speech",
    kind: "speech",
    calls: /\.(?:speakTextAsync|speakSsmlAsync|recognizeOnceAsync)$/,
  },
  {
    name: "@aws-sdk/client-transcribe*",
    provider: "Amazon Transcribe",
    kind: "speech",
    calls: /\.send$/,
  },
  {
    name: "@aws-sdk/client-translate",
    provider: "Amazon Translate",
    kind: "lookup",
    calls: /\.send$/,
  },
  {
    name: "@aws-sdk/client-comprehend*",
    provider: "Amazon Comprehend",
    kind: "model",
    calls: /\.send$/,
  },
  {
    name: "@google-cloud/documentai",
    provider: "Google Document AI",
    kind: "media",
    calls: /\.(?:processDocument|batchProcessDocuments)$/,
  },
  {
    name: "deepl-node",
    provider: "DeepL",
    kind: "lookup",
    calls: /\.translateText$/,
  },
  {
    name: "serpapi",
    provider: "SerpApi",
    kind: "lookup",
    calls: /(?:^|\.)getJson$/,
  },
  {
    name: "@browserbasehq/sdk",
    provider: "Browserbase",
    kind: "work",
    calls: /\.sessions\.create$/,
  },
  {
    name: "@e2b/code-interpreter",
    provider: "E2B",
    kind: "work",
    calls: /\bSandbox\.create$/,
  },
];
