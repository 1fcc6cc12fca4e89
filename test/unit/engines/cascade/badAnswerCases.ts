export const plain = 'Nora Feld was born in Basel and taught at the University of Turku.';
export const quoted = '“The Grey Lady,” said O’Brien, “is the Thames.”';
export const chinese = '图尔库大学的教授王伟昨天去了上海。';
export const korean = '서울에서 만난 김철수는 학생이다.';

export interface Case {
  readonly kind: string;
  readonly sentence: string;
  readonly answer: string;
  /** What is found, in text order. */
  readonly found: readonly string[];
  /** One for each diagnostic. */
  readonly problems?: readonly RegExp[];
  readonly finish?: string;
}

export const lonely = /has no partner/u;
export const lost = /which the text does not have/u;

export const cases: readonly Case[] = [
  {
    kind: 'a right answer',
    sentence: plain,
    answer: '##Nora Feld## was born in ##Basel## and taught at the ##University of Turku##.',
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  { kind: 'no entity', sentence: plain, answer: plain, found: [] },
  {
    kind: 'a mark missing at an end',
    sentence: plain,
    answer: '##Nora Feld## was born in ##Basel and taught at the ##University of Turku##.',
    found: ['Nora Feld', 'University of Turku'],
    problems: [lonely],
  },
  {
    kind: 'a mark missing at a beginning',
    sentence: plain,
    answer: 'Nora Feld## was born in ##Basel## and taught at the ##University of Turku##.',
    found: ['Basel', 'University of Turku'],
    problems: [lonely],
  },
  {
    kind: 'a single mark',
    sentence: plain,
    answer: 'Nora Feld was born in ##Basel and taught at the University of Turku.',
    found: [],
    problems: [lonely],
  },
  {
    kind: 'altered blanks',
    sentence: plain,
    answer: '##Nora  Feld##  was born in##Basel##and taught\nat the ## University of Turku ## .',
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'altered case',
    sentence: plain,
    answer: '##NORA FELD## was born in ##basel## and taught at the ##university of turku##.',
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'altered quotes and dashes',
    sentence: quoted,
    answer: '"##The Grey Lady##," said ##O\'Brien##, "is the ##Thames##."',
    found: ['The Grey Lady', 'O’Brien', 'Thames'],
  },
  {
    kind: 'quotes inside the marks',
    sentence: quoted,
    answer: '##"The Grey Lady,"## said O’Brien, “is the Thames.”',
    found: ['“The Grey Lady,”'],
  },
  {
    kind: 'lost accents',
    sentence: 'Zoë met Jürgen in São Paulo.',
    answer: '##Zoe## met ##Jurgen## in ##Sao Paulo##.',
    found: ['Zoë', 'Jürgen', 'São Paulo'],
  },
  {
    kind: 'dropped words',
    sentence: plain,
    answer: '##Nora Feld## born ##Basel##, taught ##University of Turku##.',
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'added words',
    sentence: plain,
    answer:
      'In fact ##Nora Feld## was certainly born in lovely ##Basel## and later taught at the old ##University of Turku##, I think.',
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'a word changed inside an entity',
    sentence: 'Barak Ohara visited the capital.',
    answer: '##Barack Ohara## visited the capital.',
    found: ['Barak Ohara'],
  },
  {
    kind: 'a word added inside an entity',
    sentence: 'The Chancellor of Saxony spoke.',
    answer: '##The new Chancellor of Saxony## spoke.',
    found: ['The Chancellor of Saxony'],
  },
  {
    kind: 'a translation',
    sentence: plain,
    answer: '##诺拉·费尔德##出生于##巴塞尔##。',
    found: [],
    problems: [lost, lost],
  },
  {
    kind: 'a translation that keeps names',
    sentence: plain,
    answer: '##Nora Feld## wurde in ##Basel## geboren und lehrte an der ##Universität Turku##.',
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'a summary',
    sentence: plain,
    answer: 'A teacher in ##Turku##, ##Nora Feld##, comes from ##Basel##.',
    found: ['Nora Feld', 'Basel', 'Turku'],
  },
  {
    kind: 'an invented entity',
    sentence: plain,
    answer:
      '##Nora Feld## was born in ##Basel## near ##Zurich## and taught at the University of Turku.',
    found: ['Nora Feld', 'Basel'],
    problems: [/“Zurich”/u],
  },
  {
    kind: 'marks around nothing',
    sentence: plain,
    answer: '#### was born in ##Basel## and ## ##.',
    found: ['Basel'],
    problems: [/nothing between them: 2/u],
  },
  {
    kind: 'nested marks',
    sentence: plain,
    answer: 'Nora Feld was born in Basel and taught at the ##University of ##Turku####.',
    found: ['University of Turku'],
  },
  {
    kind: 'a preamble and an epilogue',
    sentence: plain,
    answer: `Sure! Here is the marked text:\n\n##Nora Feld## was born in ##Basel## and taught at the ##University of Turku##.\n\nI marked three names.`,
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'a preamble that repeats the text',
    sentence: plain,
    answer: `Text: ${plain}\nAnswer: ##Nora Feld## was born in ##Basel## and taught at the ##University of Turku##.`,
    found: ['Nora Feld', 'Basel', 'University of Turku'],
  },
  {
    kind: 'a code fence',
    sentence: plain,
    answer:
      '```text\n##Nora Feld## was born in ##Basel## and taught at the University of Turku.\n```',
    found: ['Nora Feld', 'Basel'],
  },
  {
    kind: 'thoughts before the answer',
    sentence: plain,
    answer: `<think>Is ##Basel## a city? ##Turku##?</think>\n##Nora Feld## was born in Basel and taught at the University of Turku.`,
    found: ['Nora Feld'],
  },
  {
    kind: 'an answer cut at its longest',
    sentence: plain,
    answer: '##Nora Feld## was born in ##Basel## and taught at the ##Unive',
    finish: 'length',
    found: ['Nora Feld', 'Basel'],
    problems: [/broke off at its longest/u, lonely],
  },
  {
    kind: 'marks of the sentence itself, kept',
    sentence: '## Nora Feld ##1## Basel',
    answer: '## ##Nora Feld## ##1## ##Basel##',
    found: ['Nora Feld', 'Basel'],
  },
  {
    kind: 'marks of the sentence itself, left out',
    sentence: '## Nora Feld in Basel',
    answer: '##Nora Feld## in ##Basel##',
    found: ['Nora Feld', 'Basel'],
  },
  {
    kind: 'a sentence that is marked already',
    sentence: '##Basel## is a city.',
    answer: '####Basel#### is a city.',
    found: ['Basel'],
  },
  {
    kind: 'single number signs',
    sentence: 'Ticket #1 is about C# in Basel.',
    answer: 'Ticket ###1## is about ##C### in ##Basel##.',
    found: ['#1', 'C#', 'Basel'],
  },
  {
    kind: 'escaped marks',
    sentence: plain,
    answer:
      '\\#\\#Nora Feld\\#\\# was born in \\##Basel\\## and taught at the University of Turku.',
    found: ['Nora Feld', 'Basel'],
  },
  {
    kind: 'full-width marks',
    sentence: chinese,
    answer: '＃＃图尔库大学＃＃的教授＃＃王伟＃＃昨天去了上海。',
    found: ['图尔库大学', '王伟'],
  },
  {
    kind: 'text without blanks',
    sentence: chinese,
    answer: '##图尔库大学##的教授##王伟##昨天去了##上海##。',
    found: ['图尔库大学', '王伟', '上海'],
  },
  {
    kind: 'text without blanks and a mark missing',
    sentence: chinese,
    answer: '##图尔库大学##的教授##王伟##昨天去了##上海。',
    found: ['图尔库大学', '王伟'],
    problems: [lonely],
  },
  {
    kind: 'marks inside words with particles',
    sentence: korean,
    answer: '##서울##에서 만난 ##김철수##는 학생이다.',
    found: ['서울', '김철수'],
  },
  {
    kind: 'entities that touch',
    sentence: 'Feld/Basel 2019',
    answer: '##Feld##/##Basel## ##2019##',
    found: ['Feld', 'Basel', '2019'],
  },
  {
    kind: 'entities without anything between them',
    sentence: '王伟上海',
    answer: '##王伟####上海##',
    found: ['王伟', '上海'],
  },
  {
    kind: 'the second of several occurrences',
    sentence: 'Turku, Turku and Turku',
    answer: 'Turku, ##Turku## and Turku',
    found: ['Turku'],
  },
  {
    kind: 'only a list of entities',
    sentence: plain,
    answer: '##Basel##, ##Nora Feld##',
    found: ['Nora Feld', 'Basel'],
  },
  {
    kind: 'a refusal',
    sentence: plain,
    answer: 'I am sorry, but I cannot do this.',
    found: [],
    problems: [/not the text with marks: “I am sorry/u],
  },
  {
    kind: 'nothing at all',
    sentence: plain,
    answer: '',
    found: [],
    problems: [/not the text with marks/u],
  },
  {
    kind: 'an answer without end',
    sentence: plain,
    answer: `##Nora Feld## was born in ##Basel##${' and'.repeat(2000)}`,
    found: ['Nora Feld', 'Basel'],
    problems: [/characters long; only the first/u],
  },
  {
    kind: 'characters of two units',
    sentence: '😀 Feld 𝔘𝔫𝔦 😀😀 Basel',
    answer: '😀 ##Feld## ##𝔘𝔫𝔦## 😀 ##Basel##',
    found: ['Feld', '𝔘𝔫𝔦', 'Basel'],
  },
];
