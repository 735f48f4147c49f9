import { commandsOf } from "./commands.js";

/** Commands that put something into production, and what they deploy to. Held against one command from its start. */
const commands: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:vercel|now)(?:@\S+)?\b.*?\s(?:--prod\b|--production\b|--target[= ]production\b)/,
    "Vercel",
  ],
  [/^vercel promote\b/, "Vercel"],
  [
    /^(?:netlify|ntl)(?:-cli)? deploy\b.*?\s(?:--prod\b|-p\b|--prodIfUnlocked\b)/,
    "Netlify",
  ],
  [/^firebase(?:-tools)? deploy\b/, "Firebase"],
  [/^supabase db push\b/, "the Supabase database"],
  [/^supabase functions deploy\b/, "Supabase"],
  [/^wrangler(?:@\S+)? (?:pages )?(?:deploy|publish)\b/, "Cloudflare"],
  [/^opennextjs-cloudflare (?:deploy|upload)\b/, "Cloudflare"],
  [/^(?:fly|flyctl) deploy\b/, "Fly.io"],
  [
    /^git push (?:\S+ )?(?:heroku|dokku|production|prod|live|piku)\b/,
    "the host behind a git remote",
  ],
  [/^heroku container:release\b/, "Heroku"],
  [/^railway(?: run)? up\b/, "Railway"],
  [/^render deploys? create\b/, "Render"],
  [/^eas update\b.*?production\b/, "Expo"],
  [/^sst deploy\b.*?\bprod/, "SST"],
  [/^(?:serverless|sls) deploy\b/, "Serverless"],
  [/^cdk deploy\b/, "AWS"],
  [/^sam deploy\b/, "AWS"],
  [/^eb deploy\b/, "Elastic Beanstalk"],
  [/^amplify (?:publish|push)\b/, "Amplify"],
  [/^aws s3 (?:sync|cp)\b.*?\ss3:\/\//, "an S3 bucket"],
  [
    /^aws (?:ecs update-service|lambda update-function-code|deploy create-deployment|apprunner start-deployment)\b/,
    "AWS",
  ],
  [
    /^gcloud (?:beta )?(?:run deploy|app deploy|functions deploy|run services update)\b/,
    "Google Cloud",
  ],
  [
    /^az (?:webapp (?:up|deploy|deployment)|containerapp (?:up|update)|functionapp deployment)\b/,
    "Azure",
  ],
  [/^terraform apply\b/, "its infrastructure"],
  [/^pulumi up\b/, "its infrastructure"],
  [/^kubectl (?:apply|set image|rollout restart|replace)\b/, "Kubernetes"],
  [/^helm (?:upgrade|install)\b/, "Kubernetes"],
  [/^docker stack deploy\b/, "a Docker swarm"],
  [/^kamal (?:deploy|redeploy)\b/, "its servers"],
  [/^(?:cap|bundle exec cap) production deploy\b/, "its servers"],
  [/^pm2 deploy\b/, "its servers"],
  [/^(?:rsync|scp)\b.*?\s[\w.$@{}-]+@?[\w.$@{}-]*:[\w/~$.{]/, "a server"],
  [
    /^(?:ssh|sshpass)\b.*?(?:git pull|docker|pm2|systemctl|npm |deploy)/,
    "a server",
  ],
  [/^convex deploy\b/, "Convex"],
  [
    /^(?:appwrite|nhost|doctl apps|deployctl|dokku) (?:push|deploy|up|update|create-deployment)\b/,
    "its platform",
  ],
  [/^surge\b/, "Surge"],
  [
    /^curl\b.*?(?:deploy[-_]?hook|api\.render\.com\/deploy|api\.vercel\.com\/v1\/integrations\/deploy|api\.netlify\.com\/build_hooks)/i,
    "its platform, by a deploy hook",
  ],
];

const actions: readonly (readonly [RegExp, string])[] = [
  [/^amondnet\/vercel-action@/, "Vercel"],
  [/^nwtgck\/actions-netlify@|^netlify\/actions\//, "Netlify"],
  [
    /^firebaseextended\/action-hosting-deploy@|^w9jds\/firebase-action@/,
    "Firebase",
  ],
  [/^cloudflare\/(?:wrangler-action|pages-action)@/, "Cloudflare"],
  [/^akhileshns\/heroku-deploy@/, "Heroku"],
  [
    /^aws-actions\/(?:amazon-ecs-deploy|aws-cloudformation|aws-codedeploy|aws-lambda-deploy)/,
    "AWS",
  ],
  [
    /^azure\/(?:webapps-deploy|static-web-apps-deploy|functions-action|container-apps-deploy-action|k8s-deploy)@/,
    "Azure",
  ],
  [/^google-github-actions\/deploy-/, "Google Cloud"],
  [
    /^appleboy\/(?:ssh|scp)-action@|^easingthemes\/ssh-deploy@|^burnett01\/rsync-deployments@|^samkirkland\/ftp-deploy-action@/,
    "a server",
  ],
  [
    /^(?:jamesives\/github-pages-deploy-action|peaceiris\/actions-gh-pages|actions\/deploy-pages)@/,
    "GitHub Pages",
  ],
  [/^digitalocean\/app_action/, "DigitalOcean"],
  [/^bervproject\/railway-deploy@/, "Railway"],
  [/^denoland\/deployctl@/, "Deno Deploy"],
  [
    /^hashicorp\/tfc-workflows-github\/actions\/apply-run@/,
    "its infrastructure",
  ],
];

/** Words that say that it is not production. */
const elsewhere =
  /(?:^|[^a-z])(?:staging|stage|stg|preview|previews|dev|develop|development|test|testing|qa|uat|sandbox|local|localhost|emulators?|dry-?run|canary|storybook|docs)(?:$|[^a-z])/i;

/** Whether a name or command says that it is about something other than production. */
export function isElsewhere(text: string): boolean {
  return elsewhere.test(text.slice(0, 2_000));
}

/** Where a line of shell deploys production to; undefined where it does not. */
export function deployedBy(line: string): string | undefined {
  for (const command of commandsOf(line)) {
    if (isElsewhere(command)) continue;
    const found = commands.find(([pattern]) => pattern.test(command));
    if (found) return found[1];
  }
  return undefined;
}

/** Where an action of a workflow deploys production to; undefined where it does not. */
export function deployedByAction(
  uses: string,
  inputs: string,
): string | undefined {
  if (isElsewhere(inputs)) return undefined;
  const name = uses.toLowerCase();
  const found = actions.find(([pattern]) => pattern.test(name));
  if (!found) return undefined;
  if (found[1] === "Vercel" && !/--prod/.test(inputs)) return undefined;
  if (
    /wrangler-action/.test(name) &&
    /^\s*(?!.*(?:deploy|publish))\S/m.test(commandInput(inputs))
  )
    return undefined;
  return found[1];
}

function commandInput(inputs: string): string {
  return /^command: (.*)$/m.exec(inputs)?.[1] ?? "";
}
