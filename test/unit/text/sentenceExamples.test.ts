import assert from 'node:assert/strict';
import { splitParagraphs } from '../../../src/core/text/paragraphs';
import { splitSentences } from '../../../src/core/text/sentences';
import { textsOf } from './rangeChecks';

/** Joins the parts with a blank and expects them back as sentences. */
function check(...sentences: string[]): void {
  checkText(sentences.join(' '), sentences);
}

function checkText(text: string, sentences: readonly string[]): void {
  assert.deepEqual(textsOf(text, splitSentences(text)), sentences);
}

describe('splitSentences, language by language', () => {
  it('English: abbreviations, initials, decimals', () => {
    check(
      'Dr. J. K. Marlow met Mr. Okafor of Halden Bros. Ltd. at 3.5 p.m. in Washington D.C.',
      'The U.S. team won 3.14 points.',
      'He works at Acme Inc.',
      'The company (formerly Foo Corp.) grew by approx. 5 per cent, e.g. in May.',
      'No. 5 is alive.',
      'He said no.',
      'See Fig. 3 and pp. 4 and 5.',
      'Vitamin C.',
      'Nobody knew.[12]',
      'George W. Hale, Jr. agreed.',
    );
  });

  it('English: quotations, questions, ellipses, addresses', () => {
    check(
      '"I am here."',
      'She sat down.',
      '"Is it true?" asked Tom.',
      '“Stop!” he said.',
      '“Never!” Maria Lopez replied.',
      'It grew... and grew.',
      'Then...',
      'Silence.',
      'See www.example.com/a.b?x=1.',
      'Really?!',
      'Yes!',
      '(It was late.)',
      'Use [...] to cut.',
      'iPhones sold.',
    );
  });

  it('German', () => {
    check(
      'Am 3. Oktober 1990 begann es.',
      'Im 19. Jahrhundert lebte z. B. Prof. Dr. Anna Weber hier.',
      'Sie wohnte bei Hrn. Krüger in der Gartenstr. 5.',
      'Danach zog sie am 12. 5. 1903 um.',
      'Der II. Weltkrieg endete.',
      'Das war im Jahr 2010.',
      'Es kostete ca. 3,5 Mio. Euro usw.',
      '»Ja.«',
      'Er ging.',
      '„Komm!“, rief sie.',
      '„Ich gehe.“',
      'Dann war Ruhe.',
    );
  });

  it('French', () => {
    check(
      'M. Dupont est arrivé.',
      '« Oui. »',
      'Il part.',
      '« Vraiment ? » demanda Mme. Rivière.',
      'Quoi ?',
      'Non !',
      "L'avion (cf. p. 12) a décollé vers 50 av. J.-C.",
      'Le roi est mort.',
    );
  });

  it('Spanish', () => {
    check(
      '¿Qué pasa?',
      '¡Nada!',
      'El Sr. García y la Dra. López viven en EE. UU.',
      'El precio es 3.000,50 euros (núm. 5).',
      'Ella dijo: «Hola.»',
      'Luego se fue.',
    );
  });

  it('Russian', () => {
    check(
      'А. С. Вершинин родился в 1799 г. в Москве.',
      'В 1990 г.',
      'Компания выпустила 5 тыс. книг.',
      'Он жил в г. Тверь на ул. Садовой, д. 5.',
      'Это, т. е. ответ, верно и т. д.',
      'Потом было тихо.',
      '«Да!» — сказал он.',
      '«Нет.»',
      'Она ушла.',
    );
  });

  it('Korean', () => {
    check(
      '영화제가 부산에서 열렸다.',
      '김 감독은 "좋다."라고 말했다.',
      '2023. 5. 10. 서울에서 만났다.',
      '정말?',
      '네!',
    );
  });

  it('Chinese', () => {
    const sentences = [
      '他说：“你好。”',
      '然后走了。',
      '“你好！”他说。',
      '真的吗？',
      'iPhone 15发布了！',
      '「好的。」她说道。',
      '增长了3.5%。',
    ];
    checkText(sentences.join(''), sentences);
  });

  it('Japanese', () => {
    const sentences = [
      '「そうですね。」と彼は言った。',
      '京都は古い町です。',
      '本当？',
      '『本だ。』',
      'はい！',
    ];
    checkText(sentences.join(''), sentences);
  });
});

describe('splitSentences in other kinds of text', () => {
  it('tokenised text', () => {
    check(
      "Maine 's governor , Angus S. Pike Jr. , won .",
      "`` I like it , '' said Mr. Hale . ''",
      'She left .',
      "`` Go ! '' he cried .",
      'It ended . . .',
      'He ( the boss ) paid $ 3.5 million .',
      'Done .',
    );
  });

  it('hard-wrapped lines do not end a sentence', () => {
    checkText('The team moved to New\nYork in May. They\r\nstayed there.', [
      'The team moved to New\nYork in May.',
      'They\r\nstayed there.',
    ]);
    checkText('Das Fest war am\n3. Oktober in Graz.', ['Das Fest war am\n3. Oktober in Graz.']);
  });

  it('lists of short lines, titles and fields end at their lines', () => {
    checkText('Ada Marlow\nTom Okafor\nLi Wen', ['Ada Marlow', 'Tom Okafor', 'Li Wen']);
    checkText('name: Ada Marlow\ncity: Oslo', ['name: Ada Marlow', 'city: Oslo']);
    checkText(
      'The Old Bridge\nThe bridge over the river was built in 1908 by two brothers and it still stands.',
      [
        'The Old Bridge',
        'The bridge over the river was built in 1908 by two brothers and it still stands.',
      ],
    );
    checkText('2024-05-01 10:00:01 Start of job\n2024-05-01 10:00:02 End', [
      '2024-05-01 10:00:01 Start of job',
      '2024-05-01 10:00:02 End',
    ]);
  });

  it('Markdown: headings, items, tables, code, quotations', () => {
    checkText(
      [
        '# The title',
        'First. Second `a. B` one.',
        '- item one',
        '  goes on',
        '* item **two.** More',
        '1. One thing',
        '2. Another. Thing',
        '| Dr. Wu | Oslo |',
        '|---|---|',
        '> quoted words',
        '> go on. End',
        '',
        '```',
        'x = 1',
        'y = 2',
        '```',
        'After',
        '=====',
      ].join('\n'),
      [
        '# The title',
        'First.',
        'Second `a. B` one.',
        '- item one\n  goes on',
        '* item **two.**',
        'More',
        '1. One thing',
        '2. Another.',
        'Thing',
        '| Dr. Wu | Oslo |',
        '|---|---|',
        '> quoted words\n> go on.',
        'End',
        '```',
        'x = 1',
        'y = 2',
        '```',
        'After',
        '=====',
      ],
    );
  });

  it('tags of HTML between sentences', () => {
    checkText('<p>It rained.</p><p>Then it snowed.</p>', [
      '<p>It rained.</p>',
      '<p>Then it snowed.</p>',
    ]);
  });

  it('takes a known language for ordinals', () => {
    const text = 'Es war Sitz 3. Reihe frei.';
    assert.equal(splitSentences(text).length, 2);
    assert.equal(splitSentences(text, { lang: 'de' }).length, 1);
  });
});

describe('splitParagraphs', () => {
  it('ends at blank lines, CRLF too, and where blocks of Markdown begin', () => {
    const text =
      '# Title\r\nOne\r\ntwo\r\n \r\n\r\nThree\r\n- a\r\n  b\r\n- c\r\n| x | y |\r\n| 1 | 2 |\r\n';
    assert.deepEqual(textsOf(text, splitParagraphs(text)), [
      '# Title',
      'One\r\ntwo',
      'Three',
      '- a\r\n  b',
      '- c',
      '| x | y |\r\n| 1 | 2 |',
    ]);
  });

  it('keeps fenced code and front matter together', () => {
    const text = '---\ntitle: A\n---\nText\n~~~\na\n\nb\n~~~\nEnd';
    assert.deepEqual(textsOf(text, splitParagraphs(text)), [
      '---\ntitle: A\n---',
      'Text',
      '~~~\na\n\nb\n~~~',
      'End',
    ]);
  });

  it('sees only the stretch between start and end', () => {
    assert.deepEqual(splitParagraphs('aa\n\nbb\n\ncc', { start: 1, end: 7 }), [
      { start: 1, end: 2 },
      { start: 4, end: 6 },
    ]);
  });
});
