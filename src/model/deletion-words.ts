import { singular, wordsOf } from "./name-words.js";

const verbs =
  setOf(`delete del remove destroy erase purge wipe close terminate cancel drop
  eliminar elimina borrar borra excluir apagar deletar remover encerrar loeschen loschen entfernen supprimer supprime
  effacer sil silme kaldir elimina eliminare cancella cancellare verwijder verwijderen usun`);

/** Words for the account of a person, after the verb. */
const nouns =
  setOf(`user account me self profile customer usuario usuarios cuenta perfil conta benutzer nutzer konto
  utilisateur compte profil kullanici hesap hesabi utente account gebruiker konto uzytkownika patient client cliente`);

/** Words that may stand around verb and noun and change nothing. */
const idle =
  setOf(`handle handler on do my own current the api admin confirm confirmed execute perform request async by id uid data
  all action actions route mutation controller service usecase use case command fully permanently permanent and related completely
  info now from db database supabase auth firebase firestore fn func function gdpr hard force safe v1 v2 users accounts email
  procedure server everything record document doc row one api post go run process schedule complete mi minha meu tu seu mein
  dein mon son mio tuo submit click press tap`);

/** Whether a name says that it deletes a person's account: `deleteAccount`, `UsersService.remove`, `excluirConta`. */
export function claimsDeletion(name: string): boolean {
  const dot = name.lastIndexOf(".");
  const owner = dot < 0 ? [] : wordsOf(name.slice(0, dot)).map(singular);
  const own = wordsOf(name.slice(dot + 1)).map(singular);
  if (own.length === 0 || own.length > 7) return false;
  const hasVerb = own.some((word) => isStrongVerb(word, own));
  if (!hasVerb) return false;
  const isClosed = own.every(
    (word) => verbs.has(word) || nouns.has(word) || idle.has(word),
  );
  if (!isClosed) return false;
  if (own.some((word) => nouns.has(word))) return true;
  return (
    owner.some((word) => nouns.has(word)) &&
    owner.every(
      (word) =>
        nouns.has(word) ||
        /^(?:service|controller|repository|resolver|model|router|manager|impl|api|account|auth|handler|store)$/.test(
          word,
        ),
    )
  );
}

/** `cancel`, `close` and `drop` end other things as often; they count for accounts only. */
function isStrongVerb(word: string, words: readonly string[]): boolean {
  if (!verbs.has(word)) return false;
  return !/^(?:cancel|close|drop|terminate|remove)$/.test(word)
    ? true
    : words.includes("account") || word === "remove";
}

/** Whether only a profile is deleted by that name, which may be a page of many that an account has. */
export function claimsProfileOnly(name: string): boolean {
  const words = wordsOf(name).map(singular);
  const named = words.filter((word) => nouns.has(word));
  return (
    named.length > 0 &&
    named.every((word) => /^(?:profile|perfil|profil)$/.test(word))
  );
}

/** Of these a person is taken off, not deleted: `DELETE /teams/:id/users/:user`. */
const groups =
  /^(?:workspace|team|organi[sz]ation|org|project|group|channel|room|event|course|class|chat|board|list|community|tenant|member|role|permission|follow|friend|block|session|company|device|cart|favorite|document|share)$/;

/** Whether a route deletes a person's account by its method and path: `DELETE /users/:id`, `POST /account/delete`. */
export function claimsDeletionByRoute(
  methods: readonly string[],
  path: string,
): boolean {
  const parts = path
    .split("/")
    .filter((part) => part !== "" && !/^[:*[{$(]/.test(part));
  const last = wordsOf(parts.at(-1) ?? "").map(singular);
  if (
    parts
      .slice(0, -1)
      .some((part) => wordsOf(part).some((word) => groups.test(singular(word))))
  )
    return false;
  if (methods.includes("DELETE"))
    return last.length > 0 && last.every((word) => nouns.has(word));
  const both = [...wordsOf(parts.at(-2) ?? "").map(singular), ...last];
  return (
    last.some((word) => verbs.has(word)) &&
    both.some((word) => nouns.has(word)) &&
    last.every((word) => verbs.has(word) || nouns.has(word) || idle.has(word))
  );
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
