import type { CostlyHost } from "./cost.js";

const modelPath =
  /\/(?:chat\/completions|completions|responses|messages|embeddings|images|audio|generate|predict|realtime|videos|converse|invoke|chat|threads)\b|:(?:generateContent|streamGenerateContent|embedContent|predict|generateAnswer)|\/models\//;

/** Hosts that take money per call. */
export const costlyHosts: readonly CostlyHost[] = [
  {
    host: /^api\.openai\.com$/,
    provider: "OpenAI",
    kind: "model",
    path: /^(?!\/v1\/models(?:$|\/|\?))/,
  },
  {
    host: /\.openai\.azure\.com$|\.cognitiveservices\.azure\.com$/,
    provider: "Azure AI",
    kind: "model",
  },
  {
    host: /^api\.anthropic\.com$/,
    provider: "Anthropic",
    kind: "model",
    path: /^(?!\/v1\/models(?:$|\/|\?))/,
  },
  {
    host: /^generativelanguage\.googleapis\.com$|-aiplatform\.googleapis\.com$/,
    provider: "Google Gemini",
    kind: "model",
    path: /^(?!\/v1(?:beta)?\/models\/?(?:\?|$))/,
  },
  {
    host: /^(?:ai\.gateway|api)\.lovable\.dev$/,
    provider: "the Lovable AI gateway",
    kind: "model",
  },
  {
    host: /^openrouter\.ai$/,
    provider: "OpenRouter",
    kind: "model",
    path: modelPath,
  },
  {
    host: /^(?:gateway\.ai\.cloudflare\.com|ai-gateway\.vercel\.sh|gateway\.ai\.vercel\.com|api\.portkey\.ai|(?:oai|anthropic|gateway|ai-gateway)\.helicone\.ai|api\.requesty\.ai|router\.requesty\.ai|api\.edenai\.run|llm\.datarobot\.com)$/,
    provider: "an AI gateway",
    kind: "model",
  },
  {
    host: /^api\.(?:groq|mistral|deepseek|cohere|perplexity|x|moonshot|fireworks|together|cerebras|sambanova|voyageai|ai21|minimax|deepinfra|hyperbolic|novita|siliconflow|minimaxi)\.(?:com|ai|xyz|cn|io|chat)$|^codestral\.mistral\.ai$|^api\.(?:studio\.nebius\.ai|tokenfactory\.nebius\.com|venice\.ai|writer\.com|inference\.net|friendli\.ai|lambda\.ai|openai-hub\.com|302\.ai|aimlapi\.com|z\.ai|arliai\.com|nineteen\.ai|jina\.ai|nlpcloud\.io|llama\.com|stepfun\.com|baichuan-ai\.com)$|^integrate\.api\.nvidia\.com$|^models\.(?:github\.ai|inference\.ai\.azure\.com)$|\.(?:services|models)\.ai\.azure\.com$|\.inference\.ai\.azure\.com$|^inference\.(?:do-ai\.run|baseten\.co)$/,
    provider: "a model provider",
    kind: "model",
  },
  {
    host: /^(?:api-inference|router)\.huggingface\.co$/,
    provider: "Hugging Face",
    kind: "model",
  },
  {
    host: /^dashscope(?:-intl)?\.aliyuncs\.com$|^open\.bigmodel\.cn$|^ark\.[\w-]+\.volces\.com$/,
    provider: "a model provider",
    kind: "model",
  },
  { host: /^bedrock-runtime\./, provider: "Amazon Bedrock", kind: "model" },
  { host: /^api\.replicate\.com$/, provider: "Replicate", kind: "media" },
  { host: /^(?:queue\.)?fal\.run$/, provider: "fal", kind: "media" },
  {
    host: /^api\.(?:stability\.ai|runwayml\.com|dev\.runwayml\.com|lumalabs\.ai|heygen\.com|d-id\.com|klingai\.com|bfl\.ai|bfl\.ml|ideogram\.ai|leonardo\.ai|remove\.bg|creatomate\.com|shotstack\.io|tavus\.io|synthesia\.io|pixverse\.ai|kie\.ai|segmind\.com|clipdrop\.co)$|^cloud\.leonardo\.ai$|^clipdrop-api\.co$/,
    provider: "a media provider",
    kind: "media",
  },
  {
    host: /^api\.(?:elevenlabs\.io|play\.ht|deepgram\.com|assemblyai\.com|murf\.ai|cartesia\.ai|speechify\.com|vapi\.ai|retellai\.com)$|^(?:text)?to?speech\.googleapis\.com$|^texttospeech\.googleapis\.com$|\.(?:tts|stt)\.speech\.microsoft\.com$/,
    provider: "a speech provider",
    kind: "speech",
  },
  {
    host: /^vision\.googleapis\.com$|^documentai\.googleapis\.com$|^videointelligence\.googleapis\.com$/,
    provider: "Google Cloud",
    kind: "media",
  },
  {
    host: /^(?:maps|places|routes|solar|geocode|addressvalidation|airquality|weather|pollen)\.googleapis\.com$/,
    provider: "Google Maps",
    kind: "lookup",
  },
  {
    host: /^translation\.googleapis\.com$|^api(?:-free)?\.deepl\.com$/,
    provider: "a translation provider",
    kind: "lookup",
  },
  {
    host: /^api\.(?:tavily|exa|firecrawl|apify|brightdata|scraperapi|scrapingbee|hunter|clearbit|apollo|peopledatalabs|oxylabs)\.(?:com|ai|dev|io)$|^serpapi\.com$|^google\.serper\.dev$|^api\.search\.brave\.com$/,
    provider: "a search provider",
    kind: "lookup",
  },
  { host: /\.rapidapi\.com$/, provider: "RapidAPI", kind: "lookup" },
  {
    host: /^api\.twilio\.com$|^verify\.twilio\.com$|^rest\.nexmo\.com$|^api\.nexmo\.com$|^rest\.messagebird\.com$|^api\.plivo\.com$|^api\.telnyx\.com$|^api\.infobip\.com$|^api\.africastalking\.com$|^www\.fast2sms\.com$|^api\.msg91\.com$|^control\.msg91\.com$|^textbelt\.com$/,
    provider: "an SMS provider",
    kind: "message",
    path: /^$|accounts\/\*?$|messages|calls|verif|sms|otp|number_orders|dial|flow|\/text|\/send|bulk|voice|\/json/i,
  },
  {
    host: /^graph\.facebook\.com$/,
    provider: "WhatsApp",
    kind: "message",
    path: /\/messages\b/,
  },
  {
    host: /^api\.(?:resend|sendgrid|postmarkapp|brevo|mailgun|eu\.mailgun|mailersend|sparkpost|mailjet|sendinblue|zeptomail)\.(?:com|net|in)$|^mandrillapp\.com$|^send\.api\.mailtrap\.io$/,
    provider: "a mail provider",
    kind: "mail",
  },
  {
    host: /^api\.stripe\.com$/,
    provider: "Stripe",
    kind: "charge",
    path: /\/(?:payment_intents|charges|setup_intents|tokens)\b/,
  },
  {
    host: /^api\.cloudflare\.com$/,
    provider: "Cloudflare Workers AI",
    kind: "model",
    path: /\/ai\/(?:run|v1)\b/,
  },
  {
    host: /\.hereapi\.com$|^api\.(?:mapbox|tomtom|geoapify|opencagedata|radar|locationiq|openrouteservice|positionstack|ipgeolocation)\.(?:com|io|org)$|^us1\.locationiq\.com$|^atlas\.microsoft\.com$/,
    provider: "a map provider",
    kind: "lookup",
  },
  {
    host: /^(?:api|rest|gateway|app)\.(?:scrapingdog|zenrows|scrapfly|crawlbase|scrapingbee|dataforseo|linkup|parallel|valueserp|searchapi|proxycurl|lusha|snov|numverify|zerobounce|builtwith|browserbase|browserless|pdfshift|pdfmonkey|cloudconvert|mindee|ocr|wolframalpha)\.(?:com|io|ai|so|net|space)$|^nubela\.co$|^[rs]\.jina\.ai$|^www\.searchapi\.io$|\.browserless\.io$/,
    provider: "a data provider",
    kind: "lookup",
  },
  {
    host: /^api\.(?:onfido|eu\.onfido|us\.onfido|sumsub|veriff|withpersona|complycube|idanalyzer)\.(?:com|me)$|^stationapi\.veriff\.com$/,
    provider: "an identity check",
    kind: "lookup",
  },
  {
    host: /^(?:api|rest|us|eu|app|gate|waba|my)\.(?:sinch|clicksend|bulksms|smsapi|textmagic|termii|ng\.termii|sms\.to|netgsm\.com|kavenegar|smsglobal|bird|telesign|wati|z-api|ultramsg|whapi|openphone|quo|aircall|cloudtalk|justcall|ringcentral|bland|synthflow|zenvia|totalvoice|smsdev|twizo|d7networks|gupshup|interakt|aisensy|tyntec|brevo)\.(?:com|io|ai|co|to|tr|de|pl|ru|cloud|com\.br)(?:\.tr|\.br)?$|\.api\.sinch\.com$|^gate\.whapi\.cloud$|^live-mt-server\.wati\.io$|^api\.ng\.termii\.com$/,
    provider: "a message provider",
    kind: "message",
    path: /^$|messag|sms|call|verif|otp|send|text|dial|whatsapp/,
  },
  {
    host: /^(?:api|app|smtpapi)\.(?:emailjs|useplunk|loops|elasticemail|smtp2go|mailchannels|mailtrap|unosend|sendpulse|mailpace|ahasend|autosend)\.(?:com|so|net|io)$|^email\.[\w-]+\.amazonaws\.com$/,
    provider: "a mail provider",
    kind: "mail",
  },
  {
    host: /^api\.(?:gladia\.io|rev\.ai|hume\.ai|lmnt\.com|wellsaidlabs\.com|sarvam\.ai|us\.elevenlabs\.io|resemble\.ai|inworld\.ai|fish\.audio|speechmatics\.com|bland\.ai|suno\.ai|sunoapi\.org|narakeet\.com|soniox\.com)$|\.rime\.ai$|\.api\.speechmatics\.com$/,
    provider: "a speech provider",
    kind: "speech",
  },
  {
    host: /^(?:api|sdk|app|www)\.(?:photoroom|bannerbear|cutout|pixelcut|hedra|mnml|getimg|freepik|recraft|deepai|vidu|hailuoai|goapi|piapi|imagine|templated|placid|json2video|veed|descript|krea|decart|astria|novita)\.(?:com|ai|io|pro|org|app)$|^external\.api\.recraft\.ai$|^public-api\.(?:krea|hedra)\.(?:ai|com)$/,
    provider: "a media provider",
    kind: "media",
    path: /^(?!\/$)/,
  },
];
