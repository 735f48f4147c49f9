/** Words for people, singular, small letters, no accents: as names of tables and as words before a column's name. */
export const personWords: ReadonlySet<string> = setOf(`
  user profile customer person people member employee staff patient student teacher parent guardian mother father spouse
  child contact lead subscriber applicant candidate guest attendee participant recipient sender signer signatory signee
  driver rider passenger visitor donor volunteer doctor nurse therapist instructor coach trainer player athlete resident
  citizen buyer seller worker freelancer invitee beneficiary borrower payer payee cardholder learner
  professor lawyer caregiver client clinician counselor individual registrant signup waitlist reviewer author owner
  admin administrator manager pupil human patron shopper reporter respondent prospect borrower insured appuser
  userprofile customerprofile userdetail userinfo newslettersubscriber teammember
  usuario cliente paciente alumno empleado persona estudiante miembro contacto profesor invitado suscriptor titular
  responsavel aluno funcionario pessoa estudante membro contato professor convidado assinante
  kunde kunden benutzer nutzer mitarbeiter patienten mitglied mitglieder schueler gast ansprechpartner
  utilisateur eleve membre employe personne etudiant invite abonne
  kullanici kullanicilar musteri musteriler hasta hastalar ogrenci ogrenciler calisan uye uyeler kisi danisan
  utente utenti clienti paziente pazienti dipendente studente iscritto persone
  gebruiker klant medewerker patientid leerling
  uzytkownik klient pacjent pracownik`);

/** People who hold an account: whose deletion the app owes. */
export const accountWords: ReadonlySet<string> = setOf(`
  user profile account member customer patient auth appuser userprofile useraccount usuario cuenta perfil conta benutzer
  nutzer konto utilisateur compte profil kullanici kullanicilar hesap uye utente utenti gebruiker uzytkownik`);

/** Words that stand for things and organizations: their names, addresses and telephones are nobody's in particular. */
export const thingWords: ReadonlySet<string> = setOf(`
  company organization organisation org business store shop restaurant venue hotel clinic hospital school university
  college branch office warehouse supplier vendor brand agency tenant workspace partner provider merchant bank gym salon
  studio place facility property listing building house room airport station country city state region district
  contract wallet token nft chain block transaction server host node machine network endpoint domain mailbox smtp
  template config configuration setting product item category tag file document folder project task event campaign
  plan package role permission feature integration webhook app application site website page post article course
  lesson module chapter quiz exam question recipe meal food ingredient exercise workout movie book song album track artist
  game league tournament club stadium vehicle car model device sensor asset equipment pet animal dog cat species plant
  team department group channel community church store location landmark poi map route stop pharmacy laboratory
  system support service plugin theme menu dish catalog currency language locale
  status type field column table key variable source job queue log error build deployment repository repo commit branch
  empresa tienda restaurante producto sucursal proveedor categoria loja fornecedor produto filial unidade
  firma unternehmen filiale geschaeft lieferant produkt kategorie entreprise magasin fournisseur produit societe agence
  sirket magaza urun sube tedarikci kategori azienda negozio prodotto fornitore sede bedrijf winkel
  symbol stock ticker instrument noreply reply from default sales info newsletter billingcontact marketplace institution ngo charity`);

/** Words that a table's name may end with and still be about the same rows. */
export const idleTableEndings: ReadonlySet<string> = setOf(
  "info detail data record table tbl list entity model schema doc v1 v2 new old tb t collection master",
);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
