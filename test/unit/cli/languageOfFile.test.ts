import assert from 'node:assert/strict';
import { isSourceCode, languageOfFile } from '../../../src/cli/extraction/languageOfFile';
import { supportedLexerLanguages } from '../../../src/core/lexer/lexer';

describe('languageOfFile', () => {
  it('knows languages by ending or whole name, whatever its case', () => {
    assert.equal(languageOfFile('src/a.PY'), 'python');
    assert.equal(languageOfFile('a/Dockerfile'), 'dockerfile');
    assert.equal(languageOfFile('Makefile'), 'makefile');
    assert.equal(languageOfFile('notes.txt'), 'plaintext');
    assert.equal(languageOfFile('archive.tar.xyz'), 'plaintext');
  });

  it('finds a file for every language with a lexer that files tell', () => {
    const files =
      'a.bat a.c a.cpp a.cs a.css a.cu a.dart a.ex a.go a.groovy a.html a.ini a.java a.js a.jsx a.json a.json5 ' +
      'a.jsonc a.jl a.kt a.less a.lua a.mk a.m a.mm a.pl a.php a.ps1 a.properties a.py a.r a.rb a.rs a.scala ' +
      'a.scss a.sh a.sql a.svelte a.svg a.swift a.toml a.ts a.tsx a.vue a.xml a.xsl a.yaml Dockerfile';
    const told = new Set(files.split(' ').map(languageOfFile));
    const untold = supportedLexerLanguages.filter((language) => !told.has(language));
    // JSON Lines are a data set here, and compose files are YAML by their name.
    assert.deepEqual(untold, ['dockercompose', 'jsonl']);
  });

  it('tells source code from prose, markup and data', () => {
    assert.equal(isSourceCode('a.rs'), true);
    assert.equal(isSourceCode('a.md'), false);
    assert.equal(isSourceCode('a.yaml'), false);
    assert.equal(isSourceCode('a.zzz'), false);
  });
});
