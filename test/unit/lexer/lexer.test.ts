import assert from 'node:assert/strict';
import { languageIdOfFile } from '../../../src/core/lexer/fileNames';
import { findCommentsAndStrings, supportedLexerLanguages } from '../../../src/core/lexer/lexer';

/** The regions as `//text` for comments and `"text` for strings. */
function regions(languageId: string, code: string): string[] {
  const found = findCommentsAndStrings(code, languageId);
  assert.ok(found !== undefined, `${languageId} is not known`);
  return found.map(
    ({ kind, start, end }) => (kind === 'comment' ? '//' : '"') + code.slice(start, end),
  );
}

function check(languageId: string, code: string, expected: readonly string[]): void {
  assert.deepEqual(regions(languageId, code), expected);
}

describe('findCommentsAndStrings in languages like C', () => {
  it('reads JavaScript: regular expressions, division, templates with holes', () => {
    check(
      'javascript',
      [
        '#!/usr/bin/env node',
        'const a = b / c; // half of it',
        "const d = /[/'\"]\\/x/g.test('Paris'); /* one */",
        'const t = `Hello ${name + `in ${"Rome"} ok`} and ${ {a: "}"} } bye`;',
        'x = y++ / 2 / "z"; return /"/;',
        's = \'it\\\'s\' + "a\\"b";',
      ].join('\n'),
      [
        '//usr/bin/env node',
        '//half of it',
        '"Paris',
        '//one',
        '"Hello',
        '"in',
        '"Rome',
        '"ok',
        '"and',
        '"}',
        '"bye',
        '"z',
        '"it\\\'s',
        '"a\\"b',
      ],
    );
  });

  it('is not led astray by text of JSX elements', () => {
    check(
      'typescriptreact',
      "const a = <p title=\"Hi\">Don't go to http://a.b {/* why */}</p>; // yes\nlet b = 'c';",
      ['"Hi', '//why', '//yes', '"c'],
    );
    check('javascriptreact', '<A x={1} /><B y="two" />', ['"two']);
  });

  it('leaves the gutters of block comments out', () => {
    check('typescript', '/**\n * Sent to Berlin.\n *\n * @returns it\n */\nf("x")', [
      '//Sent to Berlin.',
      '//@returns it',
      '"x',
    ]);
    check('java', '/* Two lines\n   without gutter. */', ['//Two lines\n   without gutter.']);
  });

  it('reads Java, C and C++', () => {
    check('java', 'char c = \'"\'; String s = """\n  A "block"\n  """; /// doc', [
      '"A "block"',
      '//doc',
    ]);
    check('c', "char q = '\\''; /* a */ puts(\"b\\n\"); // c\n#error don't", [
      '//a',
      '"b\\n',
      '//c',
    ]);
    check('cpp', 'auto s = R"x(raw )" text)x"; int n = 1\'000\'000; u8R"(y)"; L"wide"', [
      '"raw )" text',
      '"y',
      '"wide',
    ]);
  });

  it('reads C#: verbatim, interpolated and raw strings', () => {
    check(
      'csharp',
      'a = @"C:\\dir ""q""" + $"Hi {name("in")} {{no}}" + $@"x {y} z" + """raw "q" """; // end',
      ['"C:\\dir ""q""', '"Hi', '"in', '"{{no}}', '"x', '"z', '"raw "q"', '//end'],
    );
  });

  it('reads Go, Rust, Kotlin, Swift and Dart', () => {
    check('go', "s := `raw \\`; r := '\\''; t := \"x\" // c", ['"raw \\', '"x', '//c']);
    check(
      'rust',
      'fn f<\'a>(x: &\'a str) { r#"raw "q""#; b"bytes"; \'"\'; /* a /* b */ c */ } /// doc',
      ['"raw "q"', '"bytes', '//a /* b */ c', '//doc'],
    );
    check('kotlin', 'val s = "Hi ${f("in")} you"; """raw "q" ${x}"""; /* a /* b */ */', [
      '"Hi',
      '"in',
      '"you',
      '"raw "q"',
      '//a /* b */',
    ]);
    check('swift', 'let s = "Hi \\(f("in")) you"; #"raw "q" \\(no)"#; """\nA\n"""', [
      '"Hi',
      '"in',
      '"you',
      '"raw "q" \\(no)',
      '"A',
    ]);
    check('dart', 'var s = r"raw\\"; var t = \'Hi ${n} you\'; """a"""; /// doc', [
      '"raw\\',
      '"Hi',
      '"you',
      '"a',
      '//doc',
    ]);
  });
});

describe('findCommentsAndStrings in scripts', () => {
  it('reads Python: prefixes, triple quotes, holes', () => {
    check(
      'python',
      'def f():\n    """Visits Oslo.\n\n    Twice."""\n    return rb"\\d" + f"Hi {d[\'k\']!r:>10} {{no}} you"  # done\n',
      ['"Visits Oslo.\n\n    Twice.', '"\\d', '"Hi', '"k', '"{{no}} you', '//done'],
    );
  });

  it('reads Ruby: holes, percent strings, heredocs, =begin', () => {
    check(
      'ruby',
      '=begin\nAbout\n=end\nputs "Hi #{h["k"]} you", %q(a (b) c), <<~EOS, /#x"/ # c\n  Body text\n  EOS\nx = 5 % 3\n',
      ['//About', '"Hi', '"k', '"you', '"a (b) c', '//c', '"Body text'],
    );
  });

  it('reads PHP inside HTML', () => {
    check(
      'php',
      '<p class="big">Text</p><!-- note --><?php echo "Hi {$a["k"]} you"; // one ?>\n<?= <<<EOT\nBody\nEOT . \'x\' # two\n#[Attr]\n?>',
      ['"big', '//note', '"Hi', '"k', '"you', '//one', '"Body', '"x', '//two'],
    );
    check('php', '$a = "bare"; // code', ['"bare', '//code']);
  });

  it('reads shell: word-initial #, heredocs, substitutions', () => {
    check(
      'shellscript',
      [
        '#!/bin/sh',
        "echo \"Hi $(cmd \"in\") ${x:-y} you\" 'a\\' $'b\\'c' it\\'s $# a#b # note",
        "cat <<-'EOF' <<B",
        "\tFirst don't",
        '\tEOF',
        'Second',
        'B',
        'n=$((1<<k)) # after',
      ].join('\n'),
      [
        '//bin/sh',
        '"Hi',
        '"in',
        '"you',
        '"a\\',
        '"b\\\'c',
        '//note',
        '"First don\'t',
        '"Second',
        '//after',
      ],
    );
  });

  it('reads PowerShell, Lua, R, Perl, batch files and makefiles', () => {
    check('powershell', '<# Help #> "a `" ""b"" $(f "in") c" \'d\'\'e\' @"\nHere\n"@ # end', [
      '//Help',
      '"a `" ""b""',
      '"in',
      '"c',
      "\"d''e",
      '"Here',
      '//end',
    ]);
    check('lua', '--[==[ long\n]] ]==] x = [[raw]] -- short\ny = "s"', [
      '//long\n]]',
      '"raw',
      '//short',
      '"s',
    ]);
    check('r', 'x <- r"(raw " text)" # note\ny <- \'z\'', ['"raw " text', '//note', '"z']);
    check('perl', '$#a; my $x = "s"; # c\n=pod\n\nText\n\n=cut\n', ['"s', '//c', '//Text']);
    check('bat', 'rem Builds it\n:: Also\necho "x"', ['//Builds it', '//Also', '"x']);
    check('makefile', 'all: # everything\n', ['//everything']);
  });
});

describe('findCommentsAndStrings in data, markup and styles', () => {
  it('reads JSON with and without comments', () => {
    check('json', '{"a": "b \\" c"}', ['"a', '"b \\" c']);
    check('jsonc', '{ // note\n"url": "http://x" /* end */ }', [
      '//note',
      '"url',
      '"http://x',
      '//end',
    ]);
  });

  it('reads YAML: plain text, quotation marks, block scalars', () => {
    check(
      'yaml',
      "a: don't # note\nb: 'it''s'\nc: \"x # y\"\nd: |\n  Block # text\n\n  more\ne: [\"f\", 'g']\nh: a#b\n",
      ['//note', "\"it''s", '"x # y', '"Block # text\n\n  more', '"f', '"g'],
    );
  });

  it('reads TOML, INI, SQL and Dockerfiles', () => {
    check('toml', 'a = """x\ny""" # c\nb = \'C:\\\'', ['"x\ny', '//c', '"C:\\']);
    check('ini', '; note\n[s]\nurl = a;b#c', ['//note']);
    check('sql', "SELECT 'O''Neil', $f$ body $f$ -- c\n/* a /* b */ */", [
      "\"O''Neil",
      '"body',
      '//c',
      '//a /* b */',
    ]);
    check('dockerfile', '# Base\nRUN echo "hi" #no', ['//Base', '"hi']);
  });

  it('reads CSS, SCSS and Less', () => {
    check('css', '/* note */ a { content: "x"; background: url(http://a.b) }', ['//note', '"x']);
    check('scss', '$a: url(//a.b/c); // note\n', ['//note']);
    check('less', "// one\n@import 'two';", ['//one', '"two']);
  });

  it('reads HTML with scripts and styles, and XML', () => {
    check(
      'html',
      '<!-- top --><a title="Hi" href=\'x\'>It\'s "text"</a><script>f("js") // c</script><style>/* s */</style>',
      ['//top', '"Hi', '"x', '"js', '//c', '//s'],
    );
    check('xml', '<?xml version="1.0"?><a b="c"><![CDATA[ <d e="f"> ]]></a><!-- g', [
      '"1.0',
      '"c',
      '//g',
    ]);
  });
});

describe('findCommentsAndStrings in broken code', () => {
  it('ends what is not terminated with the line or the text', () => {
    check('c', 'a = "open\nb; /* open\n', ['"open', '//open']);
    check('javascript', "x = 'open\ny = `open ${ z", ['"open', '"open']);
    check('python', 's = """open\n', ['"open']);
    check('shellscript', 'cat <<EOF\nbody', ['"body']);
    check('python', 'f"{x\ny = "z"', ['"z']);
  });

  it('returns undefined for languages that it does not know', () => {
    assert.equal(findCommentsAndStrings('a', 'brainfuck'), undefined);
    assert.equal(findCommentsAndStrings('a', 'constructor'), undefined);
  });
});

describe('supportedLexerLanguages', () => {
  it('holds the languages most used in VS Code', () => {
    const most =
      'javascript typescript javascriptreact typescriptreact python java c cpp csharp go rust php ruby html xml css scss less shellscript sql json jsonc yaml powershell lua kotlin swift dart r';
    for (const id of most.split(' ')) assert.ok(supportedLexerLanguages.includes(id), id);
  });
});

describe('languageIdOfFile', () => {
  it('knows files by extension and by whole name', () => {
    assert.equal(languageIdOfFile('src/a.test.TSX'), 'typescriptreact');
    assert.equal(languageIdOfFile('C:\\x\\Dockerfile'), 'dockerfile');
    assert.equal(languageIdOfFile('tsconfig.json'), 'jsonc');
    assert.equal(languageIdOfFile('x.h'), 'cpp');
    assert.equal(languageIdOfFile('notes.txt'), undefined);
    assert.equal(languageIdOfFile('constructor'), undefined);
  });

  it('names only languages that the lexer knows', () => {
    for (const name of ['a.py', 'b.kt', 'c.yml', 'd.sh', 'e.htm', 'f.ps1', 'g.m', 'h.gradle']) {
      assert.ok(supportedLexerLanguages.includes(languageIdOfFile(name) ?? ''), name);
    }
  });
});
