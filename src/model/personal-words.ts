import type { PersonalClass } from "./personal-class.js";

/**
 * When a column of that name holds personal data: `own`, wherever it stands; `open`, unless the table or a word before it
 * is about a thing; `linked`, where the rows belong to a person; `person`, where the rows are persons or a word before it
 * names one.
 */
export type Strength = "own" | "open" | "linked" | "person";

/** A column name, its words joined, with what it stands for. */
export interface PersonalTerm {
  readonly class: PersonalClass;
  readonly strength: Strength;
}

/**
 * Names by class and strength: words joined, small letters, accents dropped (`prénom` is `prenom`, `straße` `strasse`).
 * English first, then German, Spanish, Portuguese, French, Turkish, Italian, Dutch, Polish.
 */
const lists: readonly (readonly [PersonalClass, Strength, string])[] = [
  [
    "name",
    "own",
    `firstname lastname givenname familyname middlename maidenname surname vorname nachname familienname geburtsname
    apellido apellidos apellidopaterno apellidomaterno primernombre segundonombre primeironome sobrenome ultimonome prenom
    prenoms nomdefamille soyad soyadi soyisim adsoyad adisoyadi isimsoyisim cognome voornaam achternaam imie nazwisko
    cardholdername nomecognome nombrecompleto nomecompleto nomcomplet cardholder nachnamen`,
  ],
  ["name", "open", "fullname legalname realname preferredname vollername"],
  [
    "name",
    "person",
    `name username displayname nickname screenname benutzername nombre nome nom isim adi kullaniciadi nombreusuario
    nombredeusuario nomeusuario nomutilisateur pseudo naam gebruikersnaam`,
  ],
  [
    "contact",
    "open",
    `email emailaddress mailaddress phone phonenumber phoneno telephone telephonenumber mobilenumber mobilephone mobileno
    cellphone cellnumber whatsapp whatsappnumber contactnumber contactphone emailadresse telefon telefonnummer handynummer
    mobilnummer rufnummer correo correoelectronico telefono celular telefone numerotelefono numerodetelefono courriel
    numerotelephone numerodetelephone adresseemail adressemail eposta epostaadresi telefonno telefonnumarasi ceptelefonu
    cepno cellulare postaelettronica indirizzoemail telefoonnummer mobielnummer emailadres`,
  ],
  [
    "contact",
    "person",
    "emailid mobile cell fax handy movil portable gsm mail tel faxnumber",
  ],
  [
    "address",
    "own",
    "homeaddress residentialaddress heimadresse wohnanschrift privatanschrift domiciliofiscal",
  ],
  [
    "address",
    "person",
    `address streetaddress street addressline postaladdress mailingaddress zip zipcode postalcode postcode adresse anschrift
    strasse hausnummer plz postleitzahl wohnort direccion calle codigopostal domicilio endereco logradouro rua cep bairro
    rue codepostal adres mahalle postakodu indirizzo straat huisnummer addresses`,
  ],
  [
    "birth",
    "own",
    `birthdate dateofbirth dob birthday birthyear yearofbirth placeofbirth birthplace geburtsdatum geburtstag geburtsort
    geburtsjahr fechanacimiento fechadenacimiento fechanac datanascimento datadenascimento dtnascimento datenaissance
    datedenaissance dogumtarihi dogumgunu dogumyili datadinascita datanascita geboortedatum dataurodzenia`,
  ],
  [
    "birth",
    "person",
    "age edad idade yas nacimiento nascimento naissance agegroup",
  ],
  [
    "government-id",
    "own",
    `ssn socialsecurity socialsecuritynumber nationalid nationalidnumber nationalidentitynumber passportnumber passportno
    passportid driverslicense driverslicensenumber driverlicense driverlicensenumber driverlicence drivinglicense
    drivinglicence drivinglicensenumber itin aadhaar aadhar aadhaarnumber governmentid identitycardnumber idcardnumber nric
    cpf cnh curp numerodni steuerid steueridentifikationsnummer sozialversicherungsnummer personalausweis
    personalausweisnummer ausweisnummer reisepassnummer tckn tckimlik tckimlikno tckimliknumarasi tcno kimlikno codicefiscale
    numerosecuritesociale numerosecu burgerservicenummer personnummer pesel nationalinsurancenumber cpfcnpj documentoidentidad`,
  ],
  ["government-id", "open", "passport dni cedula bsn identitynumber pasaporte"],
  [
    "government-id",
    "person",
    `taxid taxnumber taxidentificationnumber tin rg nie nif rfc rut nir nino nik ktp licensenumber idnumber steuernummer
    identification numeroidentificacion numeroidentidad documento documentnumber numerodocumento`,
  ],
  [
    "body",
    "linked",
    `bmi bodyfat bodyweight weight height weightkg heightcm currentweight targetweight goalweight startweight mood peso altura estatura kilo boy`,
  ],
  [
    "health",
    "own",
    `medicalhistory medicalrecord medicalrecords medicalrecordnumber medicalcondition medicalconditions medicalnotes
    healthcondition healthconditions healthnotes bloodtype bloodgroup healthinsurancenumber mentalhealth pregnancystatus
    chronicdiseases chronicconditions blutgruppe vorerkrankungen krankengeschichte versichertennummer gruposanguineo
    tiposanguineo tipodesangre historialmedico historicomedico groupesanguin antecedentsmedicaux kangrubu grupposanguigno
    hivstatus sexualhistory familyhistory`,
  ],
  [
    "health",
    "linked",
    `diagnosis diagnoses allergies medication medications symptoms disability disabilities bloodpressure heartrate bloodsugar glucose diseases illnesses injuries prescription allergien krankheiten medikamente krankenkasse alergias diagnostico enfermedades medicamentos doencas maladies alerjiler hastaliklar ilaclar teshis allergie patologie lesiones`,
  ],
  [
    "biometric",
    "own",
    `faceid faceembedding faceembeddings facedescriptor facevector faceencoding faceprint facetemplate voiceprint voiceembedding
    fingerprinttemplate fingerprintdata retinascan irisscan dnasequence biometric biometrics biometricdata biometricid
    biometrictemplate biometrichash`,
  ],
  [
    "location",
    "own",
    "lastlocation lastknownlocation currentlocation homelocation userlocation lastlatitude lastlongitude lastlat lastlng homelat homelng",
  ],
  [
    "location",
    "person",
    "latitude longitude lat lng gps geolocation coordinates location",
  ],
  [
    "financial",
    "own",
    `creditcard creditcardnumber cardnumber cardno cvv cvc cvv2 iban bankaccountnumber bankaccountno routingnumber clabe pixkey
    chavepix kontonummer kartennummer kreditkartennummer numerotarjeta numerocartao kartnumarasi kartno numerocarta creditscore`,
  ],
  [
    "financial",
    "person",
    `bankaccount accountnumber salary annualincome monthlyincome income wage salario sueldo maas gehalt stipendio salaire
    networth`,
  ],
  [
    "device",
    "own",
    `devicefingerprint browserfingerprint advertisingid idfa gaid imei clientip remoteip userip signupip loginip
    lastloginip lastsigninip currentsigninip registrationip`,
  ],
  [
    "device",
    "open",
    "ipaddress ipaddr adresseip ipadresse direccionip ipadresi",
  ],
  [
    "device",
    "linked",
    "ip useragent deviceid macaddress pushtoken devicetoken",
  ],
  [
    "special-category",
    "own",
    `ethnicity ethnicorigin sexualorientation politicalaffiliation politicalview politicalviews politicalopinion
    religiousaffiliation religiousbelief unionmembership criminalrecord criminalhistory immigrationstatus
    orientacionsexual orientacaosexual orientationsexuelle`,
  ],
  [
    "special-category",
    "person",
    "race religion caste konfession raca etnia religione",
  ],
  [
    "demographic",
    "own",
    "maritalstatus estadocivil familienstand medenidurum statocivile situationmatrimoniale",
  ],
  [
    "demographic",
    "person",
    `gender sex nationality citizenship pronouns geschlecht genero sexo sexe cinsiyet genere sesso staatsangehoerigkeit
    staatsangehorigkeit nacionalidad nacionalidade nationalite nazionalita uyruk`,
  ],
];

const terms: ReadonlyMap<string, readonly PersonalTerm[]> = indexed();

function indexed(): ReadonlyMap<string, readonly PersonalTerm[]> {
  const all = new Map<string, PersonalTerm[]>();
  for (const [kind, strength, words] of lists)
    for (const word of words.split(/\s+/)) {
      const found = all.get(word) ?? [];
      found.push({ class: kind, strength });
      all.set(word, found);
    }
  return all;
}

/** What some words, joined, stand for. */
export function termsOf(joined: string): readonly PersonalTerm[] {
  return terms.get(joined) ?? [];
}

/** Words that say nothing when they end a column's name. */
export const idleEndings: ReadonlySet<string> = new Set(
  `number numbers no nr num numero numarasi nummer line text value encrypted enc cipher ciphertext normalized normalised lower raw
  e164 plain ar en string full primary secondary kg cm lbs snapshot masked list array`.split(
    /\s+/,
  ),
);
