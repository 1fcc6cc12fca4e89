/** What the syllable before a particle must end in: a consonant, a vowel (or ㄹ), or either. */
type Ending = 'consonant' | 'vowel' | 'vowelOrRieul' | 'any';

const simple: readonly (readonly [Ending, string])[] = [
  ['consonant', '은 이 을 과 으로 이나 이며 이랑 이라 이라고 이라는 이란 이든 이든지 이야 이여 아'],
  ['vowel', '는 가 를 와 나 며 랑 라 라고 라는 란 든지 여'],
  ['vowelOrRieul', '로'],
  [
    'any',
    `의 에 도 만 께 에서 에게 에게서 한테 한테서 께서 까지 부터 처럼 보다 조차 마저 밖에 만큼 하고 마다 대로 뿐
    같이 더러 보고 이다 입니다 이었다 였다`,
  ],
];

// A second particle may follow these: "서울에서는", "한국으로부터".
const chains: readonly (readonly [Ending, string, string])[] = [
  ['any', '에서 에게 한테 께서 에게서 한테서', '는 도 만 의 부터 까지 조차 마저 처럼 보다 만이'],
  ['any', '에', '는 도 만'],
  ['any', '까지 부터 처럼 보다 만큼 마다 하고', '는 도 만 의 가 를'],
  ['any', '만', '은 이 을 의 으로 도'],
  ['any', '뿐', '만 이 만이'],
  ['consonant', '으로', '는 도 만 의 서 써 부터 까지 서의 서는 부터의'],
  ['vowelOrRieul', '로', '는 도 만 의 서 써 부터 까지 서의 서는 부터의'],
  ['consonant', '과', '의 는 도 만'],
  ['vowel', '와', '의 는 도 만'],
];

const particles = buildParticles();

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;
const RIEUL = 8;

/**
 * Where the particle at the end of a Korean word begins: the UTF-16 offset in `word`, undefined
 * when it has none or nothing would be left before it. "서울에서" gives 2. Takes the longest
 * particle, or chain of two, that fits the syllable before it ("은" follows a consonant, "는" a
 * vowel); letters and digits of other scripts take every particle ("NATO는"). Whether the ending
 * is a particle or part of a noun ("제주도") cannot be seen from the form: the offset is a place
 * where a span may end, beside the word's own end. Expects composed syllables (NFC).
 */
export function splitKoreanParticle(word: string): number | undefined {
  const last = word.charCodeAt(word.length - 1);
  if (!(last >= FIRST_SYLLABLE && last <= LAST_SYLLABLE)) return undefined;
  for (const [particle, ending] of particles) {
    const start = word.length - particle.length;
    if (start > 0 && word.endsWith(particle) && fits(word.charCodeAt(start - 1), ending)) {
      return start;
    }
  }
  return undefined;
}

function fits(before: number, ending: Ending): boolean {
  if (ending === 'any' || before < FIRST_SYLLABLE || before > LAST_SYLLABLE) return true;
  const final = (before - FIRST_SYLLABLE) % FINALS;
  if (ending === 'consonant') return final !== 0;
  return final === 0 || (ending === 'vowelOrRieul' && final === RIEUL);
}

function buildParticles(): readonly (readonly [string, Ending])[] {
  const all: [string, Ending][] = [];
  for (const [ending, list] of simple) {
    for (const particle of list.trim().split(/\s+/)) all.push([particle, ending]);
  }
  for (const [ending, firsts, seconds] of chains) {
    for (const first of firsts.split(' ')) {
      for (const second of seconds.split(' ')) all.push([first + second, ending]);
    }
  }
  return all.sort((a, b) => b[0].length - a[0].length);
}
