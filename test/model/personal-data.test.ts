import { expect, test } from "@jest/globals";
import { wordsOf } from "#model/name-words.js";
import { personalColumnsOf, personalField } from "#model/personal-data.js";

function classesIn(
  name: string,
  columns: Readonly<Record<string, string>>,
): Record<string, string> {
  const table = {
    name,
    symbol: name,
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type,
    })),
  };
  return Object.fromEntries(
    personalColumnsOf(table).map((one) => [one.column.name, one.class]),
  );
}

test.each([
  ["customerEMail_Address2", ["customer", "email", "address", "2"]],
  ["XMLHttpURL", ["xml", "http", "url"]],
  ["prénomÉlève", ["prenom", "eleve"]],
  ["doğum_yılı", ["dogum", "yili"]],
  ["e_mail", ["email"]],
])("the words of %s", (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});

test.each([
  ["users", "email", "text", "contact"],
  ["Users", "phoneNumber", "varchar(20)", "contact"],
  ["profiles", "full_name", "text", "name"],
  ["customers", "name", "string", "name"],
  ["orders", "shipping_address", "jsonb", "address"],
  ["orders", "customer_name", "text", "name"],
  ["patients", "diagnosis", "text", "health"],
  ["appointments", "patient_name", "text", "name"],
  ["kunden", "geburtsdatum", "date", "birth"],
  ["usuarios", "nombre", "text", "name"],
  ["clientes", "cpf", "text", "government-id"],
  ["clientes", "endereco", "text", "address"],
  ["eleves", "prénom", "text", "name"],
  ["kullanicilar", "tc_kimlik_no", "text", "government-id"],
  ["utenti", "codice_fiscale", "text", "government-id"],
  ["sessions", "ip_address", "inet", "device"],
  ["bookings", "guest_email", "text", "contact"],
  ["users", "gender", "usergender", "demographic"],
  ["employees", "salary", "numeric", "financial"],
  ["payouts", "iban", "text", "financial"],
  ["people", "firstname", "text", "name"],
  ["teams", "owner_email", "text", "contact"],
])("%s.%s (%s) is %s", (table, column, type, expected) => {
  expect(classesIn(table, { [column]: type })).toEqual({ [column]: expected });
});

test.each([
  ["products", "name", "text"],
  ["contracts", "address", "text"],
  ["wallets", "wallet_address", "text"],
  ["users", "email_verified", "boolean"],
  ["users", "email_verified_at", "timestamptz"],
  ["users", "emailVerified", "datetime"],
  ["email_templates", "name", "text"],
  ["users", "tokenized_at", "text"],
  ["plans", "treatment_plan_url", "text"],
  ["users", "address_id", "uuid"],
  ["restaurants", "phone", "text"],
  ["companies", "address", "text"],
  ["oauth_apps", "support_email", "text"],
  ["settings", "from_email", "text"],
  ["repositories", "full_name", "text"],
  ["files", "file_name", "text"],
  ["parcels", "weight", "numeric"],
  ["races", "race", "text"],
  ["users", "email_count", "integer"],
  ["users", "has_disability", "text"],
  ["users", "company_name", "text"],
  ["users", "role_name", "text"],
  ["venues", "latitude", "numeric"],
  ["users", "ip_limit", "integer"],
  ["games", "gender", "text"],
])("%s.%s (%s) is not personal by name", (table, column, type) => {
  expect(classesIn(table, { [column]: type })).toEqual({});
});

test("registered programs are no people", () => {
  expect(
    classesIn("clients", {
      name: "text",
      client_secret: "text",
      email: "text",
    }),
  ).toEqual({});
});

test("a name beside a telephone is a person's", () => {
  expect(classesIn("bookings", { name: "text", phone: "text" })).toEqual({
    name: "name",
    phone: "contact",
  });
});

test("a column that points to another table is no datum", () => {
  const columns = [{ name: "email", type: "text", references: { table: "e" } }];
  expect(
    personalColumnsOf({ name: "users", symbol: "users", columns }),
  ).toEqual([]);
});

test.each([
  ["email", "user", "contact"],
  ["name", "customer", "name"],
  ["name", "file", undefined],
  ["email", "company", undefined],
  ["id", "user", undefined],
])("field %s of %s is %s", (name, of, expected) => {
  expect(personalField(name, of)).toBe(expected);
});
