/**
 * What a full stop after an abbreviation means.
 * - `inside`: the sentence goes on (titles, "e.g.").
 * - `beforeNumber`: it goes on when a number follows, else the word is an ordinary one ("no. 5").
 * - `afterNumber`: a unit: after a number it may end the sentence, else it goes on ("2010 г.").
 * - `afterList`: it may end the sentence, which the next capital letter shows ("etc.").
 * - `mayEnd`: only a typical first word of a sentence shows that a new one begins ("Inc. The").
 */
export type AbbreviationKind = 'inside' | 'beforeNumber' | 'afterNumber' | 'afterList' | 'mayEnd';

const lists: Readonly<Record<AbbreviationKind, string>> = {
  inside: `
    Mr Mrs Ms Mx Messrs Dr Drs Prof Profs St Ste Sts Rev Revd Hon Gen Sen Sens Rep Reps Gov Govs Lt
    Col Maj Capt Cpt Cmdr Comdr Cdr Adm Sgt Cpl Pvt Pres Supt Insp Det Msgr Fr Sr Sra Srta Sres Dra
    Amb Asst Atty Brig Ens Mgr Ven Ald Mt Ft Pt vs viz cf e.g i.e eg ie al approx appx ca circa resp
    incl excl esp orig ed eds transl trans repr rev aka a.k.a w.r.t s.t v.s f.k.a n.b N.B Bros
    dr mr mrs prof abbr abbrev cont dept est univ Univ Dept Inst govt intl natl
    z.B z.b d.h u.a i.d.R i.A v.a s.o s.u o.g u.U z.T z.Z bzw bzgl bspw evtl ggf inkl exkl zzgl
    sog gen geb gest gegr verh ehem vgl usf Hr Hrn Fr Frl Dipl Ing Dir Präs Abs Abt Bd Bde Hg Hrsg
    Str Mio Mrd Tsd Tel Ausg Aufl allg dt engl franz frz lat griech russ span ital amerik
    Mme Mmes Mlle Mlles MM Mgr Me Mtre Vve boul av bd env chap coll fig hab ex éd p.ex c.-à-d c.à.d
    D Da Dª Dña Dn Excmo Excma Ilmo Ilma Lic Arq Gral Tte Cnel Cap Fdo Ntra Sto Sta Avda Pza Pl Ud
    Uds Vd Vds pág págs núm núms tel teléf aprox p.ej p.e ej Hnos Mons
    т.е т.н т.к т.о им ул пр-т пл пер наб бул просп обл респ окр пос дер с ст стр гл рис табл см ср
    напр проф акад доц инж ген полк подп майор кап лейт св преп тов гос зам зав нач пред чл корр
    д кв корп стр р-н г-н г-жа гр англ нем фр франц лат греч рус итал исп кит япон букв устар
    жен муж мн ед прибл ок соч изд ред сост Св Проф Акад Ген Ср См Рис Табл Ул`,
  beforeNumber: `
    No Nos no nos Nr Nrn Nº nº Fig Figs fig figs Vol Vols vol vols Art Arts art arts Sec Secs sec Sect
    Ch ch Chap chap Eq Eqs eq pp p P PP Pp para paras Par par Tab tab Ex Op op Bk Ps Cor Rom Lk Mk Jn
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec jan feb mär apr jun jul aug sep okt nov dez
    Jän Mär Okt Dez janv févr avr juil sept oct nov déc ene abr ago dic Rs Ziff Kap Anm Rn Rz Az
    янв февр апр авг сент окт нояб дек п пп ч т ст Ст Пт № max min cl Cl pt pts fol lib tit`,
  afterNumber: `
    г гг в вв р руб коп чел тыс млн млрд трлн экз км м см мм га кг ц л ч мин сек н.э
    ft in yd yds lb lbs oz hr hrs mi sq min sec kg km cm mm Std Min Sek Stk km/h Uhr Jh Jhd`,
  afterList: `etc Etc usw u.ä o.ä u.v.m u.s.w т.д т.п др пр`,
  mayEnd: `
    Inc Ltd Corp Co Cos LLC PLC Jr Esq a.m p.m A.M P.M a.D A.D B.C B.C.E C.E U.S U.K
    U.N E.U U.S.A U.S.S.R D.C L.A N.Y Ph.D M.D B.A M.A B.Sc M.Sc LL.B LL.M J.D D.D.S R.N Ave Blvd Rd
    Hwy Bldg Apt Ste Sq Calif Mass Conn Penn Tenn Fla Ariz Colo Wash Wis Minn Mich Ill Ind Ala Okla
    Nev Neb Kan Ont Que Chr v.Chr n.Chr etw Ges mbH e.V J.-C s.a S.A S.L S.p.A
    N.V B.V K.K A.G A.S A/S cía Cía Cia EE UU EE.UU ss m.in ibid Ibid id`,
};

const kinds = new Map<string, AbbreviationKind>();
for (const kind of Object.keys(lists) as AbbreviationKind[]) {
  for (const word of lists[kind].trim().split(/\s+/)) {
    if (!kinds.has(word)) kinds.set(word, kind);
  }
}

const MAX_PART_UNITS = 3;

/** The kind of an abbreviation, given without its last full stop; undefined for other words. */
export function abbreviationKind(word: string): AbbreviationKind | undefined {
  const known = kinds.get(word);
  if (known !== undefined) return known;
  // "U.S.A", "Ph.D": short parts of letters with full stops between them.
  if (!word.includes('.')) return undefined;
  const parts = word.split('.');
  return parts.every((part) => part.length <= MAX_PART_UNITS && /^\p{L}+$/u.test(part))
    ? 'mayEnd'
    : undefined;
}

const designators = new Set(
  (
    'vitamin vitamins plan plans group groups class type types grade hepatitis section appendix ' +
    'exhibit option point part phase level team model series block building gate terminal ' +
    'schedule annex category variant version figure table panel answer question'
  ).split(' '),
);

/** Whether a word is followed by a letter that is no initial: "vitamin C", "plan B". */
export function takesLetter(word: string): boolean {
  return designators.has(word.toLowerCase());
}
