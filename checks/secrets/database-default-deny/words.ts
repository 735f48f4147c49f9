/** Words of a name: `stripeCustomerId` and `stripe_customer_id` are three words. */
export function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

const formWords = new Set(
  "contact contacts contato contatos contacto contactos waitlist waitlists waiting newsletter newsletters subscriber subscribers feedback feedbacks lead leads inquiry inquiries enquiry enquiries message messages mensagens signup signups interest event events analytics log logs view views visit visits click clicks impression impressions pageview pageviews tracking metric metrics report reports application applications demo beta rsvp rsvps survey responses response submission submissions quote quotes request requests error errors booking bookings appointment appointments order orders".split(
    " ",
  ),
);

/** Whether a table takes what visitors send in: forms, waiting lists, counters. */
export function isInbox(table: string): boolean {
  return wordsIn(table).some((word) => formWords.has(word));
}

const ownerColumn =
  /^(?:user|owner|author|creator|customer|client|patient|student|member|profile|account|usuario|cliente)_?(?:uu)?id$|^(?:created|uploaded|owned)_by$/i;

/** Whether a column says whose the row is. */
export function isOwnerColumn(column: string): boolean {
  return ownerColumn.test(column);
}

const personTables = new Set(
  "user users profile profiles account accounts member members staff employee employees customer customers client clients patient patients student students teacher teachers usuario usuarios perfil perfis perfiles cliente clientes team admin admins technician technicians".split(
    " ",
  ),
);

/** Whether the rows of a table are people, or their standing. */
export function isPersonTable(table: string): boolean {
  const words = wordsIn(table);
  return (
    words.some((word) => personTables.has(word)) &&
    !words.some((word) =>
      /^(?:messages?|chats?|posts?|logs?|notes?|prompts?)$/.test(word),
    )
  );
}

const businessTables = new Set(
  "tenant tenants business businesses company companies organization organizations organisation organisations restaurant restaurants shop shops store stores vendor vendors provider providers clinic clinics location locations venue venues branch branches listing listings property properties empresa empresas tienda tiendas loja lojas negocio negocios".split(
    " ",
  ),
);

/** Whether the rows of a table are businesses or places, and no people. */
export function isBusinessTable(table: string): boolean {
  return (
    wordsIn(table).some((word) => businessTables.has(word)) &&
    !isPersonTable(table)
  );
}

const sensitiveColumns = new Set(
  "email email_address phone phone_number telefone telefono whatsapp whatsapp_number cpf password password_hash senha address endereco birth_date birthdate date_of_birth dob ssn tax_id iban token access_token refresh_token api_key secret stripe_customer_id medical_history diagnosis ip_address passport_number".split(
    " ",
  ),
);

/** Whether a column holds something of a person that strangers should not read, or a secret. */
export function isSensitiveColumn(column: string): boolean {
  return sensitiveColumns.has(wordsIn(column).join("_"));
}

const rankColumn =
  /^(?:(?:user|account|member|staff|app|system|team)_?)?role(?:_?id|s)?$|^(?:is_?)?(?:super_?)?admin$|^is_?(?:staff|superuser|moderator|owner)$|^(?:user_?|account_?)?permissions$|^(?:access|permission|privilege|admin)_?level$|^user_?type$|^account_?type$/i;
const paidColumn =
  /^(?:is_?|has_?)?(?:premium|pro|paid|subscribed|lifetime)(?:_?(?:user|member|until|access))?$|^(?:subscription|billing|membership|payment|account)_?(?:plan|status|tier|type|level|expires?_?at|ends?_?at)$|^(?:current_?|user_?)?(?:plan|tier)(?:_?(?:id|type|name))?$|^plan_expires_at$|^stripe_?(?:subscription_?)?status$|^trial_?(?:ends?_?at|end|end_date|expires_at)$|^premium_(?:until|expires_at)$/i;
const quotaColumn =
  /^(?:ai_?|remaining_?|available_?|total_?|free_?|bonus_?|scan_?|message_?|generation_?|monthly_?|daily_?)*(?:credits?|quota|balance|tokens?_?(?:balance|remaining|limit|quota)|usage_?limit)(?:_?(?:remaining|left|balance|limit|used|count))?$|^(?:wallet|coin|account)_?balance$/i;
const verifiedColumn =
  /^(?:is_?)?(?:verified|approved|kyc_?(?:verified|approved|status)|identity_verified|id_verified)$|^(?:verification|approval|kyc)_?status$/i;

/** Whether a column says what its person may do, has paid for, may still use, or was found to be. */
export function isStandingColumn(column: string): boolean {
  return [rankColumn, paidColumn, quotaColumn, verifiedColumn].some((pattern) =>
    pattern.test(column),
  );
}

const standingTable =
  /(?:^|_)(?:user_?roles?|roles?_?assignments?|subscriptions?|entitlements?|user_?credits?|credits?|wallets?|licen[cs]es?|memberships?|user_?plans?|user_?subscriptions?|credit_?balances?)$/i;

/** Whether the whole table holds what its person may do or has paid for. */
export function isStandingTable(table: string): boolean {
  return (
    standingTable.test(table) &&
    !/push|newsletter|email|notification|webhook/i.test(table)
  );
}
